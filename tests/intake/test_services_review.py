"""Receive, review, confirm: each act, each refusal, and what is entered in the trail."""

from __future__ import annotations

from typing import Any

import pytest

from dabir.core.errors import IllegalStep, InvalidInput, StaleRecord
from dabir.core.models import AuditEntry
from dabir.core.trail import trail_faults
from dabir.documents.models import Document, Node, StoredFile
from dabir.documents.services import add_clause, add_document, read_file
from dabir.intake.models import ConfirmedReading, Receipt, ReviewAct, WaitingBytes
from dabir.intake.queries.reviews import review_of
from dabir.intake.services.confirming import OwnReview, confirm_reading
from dabir.intake.services.receiving import (
    Nature,
    keep_reading,
    receive_text,
    refuse_text,
    set_aside,
)
from dabir.intake.services.reviewing import (
    DoubtsLeft,
    make_ready,
    questions_of,
    send_back,
    take_back,
    take_step,
)
from dabir.text.readers import ReadingRefused
from tests.factories.people import SIGNED, an_association
from tests.intake.readings import (
    BY_REVIEWER,
    BY_SECOND,
    REVIEWER,
    TEXT,
    a_machine_reading,
    a_receipt,
    a_review,
    settle_all,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _founded() -> None:
    an_association()


def acts() -> list[str]:
    """The acts of the intake in the trail, in their order."""
    rows = AuditEntry.objects.filter(act__startswith="intake.").order_by("sequence")
    return [row.act.partition(".")[2] for row in rows]


def step(receipt: Receipt, verb: str, reason: str = "", **data: Any) -> Receipt:
    """The reviewer takes a step."""
    return take_step(receipt=receipt, verb=verb, data=data, reason=reason, **BY_REVIEWER)


def text_of(receipt: Receipt, name: str) -> str:
    """The words of a part as they stand."""
    return next(p["text"] for p in review_of(receipt).parts if p["name"] == name)


def key_of(receipt: Receipt, name: str) -> str:
    """The key of a part by its name."""
    return next(p["key"] for p in review_of(receipt).parts if p["name"] == name)


# Receiving


def test_receive_text_keeps_its_bytes_waiting_and_enters_nothing_else() -> None:
    receipt = a_receipt()
    assert receipt.state == "waiting"
    assert bytes(receipt.waiting.data) == TEXT.encode()
    assert StoredFile.objects.count() == 0
    assert acts() == ["receive_text"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("letter.txt", b"\x00\x01\x02" * 400, "binary"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100, "picture"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "old_word"),
    ],
)
def test_receive_unreadable_file_keeps_the_refusal_alone(name: str, data: bytes, code: str) -> None:
    receipt = receive_text(data=data, name=name, nature=Nature("fa"), **SIGNED)
    assert (receipt.state, receipt.refusal["code"]) == ("refused", code)
    assert not WaitingBytes.objects.exists()
    assert not StoredFile.objects.exists()
    assert acts() == ["receive_text", "refuse_text"]


def test_refuse_while_reading_throws_the_bytes_away() -> None:
    receipt = refuse_text(receipt=a_receipt(), refusal=ReadingRefused("scanned"), **SIGNED)
    assert receipt.refusal == {"code": "scanned", "params": {}}
    assert not WaitingBytes.objects.exists()


def test_receive_further_version_needs_its_document_and_a_language_it_lacks() -> None:
    with pytest.raises(InvalidInput):
        a_receipt(Nature("en", purpose="version"))
    document = add_document(public_id="known", kind="declaration", titles={"en": "Known"}, **SIGNED)
    with pytest.raises(InvalidInput):
        a_receipt(Nature("fa", purpose="words", document=document))
    assert not Receipt.objects.exists()


def test_keep_reading_stores_bytes_and_reading_once() -> None:
    receipt = a_review()
    assert receipt.state == "review"
    assert receipt.file is not None
    assert read_file(receipt.file) == TEXT.encode()
    assert receipt.open_count == len([q for q in questions_of(receipt)[1] if q.is_open])
    with pytest.raises(IllegalStep):
        keep_reading(receipt=receipt, machine=a_machine_reading(), **SIGNED)
    assert acts() == ["receive_text", "keep_reading"]


def test_set_aside_while_waiting_lets_no_reading_be_kept() -> None:
    receipt = a_receipt()
    set_aside(receipt=receipt, **SIGNED)
    with pytest.raises(IllegalStep):
        keep_reading(receipt=receipt, machine=a_machine_reading(), **SIGNED)
    assert not StoredFile.objects.exists()


def test_set_aside_of_a_review_needs_a_reason() -> None:
    receipt = a_review()
    with pytest.raises(InvalidInput):
        set_aside(receipt=receipt, **SIGNED)
    assert set_aside(receipt=receipt, reason="received twice", **SIGNED).state == "dropped"


# Reviewing


def test_choose_words_puts_the_other_reading_in_its_place() -> None:
    receipt = a_review()
    step(receipt, "choose_words", part=key_of(receipt, "1"), doubt="w1", choice=0)
    assert "تشویق می‌کنیم گرما نقشه بکشند" in text_of(receipt, "1")
    entry = AuditEntry.objects.get(act="intake.choose_words")
    assert entry.actor["id"] == "mina"
    assert entry.after["doubt"] == "w1"


def test_retype_words_that_lose_letters_needs_a_reason() -> None:
    receipt, before = a_review(), ReviewAct.objects.count()
    given = {"part": key_of(receipt, "1"), "doubt": "w1", "text": "نقش گرما"}
    with pytest.raises(InvalidInput) as refusal:
        step(receipt, "retype_words", **given)
    assert refusal.value.code == "letters_changed"
    assert ReviewAct.objects.count() == before
    step(receipt, "retype_words", reason="a misprint, see the other copy", **given)
    assert "نقش گرما" in text_of(receipt, "1")


def test_retype_part_cannot_make_open_digits_certain() -> None:
    receipt = a_review()
    part = key_of(receipt, "2")
    typed = text_of(receipt, "2").replace("201{4|5|8}", "2014")
    with pytest.raises(InvalidInput) as refusal:
        step(receipt, "retype_part", part=part, text=typed, reason="I know")
    assert refusal.value.code == "open_digits_changed"


def test_choose_number_needs_a_reason_and_a_possible_number() -> None:
    receipt = a_review()
    part = key_of(receipt, "2")
    with pytest.raises(InvalidInput):
        step(receipt, "choose_number", part=part, number="n0", value="2014")
    with pytest.raises(InvalidInput):
        step(receipt, "choose_number", "seen", part=part, number="n0", value="2016")
    step(receipt, "choose_number", "the minutes say so", part=part, number="n0", value="2015")
    assert "2015" in text_of(receipt, "2")
    step(receipt, "leave_open", part=part, number="n0")
    assert "201{4|5|8}" in text_of(receipt, "2")


def test_take_back_brings_the_state_before_and_keeps_both_rows() -> None:
    receipt = a_review()
    before = text_of(receipt, "1")
    step(receipt, "choose_words", part=key_of(receipt, "1"), doubt="w1", choice=0)
    take_back(receipt=receipt, **BY_REVIEWER)
    assert text_of(receipt, "1") == before
    assert [act.verb for act in receipt.acts.all()] == ["choose_words", "undo_act"]
    with pytest.raises(InvalidInput):
        take_back(receipt=receipt, **BY_REVIEWER)


def test_split_and_merge_move_names_doubts_and_numbers() -> None:
    receipt = a_review()
    part, text = key_of(receipt, "2"), text_of(receipt, "2")
    step(receipt, "split_part", part=part, at=text.index("تا سال"))
    assert "201{4|5|8}" in text_of(receipt, "2.note")
    new = next(p for p in review_of(receipt).parts if p["name"] == "2.note")
    assert [number["key"] for number in new["numbers"]] == ["n0"]
    step(receipt, "merge_part", part=new["key"])
    assert text_of(receipt, "2") == text


def test_place_part_counts_recitals_again_and_wants_a_reason_to_leave_out() -> None:
    receipt = a_review()
    first = key_of(receipt, "P0")
    with pytest.raises(InvalidInput):
        step(receipt, "place_part", part=first, role="left_out")
    step(receipt, "place_part", "a greeting", part=first, role="left_out")
    assert "سپاسگزاریم" in text_of(receipt, "P0")


def test_overtaken_step_is_refused_and_saves_nothing() -> None:
    receipt = a_review()
    version = receipt.version
    step(receipt, "keep_words", part=key_of(receipt, "P1"), doubt="w0")
    with pytest.raises(StaleRecord):
        take_step(
            receipt=receipt,
            verb="keep_words",
            data={"part": key_of(receipt, "1"), "doubt": "w1"},
            version=version,
            **BY_SECOND,
        )
    assert receipt.acts.count() == 1


# Ready, back, confirmed


def test_make_ready_is_refused_with_what_is_left() -> None:
    receipt = a_review()
    with pytest.raises(DoubtsLeft) as refusal:
        make_ready(receipt=receipt, **BY_REVIEWER)
    assert {q.kind for q in refusal.value.left} == {"about", "words", "number", "findings"}


def a_ready_review(nature: Nature | None = None, text: str = TEXT) -> Receipt:
    """Reviewed by one person, waiting for another."""
    receipt = settle_all(a_review(nature, text))
    assert receipt.open_count == 0
    return make_ready(receipt=receipt, **BY_REVIEWER)


def test_confirm_enters_document_version_and_clauses_with_open_digits_as_sets() -> None:
    receipt = a_ready_review()
    assert not Document.objects.exists()
    confirmed = confirm_reading(receipt=receipt, **BY_SECOND)
    document = Document.objects.get(public_id="azmoon-2026")
    assert confirmed.document == document
    names = list(document.nodes.values_list("node_id", flat=True))
    assert names == ["P0", "P1", "1", "2", "2.a", "2.b"]
    clause = document.nodes.get(node_id="2")
    assert "201{4|5|8}" in clause.texts.get().text
    digit = clause.found["digits"][0]
    assert (digit["raw"], digit["reading"], digit["candidates"]) == (
        "5102",
        "201{4|5|8}",
        ["2014", "2015", "2018"],
    )
    assert document.nodes.get(node_id="2.a").parent == clause
    assert document.versions.get().language == "fa"
    receipt.refresh_from_db()
    assert receipt.state == "confirmed"
    assert acts()[-1] == "confirm"
    assert list(trail_faults()) == []


@pytest.mark.parametrize("who", [REVIEWER, SIGNED["by"]], ids=["reviewer", "receiver"])
def test_confirm_by_whoever_worked_on_it_is_refused(who: Any) -> None:
    receipt = a_ready_review()
    with pytest.raises(OwnReview):
        confirm_reading(receipt=receipt, **(SIGNED | {"by": who}))
    assert not Document.objects.exists()
    assert not ConfirmedReading.objects.exists()


def test_send_back_needs_a_reason_and_opens_the_review() -> None:
    receipt = a_ready_review()
    with pytest.raises(InvalidInput):
        send_back(receipt=receipt, reason=" ", **BY_SECOND)
    assert send_back(receipt=receipt, reason="look at clause 2", **BY_SECOND).state == "review"
    with pytest.raises(IllegalStep):
        confirm_reading(receipt=receipt, **BY_SECOND)


def test_confirm_refuses_a_name_that_was_given_meanwhile() -> None:
    receipt = a_ready_review()
    add_document(public_id="azmoon-2026", kind="minutes", titles={"en": "Other"}, **SIGNED)
    with pytest.raises(InvalidInput):
        confirm_reading(receipt=receipt, **BY_SECOND)
    assert not Node.objects.exists()


ENGLISH = """Test Declaration

We, the mayors of the member cities,

Thank the Secretariat;

1. We encourage the member cities to draw a map of heat;

2. We approve the annual budget of the Secretariat until 2016:

(a) current budget;

(b) building budget.
"""


def test_further_version_lists_conflicts_and_adds_its_words() -> None:
    document = confirm_reading(receipt=a_ready_review(), **BY_SECOND).document
    receipt = a_review(Nature("en", purpose="version", document=document), ENGLISH)
    open_ones = [q for q in questions_of(receipt)[1] if q.kind == "conflict"]
    assert [(q.data["clause"], q.data["right"]) for q in open_ones] == [("2", "2016")]
    conflict = open_ones[0].data
    given = {k: conflict[k] for k in ("clause", "what", "left", "right")}
    given |= {"conflict": conflict["key"], "choice": "register"}
    with pytest.raises(InvalidInput):
        step(receipt, "settle_conflict", **given)
    step(receipt, "settle_conflict", "the Persian text is authentic", **given)
    settle_all(receipt)
    make_ready(receipt=receipt, **BY_REVIEWER)
    confirmed = confirm_reading(receipt=receipt, **BY_SECOND)
    assert confirmed.content["settled"][0]["reason"] == "the Persian text is authentic"
    clause = document.nodes.get(node_id="1")
    assert {t.language for t in clause.texts.all()} == {"fa", "en"}
    assert document.nodes.count() == 6


def test_words_of_a_text_known_by_facts_come_in_their_order() -> None:
    document = add_document(
        public_id="facts", kind="declaration", titles={"fa": "دانسته"}, text_held=False, **SIGNED
    )
    for name in ("fact.budget", "2"):
        fact = {"fa": "دربارهٔ بودجه", "en": "About the budget"}
        found = {"fact_only": True}
        add_clause(document=document, node_id=name, texts=fact, found=found, **SIGNED)
    receipt = a_ready_review(Nature("fa", purpose="words", document=document))
    confirm_reading(receipt=receipt, **BY_SECOND)
    document.refresh_from_db()
    assert document.text_held
    names = list(document.nodes.order_by("position").values_list("node_id", flat=True))
    assert names == ["P0", "P1", "1", "2", "2.a", "2.b", "fact.budget"]
    clause = document.nodes.get(node_id="2")
    assert "fact_only" not in clause.found
    assert clause.texts.filter(language="fa").order_by("-revision")[0].revision == 2
