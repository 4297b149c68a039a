"""Standing on any day, the frozen list, and what the chair rules."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.core.errors import DomainError, IllegalStep, InvalidInput, RuleNotSet
from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.core.sealing import seal, unseal
from dabir.core.trail import trail_faults
from dabir.membership.checks import find_changed_lists, find_stale_members
from dabir.membership.commands import tell_standing
from dabir.membership.models import Member, Snapshot, SnapshotLine
from dabir.membership.printing_standing import standing_pdf
from dabir.membership.queries.frozen import listed_members
from dabir.membership.queries.standing import (
    city_named,
    standing_of_city,
    standing_on,
    standings_on,
    without_standing,
)
from dabir.membership.services.dues import grant_plan
from dabir.membership.services.standing import digest_of, freeze_standing, record_ruling
from dabir.membership.services.steps import change_membership
from dabir.statutes.standing import Standing
from tests.factories.people import SIGNED, a_holder, a_person, an_association
from tests.membership.admitted import (
    ARTICLE,
    BOARD,
    WHOLE,
    a_statute,
    a_town,
    an_entered,
    at,
    owes,
)

pytestmark = pytest.mark.django_db
DEADLINE = f"[credentials.deadline_days]\n{ARTICLE}\nvalue = 15\n"
DAY = date(2026, 11, 22)
MEETING = Reference(
    "meeting", "assembly-4", {"en": "Assembly 4", "fa": "اجلاس ۴"}, date(2026, 12, 1)
)


@pytest.fixture(autouse=True)
def statute() -> None:
    an_association()
    a_statute(WHOLE + DEADLINE)


def _verdicts(standing: Standing) -> tuple[bool | None, bool | None, bool | None]:
    return standing.may_vote.verdict, standing.may_stand.verdict, standing.may_speak.verdict


def test_standing_follows_the_steps_of_a_membership_day_by_day() -> None:
    member = an_entered("Nemunak", joined_on=date(2024, 1, 1))
    for year in range(2024, 2026):
        owes(member, year, 100, 100)
    change_membership(
        member=member, verb="suspend", basis=BOARD, reason="x", **at(date(2026, 11, 5))
    )
    change_membership(member=member, verb="lift", basis=BOARD, **at(date(2026, 11, 20)))
    days = {
        date(2023, 6, 1): "not_yet_member",
        date(2026, 11, 4): "dues_in_order",
        date(2026, 11, 5): "suspended",
        date(2026, 11, 20): "dues_in_order",
        date(2027, 6, 1): "dues_not_recorded",
    }
    found = {day: standing_on(member, day).standing.may_vote.code for day in days}
    assert found == days


def test_payment_counts_from_its_day_and_a_plan_until_its_last() -> None:
    member = an_entered("Nemunak")
    owes(member, 2025, 100, 100)
    before = standing_on(member, date(2026, 1, 1)).standing
    assert before.may_vote.verdict is True
    early = standing_on(member, date(2025, 5, 31)).standing
    assert early.may_vote.code == "dues_not_recorded"
    other = an_entered("Owing")
    owes(other, 2025, 100, 40)
    assert standing_on(other, DAY).standing.may_vote.code == "dues_owed"
    grant_plan(member=other, until=date(2026, 12, 31), words="in four parts", basis=BOARD, **SIGNED)
    assert standing_on(other, DAY).standing.may_vote.code == "plan_runs"
    assert standing_on(other, date(2027, 1, 1)).standing.may_vote.verdict is not True


def test_plan_without_decision_or_membership_is_refused() -> None:
    member = an_entered("Nemunak", state="left", ended_on=date(2020, 1, 1))
    given: dict[str, Any] = {"until": date(2027, 1, 1), "words": "x"} | SIGNED
    with pytest.raises(InvalidInput):
        grant_plan(member=member, basis=None, **given)
    with pytest.raises(IllegalStep):
        grant_plan(member=member, basis=BOARD, **given)


def test_honorary_person_speaks_and_has_no_vote() -> None:
    member = an_entered("x", a_person("Professor Test"), category="honorary")  # type: ignore[arg-type]  # a person too
    assert _verdicts(standing_on(member, DAY).standing) == (False, False, True)


def test_membership_of_unknown_first_day_leaves_earlier_days_unsaid() -> None:
    member = an_entered("Nemunak", joined_on=None)
    assert standing_on(member, date(2019, 1, 1)).standing.may_vote.code == "membership_not_recorded"
    assert standing_on(member, DAY).standing.may_vote.code == "dues_not_recorded"


def test_city_that_is_no_member_may_not_vote_where_a_list_is_known() -> None:
    stranger = a_town("Stranger")
    unknown = standing_of_city(stranger, DAY)
    assert {a.verdict for a in (unknown.may_vote, unknown.may_stand, unknown.may_speak)} == {None}
    an_entered("Nemunak")
    assert standing_of_city(stranger, DAY).may_vote.code == "not_a_member"


def test_standing_of_many_asks_the_same_number_of_statements() -> None:
    an_entered("One")
    with CaptureQueriesContext(connection) as for_one:
        list(standings_on(DAY))
    for name in ("Two", "Three"):
        owes(an_entered(name), 2025, 100)
    with CaptureQueriesContext(connection) as for_three:
        assert len(list(standings_on(DAY))) == 3
    assert len(for_three) == len(for_one)
    assert [each.public_id for each in without_standing(DAY)] == ["two", "three"]


def test_frozen_list_is_not_changed_by_a_later_payment() -> None:
    member = an_entered("Nemunak")
    owes(member, 2025, 100, 40)
    snapshot = freeze_standing(meeting=MEETING, **SIGNED)
    owes(member, 2025, 0, 60)
    line = SnapshotLine.objects.get()
    assert (snapshot.as_of, line.may_vote) == (date(2026, 11, 16), False)
    assert standing_on(member, DAY).standing.may_vote.verdict is True
    entry = AuditEntry.objects.get(act="membership.freeze_standing")
    assert entry.after["digest"] == digest_of([line], snapshot.answers) == snapshot.digest
    assert list(trail_faults()) == []


def test_members_with_the_same_reasons_share_them() -> None:
    for name in ("One", "Two", "Three"):
        an_entered(name)
    snapshot = freeze_standing(meeting=MEETING, **SIGNED)
    assert len(snapshot.answers) == 1
    assert snapshot.lines.count() == 3


@pytest.mark.parametrize(
    ("meeting", "error", "code"),
    [
        (replace(MEETING, on=date(2027, 5, 12)), IllegalStep, "before_deadline"),
        (replace(MEETING, on=None), IllegalStep, "meeting_without_day"),
    ],
)
def test_list_is_not_frozen_before_the_deadline(
    meeting: Reference, error: type[DomainError], code: str
) -> None:
    with pytest.raises(error) as refusal:
        freeze_standing(meeting=meeting, **SIGNED)
    assert refusal.value.code == code
    assert not Snapshot.objects.exists()


def test_list_under_an_unset_deadline_is_refused_by_its_name() -> None:
    a_statute(WHOLE, key="later", in_force_from=date(2021, 1, 1))
    with pytest.raises(RuleNotSet) as refusal:
        freeze_standing(meeting=MEETING, **SIGNED)
    assert refusal.value.key == "credentials.deadline_days"


def test_second_list_of_a_meeting_says_why_and_the_first_stays() -> None:
    an_entered("Nemunak")
    freeze_standing(meeting=MEETING, **SIGNED)
    with pytest.raises(InvalidInput) as refusal:
        freeze_standing(meeting=MEETING, **SIGNED)
    assert refusal.value.code == "frozen_already"
    freeze_standing(meeting=MEETING, reason="a city was missing", **SIGNED)
    assert Snapshot.objects.count() == 2


def test_ruling_counts_beside_the_list_and_the_newest_one_holds() -> None:
    member = an_entered("Nemunak")
    owes(member, 2025, 100)
    snapshot = freeze_standing(meeting=MEETING, **SIGNED)
    given: dict[str, Any] = {"snapshot": snapshot, "member": member, "right": "vote"}
    ruled: dict[str, Any] = {"chair": "the President", "reason": "paid at the door"}
    record_ruling(**given, granted=True, **ruled, **SIGNED)
    (listed,) = listed_members(snapshot)
    assert (listed.line.may_vote, listed.may("vote")) == (False, True)
    record_ruling(**given, granted=False, **ruled, **at(date(2026, 11, 23)))
    assert listed_members(snapshot)[0].may("vote") is False
    assert AuditEntry.objects.filter(act="membership.record_ruling").count() == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "invalid_input"),
        ({"chair": ""}, "invalid_input"),
        ({"on": date(2026, 11, 1)}, "before_list"),
        ({"member": "stranger"}, "not_in_list"),
    ],
)
def test_ruling_that_cannot_stand_is_refused(changes: dict[str, Any], code: str) -> None:
    member = an_entered("Nemunak")
    snapshot = freeze_standing(meeting=MEETING, **SIGNED)
    if changes.get("member"):
        changes = {"member": an_entered("Later")}
    given: dict[str, Any] = {"member": member, "chair": "the President", "reason": "x"} | SIGNED
    with pytest.raises(InvalidInput) as refusal:
        record_ruling(snapshot=snapshot, right="vote", granted=True, **(given | changes))
    assert refusal.value.code == code


def test_paper_of_the_list_is_the_same_bytes_until_a_ruling_comes() -> None:
    member = an_entered("Nemunak")
    snapshot = freeze_standing(meeting=MEETING, **SIGNED)
    first = standing_pdf(snapshot, "fa")
    assert first == standing_pdf(snapshot, "fa")
    record_ruling(
        snapshot=snapshot,
        member=member,
        right="vote",
        granted=True,
        chair="the President",
        reason="credentials came by hand",
        **SIGNED,
    )
    assert standing_pdf(snapshot, "fa") != first


@pytest.mark.parametrize("named", ["nemunak", "Nemunak", "NEMUNAK", "شهر Nemunak"])
def test_city_is_found_by_key_or_name_in_any_spelling(named: str) -> None:
    town = a_town("Nemunak")
    assert city_named(named) == town


def test_city_of_two_or_of_none_is_refused_with_the_keys() -> None:
    a_town("Nemunak", public_id="one")
    a_town("Nemunak", public_id="two")
    with pytest.raises(InvalidInput) as refusal:
        city_named("nemunak")
    assert "one, two" in str(refusal.value.cure)
    with pytest.raises(InvalidInput):
        city_named("Nowhere")


def test_command_answers_in_words_and_for_a_machine(capsys: Any, tmp_path: Any) -> None:
    owes(an_entered("Nemunak"), 2025, 1_250_00)
    asked = Namespace(city="Nemunak", on=DAY, rules=None, json=False)
    assert tell_standing(asked) == 0
    words = capsys.readouterr().out
    assert "May not vote" in words
    assert "article 5" in words
    asked.json = True
    tell_standing(asked)
    answer = json.loads(capsys.readouterr().out)
    assert answer["answers"]["vote"]["verdict"] is False
    assert set(answer["answers"]["vote"]["words"]) == {"fa", "en"}
    asked.rules = tmp_path / "bare.toml"
    asked.rules.write_text(f"[members.standing]\n{ARTICLE}\n")
    tell_standing(asked)
    bare = json.loads(capsys.readouterr().out)
    assert bare["rule_set"]["key"] == "bare"
    assert bare["answers"]["vote"]["verdict"] is None
    asked.rules.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidInput):
        tell_standing(asked)


def test_pages_show_standing_and_the_frozen_list() -> None:
    member = an_entered("Nemunak")
    owes(member, 2025, 100)
    snapshot = freeze_standing(meeting=MEETING, **SIGNED)
    client = Client()
    client.force_login(a_holder("expert", email="expert@example.org"))
    page = client.get("/en/office/standing/", {"on": "1405/09/01", "vote": "no"})
    assert [row["names"]["en"] for row in page.context["rows"]] == ["Nemunak"]
    one = client.get("/fa/office/members/nemunak/standing/", {"on": "2026-11-22"})
    assert "حق رأی" in one.content.decode() or "رأی" in one.content.decode()
    place = f"/en/office/standing/{snapshot.public_id}/"
    assert client.get(place, {"vote": "no"}).context["rows"][0]["public_id"] == "nemunak"
    assert client.get(f"{place}list.en.pdf").content.startswith(b"%PDF")
    assert client.get(f"{place}rule/").status_code == 403


def test_checks_find_a_stale_list_and_a_changed_snapshot() -> None:
    an_entered("Nemunak")
    freeze_standing(meeting=MEETING, **SIGNED)
    assert [*find_stale_members(), *find_changed_lists()] == []
    Member.objects.update(state="suspended")
    assert ["nemunak" in str(words) for words in find_stale_members()] == [True]
    table = SnapshotLine._meta.db_table
    unseal(connection, table)
    SnapshotLine.objects.update(category="associate")
    seal(connection, table)
    assert len(list(find_changed_lists())) == 1
