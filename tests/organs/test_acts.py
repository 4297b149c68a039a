"""Organs and seats live by decisions: founded, filled, changed, ended, abolished, annulled."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from dabir.core.checks import run_checks
from dabir.core.errors import DomainError, IllegalStep, InvalidInput, StaleRecord
from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.meetings.services import foresee_meeting
from dabir.organs import services
from dabir.organs.errors import ActHasFollowers, CannotStand
from dabir.organs.models import Organ, OrganAct, Seat
from dabir.organs.queries.listing import seats_in_force
from dabir.organs.services.taking import Ground
from dabir.statutes.services import adopt_rules
from tests.decisions.reported import a_city
from tests.factories.people import ON, SIGNED, a_mandate, a_person, a_post, an_association

pytestmark = pytest.mark.django_db
FOUNDED = date(2020, 1, 10)


def decision(day: date, name: str = "assembly-1/1") -> Reference:
    return Reference("decision", name, {"en": f"Resolution {name}"}, day)


def ground(day: date = FOUNDED, **changes: Any) -> Ground:
    return Ground(**({"basis": decision(day), "reason": "decided"} | changes))


def an_organ(key: str = "committee", **changes: Any) -> Organ:
    given = {
        "kind": "committee",
        "names": {"en": "Committee", "fa": "کمیته"},
        "seats_foreseen": 2,
        "founded_on": FOUNDED,
        "founded_precision": "day",
        "basis": decision(FOUNDED),
    }
    return services.enter_organ(key=key, **(given | changes), **SIGNED)


def a_seat(organ: Organ, city: str = "isfahan", **changes: Any) -> Seat:
    given = {"starts_on": date(2021, 1, 1), "basis": decision(date(2021, 1, 1))}
    return services.give_seat(organ=organ, city=a_city(city), **(given | changes), **SIGNED)


def last_act(organ: Organ) -> OrganAct:
    return OrganAct.objects.filter(organ=organ).latest("number")


def refused(code: str, act: Any, /, **given: Any) -> DomainError:
    """The act is refused by that code and leaves no row and no entry behind."""
    before = (OrganAct.objects.count(), Seat.objects.count(), AuditEntry.objects.count())
    with pytest.raises(DomainError) as refusal:
        act(**given, **SIGNED)
    assert refusal.value.code == code
    assert str(refusal.value.message)
    after = (OrganAct.objects.count(), Seat.objects.count(), AuditEntry.objects.count())
    assert before == after
    return refusal.value


def test_enter_organ_is_its_first_act_with_its_decision() -> None:
    act = last_act(an_organ())
    assert (act.number, act.kind, act.decided_on) == (1, "found", FOUNDED)
    assert act.basis == decision(FOUNDED).as_dict()
    assert act.changes["seats_foreseen"] == 2


def test_enter_organ_with_effect_before_its_decision_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no effect before"):
        an_organ(founded_on=date(2020, 1, 9))
    assert not Organ.objects.exists()


def test_a_month_known_only_as_such_may_hold_the_day_of_the_decision() -> None:
    organ = an_organ(founded_on=date(2020, 1, 1), founded_precision="month")
    assert organ.founded_precision == "month"


def test_change_organ_keeps_earlier_days_as_they_were() -> None:
    organ = an_organ()
    services.change_organ(
        organ=organ,
        names={"en": "Council"},
        seats_foreseen=3,
        effective_on=date(2022, 1, 1),
        ground=ground(date(2021, 12, 1)),
        **SIGNED,
    )
    organ.refresh_from_db()
    assert (str(organ), organ.seats_foreseen) == ("Council", 3)
    act = last_act(organ)
    assert act.changes == {"names": {"en": "Council"}, "seats_foreseen": 3}
    entry = AuditEntry.objects.get(act="organs.change_organ")
    assert entry.before["names"] == {"en": "Committee", "fa": "کمیته"}
    assert entry.after["effective_on"] == "2022-01-01"


def test_change_organ_that_changes_nothing_or_to_come_is_refused() -> None:
    organ = an_organ()
    same = {"organ": organ, "effective_on": date(2022, 1, 1), "ground": ground()}
    refused("invalid_input", services.change_organ, **same, seats_foreseen=2)
    later = same | {"effective_on": date(2027, 1, 1)}
    refused("invalid_input", services.change_organ, **later, seats_foreseen=3)
    refused("invalid_input", services.change_organ, **same, seats_least=3)


def test_organs_that_belong_to_each_other_in_a_circle_are_refused() -> None:
    board = an_organ("board", kind="board")
    committee = an_organ(parent=board)
    part = an_organ("part", parent=committee)
    refusal = refused(
        "cyclic_parent",
        services.change_organ,
        organ=board,
        parent=part,
        effective_on=date(2022, 1, 1),
        ground=ground(),
    )
    assert "parent" in refusal.fields  # type: ignore[attr-defined]  # of this refusal only


def test_give_seat_with_a_function_makes_the_chair() -> None:
    organ = an_organ()
    seat = a_seat(organ, function="chair")
    held = seats_in_force(organ=organ, on=ON)[0]
    assert [f.function for f in held.functions.all()] == ["chair"]
    assert seat.number == 1
    assert AuditEntry.objects.get(act="organs.give_seat").after["function"] == "chair"


def test_give_seat_that_cannot_stand_is_refused_in_words() -> None:
    organ = an_organ()
    a_seat(organ, "isfahan", function="chair")
    a_seat(organ, "shiraz")
    for code, changes in (
        ("overfull", {"city": "tabriz"}),
        ("holder_doubled", {"city": "isfahan"}),
        ("before_founded", {"city": "tabriz", "starts_on": date(2019, 1, 1), "basis": None}),
    ):
        with pytest.raises(CannotStand) as refusal:
            a_seat(organ, **changes)
        assert refusal.value.code == code
    assert Seat.objects.count() == 2


def test_give_seat_before_its_decision_is_refused() -> None:
    organ = an_organ()
    with pytest.raises(InvalidInput, match="no effect before"):
        a_seat(organ, basis=decision(date(2021, 1, 2)))
    assert not Seat.objects.exists()


def test_end_seat_ends_it_and_its_function() -> None:
    organ = an_organ()
    seat = a_seat(organ, function="chair")
    services.end_seat(seat=seat, ends_on=date(2022, 1, 1), ground=ground(), **SIGNED)
    seat.refresh_from_db()
    assert seat.ends_on == date(2022, 1, 1)
    assert seat.functions.get().ends_on == date(2022, 1, 1)
    assert AuditEntry.objects.get(act="organs.end_seat").after["until"] == "2022-01-01"
    refused("seat_ended", services.end_seat, seat=seat, ends_on=date(2023, 1, 1), ground=ground())


def test_replace_seat_serves_the_rest_of_the_term() -> None:
    organ = an_organ()
    seat = a_seat(organ, term_ends_on=date(2024, 1, 1))
    heir = services.replace_seat(
        seat=seat, city=a_city("shiraz"), starts_on=date(2022, 6, 1), ground=ground(), **SIGNED
    )
    seat.refresh_from_db()
    assert seat.ends_on == heir.starts_on == date(2022, 6, 1)
    assert heir.term_ends_on == date(2024, 1, 1)
    assert heir.succeeds == seat
    refused(
        "term_over",
        services.replace_seat,
        seat=heir,
        city=a_city("tabriz"),
        starts_on=date(2024, 1, 1),
        ground=ground(),
    )


def test_functions_are_given_and_ended_without_the_seat() -> None:
    organ = an_organ()
    one, other = a_seat(organ, "isfahan", function="chair"), a_seat(organ, "shiraz")
    day = date(2023, 1, 1)
    change = {"function": "chair", "ground": ground()}
    refused("function_doubled", services.entrust_function, seat=other, starts_on=day, **change)
    services.relieve_function(seat=one, ends_on=day, **change, **SIGNED)
    services.entrust_function(seat=other, starts_on=day, **change, **SIGNED)
    held = {s.city.public_id: list(s.functions.all()) for s in seats_in_force(organ=organ, on=day)}
    assert [len(held["isfahan"]), len(held["shiraz"])] == [0, 1]
    refused("function_not_held", services.relieve_function, seat=one, ends_on=day, **change)


def test_a_person_in_one_organ_through_two_posts_is_refused() -> None:
    organ = an_organ(seats_foreseen=None)
    person, one, other = a_person(), a_post(name="One"), a_post(name="Other")
    a_mandate(person, one)
    a_mandate(person, other)
    starts = {"starts_on": date(2026, 2, 1)}
    services.give_seat(organ=organ, post=one, **starts, **SIGNED)
    refused("same_person_twice", services.give_seat, organ=organ, post=other, **starts)


def test_a_person_in_two_functions_that_exclude_each_other_is_refused() -> None:
    rules = {"key": "r", "names": {"en": "R"}, "in_force_from": date(2019, 1, 1)}
    text = """
[organs]
incompatible = { value = [["treasurer", "committee"]], article = { en = "article 30" } }
"""
    adopt_rules(text=text, **rules, **SIGNED)
    organ = an_organ(seats_foreseen=None)
    an_organ("treasurer", kind="office", seats_foreseen=None)
    post = a_post("treasurer", name="Treasurer", organ_key="treasurer")
    starts = {"starts_on": date(2026, 2, 1)}
    services.give_seat(organ=organ, post=post, **starts, **SIGNED)  # nobody holds the post yet
    services.annul_act(act=last_act(organ), ground=ground(), **SIGNED)
    a_mandate(a_person(), post)
    refused("incompatible_functions", services.give_seat, organ=organ, post=post, **starts)


def test_abolish_organ_ends_its_seats_and_takes_no_more_acts() -> None:
    board = an_organ("board", kind="board")
    organ = an_organ(parent=board)
    seat = a_seat(organ)
    day = date(2024, 1, 1)
    refused(
        "organ_has_children", services.abolish_organ, organ=board, effective_on=day, ground=ground()
    )
    services.abolish_organ(organ=organ, effective_on=day, ground=ground(), **SIGNED)
    organ.refresh_from_db()
    seat.refresh_from_db()
    assert organ.abolished_on == seat.ends_on == day
    assert not organ.exists_on(day)
    with pytest.raises(CannotStand):
        a_seat(organ, "shiraz", starts_on=date(2024, 1, 1), basis=None)
    refused("organ_gone", services.abolish_organ, organ=organ, effective_on=day, ground=ground())


def test_annul_act_undoes_what_followed_from_it() -> None:
    organ = an_organ()
    seat = a_seat(organ)
    services.end_seat(seat=seat, ends_on=date(2022, 1, 1), ground=ground(), **SIGNED)
    services.annul_act(act=last_act(organ), ground=ground(), **SIGNED)
    seat.refresh_from_db()
    assert seat.ends_on is None
    services.annul_act(act=OrganAct.objects.get(kind="fill"), ground=ground(), **SIGNED)
    seat.refresh_from_db()
    assert seat.is_annulled
    assert seats_in_force(organ=organ, on=ON) == []
    entry = AuditEntry.objects.filter(act="organs.annul_act").latest("sequence")
    assert entry.before["kind"] == "fill"


def test_annul_act_that_later_acts_rest_on_is_refused_and_names_them() -> None:
    organ = an_organ()
    seat = a_seat(organ)
    services.end_seat(seat=seat, ends_on=date(2022, 1, 1), ground=ground(), **SIGNED)
    fill = OrganAct.objects.get(kind="fill")
    refusal = refused("act_has_followers", services.annul_act, act=fill, ground=ground())
    assert isinstance(refusal, ActHasFollowers)
    assert [words.split()[0] for words in refusal.followers] == ["3"]
    foundation = OrganAct.objects.get(kind="found")
    refusal = refused("act_has_followers", services.annul_act, act=foundation, ground=ground())
    assert len(refusal.followers) == 2  # type: ignore[attr-defined]  # of this refusal only


def test_annul_foundation_of_an_organ_that_met_is_refused() -> None:
    an_association()
    organ = an_organ()
    foresee_meeting(public_id="m-1", organ=organ, names={"en": "First"}, **SIGNED)
    refusal = refused("act_has_followers", services.annul_act, act=last_act(organ), ground=ground())
    assert "sessions" in str(refusal.message)


def test_annulled_foundation_takes_no_seats() -> None:
    organ = an_organ()
    services.annul_act(act=last_act(organ), ground=ground(), **SIGNED)
    organ.refresh_from_db()
    assert organ.is_annulled
    with pytest.raises(CannotStand) as refusal:
        a_seat(organ)
    assert refusal.value.code == "not_founded"


def test_annul_of_an_annulment_or_twice_or_without_ground_is_refused() -> None:
    organ = an_organ()
    a_seat(organ)
    fill = last_act(organ)
    refused("invalid_input", services.annul_act, act=fill, ground=Ground())
    services.annul_act(act=fill, ground=ground(), **SIGNED)
    refused("annulled_already", services.annul_act, act=fill, ground=ground())
    refused("annulment_of_annulment", services.annul_act, act=last_act(organ), ground=ground())


def test_an_act_on_an_organ_that_somebody_changed_meanwhile_is_refused() -> None:
    organ = an_organ()
    seen = organ.version
    a_seat(organ)
    with pytest.raises(StaleRecord):
        a_seat(organ, "shiraz", version=seen)
    assert Seat.objects.count() == 1


def test_acts_are_written_once() -> None:
    act = last_act(an_organ())
    for verb in ("UPDATE organs_organact SET reason = 'x'", "DELETE FROM organs_organact"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            transaction.get_connection().cursor().execute(verb)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganAct.objects.create(
            organ=act.organ, number=1, kind="fill", on=ON, at=SIGNED["at"], by={}
        )
    early = {"effective_on": date(2020, 1, 9), "decided_on": FOUNDED, "precision": "day"}
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganAct.objects.create(
            organ=act.organ, number=2, kind="change", on=ON, at=SIGNED["at"], by={}, **early
        )


def test_check_finds_a_seat_that_its_acts_did_not_leave_so() -> None:
    organ = an_organ(seats_foreseen=None)
    seat = a_seat(organ, function="chair")
    names = ("organs.acts", "organs.consistency")
    assert not [f.faults for f in run_checks() if f.name in names and f.faults]
    Seat.objects.filter(pk=seat.pk).update(starts_on=date(2019, 1, 1))
    found = {f.name: f.faults for f in run_checks() if f.name in names}
    assert len(found["organs.acts"]) == 1
    assert len(found["organs.consistency"]) == 2  # before its foundation and before its decision


def test_finding_known_from_a_source_is_no_fault_any_more() -> None:
    organ = an_organ(seats_foreseen=None)
    a_seat(organ)
    faults = next(f for f in run_checks() if f.name == "organs.consistency").faults
    assert len(faults) == 1  # no chair
    given = {"organ": organ, "code": "no_chair", "subject": "", "reason": {"en": "none is named"}}
    refused("invalid_input", services.mark_finding_known, **given, source=" ")
    services.mark_finding_known(**given, source="minutes of 2021", **SIGNED)
    assert next(f for f in run_checks() if f.name == "organs.consistency").faults == []


FOUNDERS = """
[organs]
founders = { value = { committee = ["general-assembly"] }, article = { en = "article 5" } }
"""


def test_foundation_by_an_organ_that_may_not_found_it_is_refused_where_a_rule_says_so() -> None:
    assert an_organ("before", decided_by="executive-board").pk
    rules = {"key": "r", "names": {"en": "R"}, "in_force_from": date(2019, 1, 1)}
    adopt_rules(text=FOUNDERS, **rules, **SIGNED)
    with pytest.raises(IllegalStep, match="article 5") as refusal:
        an_organ(decided_by="executive-board")
    assert refusal.value.code == "may_not_found"
    assert an_organ(decided_by="general-assembly").pk
