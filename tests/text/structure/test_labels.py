from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.text.structure import structure_text

FIXTURES = Path(__file__).parents[1] / "fixtures"


def ids(text: str) -> list[str]:
    return [node.id for node in structure_text(text).walk()]


@pytest.mark.parametrize(
    "labels",
    [
        ["1.", "2.", "3.", "4."],
        ["۱.", "۲.", "۳.", "۴."],
        ["١-", "٢-", "٣-", "٤-"],
        ["1)", "2)", "3)", "4)"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["۱ـ", "۲ـ", "۳ـ", "۴ـ"],
        ["ماده ۱:", "ماده ۲:", "ماده ۳:", "ماده ۴:"],
        ["بند اول -", "بند دوم -", "بند سوم -", "بند چهارم -"],
        ["Article 1.", "Article 2.", "Article 3.", "Article 4."],
        ["Article I.", "Article II.", "Article III.", "Article IV."],
        ["المادة 1:", "المادة 2:", "المادة 3:", "المادة 4:"],
        ["المادة الأولى:", "المادة الثانية:", "المادة الثالثة:", "المادة الرابعة:"],
        ["أولا:", "ثانيا:", "ثالثا:", "رابعا:"],
        ["نخست:", "دوم:", "سوم:", "چهارم:"],
        ["{1|7}.", "{2|4}.", "3.", "{2|4}."],
    ],
)
def test_structure_text_reads_clause_labels(labels: list[str]) -> None:
    text = "بیانیه\nما شهرداران؛\n" + "\n".join(f"{label} متن این بند." for label in labels)
    assert ids(text) == ["P0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    "labels",
    [
        ["الف.", "ب.", "ج.", "د.", "ه."],
        ["الف)", "ب)", "ج)", "د)", "هـ)"],
        ["الف-", "ب-", "پ-", "ت-", "ث-"],
        ["أ.", "ب.", "ج.", "د.", "هـ."],
        ["أ)", "ب)", "ت)", "ث)", "ج)"],
        ["a.", "b.", "c.", "d.", "e."],
        ["(a)", "(b)", "(c)", "(d)", "(e)"],
        ["i.", "ii.", "iii.", "iv.", "v."],
        ["I)", "II)", "III)", "IV)", "V)"],
        ["•", "•", "•", "•", "•"],
        ["1-1.", "1-2.", "1-3.", "1-4.", "1-5."],
        ["1)", "2)", "3)", "4)", "5)"],
    ],
)
def test_structure_text_reads_item_labels_in_any_script(labels: list[str]) -> None:
    items = "\n".join(f"{label} یک کار؛" for label in labels)
    text = f"1. کارهای زیر:\n{items}\n2. پایان کار.\n3. سپاس."
    assert ids(text) == ["1", "1.a", "1.b", "1.c", "1.d", "1.e", "2", "3"]


def test_structure_text_takes_the_ninth_latin_letter_for_a_letter() -> None:
    items = "\n".join(f"{letter}. thing;" for letter in "abcdefghij")
    assert ids(f"1. Do:\n{items}\n2. End.")[-2] == "1.j"


def test_structure_text_nests_lists_of_another_kind() -> None:
    text = "1. Do:\n(a) one:\n(i) first;\n(ii) second;\n(b) two.\n2. End."
    assert ids(text) == ["1", "1.a", "1.a.a", "1.a.b", "1.b", "2"]


def test_structure_text_keeps_remainders_apart() -> None:
    text = "1. Do:\na. one;\nb. two.\nAll of this matters.\nVery much so.\n2. End."
    assert ids(text) == ["1", "1.a", "1.b", "1.note", "1.note2", "2"]


def test_structure_text_gives_an_item_what_stands_before_the_next_one() -> None:
    structure = structure_text("1. Do:\na. share;\nviews and news.\nb. two.\nThe rest.\n2. End.")
    assert [node.id for node in structure.walk()] == ["1", "1.a", "1.b", "1.note", "2"]
    assert structure.node("1.a").text == "share; views and news."


def test_structure_text_reads_inserted_clauses() -> None:
    text = "1. One.\n1bis. Between.\n2. Two.\n2 مکرر. Between.\n3. Three."
    assert ids(text) == ["1", "1bis", "2", "2bis", "3"]


def test_structure_text_does_not_believe_a_number_out_of_order() -> None:
    text = "1. One.\n25. November was cold.\n2. Two.\n3. Three."
    assert ids(text) == ["1", "1.note", "2", "3"]


def test_structure_text_does_not_believe_a_letter_that_opens_no_list() -> None:
    text = "1. One.\nو. این همه.\n2. Two."
    assert ids(text) == ["1", "1.note", "2"]


def test_structure_text_tells_of_a_missing_clause() -> None:
    structure = structure_text("1. One.\n2. Two.\n4. Four.\n5. Five.")
    assert [node.id for node in structure.clauses] == ["1", "2", "4", "5"]
    assert structure.warnings == ["missing_clause:3"]


def test_structure_text_reads_a_label_on_a_line_of_its_own() -> None:
    structure = structure_text("ماده ۱\nمتن اول.\nماده ۲\nمتن دوم.")
    assert [(node.id, node.text) for node in structure.clauses] == [
        ("1", "متن اول."),
        ("2", "متن دوم."),
    ]


def test_structure_text_gives_paragraphs_of_a_text_that_is_no_declaration() -> None:
    structure = structure_text("Dear colleague,\n\nThank you for your letter.\n\nYours, A.")
    assert [node.id for node in structure.walk()] == ["P0", "P1", "P2"]
    assert structure.kind == "text"
    assert not any(kind.value == "recital" for node in structure.walk() for kind in node.kinds)


@pytest.mark.parametrize("text", ["", " \n\n ", "\u200c", "1."])
def test_structure_text_of_next_to_nothing_has_no_clauses(text: str) -> None:
    assert structure_text(text).clauses == []


def test_structure_text_reads_english() -> None:
    structure = structure_text((FIXTURES / "lakeside.en.txt").read_text("utf-8"))
    assert structure.language == "en"
    assert " ".join(node.id for node in structure.walk()) == (
        "P0 P1 P2 1 2 3 3.a 3.b 3.b.a 3.b.b 3.c 3.note 4 4bis 5"
    )
    assert [(p.name, p.post) for p in structure.people] == [
        ("Maryam Sadeghi", "Mayor of Tehran"),
        ("John Smith", "Director of the Lake Institute"),
        ("Ali bin Omar", None),
    ]
    fourth = {(o.value, o.details["role"]) for o in structure.node("4bis").organs}
    assert ("secretary_general", "addressee") in fourth
    assert ("executive_board", "report_to") in fourth
    assert [r.value for r in structure.node("4bis").references] == ["Bangkok/8"]


def test_structure_text_reads_arabic() -> None:
    structure = structure_text((FIXTURES / "lakeside.ar.txt").read_text("utf-8"))
    assert structure.language == "ar"
    assert " ".join(n.id for n in structure.walk()) == "P0 P1 1 2 2.a 2.b 2.c 3"
    assert [d.value for d in structure.node("P1").dates] == ["2021-05-14"]
    assert [k.value for k in structure.node("2").kinds] == ["dues_request"]


def test_structure_text_repairs_first_where_asked() -> None:
    structure = structure_text("x", repair=lambda text: "1. One.\n2. Two.")
    assert [node.id for node in structure.clauses] == ["1", "2"]
    assert structure.source == "1. One.\n2. Two."


@given(st.text(alphabet='1234.۴)( \nالفبجabci:؛،"{|}-•م', max_size=200))
@settings(max_examples=300)
def test_structure_text_loses_no_letter_and_repeats_no_identifier(text: str) -> None:
    structure = structure_text(text)
    found = [node.id for node in structure.walk()]
    assert len(found) == len(set(found))
    kept = "".join(n.text for n in structure.walk()) + (structure.title or "")
    kept += "".join(n.label or "" for n in structure.walk())
    kept += "".join(h.words for h in structure.headings)
    for letter in "الفبجabcم":
        assert kept.count(letter) == text.count(letter)
