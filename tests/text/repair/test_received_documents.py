"""The association's own two documents, as they were received."""

import re
from pathlib import Path

import pytest

from dabir.text.repair import Repair, repair_text
from tests.text.repair.scoring import labels_of, score

ROOT = Path(__file__).parents[3]
RECEIVED = ROOT / "dabir/examples/forum/received"
TRUTH = ROOT / "tests/text/fixtures"
NAMES = (
    "حمیدرضا غلامزاده", "نجمه خاتمی", "رویا لیلیون", "مجتبی تاجخواه", "مهشید تقی خانی", "پیام روشن",
)  # fmt: skip


def received(name: str) -> str:
    return (RECEIVED / f"{name}.fa.txt").read_text("utf-8")


def truth(name: str) -> str:
    text = (TRUTH / f"{name}.truth.fa.txt").read_text("utf-8")
    return re.sub(r"(?m)^\[[^\]]*\] ", "", text)


@pytest.fixture(scope="module")
def declaration() -> Repair:
    return repair_text(received("haikou-declaration"))


@pytest.fixture(scope="module")
def website_page() -> Repair:
    return repair_text(received("secretariat-page"))


def test_repair_page_restores_letters_and_joints(website_page: Repair) -> None:
    assert score(website_page, truth("secretariat-page")).rate <= 0.002


@pytest.mark.parametrize("name", NAMES)
def test_repair_page_alters_no_name(website_page: Repair, name: str) -> None:
    assert website_page.text.count(name) == truth("secretariat-page").count(name) == 2


def test_repair_page_flags_only_what_it_guessed(website_page: Repair) -> None:
    assert {span.rule for span in website_page.spans} == {"lost_space"}
    assert {edit.rule for edit in website_page.edits} <= {
        "presentation_form", "zwnj_by_shape", "yeh_kaf", "lost_space",
    }  # fmt: skip


def test_repair_declaration_reaches_the_error_rate(declaration: Repair) -> None:
    assert score(declaration, truth("haikou")).rate <= 0.062


def test_repair_declaration_flags_what_is_wrong(declaration: Repair) -> None:
    found = score(declaration, truth("haikou"))
    assert found.flagged_errors >= 0.99 * found.errors
    assert found.flagged_share <= 0.325


def test_repair_declaration_shows_no_unproven_digit(declaration: Repair) -> None:
    assert score(declaration, truth("haikou")).unproven == ()


def test_repair_declaration_finds_every_label(declaration: Repair) -> None:
    letters = ["الف", "ب", "ج", "د", "ه"]
    assert labels_of(declaration.text) == [
        "1", "2", "3", "4", *letters, "5", "6", "7", *letters[:3], "8", "9", "10", "11",
        *letters[:2], "12",
    ]  # fmt: skip


def test_repair_declaration_proves_digits_by_labels(declaration: Repair) -> None:
    relation = {raw: "".join(true) for raw, true in declaration.digits.relation.items()}
    seen = {raw: true for raw, true in relation.items() if len(true) < 10}
    assert seen == {
        "0": "1", "1": "0", "2": "458", "3": "3", "5": "2", "6": "6", "7": "7", "9": "9",
    }  # fmt: skip


def test_repair_declaration_solves_only_what_logic_leaves(declaration: Repair) -> None:
    found = [
        (one.raw, one.status, one.solutions)
        for one in declaration.digits.occurrences
        if one.raw != "3131"
    ]
    assert ("5102", "certain_by_logic", ("2018",)) in found
    assert ("5102", "open", ("2014", "2015")) in found
    assert ("5121", "open", ("2040", "2050", "2080")) in found
    assert ("5100", "certain", ("2011",)) in found


def test_repair_declaration_never_reads_the_title_by_the_labels(declaration: Repair) -> None:
    title = declaration.text.splitlines()[0]
    assert title == "بیانیه هایکو " + "{0|1|2|3|4|5|6|7|8|9}" * 4


def test_undo_edits_gives_the_received_text(declaration: Repair, website_page: Repair) -> None:
    assert declaration.source() == received("haikou-declaration")
    assert website_page.source() == received("secretariat-page")
