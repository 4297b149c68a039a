"""Doubles: found by their names, joined with a reason, refused where both hold one thing, undone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.models import AuditEntry, SearchEntry
from dabir.decisions.models import Commitment
from dabir.decisions.services.agreed import Lead
from dabir.decisions.services.terms import assign_commitment
from dabir.meetings.models import Attendance
from dabir.organs.models import Seat
from dabir.organs.services import give_seat
from dabir.registry.doubles import Named, doubles
from dabir.registry.models import City, Mandate, Merge, Person
from dabir.registry.queries.facts import cities_matching, figures_of
from dabir.registry.services import (
    add_city,
    add_contact,
    add_country,
    merge_records,
    tell_fact,
    undo_merge,
)
from tests.decisions.reported import a_commitment, a_decision, two_organs
from tests.factories.people import SIGNED, a_mandate, a_person, a_post, an_account

pytestmark = pytest.mark.django_db


def two_cities() -> tuple[City, City]:
    china = add_country(code="CN", names={"en": "China"}, **SIGNED)
    kept = add_city(
        names={"fa": "هایکو", "en": "Haikou"}, country=china, public_id="haikou", **SIGNED
    )
    double = add_city(names={"en": "Hoihow"}, public_id="hoihow", **SIGNED)
    return kept, double


def merged(kept: Any, double: Any) -> Merge:
    return merge_records(kept=kept, double=double, reason="One city, two spellings.", **SIGNED)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("Istanbul",), ("İSTANBUL",), True),
        (("هايكو",), ("هایکو",), True),
        (("Sabz Rud",), ("Sabzrud",), True),
        (("Karimi Shirin",), ("Shirin Karimi",), True),
        (("شیرین کریمی",), ("Shirin Karimi",), True),
        (("Gaziantep",), ("غازی‌آنتپ",), True),
        (("Qom",), ("Karaj",), False),
        (("Amman",), ("Oman",), False),
    ],
)
def test_doubles_are_seen_across_spellings(one: Any, other: Any, found: bool) -> None:
    pairs = doubles([Named("a", one), Named("b", other)])
    assert bool(pairs) is found


def test_cities_of_two_countries_are_no_doubles_an_unknown_country_fits_all() -> None:
    rows = [
        Named("a", ("Tripoli",), "LB"),
        Named("b", ("Tripoli",), "LY"),
        Named("c", ("Tripoli",)),
    ]
    assert doubles(rows) == [("a", "c"), ("b", "c")]


def test_merge_lets_everything_follow_and_keeps_the_double_as_an_alias() -> None:
    organs = two_organs()
    kept, double = two_cities()
    post = a_post("city_officer", city=double)
    give_seat(organ=organs[0], city=double, **SIGNED)
    add_contact(of=double, kind="email", value="office@hoihow.example", **SIGNED)
    commitment = a_commitment(a_decision(organs[1]))
    assign_commitment(commitment=commitment, lead=Lead(city=double), reason="r", **SIGNED)
    tell_fact(city=double, kind="population", value="100", year=2020, source="S", **SIGNED)
    merge = merged(kept, double)
    post.refresh_from_db()
    assert post.city == kept
    assert Seat.objects.get().city == kept
    assert kept.contacts.count() == 1
    assert Commitment.objects.get().lead_city == kept
    assert figures_of(kept)[0].standing
    double.refresh_from_db()
    assert double.merged_into == kept
    assert [c.public_id for c in cities_matching(words="hoihow")] == ["haikou"]
    assert not SearchEntry.objects.filter(kind="city", public_id="hoihow").exists()
    assert merge.moved["registry.Post.city"] == [post.pk]
    entries = AuditEntry.objects.filter(act="registry.merge_records")
    assert {entry.target_id for entry in entries} == {"haikou", "hoihow"}
    assert entries[0].reason == "One city, two spellings."


def test_undo_merge_gives_back_what_came_and_names_what_changed_since() -> None:
    organs = two_organs()
    kept, double = two_cities()
    post = a_post("city_officer", city=double)
    give_seat(organ=organs[0], city=double, **SIGNED)
    merge = merged(kept, double)
    other = add_city(names={"en": "Elsewhere"}, **SIGNED)
    Seat.objects.update(city=other)
    undone = undo_merge(merge=merge, reason="Two cities after all.", **SIGNED)
    post.refresh_from_db()
    double.refresh_from_db()
    assert post.city == double
    assert double.merged_into is None
    assert len(undone.stays) == 1
    assert Seat.objects.get().city == other
    with pytest.raises(IllegalStep):
        undo_merge(merge=merge, reason="again", **SIGNED)


def test_undo_of_an_earlier_merge_waits_for_the_later_one() -> None:
    kept, double = two_cities()
    third = add_city(names={"en": "Third"}, public_id="third", **SIGNED)
    first = merged(kept, double)
    later = merged(third, kept)
    with pytest.raises(IllegalStep) as refusal:
        undo_merge(merge=first, reason="r", **SIGNED)
    assert refusal.value.code == "later_merge"
    double.refresh_from_db()
    assert double.merged_into == third
    assert later.kept == "third"


def test_merge_is_refused_where_both_sit_in_one_organ() -> None:
    organ = two_organs()[0]
    kept, double = two_cities()
    for city in (kept, double):
        give_seat(organ=organ, city=city, starts_on=date(2025, 1, 1), **SIGNED)
    with pytest.raises(IllegalStep) as refusal:
        merged(kept, double)
    assert refusal.value.code == "both_hold"
    assert not Merge.objects.exists()
    assert Seat.objects.filter(city=double).exists()


def test_merge_of_people_is_refused_where_both_hold_one_post_or_exclude_each_other() -> None:
    one, other, post = a_person("A B"), a_person("B A"), a_post("expert")
    a_mandate(one, post)
    a_mandate(other, post)
    with pytest.raises(IllegalStep) as refusal:
        merged(one, other)
    assert refusal.value.code == "both_hold"
    third, auditor = a_person("C"), a_post("auditor", name="Auditor")
    a_mandate(third, auditor)
    with pytest.raises(IllegalStep) as refusal:
        merged(one, third)
    assert refusal.value.code == "incompatible_posts"


def test_merge_of_people_moves_account_and_mandates_and_refuses_two_accounts() -> None:
    one, other = a_person("Shirin"), a_person("شیرین")
    user = an_account(other, "s@example.org")
    a_mandate(other, a_post("expert"))
    other.refresh_from_db()
    merge = merged(one, other)
    one.refresh_from_db()
    assert one.user == user
    assert Mandate.objects.get().person == one
    undo_merge(merge=merge, reason="r", **SIGNED)
    other.refresh_from_db()
    assert other.user == user
    an_account(one, "one@example.org")
    one.refresh_from_db()
    with pytest.raises(IllegalStep) as refusal:
        merged(one, other)
    assert refusal.value.code == "both_have_accounts"


def test_merge_without_reason_or_of_one_record_or_two_kinds_is_refused() -> None:
    kept, double = two_cities()
    with pytest.raises(InvalidInput):
        merge_records(kept=kept, double=double, reason=" ", **SIGNED)
    for other in (kept, a_person()):
        with pytest.raises(InvalidInput):
            merged(kept, other)
    merged(kept, double)
    with pytest.raises(IllegalStep) as refusal:
        merged(kept, double)
    assert refusal.value.code == "already_merged"


def test_row_that_both_have_stays_with_the_double() -> None:
    from dabir.meetings.services import foresee_meeting, record_attendance

    organ = two_organs()[0]
    kept, double = two_cities()
    meeting = foresee_meeting(public_id="board-x", organ=organ, names={"en": "Board"}, **SIGNED)
    record_attendance(meeting=meeting, cities=[kept, double], source="list", **SIGNED)
    merged(kept, double)
    assert Attendance.objects.filter(city=kept).count() == 1
    assert Person.objects.count() == 0
