"""The Haikou Declaration and the secretariat's page, the texts this was built for."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from dabir.text.structure import Structure, structure_text

FIXTURES = Path(__file__).parents[1] / "fixtures"
# What a person read from the declaration (kinds by the reading of the secretariat).
KINDS = {
    "P0": "recital",
    "P1": "recital",
    "P2": "recital",
    "P3": "recital",
    "P4": "recital thanks",
    "P5": "recital thanks",
    "P6": "recital thanks election",
    "P7": "recital thanks",
    "P8": "recital thanks encouragement",
    "1": "commitment",
    "2": "commitment",
    "3": "encouragement",
    "4": "priority",
    "4.a": "priority",
    "4.b": "priority task",
    "4.c": "priority",
    "4.d": "priority task",
    "4.e": "priority",
    "5": "honorary_membership",
    "6": "honorary_membership",
    "7": "award_scheme approval",
    "7.a": "award_category",
    "7.b": "award_category",
    "7.c": "award_category",
    "8": "appreciation request",
    "9": "budget_approval spending_authority",
    "10": "dues_request",
    "11": "approval host_candidacy",
    "11.a": "host_candidacy appointment",
    "11.b": "host_candidacy appreciation",
    "11.note": "task",
    "12": "follow_up_mandate request",
}


def declaration() -> str:
    text = (FIXTURES / "haikou.truth.fa.txt").read_text("utf-8")
    return re.sub(r"(?m)^\[[^\]]*\] ", "", text)


@pytest.fixture(scope="module")
def haikou() -> Structure:
    return structure_text(declaration())


@pytest.fixture(scope="module")
def page() -> Structure:
    return structure_text((FIXTURES / "secretariat-page.truth.fa.txt").read_text("utf-8"))


def test_structure_text_finds_recitals_clauses_items_and_remainder(haikou: Structure) -> None:
    assert [node.id for node in haikou.walk()] == list(KINDS)
    assert haikou.kind == "declaration"
    assert haikou.language == "fa"
    assert haikou.title is not None
    assert haikou.title.startswith("بیانیه هایکو")
    assert haikou.warnings == []


@pytest.mark.parametrize("width", [60, 75, 90, 105, 120])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_structure_text_puts_broken_lines_together(width: int, between: str) -> None:
    lines = [
        line for paragraph in declaration().splitlines() for line in textwrap.wrap(paragraph, width)
    ]
    broken = structure_text(between.join(lines))
    assert [node.id for node in broken.walk()] == list(KINDS)
    for node in broken.walk():
        for found in (*node.kinds, *node.dates, *node.cities, *node.organs):
            if found.span is not None:
                words = broken.source[found.span.start : found.span.end]
                assert words.split() == found.words.split()


def test_structure_text_parts_recitals_that_stand_in_one_line() -> None:
    lines = declaration().splitlines()
    for space in (" ", ""):
        together = [*lines[:8], f"{lines[8]}{space}{lines[9]}", *lines[10:]]
        assert [node.id for node in structure_text("\n".join(together)).walk()] == list(KINDS)


def test_structure_text_proposes_kinds(haikou: Structure) -> None:
    right = extra = missed = 0
    for node in haikou.walk():
        found = {kind.value for kind in node.kinds}
        expected = set(KINDS[node.id].split())
        right += len(found & expected)
        extra += len(found - expected)
        missed += len(expected - found)
    assert missed == 0
    assert extra <= 1
    assert right == 48


def test_structure_text_says_which_words_led_to_a_value(haikou: Structure) -> None:
    for node in haikou.walk():
        for found in (*node.kinds, *node.organs, *node.dates, *node.cities, *node.references):
            if found.span is not None:
                assert haikou.source[found.span.start : found.span.end] == found.words
        assert haikou.source[node.place.start : node.place.end].endswith(node.text)
        for person in node.people:
            assert person.span is not None
            assert haikou.source[person.span.start : person.span.end] == person.value


def test_structure_text_keeps_open_digits_open(haikou: Structure) -> None:
    day = haikou.node("P1").dates[0]
    assert day.value is None
    assert day.details["candidates"] == [
        "2014-11-24",
        "2015-11-24",
        "2018-11-24",
        "2014-11-25",
        "2015-11-25",
        "2018-11-25",
        "2014-11-28",
        "2015-11-28",
        "2018-11-28",
    ]
    assert haikou.node("P3").dates[0].details["candidates"] == ["2040", "2050", "2080"]
    assert [d.value for d in haikou.node("P2").dates] == [None, "2011-04", "2012"]
    assert [d.value for d in haikou.node("11.a").dates] == ["2016", "2016", None]


def test_structure_text_reads_terms_and_recurrence(haikou: Structure) -> None:
    terms = {
        node.id: [(d.details["type"], d.value) for d in node.dates if d.details["type"] != "fixed"]
        for node in haikou.walk()
    }
    assert terms["4"] == [("relative", "P2Y")]
    assert terms["7.a"] == terms["7.b"] == terms["7.c"] == [("recurring", "P2Y")]
    assert terms["9"] == [("recurring", "P1Y"), ("recurring", "P1Y")]
    assert terms["10"] == [("on_time", None)]
    assert terms["1"] == []


def test_structure_text_names_people_with_their_posts(haikou: Structure) -> None:
    assert [(p.name, p.post) for p in haikou.people] == [
        ("سوکومباند پاریباترا", "فرماندار محترم بانکوک و سومین رئیس مجمع شهرداران آسیایی"),
        ("محمدباقر قالیباف", "شهردار محترم تهران"),
        ("نی کیانگ", "شهردار هایکو"),
        ("محمد خدادای", "دبیرکل مجمع شهرداران آسیایی"),
        ("مسعود اسلامی", None),
        ("یانگهون کووآک", "رئیس سازمان شهرهای جهان"),
    ]


def test_structure_text_says_what_part_each_organ_plays(haikou: Structure) -> None:
    def parts(identifier: str) -> set[tuple[str | None, str]]:
        return {(o.value, o.details["role"]) for o in haikou.node(identifier).organs}

    assert ("secretary_general", "addressee") in parts("12")
    assert ("executive_board", "report_to") in parts("12")
    assert ("executive_board", "proposer") in parts("11")
    assert ("general_assembly", "approver") in parts("11")
    assert ("executive_board", "backer") in parts("9")
    assert ("secretary_general", "responsible") in parts("9")
    assert ("secretariat", "responsible") in parts("11.note")
    assert ("member_cities", "responsible") in parts("1")
    assert [a.value for a in haikou.node("10").addressees] == ["members"]


def test_structure_text_finds_cities_and_references(haikou: Structure) -> None:
    assert [c.value for c in haikou.node("11.b").cities] == [
        "Tehran",
        "Qazvin",
        "Amman",
        "Karachi",
        "Antalya",
        "Baalbek",
        "Kazan",
    ]
    assert [r.value for r in haikou.node("8").references] == ["Bangkok/8"]
    assert [r.value for r in haikou.node("12").references] == ["Haikou", "earlier"]


def test_structure_text_takes_names_from_the_register() -> None:
    text = "1. در شهرهای تهران و گل‌آباد کار می‌کنیم؛\n2. تمام."
    found = structure_text(text, cities={"Golabad": ["گل‌آباد"]}).node("1").cities
    assert [c.value for c in found] == ["Tehran", "Golabad"]


def test_structure_text_reads_the_secretariats_page(page: Structure) -> None:
    assert page.kind == "text"
    assert page.clauses == []
    assert [(p.name, p.post) for p in page.people] == [
        ("حمیدرضا غلامزاده", "دبیرکل"),
        ("نجمه خاتمی", "معاون اجرایی"),
        ("رویا لیلیون", "مدیر دیپلماسی شهر و امور اعضا"),
        ("مجتبی تاجخواه", "مدیر رویدادها"),
        ("مهشید تقی خانی", "کارشناس"),
        ("پیام روشن", "کارشناس"),
    ]
    assert {o.value for o in page.organs} == {
        "general_assembly",
        "executive_board",
        "secretary_general",
        "treasurer",
        "secretariat",
        "president",
    }
    lists = [node.id for node in page.walk() if node.parent]
    assert lists == ["P3.a", "P3.b", "P3.c", "P3.d", "P11.a", "P11.b", "P11.c"]


def test_structure_text_reads_the_page_without_its_doubled_names() -> None:
    text = (FIXTURES / "secretariat-page.truth.fa.txt").read_text("utf-8")
    once = re.sub(r"(?m)^(.+)\n\n\1$", r"\1", text)
    assert len(structure_text(once).people) == 6


def test_structure_to_json_has_the_fields_of_the_schema(haikou: Structure) -> None:
    data = haikou.to_json()
    assert {"kind", "title", "recitals", "clauses", "people", "organs"} <= data.keys()
    fields = {"id", "label", "parent", "text", "kinds", "organs", "addressees", "dates"}
    fields |= {"people", "cities", "references", "children"}
    fourth = data["clauses"][3]
    assert fields <= fourth.keys()
    assert [child["id"] for child in fourth["children"]] == ["4.a", "4.b", "4.c", "4.d", "4.e"]
    assert {child["parent"] for child in fourth["children"]} == {"4"}
    term = fourth["dates"][0]
    assert term["value"] == "P2Y"
    assert term["inferred"] is True
    span = term["span"]
    assert haikou.source[span["start"] : span["end"]] == term["words"] == "در دو سال آینده"
