"""Commitments: made, re-termed, handed over, stepped through their states; versions keep two apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dabir.config.working import move_due_days, register_daily_jobs
from dabir.core.errors import IllegalStep, InvalidInput, StaleRecord
from dabir.core.models import AuditEntry, Counter
from dabir.core.publicsearch.keeping import RENEWALS
from dabir.core.reference import Reference
from dabir.core.words import as_words
from dabir.core.work import DAILY
from dabir.decisions.checks import find_stale_due_days
from dabir.decisions.models import Commitment, CommitmentTerms, Decision, StatusEntry
from dabir.decisions.services.activity import file_report
from dabir.decisions.services.agreed import Deadline, Lead, Terms, terms_in_force
from dabir.decisions.services.terms import (
    assign_commitment,
    assign_commitments,
    block_commitment,
    change_terms,
    make_commitment,
    refresh_due_days,
    set_aside_commitment,
    set_deadline,
    start_commitment,
    take_up_again,
)
from dabir.organs.models import Organ
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import AT, ON, SIGNED, a_post

pytestmark = pytest.mark.django_db
REASONED = SIGNED | {"reason": "agreed by telephone"}


@pytest.fixture
def assembly() -> Organ:
    return two_organs()[1]


@pytest.fixture
def decision(assembly: Organ) -> Decision:
    return a_decision(assembly)


@pytest.fixture
def commitment(decision: Decision) -> Commitment:
    return a_commitment(decision)


def _entry(name: str) -> AuditEntry:
    return AuditEntry.objects.get(act=f"decisions.{name}")


def _stands(commitment: Commitment, *, terms: int = 1, statuses: int = 1, acts: int = 0) -> None:
    """Nothing but the making of the commitment was recorded."""
    fresh = Commitment.objects.get(pk=commitment.pk)
    assert (fresh.version, fresh.status) == (commitment.version, commitment.status)
    assert (fresh.terms.count(), fresh.status_entries.count()) == (terms, statuses)
    told = AuditEntry.objects.filter(target_kind="commitment").exclude(
        act="decisions.make_commitment"
    )
    assert told.count() == acts


def test_make_commitment_is_not_started_from_the_day_of_its_decision(decision: Decision) -> None:
    first, second = a_commitment(decision), a_commitment(decision)
    assert (first.public_id, second.public_id) == (
        "assembly-2026/d1/c1",
        "assembly-2026/d1/c2",
    )
    assert (first.status, first.created_on, first.status_since) == (
        "not_started",
        decision.decided_on,
        decision.decided_on,
    )
    assert first.status_entries.get().on == decision.decided_on
    assert first.terms.get().lead["id"] == "isfahan"
    told = AuditEntry.objects.filter(act="decisions.make_commitment").first()
    assert told.basis["id"] == decision.public_id
    assert told.after["deadline"]["on"] == "2026-06-01"


def test_make_commitment_older_than_its_decision_is_refused(decision: Decision) -> None:
    with pytest.raises(InvalidInput, match="older"):
        make_commitment(
            decision=decision,
            terms=Terms(titles={"en": "x"}),
            created_on=decision.decided_on - timedelta(days=1),
            **SIGNED,
        )
    assert not Commitment.objects.exists()


IMPOSSIBLE: dict[str, dict[str, Any]] = {
    "a date without its day": {"deadline": Deadline(type="date")},
    "before the next session of nobody": {"deadline": Deadline(type="before_next")},
    "several readings and a day": {
        "deadline": Deadline(type="candidates", on=ON, candidates=("2026", "2027"))
    },
    "a budget line without its name": {"budget": "line"},
    "no title": {"titles": {}},
    "an unknown kind": {"kind": "sometimes"},
    "an unknown deadline": {"deadline": Deadline(type="soon")},
    "a period of weeks": {
        "deadline": Deadline(type="recurring", recurrence="P2W", recurrence_from=ON)
    },
    "a period of nought": {
        "deadline": Deadline(type="recurring", recurrence="P0M", recurrence_from=ON)
    },
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_make_commitment_on_impossible_terms_enters_nothing(decision: Decision, name: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_commitment(decision, **IMPOSSIBLE[name])
    assert str(refusal.value.message)
    for model in (Commitment, CommitmentTerms, StatusEntry):
        assert not model.objects.exists()
    assert not AuditEntry.objects.filter(act="decisions.make_commitment").exists()


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_change_terms_to_impossible_ones_changes_nothing(commitment: Commitment, name: str) -> None:
    terms = Terms(**({"titles": {"en": "x"}} | IMPOSSIBLE[name]))
    with pytest.raises(InvalidInput):
        change_terms(commitment=commitment, terms=terms, **REASONED)
    _stands(commitment)


def test_change_terms_keeps_the_earlier_ones(commitment: Commitment) -> None:
    terms = Terms(titles={"en": "Another"}, budget="line", budget_line="4.2")
    fresh = change_terms(commitment=commitment, terms=terms, version=1, **REASONED)
    assert (fresh.version, as_words(fresh.titles)) == (2, {"en": "Another"})
    assert fresh.lead_city is None
    assert fresh.terms.count() == 2
    assert terms_in_force(fresh) == terms
    told = _entry("change_terms")
    assert (told.before["lead"]["id"], told.after["lead"]) == ("isfahan", None)
    assert told.reason == "agreed by telephone"


def test_change_terms_before_later_ones_is_refused(commitment: Commitment) -> None:
    change_terms(commitment=commitment, terms=Terms(titles={"en": "A"}), **REASONED)
    earlier = REASONED | {"on": ON - timedelta(days=1)}
    with pytest.raises(InvalidInput, match="Later terms"):
        change_terms(commitment=commitment, terms=Terms(titles={"en": "B"}), **earlier)
    assert commitment.terms.count() == 2


def test_assign_commitment_changes_the_lead_and_nothing_else(commitment: Commitment) -> None:
    post = a_post("events")
    fresh = assign_commitment(commitment=commitment, lead=Lead(post=post), **REASONED)
    assert (fresh.lead_post, fresh.lead_city) == (post, None)
    assert fresh.deadline_on == commitment.deadline_on
    told = _entry("assign_commitment")
    assert (told.before["lead"]["id"], told.after["lead"]["id"]) == ("isfahan", post.public_id)


def test_a_lead_in_words_is_told_as_words(commitment: Commitment) -> None:
    fresh = assign_commitment(
        commitment=commitment, lead=Lead(words={"en": "the host city"}), **REASONED
    )
    assert terms_in_force(fresh).lead.reference() == Reference("words", "", {"en": "the host city"})
    assert Lead().reference() is None


def test_assign_commitments_gives_all_or_none(decision: Decision) -> None:
    first, second = a_commitment(decision), a_commitment(decision)
    lead = Lead(city=a_city("yazd"))
    done = assign_commitments(commitments=[second, first], lead=lead, **REASONED)
    assert [c.lead_city.public_id for c in done] == ["yazd", "yazd"]
    change_terms(
        commitment=second,
        terms=terms_in_force(second),
        **(REASONED | {"on": ON + timedelta(days=9)}),
    )
    before = AuditEntry.objects.count()
    with pytest.raises(InvalidInput, match="Later terms"):
        assign_commitments(
            commitments=[first, second], lead=Lead(city=a_city("shiraz")), **REASONED
        )
    assert Commitment.objects.get(pk=first.pk).lead_city.public_id == "yazd"
    assert AuditEntry.objects.count() == before


def test_set_deadline_moves_the_day_that_counts(commitment: Commitment) -> None:
    later = Deadline(type="date", on=date(2027, 1, 1))
    fresh = set_deadline(commitment=commitment, deadline=later, **REASONED)
    assert (fresh.deadline_on, fresh.due_on) == (date(2027, 1, 1), date(2027, 1, 1))
    assert _entry("set_deadline").before["deadline"]["on"] == "2026-06-01"


def test_open_readings_schedule_nothing(commitment: Commitment) -> None:
    readings = Deadline(type="candidates", candidates=("2040", "2050", "2080"))
    fresh = set_deadline(commitment=commitment, deadline=readings, **REASONED)
    assert (fresh.deadline_on, fresh.due_on) == (None, None)


def test_refresh_due_days_moves_recurring_days_on(decision: Decision, time_machine: Any) -> None:
    time_machine.move_to(AT, tick=False)
    yearly = Deadline(type="recurring", recurrence="P1Y", recurrence_from=date(2026, 12, 1))
    commitment = a_commitment(decision, kind="recurring", deadline=yearly)
    assert commitment.due_on == date(2026, 12, 1)
    assert refresh_due_days(on=ON) == 0
    file_report(commitment=commitment, text="This year's list", language="en", **SIGNED)
    assert refresh_due_days(on=ON) == 0
    assert refresh_due_days(on=date(2026, 12, 22)) == 1
    assert refresh_due_days(on=date(2026, 12, 22)) == 0
    assert Commitment.objects.get().due_on == date(2027, 12, 1)


def test_daily_work_moves_recurring_days_on_and_kept_pages_learn_of_it(
    decision: Decision, time_machine: Any
) -> None:
    time_machine.move_to(AT, tick=False)
    yearly = Deadline(type="recurring", recurrence="P1Y", recurrence_from=date(2026, 12, 1))
    commitment = a_commitment(decision, kind="recurring", deadline=yearly)
    file_report(commitment=commitment, text="This year's list", language="en", **SIGNED)
    later = AT.replace(month=12, day=22)
    time_machine.move_to(later, tick=False)
    renewed = Counter.objects.filter(series=RENEWALS).values_list("last", flat=True)
    before = renewed.first()
    register_daily_jobs()
    for job in DAILY.values():
        if job.act is move_due_days:
            job.act(later.date(), later)
    assert Commitment.objects.get().due_on == date(2027, 12, 1)
    assert list(find_stale_due_days()) == []
    assert renewed.first() != before


def test_steps_follow_the_table_and_are_told(commitment: Commitment) -> None:
    start_commitment(commitment=commitment, **SIGNED)
    block_commitment(commitment=commitment, **(SIGNED | {"reason": "no money"}))
    start_commitment(commitment=commitment, **SIGNED)
    set_aside_commitment(commitment=commitment, **(SIGNED | {"reason": "city left"}))
    fresh = take_up_again(commitment=commitment, **(SIGNED | {"reason": "city is back"}))
    assert (fresh.status, fresh.version) == ("not_started", 6)
    assert [e.status for e in fresh.status_entries.order_by("id")] == [
        "not_started",
        "under_way",
        "blocked",
        "under_way",
        "not_applicable",
        "not_started",
    ]
    told = _entry("block_commitment")
    assert (told.before["status"], told.after["status"]) == ("under_way", "blocked")
    assert (told.reason, told.basis["id"]) == ("no money", commitment.decision.public_id)


@pytest.mark.parametrize("act", [block_commitment, set_aside_commitment])
def test_block_and_set_aside_without_reason_are_refused(commitment: Commitment, act: Any) -> None:
    with pytest.raises(InvalidInput):
        act(commitment=commitment, reason="  ", **SIGNED)
    _stands(commitment)


def test_steps_outside_the_table_are_refused(commitment: Commitment) -> None:
    with pytest.raises(IllegalStep) as refusal:
        take_up_again(commitment=commitment, **REASONED)
    assert refusal.value.code == "illegal_step"
    _stands(commitment)
    start_commitment(commitment=commitment, **SIGNED)
    with pytest.raises(IllegalStep):
        start_commitment(commitment=commitment, **SIGNED)


def test_a_step_before_the_last_one_is_refused_and_says_from_when(commitment: Commitment) -> None:
    start_commitment(commitment=commitment, **SIGNED)
    earlier = REASONED | {"on": ON - timedelta(days=1)}
    with pytest.raises(InvalidInput) as refusal:
        block_commitment(commitment=commitment, **earlier)
    assert str(ON.day) in str(refusal.value.cure)
    assert Commitment.objects.get().status == "under_way"


STALE: dict[str, tuple[Any, dict[str, Any]]] = {
    "assign": (assign_commitment, {"lead": Lead(words={"en": "x"}), "reason": "r"}),
    "set_deadline": (set_deadline, {"deadline": Deadline(), "reason": "r"}),
    "change_terms": (change_terms, {"terms": Terms(titles={"en": "x"}), "reason": "r"}),
    "start": (start_commitment, {}),
    "block": (block_commitment, {"reason": "r"}),
    "set_aside": (set_aside_commitment, {"reason": "r"}),
}


@pytest.mark.parametrize("name", STALE)
def test_an_act_from_a_stale_page_is_refused_and_nothing_is_saved(
    commitment: Commitment, name: str
) -> None:
    act, given = STALE[name]
    set_deadline(
        commitment=commitment,
        deadline=Deadline(type="date", on=date(2027, 1, 1)),
        version=1,
        **REASONED,
    )
    commitment.refresh_from_db()
    with pytest.raises(StaleRecord) as refusal:
        act(commitment=commitment, version=1, **given, **SIGNED)
    assert refusal.value.code == "stale_record"
    _stands(commitment, terms=2, acts=1)
    assert act(commitment=commitment, version=2, **given, **SIGNED).version == 3
