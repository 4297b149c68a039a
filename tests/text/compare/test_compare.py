"""Language versions side by side. The English fixture is our own wording with planted faults."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.text.compare import compare_texts
from dabir.text.compare.__main__ import main
from dabir.text.compare.names import same_name, skeleton

FIXTURES = Path(__file__).parents[1] / "fixtures"


def persian() -> str:
    text = (FIXTURES / "haikou.truth.fa.txt").read_text("utf-8")
    return re.sub(r"(?m)^\[[^\]]*\] ", "", text)


def english() -> str:
    return (FIXTURES / "haikou-ours.en.txt").read_text("utf-8")


def found(left: str, right: str) -> list[tuple[str, str, str | None, str | None]]:
    return [(d.clause, d.what, d.left, d.right) for d in compare_texts(left, right)]


def test_compare_texts_finds_what_two_versions_say_differently_and_nothing_else() -> None:
    differences = found(persian(), english())
    assert [each[:2] for each in differences] == [
        ("clauses", "count"),
        ("P3", "date"),
        ("P7", "name"),
        ("4", "date"),
        ("4", "count"),
        ("4.e", "missing"),
        ("11.b", "name"),
        ("12", "missing"),
    ]
    assert ("clauses", "count", "12", "11") in differences
    assert ("P3", "date", "20{4|5|8}0", "2025") in differences
    assert ("P7", "name", "محمد خدادای", "Mohammad Khodadadi") in differences
    assert ("4", "date", "در دو سال آینده", "for the next three years") in differences
    assert ("11.b", "name", "غازان", None) in differences


def test_compare_texts_of_a_text_with_itself_finds_nothing() -> None:
    assert compare_texts(persian(), persian()) == []
    assert compare_texts(english(), english()) == []


@pytest.mark.parametrize(
    ("left", "right", "difference"),
    [
        ("100 شهر عضو", "120 member cities", ("1", "number", "100", "120")),
        ("۱۰۰ شهر عضو", "100 member cities", None),
        ("پنج شهر", "five cities", None),
        ("پنج شهر", "5 cities", None),
        ("پنج شهر", "six cities", ("1", "number", "پنج", "six")),
        ("بیست و پنج شهر", "twenty-five cities", None),
        ("چهارمین نشست", "the 4th meeting", None),
        ("چهارمین نشست", "the fifth meeting", ("1", "number", "چهارمین", "fifth")),
        ("همکاری دو جانبه", "bilateral work", None),
        ("مبلغ 1,250.50 دلار", "the sum of 1250.50 USD", None),
        ("مبلغ 1,250 دلار", "the sum of 1,350 USD", ("1", "number", "1,250", "1,350")),
        ("1{4|5} شهر", "15 cities", None),
        ("1{4|5} شهر", "16 cities", ("1", "number", "1{4|5}", "16")),
        ("در 25 نوامبر 2014", "on 25 November 2014", None),
        ("در ۴ آذر ۱۳۹۳", "on 25 November 2014", None),
        ("در ۴ آذر ۱۳۹۳", "on 26 November 2014", ("1", "date", "۴ آذر ۱۳۹۳", "26 November 2014")),
        ("در نوامبر 2014", "in 2014", None),
        ("در سال 2014", "in 2015", ("1", "date", "2014", "2015")),
        ("تا سال 201{4|5|8}", "until 2018", None),
        ("تا سال 201{4|5|8}", "until 2016", ("1", "date", "201{4|5|8}", "2016")),
        ("دوسالانه", "every two years", None),
        ("دوسالانه", "every three years", ("1", "date", "دوسالانه", "every three years")),
        ("به موقع", "on time", None),
        ("شهرهای تهران و بانکوک", "the cities of Tehran and Bangkok", None),
        ("شهرهای تهران و بانکوک", "the city of Tehran", ("1", "name", "بانکوک", None)),
        ("آقای نی کیانگ", "Mr. Ni Qiang", None),
        ("آقای نی کیانگ", "Mr. Li Wang", ("1", "name", "نی کیانگ", "Li Wang")),
    ],
)
def test_compare_texts_of_a_clause(
    left: str, right: str, difference: tuple[str, str, str | None, str | None] | None
) -> None:
    pair = [f"1. {words}.\n2. ." for words in (left, right)]
    assert found(*pair) == ([difference] if difference else [])


def test_compare_texts_aligns_recitals_where_one_is_missing() -> None:
    left = "ما شهرداران؛\nدر تهران در سال 2008؛\nدر بانکوک در سال 2012؛\n1. یک.\n2. دو."
    right = "We, the mayors;\nin Bangkok in 2012;\n1. One.\n2. Two."
    assert found(left, right) == [
        ("recitals", "count", "3", "2"),
        ("P1", "missing", "در تهران در سال 2008؛", None),
    ]


def test_compare_texts_says_where_the_words_stand() -> None:
    left, right = "1. In 2014.\n2. End.", "1. In 2015.\n2. End."
    (difference,) = compare_texts(left, right)
    assert difference.left_span is not None
    assert difference.right_span is not None
    assert left[difference.left_span.start : difference.left_span.end] == "2014"
    assert right[difference.right_span.start : difference.right_span.end] == "2015"
    assert difference.to_json() == {
        "clause": "1",
        "what": "date",
        "left": "2014",
        "right": "2015",
    }


@pytest.mark.parametrize(
    ("persian_name", "latin_name"),
    [
        ("سوکومباند پاریباترا", "Sukhumbhand Paribatra"),
        ("محمدباقر قالیباف", "Mohammad Bagher Ghalibaf"),
        ("نی کیانگ", "Ni Qiang"),
        ("مسعود اسلامی", "Masoud Eslami"),
        ("فاطما شاهین", "Fatma Şahin"),
        ("قادر توپباش", "Kadir Topbaş"),
    ],
)
def test_same_name_across_scripts(persian_name: str, latin_name: str) -> None:
    assert same_name(persian_name, latin_name)


def test_same_name_keeps_lost_letters_apart() -> None:
    assert not same_name("محمد خدادای", "Mohammad Khodadadi")
    assert not same_name("محمد خدادای", "محمد خدادادی")
    assert same_name("محمد خدادادی", "محمد خدادادي")


@given(st.text(max_size=60))
def test_skeleton_is_never_a_fault(name: str) -> None:
    assert set(skeleton(name)) <= set("XKSFBDTPLMNR")


@given(st.text(alphabet="12. نامه\nabc2014آذر", max_size=120))
@settings(max_examples=150)
def test_compare_texts_of_any_text_with_itself_finds_nothing(text: str) -> None:
    assert compare_texts(text, text) == []


def test_main_prints_differences_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fa.txt").write_text("1. در 2014.\n2. پایان.", "utf-8")
    (tmp_path / "en.txt").write_text("1. In 2015.\n2. End.", "utf-8")
    assert main([str(tmp_path / "fa.txt"), str(tmp_path / "en.txt"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"clause": "1", "what": "date", "left": "2014", "right": "2015"}
    ]


def test_main_refuses_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert main([str(tmp_path / "a.txt"), str(tmp_path / "a.txt")]) == 2
    assert json.loads(capsys.readouterr().err)["refused"] == "empty"
