"""The way in and the life of a membership: each step, each refusal, each entry of the trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dabir.core.errors import DomainError, IllegalStep, InvalidInput, RuleNotSet, StaleRecord
from dabir.core.models import AuditEntry
from dabir.core.trail import trail_faults
from dabir.membership.models import Application, Examination, Member, Step
from dabir.membership.queries.examination import lacking_of, points_of
from dabir.membership.services.applications import (
    admit_member,
    examine_point,
    receive_application,
    refuse_application,
    set_checklist_item,
    withdraw_application,
)
from dabir.membership.services.steps import change_membership, enter_member, honour_member
from tests.factories.people import SIGNED, a_person, an_association
from tests.membership.admitted import (
    BOARD,
    CATEGORIES,
    CHAINS,
    a_letter,
    a_statute,
    a_town,
    an_admitted,
    an_application,
    an_entered,
    at,
    examined,
    owes,
)

pytestmark = pytest.mark.django_db
LATER = replace(BOARD, public_id="board-2026/9", on=date(2026, 11, 25))


@pytest.fixture(autouse=True)
def statute() -> None:
    an_association()
    a_statute()


def test_receive_application_makes_an_applicant_and_no_member() -> None:
    application = an_application()
    member = application.member
    assert (member.state, member.number, member.joined_on) == ("applied", None, None)
    assert application.is_open
    assert [e.act for e in AuditEntry.objects.filter(act__startswith="membership.")] == [
        "membership.apply_member",
        "membership.receive_application",
    ]


def test_second_letter_of_an_open_application_is_refused_and_leaves_nothing() -> None:
    application = an_application()
    with pytest.raises(IllegalStep):
        receive_application(
            holder=application.member.holder,
            category="full",
            received_on=date(2026, 9, 2),
            **SIGNED,
        )
    assert Application.objects.count() == 1


def test_letter_of_tomorrow_is_refused() -> None:
    with pytest.raises(InvalidInput):
        an_application(received_on=date(2027, 1, 1))
    assert not Member.objects.exists()


def test_first_examined_point_begins_the_examination() -> None:
    application = an_application()
    examine_point(application=application, point="contact-named", outcome="met", **SIGNED)
    application.member.refresh_from_db()
    assert application.member.state == "checked"
    entry = AuditEntry.objects.get(act="membership.examine_point")
    assert entry.after["point"] == "contact-named"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"outcome": "not_needed"}, "no_note"),
        ({"outcome": "not_met", "note": " "}, "no_note"),
        ({"point": "signer"}, "no_note"),
        ({"point": "nothing"}, "invalid_input"),
    ],
)
def test_examination_without_words_is_refused(changes: dict[str, Any], code: str) -> None:
    application = an_application()
    given = {"point": "contact-named", "outcome": "met"} | changes
    with pytest.raises(InvalidInput) as refusal:
        examine_point(application=application, **given, **SIGNED)
    assert refusal.value.code == code
    assert not Examination.objects.exists()


def test_admission_over_an_open_point_is_refused_by_its_name() -> None:
    application = an_application()
    examine_point(application=application, point="contact-named", outcome="met", **SIGNED)
    with pytest.raises(InvalidInput, match="accepts the statute") as refusal:
        admit_member(application=application, basis=BOARD, **SIGNED)
    assert refusal.value.code == "not_examined"
    application.member.refresh_from_db()
    assert (application.member.state, application.member.number) == ("checked", None)


def test_admit_member_gives_number_and_day_and_closes_the_application() -> None:
    member = an_admitted()
    assert (member.state, member.number) == ("admitted", 1)
    assert member.joined_on == date(2026, 11, 22)
    assert not Application.objects.get().is_open
    entry = AuditEntry.objects.get(act="membership.admit_member")
    assert entry.basis == BOARD.as_dict()
    assert (entry.before["state"], entry.after["state"]) == ("checked", "admitted")
    assert list(trail_faults()) == []


def test_numbers_follow_without_gap_and_after_those_given_before() -> None:
    an_entered("Old", number=7)
    with pytest.raises(DomainError):
        admit_member(application=an_application(a_town("Refused")), basis=BOARD, **SIGNED)
    assert an_admitted("First").number == 8
    assert an_admitted("Second").number == 9


def test_admission_without_decision_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        an_admitted(basis=None)
    assert refusal.value.code == "no_basis"
    assert not Step.objects.filter(verb="admit").exists()


def test_admission_before_the_decision_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        an_admitted(basis=LATER)
    assert refusal.value.code == "before_decision"


def test_provisional_admission_then_admission_keeps_the_first_day() -> None:
    application = examined(an_application())
    admit_member(application=application, basis=BOARD, provisionally=True, **SIGNED)
    application.refresh_from_db()
    assert (application.member.state, application.is_open) == ("provisional", True)
    member = admit_member(application=application, basis=BOARD, **at(date(2026, 11, 25)))
    assert (member.state, member.joined_on) == ("admitted", date(2026, 11, 22))


def test_refusal_closes_and_a_new_letter_opens_again() -> None:
    application = examined(an_application())
    member = refuse_application(application=application, basis=BOARD, reason="no mandate", **SIGNED)
    assert member.state == "refused"
    again = receive_application(
        holder=member.holder, category="associate", received_on=date(2026, 11, 22), **SIGNED
    )
    member.refresh_from_db()
    assert (member.state, member.category) == ("applied", "associate")
    assert again.pk != application.pk
    assert [s.verb for s in member.steps.order_by("id")] == [
        "apply",
        "begin_checks",
        "refuse",
        "apply_again",
    ]


def test_withdrawal_needs_a_reason_and_no_decision() -> None:
    application = an_application()
    with pytest.raises(InvalidInput):
        withdraw_application(application=application, reason=" ", **SIGNED)
    member = withdraw_application(application=application, reason="letter 12", **SIGNED)
    assert member.state == "withdrawn"
    with pytest.raises(InvalidInput) as refusal:
        withdraw_application(application=application, reason="again", **SIGNED)
    assert refusal.value.code == "application_closed"


def test_act_on_an_overtaken_application_is_refused() -> None:
    application = an_application()
    examine_point(application=application, point="contact-named", outcome="met", **SIGNED)
    with pytest.raises(StaleRecord):
        withdraw_application(application=application, reason="x", version=1, **SIGNED)


def test_record_shows_a_double_an_unknown_signer_and_open_dues() -> None:
    town = a_town("Nemunak")
    a_town("Other", names={"en": "NEMUNAK"}, public_id="nemunak-2")
    member = an_entered("Nemunak", town, state="left", ended_on=date(2020, 1, 1))
    owes(member, 2019, 50_000)
    application = receive_application(
        holder=town, category="full", received_on=date(2026, 9, 1), **SIGNED
    )
    doubtful = {p.key for p in points_of(application, on=SIGNED["on"]) if p.is_doubtful}
    assert doubtful == {"letter", "signer", "double", "previous", "dues"}
    application = examined(application)
    assert lacking_of(application, on=SIGNED["on"]) == []


def test_changed_checklist_is_asked_of_open_applications() -> None:
    application = examined(an_application())
    item = set_checklist_item(names={"en": "A map"}, is_required=True, **SIGNED)
    assert lacking_of(application, on=SIGNED["on"]) == ["A map"]
    set_checklist_item(names={"en": "A map"}, is_required=False, item=item, **SIGNED)
    assert lacking_of(application, on=SIGNED["on"]) == []


@pytest.mark.parametrize(
    ("text", "article"),
    [(CATEGORIES, "members.admission"), (CHAINS, "members.categories")],
)
def test_admission_under_an_unset_article_is_refused_by_its_name(text: str, article: str) -> None:
    application = examined(an_application())
    a_statute(text, key="other", in_force_from=date(2021, 1, 1))
    with pytest.raises(RuleNotSet) as refusal:
        admit_member(application=application, basis=BOARD, **SIGNED)
    assert refusal.value.key == article


def test_suspension_lifting_and_return_keep_the_number_and_the_years_between() -> None:
    member = an_entered("Nemunak", number=3)
    suspended = change_membership(
        member=member, verb="suspend", basis=BOARD, reason="arrears", **SIGNED
    )
    assert suspended.state == "suspended"
    lifted = change_membership(member=member, verb="lift", basis=BOARD, **SIGNED)
    assert lifted.state == "admitted"
    gone = change_membership(member=member, verb="leave", reason="letter 4", **SIGNED)
    assert (gone.state, gone.ended_on) == ("left", SIGNED["on"])
    back = change_membership(
        member=member, verb="return", basis=BOARD, category="full", **at(date(2026, 11, 26))
    )
    assert (back.state, back.number, back.joined_on) == ("admitted", 3, date(2026, 11, 26))
    assert back.ended_on is None
    assert member.steps.count() == 5


@pytest.mark.parametrize(
    ("verb", "changes", "error"),
    [
        ("suspend", {"reason": ""}, InvalidInput),
        ("suspend", {"basis": None, "reason": "x"}, InvalidInput),
        ("suspend", {"on": date(2010, 1, 1), "reason": "x"}, InvalidInput),
        ("suspend", {"on": date(2027, 1, 1), "reason": "x"}, InvalidInput),
        ("lift", {}, IllegalStep),
        ("return", {"category": "full"}, IllegalStep),
        ("change_category", {"category": "full"}, InvalidInput),
        ("change_category", {"category": "unheard"}, InvalidInput),
        ("suspend", {"reason": "x", "version": 9}, StaleRecord),
    ],
)
def test_step_that_cannot_be_is_refused_and_writes_nothing(
    verb: str, changes: dict[str, Any], error: type[DomainError]
) -> None:
    member = an_entered("Nemunak")
    before = AuditEntry.objects.count()
    with pytest.raises(error):
        change_membership(member=member, verb=verb, **({"basis": BOARD} | SIGNED | changes))
    member.refresh_from_db()
    assert (member.state, member.steps.count()) == ("admitted", 1)
    assert AuditEntry.objects.count() == before


def test_honour_makes_a_member_of_a_person_by_decision() -> None:
    person = a_person("Professor Test")
    member = honour_member(holder=person, basis=BOARD, **SIGNED)
    assert (member.state, member.category, member.kind) == ("admitted", "honorary", "person")
    entry = AuditEntry.objects.get(act="membership.honour_member")
    assert entry.basis == BOARD.as_dict()
    assert "Professor" not in str(entry.target_labels)
    with pytest.raises(InvalidInput) as refusal:
        honour_member(holder=person, basis=BOARD, **SIGNED)
    assert refusal.value.code == "member_known"


def test_entered_member_without_source_or_of_no_membership_is_refused() -> None:
    with pytest.raises(InvalidInput):
        an_entered("Nemunak", source="")
    with pytest.raises(InvalidInput):
        an_entered("Other", state="applied")
    assert not Member.objects.exists()


def test_entered_member_of_unknown_first_day_stays_unknown() -> None:
    member = an_entered("Nemunak", joined_on=None)
    assert (member.joined_on, member.joined_precision) == (None, "unknown")


def test_impossible_rows_are_refused_by_the_database() -> None:
    town, person = a_town(), a_person()
    fields: dict[str, Any] = {"category": "full", "state": "admitted", "state_since": SIGNED["on"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(public_id="both", city=town, person=person, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(public_id="gone", city=town, **(fields | {"state": "left"}))
    member = enter_member(holder=town, category="full", source="list", **SIGNED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(
            member=member,
            verb="suspend",
            state="suspended",
            category="full",
            by={},
            on=SIGNED["on"],
            at=SIGNED["at"],
        )


def test_letter_is_kept_once_however_often_it_comes() -> None:
    assert a_letter().pk == a_letter().pk
