"""About the words: Persian is complete and well written, on screens and on paper."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import string
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

import allauth
import django
import pytest
from django.utils import translation

from dabir.core.components.marks import MARKS
from dabir.decisions.importing.columns import COLUMNS
from dabir.decisions.report.rendering import words as report_words
from dabir.documents.typesetting import letters, press, web

ROOT = Path(__file__).resolve().parents[2]
PERSIAN = re.compile("[\u0621-\u06d3]")
# Their catalogues speak before ours does; what they lack, a part of ours has to say.
LIBRARIES = {
    "Django": Path(django.__file__).parent / "conf/locale/fa/LC_MESSAGES/django.po",
    "Django's accounts": Path(django.__file__).parent
    / "contrib/auth/locale/fa/LC_MESSAGES/django.po",
    "allauth": Path(allauth.__file__).parent / "locale/fa/LC_MESSAGES/django.po",
}


def load(name: str) -> ModuleType:
    """A program of `tools/`, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def catalogue() -> ModuleType:
    return load("catalogue")


@pytest.fixture(scope="module")
def gettext() -> None:
    """Gettext's programs, which read the strings out of the sources; CI must have them."""
    if not shutil.which("xgettext"):
        assert not os.environ.get("CI"), "CI needs gettext, to read the strings out of the sources"
        pytest.skip("xgettext is not installed (Debian: apt-get install gettext)")


# The catalogue


@pytest.mark.usefixtures("gettext")
def test_every_marked_string_has_persian(catalogue: ModuleType) -> None:
    lacking = catalogue.lacking()
    assert [f"{m.msgid!r} in{m.places}" for m in lacking.values()] == []


@pytest.mark.usefixtures("gettext")
def test_marked_strings_are_read_from_code_and_templates(catalogue: ModuleType) -> None:
    places = " ".join(message.places for message in catalogue.marked().values())
    assert "decisions/templates/decisions/register.html" in places
    assert "core/errors.py" in places
    assert "text/readers/refusal.py" in places


def test_every_part_is_well_written(catalogue: ModuleType) -> None:
    assert [fault for m in catalogue.joined().values() for fault in m.faults()] == []


def test_no_part_is_in_doubt_or_empty(catalogue: ModuleType) -> None:
    parts = sorted((catalogue.FOLDER / "parts").glob("*.po"))
    assert len(parts) > 5
    doubtful = [
        f"{part.name}: {message.msgid!r}"
        for part in parts
        for message in catalogue.read(part).values()
        if not message.translated
    ]
    assert doubtful == []


def test_no_two_parts_say_the_same_differently(catalogue: ModuleType) -> None:
    assert catalogue.torn() == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_what_a_library_leaves_in_english_is_said(catalogue: ModuleType, library: str) -> None:
    theirs, ours = catalogue.read(LIBRARIES[library]), catalogue.joined()
    assert len(theirs) > 50
    silent = [
        message.msgid
        for key, message in theirs.items()
        if not message.translated and not (key in ours and ours[key].translated)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("persian", "fault"),
    [
        ("تعهدي", "an Arabic letter or digit"),
        ("شهر ك", "an Arabic letter or digit"),
        ("تا ٣ روز", "an Arabic letter or digit"),
        ("تا 30 روز", "a Latin digit outside an identifier"),
        ("مانند 2014-11-25 بنویسید", "a Latin digit outside an identifier"),
        ("تعهد, مهلت", "a Latin comma, semicolon or question mark"),
        ("چه کسی?", "a Latin comma, semicolon or question mark"),
        ('رکن "هیئت"', "a Latin quotation mark"),
        ("نامه می رود", "a prefix or ending without its half-space"),
        ("شهر ها", "a prefix or ending without its half-space"),
        ("شهر‌ ها", "a half-space at the end of a word"),
        ("خانۀ شهر", "the old sign of hamza on he"),
        ("دو  فاصله", "two spaces"),
    ],
)
def test_bad_writing_is_named(catalogue: ModuleType, persian: str, fault: str) -> None:
    assert fault in catalogue.blemishes(persian)


@pytest.mark.parametrize(
    "persian",
    [
        "شمارهٔ ماندگار آن، مانند haikou-2014/4.b.",
        "مانند \u200e2014-11-25\u200e یا ۲۵ نوامبر ۲۰۱۴",
        "با `dabir serve --port 8001` راه‌اندازی کنید",
        "پروندهٔ «%(name)s» بزرگ‌تر از %(limit)s مگابایت است؛ SHA-256 آن نگه داشته می‌شود.",
    ],
)
def test_identifiers_keep_latin_digits(catalogue: ModuleType, persian: str) -> None:
    assert catalogue.blemishes(persian) == []


def test_two_parts_that_differ_are_named(
    catalogue: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "parts").mkdir()
    for name, persian in (("a", "کرسی"), ("b", "مقر"), ("c", "کرسی")):
        text = f'msgid "seat"\nmsgstr "{persian}"\n'
        (tmp_path / "parts" / f"{name}.po").write_text(text, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    assert catalogue.torn() == ["a.po and b.po differ: 'seat'"]


# Words that stand outside the catalogue, because paper keeps the words it was made with


def printed() -> Iterator[tuple[str, str, str]]:
    """Every word or sentence of the paper: where it stands, its Persian, its English."""
    for place, words in (("report", report_words._WORDS), ("letter", letters._WORDS)):
        for key, (persian, english) in words.items():
            yield f"{place}: {key}", persian, english
    pairs: dict[str, Mapping[str, str]] = {
        "page": press.PAGE_WORDS,
        "emblem": press.EMBLEM_WORDS,
        "skip": web._SKIP,
    }
    for column in COLUMNS:
        pairs[f"heading: {column.key}"] = column.headings
        pairs[f"help: {column.key}"] = column.help
    for place, pair in pairs.items():
        yield place, pair["fa"], pair["en"]


def holes(text: str) -> set[str]:
    """The names that are put into a printed sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_printed_words_stand_in_both_languages() -> None:
    rows = list(printed())
    assert len(rows) > 150
    assert [place for place, persian, _ in rows if not PERSIAN.search(persian)] == []
    assert [place for place, _, english in rows if not english or PERSIAN.search(english)] == []


def test_printed_words_take_the_same_values() -> None:
    assert [place for place, fa, en in printed() if holes(fa) != holes(en)] == []


def test_printed_words_are_well_written(catalogue: ModuleType) -> None:
    assert {place: catalogue.blemishes(fa) for place, fa, _ in printed()} == {
        place: [] for place, _, _ in printed()
    }


def test_paper_and_screen_call_a_state_the_same() -> None:
    states = [
        *("not_started", "under_way", "done_claimed", "done_accepted", "blocked"),
        *("not_applicable", "delayed", "no_information", "no_commitment"),
        *("in_force", "amended", "superseded", "retired", "lapsed", "exhausted", "done"),
        *("filed", "accepted", "returned", "withdrawn"),
    ]
    with translation.override("fa"):
        screen = {state: str(MARKS[state].label) for state in states}
    assert {state: report_words.word(state, "fa") for state in states} == screen
