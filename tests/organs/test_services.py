"""Organs and seats, each with the decision it rests on, or unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dabir.core.errors import InvalidInput
from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.organs.models import Organ, Seat
from dabir.organs.queries import organ_with_key, organs_listed, posts_of_organ, seats_in_force
from dabir.organs.services import enter_organ, give_seat
from tests.decisions.reported import a_city
from tests.factories.people import ON, SIGNED, a_mandate, a_person, a_post

pytestmark = pytest.mark.django_db
DECISION = Reference("decision", "tehran-2008/1", {"en": "Foundation"}, date(2008, 11, 19))


def _organ(key: str = "board", **changes: Any) -> Organ:
    given = {"key": key, "kind": "board", "names": {"en": "Board", "fa": "هیئت"}}
    return enter_organ(**(given | changes), **SIGNED)


def test_enter_organ_keeps_its_basis_and_tells_the_trail() -> None:
    organ = _organ(basis=DECISION, founded_on=date(2008, 11, 19), founded_precision="day")
    entry = AuditEntry.objects.get(act="organs.enter_organ")
    assert organ_with_key("board") == organ
    assert (entry.target_kind, entry.target_id) == ("organ", "board")
    assert entry.basis == DECISION.as_dict()
    assert entry.after["names"]["fa"] == "هیئت"


def test_enter_organ_without_basis_is_unknown_not_refused() -> None:
    organ = _organ()
    assert organ.basis is None
    assert organ.founded_precision == "unknown"


def test_organs_stand_in_the_order_of_their_entry() -> None:
    _organ("zebra")
    _organ("assembly", kind="assembly")
    assert [organ.key for organ, _held in organs_listed(on=ON)] == ["zebra", "assembly"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"kind": "parliament"}, "kind"), ({"key": "two words"}, "key"), ({"names": {}}, "names")],
)
def test_enter_organ_that_cannot_stand_is_refused_and_enters_nothing(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        _organ(**changes)
    assert field in refusal.value.fields
    assert not Organ.objects.exists()
    assert not AuditEntry.objects.exists()


def test_enter_organ_under_a_key_already_used_is_refused() -> None:
    _organ()
    with pytest.raises(InvalidInput):
        _organ()
    assert Organ.objects.count() == 1


def test_give_seat_is_held_from_its_day_until_the_day_before_the_end() -> None:
    organ, city = _organ(), a_city()
    seat = give_seat(
        organ=organ,
        city=city,
        starts_on=date(2020, 1, 1),
        ends_on=date(2022, 1, 1),
        basis=DECISION,
        **SIGNED,
    )
    for day, held in (
        (date(2019, 12, 31), []),
        (date(2020, 1, 1), [seat]),
        (date(2021, 12, 31), [seat]),
        (date(2022, 1, 1), []),
    ):
        assert seats_in_force(organ=organ, on=day) == held
        assert seat.is_in_force(day) == bool(held)
        assert organs_listed(on=day) == [(organ, len(held))]
    entry = AuditEntry.objects.get(act="organs.give_seat")
    assert entry.after["holder"]["id"] == city.public_id
    assert (entry.after["from"], entry.after["until"]) == ("2020-01-01", "2022-01-01")
    assert entry.basis["id"] == "tehran-2008/1"


def test_give_seat_to_a_post_without_days_is_held_always() -> None:
    organ, post = _organ(), a_post("treasurer")
    seat = give_seat(organ=organ, post=post, **SIGNED)
    assert seats_in_force(organ=organ, on=date(1990, 1, 1)) == [seat]


@pytest.mark.parametrize("holder", ["nobody", "both"])
def test_give_seat_to_nobody_or_to_two_is_refused(holder: str) -> None:
    organ = _organ()
    given = {"city": a_city(), "post": a_post("treasurer")} if holder == "both" else {}
    with pytest.raises(InvalidInput) as refusal:
        give_seat(organ=organ, **given, **SIGNED)
    assert "by a city or by a post" in str(refusal.value.message)
    assert not Seat.objects.exists()
    assert not AuditEntry.objects.filter(act="organs.give_seat").exists()


def test_give_seat_that_ends_before_it_begins_is_refused() -> None:
    organ = _organ()
    days = {"starts_on": date(2022, 1, 1), "ends_on": date(2022, 1, 1)}
    with pytest.raises(InvalidInput):
        give_seat(organ=organ, city=a_city(), **days, **SIGNED)
    assert not Seat.objects.exists()


def test_impossible_seats_are_refused_by_the_database() -> None:
    organ, city, post = _organ(), a_city(), a_post("treasurer")
    for row in (
        {},
        {"city": city, "post": post},
        {"city": city, "starts_on": date(2022, 1, 2), "ends_on": date(2022, 1, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seat.objects.create(organ=organ, **row)


def test_posts_of_an_organ_show_who_holds_them_on_the_day() -> None:
    organ = _organ()
    post = a_post("treasurer", organ_key=organ.key)
    mandate = a_mandate(a_person(), post, starts_on=date(2026, 1, 1))
    assert posts_of_organ(organ=organ, on=ON) == [(post, [mandate])]
    assert posts_of_organ(organ=organ, on=date(2025, 1, 1)) == [(post, [])]
