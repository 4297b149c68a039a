"""The same data gives the same bytes, and every format says what the data says."""

from __future__ import annotations

import copy
import io
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from dabir.decisions.report.rendering import (
    content_policy,
    render_docx,
    render_html,
    render_json,
    render_pdf,
)
from dabir.decisions.report.rendering.clauses import deadline
from dabir.decisions.report.rendering.pen import Pen
from dabir.decisions.report.rendering.words import every_key, word
from dabir.documents.typesetting.blocks import plain_text
from dabir.text.digits import to_persian
from tests.decisions.rendering.sample import large_report, short_report, whole

pytestmark = pytest.mark.pure

Renderer = Callable[[Mapping[str, Any], str], bytes]
RENDERERS: list[Renderer] = [render_pdf, render_docx, render_html, render_json]
LANGUAGES = ("fa", "en")


class Reader(HTMLParser):
    """Collects text, identifiers, links and whether the elements are closed in order."""

    VOID = frozenset({"meta", "br", "link", "path", "circle", "use", "rect", "line", "polygon"})

    def __init__(self, source: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(source.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.tags.append((tag, held))
        if held.get("id"):
            self.ids.append(str(held["id"]))
        if tag == "a":
            self.links.append(str(held["href"]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.said.append(data)

    @property
    def text(self) -> str:
        return "".join(self.said)


@cache
def short_pdf(language: str) -> bytes:
    return render_pdf(short_report(), language)


@cache
def pages_of(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def said_by_docx(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter() if node.tag.endswith("}t"))
        for paragraph in document.element.body.iter()
        if paragraph.tag.endswith("}p")
    )


@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_render_same_data_twice_gives_equal_bytes(render: Renderer, language: str) -> None:
    turned = json.loads(json.dumps(short_report(), sort_keys=True))
    assert render(short_report(), language) == render(turned, language)


@pytest.mark.parametrize("render", RENDERERS)
def test_render_other_data_gives_other_bytes(render: Renderer) -> None:
    changed = copy.deepcopy(short_report())
    changed["clauses"][0]["commitments"][0]["status"] = "blocked"
    assert render(short_report(), "fa") != render(changed, "fa")


@pytest.mark.parametrize("render", RENDERERS)
def test_render_leaves_the_data_as_it_was(render: Renderer) -> None:
    data = short_report()
    render(data, "en")
    assert data == short_report()


@pytest.mark.parametrize("render", RENDERERS)
def test_render_unknown_language_is_refused(render: Renderer) -> None:
    with pytest.raises(ValueError, match="de"):
        render(short_report(), "de")


def test_render_json_is_the_data_itself() -> None:
    assert json.loads(render_json(short_report(), "fa")) == short_report()
    assert render_json(short_report(), "fa") == render_json(short_report(), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_render_html_is_closed_and_every_link_leads_somewhere(language: str) -> None:
    page = Reader(render_html(short_report(), language))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    inner = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inner) <= set(page.ids)
    assert {"laleh-2019/4.b", "laleh-2021", "e-E-1"} <= set(page.ids)
    assert "missing-1999/1" not in inner


@pytest.mark.parametrize(("language", "direction"), [("fa", "rtl"), ("en", "ltr")])
def test_render_html_says_language_and_direction(language: str, direction: str) -> None:
    page = Reader(render_html(short_report(), language))
    html = next(attrs for tag, attrs in page.tags if tag == "html")
    assert (html["lang"], html["dir"]) == (language, direction)


def test_render_html_needs_nothing_from_outside_and_runs_nothing() -> None:
    page = render_html(short_report(), "fa").decode()
    reader = Reader(page.encode())
    assert not [tag for tag, _ in reader.tags if tag in {"script", "link", "img", "iframe"}]
    assert not [1 for _, attrs in reader.tags if "style" in attrs]
    assert set(re.findall(r"url\((.{10})", page)) == {"data:font/"}
    assert "default-src 'none'" in content_policy()


def test_render_html_takes_text_of_others_as_text() -> None:
    data = short_report()
    hostile = '<script>alert(1)</script>"\x00'
    data["clauses"][0]["titles"] = {"en": hostile}
    data["clauses"][0]["commitments"][0]["reports"][0]["evidence"][0] |= {
        "kind": "link",
        "url": "javascript:alert(1)",
        "label": hostile,
    }
    page = Reader(render_html(data, "en"))
    assert not [tag for tag, _ in page.tags if tag == "script"]
    assert not [link for link in page.links if link.startswith("javascript")]
    assert render_pdf(data, "en").startswith(b"%PDF")
    assert "alert(1)" in said_by_docx(render_docx(data, "en"))


def test_render_clause_text_with_markup_signs_is_shown_as_written() -> None:
    written = "<b>to report</b> & #hash *stars* \\ _under_"
    assert written in Reader(render_html(short_report(), "en")).text
    assert written in said_by_docx(render_docx(short_report(), "en"))
    pdf = "".join(pages_of(short_pdf("en")))
    assert written in pdf


@pytest.mark.parametrize(("language", "shown"), [("fa", "۲۰۱{۴|۵|۸}"), ("en", "201{4|5|8}")])
def test_render_open_digits_are_never_chosen(language: str, shown: str) -> None:
    page = Reader(render_html(short_report(), language))
    assert shown in page.text
    assert {"class": "open", "dir": "ltr"} in [attrs for tag, attrs in page.tags if tag == "bdi"]
    assert shown in said_by_docx(render_docx(short_report(), language))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fa", "از ۲۲ مهر ۱۳۹۸ · ۱۴ اکتبر ۲۰۱۹ هیچ خبری نرسیده است (۲۵۹۶ روز)."),
        ("en", "No information since 14 October 2019 · 22 Mehr 1398 (2596 days)."),
    ],
)
def test_render_clause_without_news_says_since_when(language: str, words: str) -> None:
    assert words in Reader(render_html(short_report(), language)).text
    assert words in said_by_docx(render_docx(short_report(), language))


def test_render_missing_language_is_shown_and_named() -> None:
    page = render_html(short_report(), "fa").decode()
    assert '<span lang="en" dir="ltr">Reports by cities</span>' in page
    assert "(تنها به انگلیسی)" in page
    assert "(only in Persian)" in render_html(short_report(), "en").decode()


def test_render_words_that_came_without_a_language_are_marked_by_their_letters() -> None:
    page = render_html(short_report(), "fa").decode()
    assert re.search(r'<span lang="en" dir="ltr">Minutes \d+.pdf</span>', page)
    assert ">Minutes" not in re.sub(r'<span lang="en" dir="ltr">[^<]*</span>', "", page)
    assert Pen("en").told_by_letters("شرح قالب") == "fa"
    assert Pen("fa").told_by_letters("شرح قالب v2") is None
    assert Pen("fa").told_by_letters("2024 (1)") is None


def test_render_html_prints_every_count() -> None:
    data = short_report()
    page = Reader(render_html(data, "en")).text
    for heading, key in (
        ("Decisions by force", "decisions"),
        ("Commitments by status", "commitments"),
    ):
        part = page.split(heading, 1)[1].split("Total", 1)
        assert part[1].startswith(str(sum(data["counts"][key].values())))


def test_render_every_decision_stands_in_one_list() -> None:
    page = render_html(short_report(), "en").decode()
    lists = page.split('id="lists"', 1)[1].split('id="declarations"', 1)[0]
    for clause in short_report()["clauses"]:
        assert lists.count(f'href="#{clause["id"]}"') == 1


def test_render_long_list_prints_every_identifier() -> None:
    data = large_report(650, 700)
    page = render_html(data, "en").decode()
    lists = page.split('id="lists"', 1)[1].split('id="declarations"', 1)[0]
    assert all(lists.count(f'"#{clause["id"]}"') == 1 for clause in data["clauses"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_render_pdf_is_tagged_titled_and_in_its_language(language: str) -> None:
    reader = PdfReader(io.BytesIO(short_pdf(language)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"].split("-")[0] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title
    xmp = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in xmp
    assert re.search(r"pdfaid:part\W+2", xmp)
    assert "2026-11-22T03:00:00" in xmp


def test_render_pdf_embeds_vazirmatn_and_no_other_font() -> None:
    reader = PdfReader(io.BytesIO(short_pdf("fa")))
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()  # type: ignore[attr-defined] # pypdf's own types
    }
    assert fonts == {"Vazirmatn-Regular", "Vazirmatn-Bold"}


def test_render_pdf_numbers_pages_in_the_readers_digits() -> None:
    pages = pages_of(short_pdf("en"))
    assert f"Page 2 of {len(pages)}" in pages[1]
    persian = pages_of(short_pdf("fa"))[1]
    assert persian.splitlines()[-1] == f"صفحهٔ ۲ از {to_persian(str(len(pages)))}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_render_practice_is_named_on_every_page(language: str) -> None:
    pages = pages_of(short_pdf(language))
    assert all(word("practice", language) in page for page in pages)
    header = Document(io.BytesIO(render_docx(short_report(), language))).sections[0].header
    assert word("practice", language) in header.paragraphs[0].text
    assert word("practice", language) in Reader(render_html(short_report(), language)).text


def test_render_true_association_bears_no_practice_word() -> None:
    data = short_report()
    data["association"]["practice"] = False
    assert "PRACTICE" not in Reader(render_html(data, "en")).text
    pages = PdfReader(io.BytesIO(render_pdf(data, "en"))).pages
    assert not any("PRACTICE" in page.extract_text() for page in pages)


def test_render_scripts_beyond_our_font_are_still_printed() -> None:
    data = short_report()
    data["clauses"][0]["commitments"][0]["titles"] = {"zh": "建设网站", "th": "เว็บไซต์"}
    data["clauses"][0]["remark"] = {"en": "odd signs \u2f00 \U0001f3db \ue000"}
    assert render_pdf(data, "en").startswith(b"%PDF")
    assert "only in the language" in Reader(render_html(data, "en")).text


def test_render_draft_says_it_is_not_signed_off() -> None:
    draft = Reader(render_html(short_report(edition=None, since=None), "en")).text
    assert "Draft, not signed off" in draft
    assert "There is no earlier report to compare with." in draft


def test_render_empty_report_says_what_is_not_there() -> None:
    data = whole([], [], introduction=None)
    page = Reader(render_html(data, "en")).text
    for key in ("no_changes", "all_reported", "no_deadlines", "empty_list", "no_evidence"):
        assert word(key, "en") in page
    assert render_pdf(data, "fa").startswith(b"%PDF")


def test_render_commitment_change_leads_to_its_decision() -> None:
    page = render_html(short_report(), "en").decode()
    changes = page.split('id="changes"', 1)[1].split("</section>", 1)[0]
    assert 'href="#laleh-2019/4.b"' in changes
    assert "newly delayed" in changes
    assert "E-1" in changes


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "no deadline"),
        ({"type": "none", "date": None, "candidates": [], "words": {}}, "no deadline"),
        ({"type": "date", "date": "2026-11-25", "candidates": [], "words": {}}, "25 November 2026"),
        (
            {
                "type": "candidates",
                "date": None,
                "candidates": ["2016-11-24", "2016-11-25"],
                "words": {},
            },
            "one of: 24 November 2016; 25 November 2016",
        ),
        (
            {"type": "on_time", "date": None, "candidates": [], "words": {"en": "on time"}},
            "on time",
        ),
        (
            {
                "type": "before_next",
                "date": "2027-01-01",
                "candidates": [],
                "words": {"en": "before the next Assembly"},
            },
            "before the next Assembly",
        ),
        ({"type": "recurring", "date": None, "candidates": [], "words": {}}, "unknown"),
    ],
)
def test_deadline_is_said_as_far_as_it_is_known(value: dict[str, Any] | None, said: str) -> None:
    assert said in plain_text(deadline(value, Pen("en")))


@pytest.mark.parametrize("key", every_key())
def test_word_is_there_in_both_languages_with_the_same_places(key: str) -> None:
    from dabir.decisions.report.rendering.words import _WORDS

    persian, english = _WORDS[key]
    assert persian
    assert english
    assert set(re.findall(r"\{\w+\}", persian)) == set(re.findall(r"\{\w+\}", english))
    assert not re.search(r"[يك]", persian)


def test_word_without_entry_is_a_fault() -> None:
    with pytest.raises(KeyError):
        word("no such word", "en")


def test_render_docx_turns_tables_and_paragraphs_in_persian_only() -> None:
    persian = Document(io.BytesIO(render_docx(short_report(), "fa"))).element.xml
    english = Document(io.BytesIO(render_docx(short_report(), "en"))).element.xml
    assert persian.count("<w:bidiVisual/>") == persian.count("<w:tbl>")
    assert "<w:bidiVisual/>" not in english
    assert persian.count("<w:tblHeader/>") > 10


def test_render_docx_has_bookmarks_for_every_inner_link() -> None:
    xml = Document(io.BytesIO(render_docx(short_report(), "en"))).element.xml
    targets = set(re.findall(r'<w:hyperlink w:anchor="(\w+)"', xml))
    names = re.findall(r'<w:bookmarkStart w:id="\d+" w:name="(\w+)"', xml)
    assert targets
    assert targets <= set(names)
    assert len(names) == len(set(names))
