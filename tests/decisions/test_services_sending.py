"""Asking for a report, reminders that never go twice, and editions sent and received."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput, RuleNotSet
from dabir.core.models import AuditEntry
from dabir.decisions.models import Commitment, Decision
from dabir.decisions.services.activity import accept_report, file_report
from dabir.decisions.services.agreed import Deadline, Lead
from dabir.decisions.services.asking import REPORT_PURPOSE, Asked, ask_for_report
from dabir.decisions.services.register import lapse_decision
from dabir.decisions.services.reminders import reminders_owed, send_reminders
from dabir.decisions.services.terms import assign_commitment, set_deadline
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.services import LinkRefused, open_link, revoke_link, use_link
from dabir.registry.services import add_contact
from tests.decisions.ladder import set_the_ladder
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import AT, ON, SIGNED, a_mandate, a_person, a_post

pytestmark = pytest.mark.django_db
SECOND = SIGNED | {"by": Actor("person", "person-second", {"en": "Second"})}
DUE = date(2026, 12, 20)


@pytest.fixture
def decision() -> Decision:
    return a_decision(two_organs()[1])


@pytest.fixture
def commitment(decision: Decision) -> Commitment:
    return a_commitment(decision, deadline=Deadline(type="date", on=DUE))


def _ask(commitment: Commitment, **changes: Any) -> Asked:
    given: dict[str, Any] = {"language": "en", "days": 30}
    return ask_for_report(
        commitment=commitment,
        address_of=lambda token: f"https://dabir.example.org/answer/{token}",
        **(given | changes),
        **SIGNED,
    )


def test_ask_for_report_writes_a_letter_with_a_link_that_opens(commitment: Commitment) -> None:
    asked = _ask(commitment)
    assert asked.address in asked.letter.body
    assert commitment.public_id in asked.letter.body
    assert asked.letter.recipient["id"] == "isfahan"
    token = asked.address.rsplit("/", 1)[1]
    link = open_link(token=token, purpose=REPORT_PURPOSE, on=ON, reader=None)
    assert (link.target["id"], link.recipient["id"]) == (commitment.public_id, "isfahan")
    assert link.expires_on == ON + timedelta(days=30)
    acts = list(AuditEntry.objects.order_by("-sequence").values_list("act", flat=True)[:2])
    assert acts == ["messaging.write_letter", "messaging.issue_link"]


def test_ask_for_report_speaks_the_language_asked_for(commitment: Commitment) -> None:
    assert "کاری" in _ask(commitment, language="fa").letter.subject
    assert "Something to do" in _ask(commitment).letter.subject
    assert Letter.objects.count() == 2


def test_ask_for_report_reaches_who_holds_the_post(decision: Decision) -> None:
    person, post = a_person(), a_post("events")
    a_mandate(person, post)
    contact = add_contact(of=person, kind="email", value="e@example.org", language="en", **SIGNED)
    asked = _ask(a_commitment(decision, lead=Lead(post=post)))
    assert asked.letter.contact == contact


def test_ask_for_report_where_nobody_leads_is_refused_with_a_cure(decision: Decision) -> None:
    commitment = a_commitment(decision, lead=Lead(words={"en": "the host"}))
    with pytest.raises(InvalidInput) as refusal:
        _ask(commitment)
    assert refusal.value.cure
    assert not SignedLink.objects.exists()
    assert not Letter.objects.exists()


def test_ask_for_report_for_no_day_is_refused_and_writes_nothing(commitment: Commitment) -> None:
    with pytest.raises(InvalidInput):
        _ask(commitment, days=0)
    assert not SignedLink.objects.exists()
    assert not Letter.objects.exists()


def test_a_used_or_revoked_link_of_a_report_is_refused(commitment: Commitment) -> None:
    used, revoked = _ask(commitment), _ask(commitment)
    use_link(link=used.link, at=AT)
    with pytest.raises(LinkRefused):
        use_link(link=used.link, at=AT)
    revoke_link(link=revoked.link, **SIGNED)
    with pytest.raises(LinkRefused):
        open_link(
            token=revoked.address.rsplit("/", 1)[1], purpose=REPORT_PURPOSE, on=ON, reader=None
        )


def _run(on: date) -> list[str]:
    at = datetime.combine(on, AT.timetz())
    return [letter.key for letter in send_reminders(**(SIGNED | {"on": on, "at": at}))]


def test_reminders_without_the_rule_are_refused_and_never_a_default(
    commitment: Commitment,
) -> None:
    with pytest.raises(RuleNotSet) as refusal:
        _run(ON)
    assert refusal.value.key == "follow_up.reminder_days_before"
    assert not Letter.objects.exists()


def test_send_reminders_writes_each_rung_once(commitment: Commitment) -> None:
    set_the_ladder()
    name = f"reminder/{commitment.public_id}/{DUE}"
    assert [one.is_written for one in reminders_owed(on=ON)] == [False]
    assert Letter.objects.count() == 0
    assert _run(ON) == [f"{name}/before-30"]
    assert [one.is_written for one in reminders_owed(on=ON)] == [True]
    assert _run(ON) == []
    assert _run(DUE - timedelta(days=14)) == []
    assert _run(DUE - timedelta(days=7)) == [f"{name}/before-7"]
    assert _run(DUE + timedelta(days=1)) == [f"{name}/after-1"]
    assert _run(DUE + timedelta(days=29)) == []
    assert _run(DUE + timedelta(days=45)) == [f"{name}/after-30"]
    assert _run(DUE + timedelta(days=400)) == []
    assert Letter.objects.count() == 4
    assert AuditEntry.objects.filter(act="messaging.write_letter").count() == 4
    assert {letter.recipient["id"] for letter in Letter.objects.all()} == {"isfahan"}


def test_news_stops_the_ladder_and_another_deadline_begins_a_new_one(
    commitment: Commitment,
) -> None:
    set_the_ladder()
    assert len(_run(ON)) == 1
    file_report(commitment=commitment, text="Half of it", language="en", **SIGNED)
    assert reminders_owed(on=ON) == []
    later = Deadline(type="date", on=date(2027, 2, 1))
    set_deadline(commitment=commitment, deadline=later, reason="agreed", **SIGNED)
    assert _run(date(2027, 1, 5)) == [f"reminder/{commitment.public_id}/2027-02-01/before-30"]


def test_a_closed_commitment_is_reminded_of_no_more(commitment: Commitment) -> None:
    set_the_ladder()
    report = file_report(
        commitment=commitment, text="Done", language="en", claims_done=True, **SIGNED
    )
    after = DUE + timedelta(days=40)
    assert reminders_owed(on=after) == []
    accept_report(report=report, **SECOND)
    assert reminders_owed(on=after) == []


def test_a_decision_that_binds_no_more_reminds_nobody(commitment: Commitment) -> None:
    set_the_ladder()
    lapse_decision(decision=commitment.decision, reason="its own term", **SIGNED)
    assert reminders_owed(on=ON) == []


def test_open_readings_and_words_remind_nobody_before_the_silence(decision: Decision) -> None:
    set_the_ladder()
    a_commitment(decision, lead=Lead(words={"en": "the host"}))
    several = Deadline(type="candidates", candidates=("2026-12-01", "2027-12-01"))
    commitment = a_commitment(decision, deadline=several)
    assert reminders_owed(on=date(2026, 3, 1)) == []
    assert [one.commitment for one in reminders_owed(on=ON)] == [commitment]
    assert _run(ON) == [f"reminder/{commitment.public_id}/since-beginning/silence-1"]


def test_a_reminder_speaks_the_language_of_its_reader(commitment: Commitment) -> None:
    set_the_ladder()
    add_contact(of=a_city(), kind="email", value="fa@example.org", language="fa", **SIGNED)
    (owed,) = reminders_owed(on=ON)
    assert owed.language == "fa"
    assert "کاری" in owed.subject


def test_a_commitment_handed_over_reminds_its_new_lead(commitment: Commitment) -> None:
    set_the_ladder()
    assign_commitment(
        commitment=commitment, lead=Lead(city=a_city("yazd")), reason="asked", **SIGNED
    )
    (owed,) = reminders_owed(on=ON)
    assert owed.lead.public_id == "yazd"
