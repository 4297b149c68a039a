"""Posts and dated mandates: half-open, one holder at a time, never nobody at the keys."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.core.errors import IllegalStep, InvalidInput, StaleRecord
from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.registry.models import Mandate
from dabir.registry.queries import holders_of, holders_of_power, vacant_posts
from dabir.registry.rights import powers_of
from dabir.registry.services import create_post, end_mandate, give_mandate, hand_over_post
from tests.factories.people import ON, SIGNED, a_mandate, a_person, a_post, an_account

pytestmark = pytest.mark.django_db
DECISION = Reference("decision", "board/7", {"en": "Board, decision 7"}, date(2026, 1, 1))


def test_create_post_with_an_unknown_power_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        create_post(names={"en": "X"}, powers=["emperor"], **SIGNED)
    assert "powers" in refusal.value.fields


def test_give_mandate_holds_from_the_first_day_until_the_day_before_the_end() -> None:
    person, post = a_person(), a_post("treasurer")
    give_mandate(
        person=person,
        post=post,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 2, 1),
        basis=DECISION,
        **SIGNED,
    )
    assert holders_of(post, date(2025, 12, 31)) == []
    assert holders_of(post, date(2026, 1, 1)) == [person]
    assert holders_of(post, date(2026, 1, 31)) == [person]
    assert holders_of(post, date(2026, 2, 1)) == []
    entry = AuditEntry.objects.get(act="registry.give_mandate")
    assert entry.basis["id"] == "board/7"
    assert entry.after["person"] == person.public_id


def test_give_mandate_without_basis_is_unknown_not_refused() -> None:
    mandate = a_mandate(a_person(), a_post("expert"), starts_on=None)
    assert mandate.basis is None
    assert mandate.precision == "unknown"
    assert mandate.is_in_force(date(1990, 1, 1))


def test_give_mandate_of_a_held_post_is_refused_and_names_the_holder() -> None:
    post = a_post("secretary_general")
    a_mandate(a_person("First Holder"), post)
    with pytest.raises(IllegalStep) as refusal:
        a_mandate(a_person("Second"), post)
    assert refusal.value.code == "overlapping_mandate"
    assert "First Holder" in str(refusal.value.message)
    assert Mandate.objects.count() == 1


def test_give_mandate_on_the_day_the_other_ends_is_no_overlap() -> None:
    post = a_post("secretary_general")
    a_mandate(a_person(), post, ends_on=date(2026, 6, 1))
    a_mandate(a_person("Next"), post, starts_on=date(2026, 6, 1))
    assert Mandate.objects.count() == 2


def test_give_mandate_as_acting_stands_beside_the_holder_once() -> None:
    post = a_post("secretary_general")
    a_mandate(a_person(), post)
    a_mandate(a_person("Acting"), post, is_acting=True)
    with pytest.raises(IllegalStep):
        a_mandate(a_person("Another acting"), post, is_acting=True)


def test_give_mandate_of_a_post_of_many_is_allowed_but_not_twice_to_one_person() -> None:
    post, person = a_post("expert"), a_person()
    a_mandate(person, post)
    a_mandate(a_person("Colleague"), post)
    with pytest.raises(IllegalStep):
        a_mandate(person, post, starts_on=date(2026, 3, 1))


def test_give_mandate_with_an_unknown_start_does_not_refuse_an_earlier_holder() -> None:
    post = a_post("president")
    a_mandate(a_person("Present"), post, starts_on=None)
    a_mandate(a_person("Early"), post, starts_on=date(2008, 11, 1), ends_on=date(2010, 11, 1))
    with pytest.raises(IllegalStep):
        a_mandate(a_person("Also present"), post, starts_on=date(2026, 5, 1))


@pytest.mark.parametrize("ends_on", [date(2026, 1, 1), date(2025, 1, 1)])
def test_give_mandate_that_ends_before_it_starts_is_refused(ends_on: date) -> None:
    with pytest.raises(InvalidInput, match="ends after"):
        a_mandate(a_person(), a_post("expert"), starts_on=date(2026, 1, 1), ends_on=ends_on)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.one_of(st.none(), st.integers(1, 30))), max_size=6)
)
def test_give_mandate_never_leaves_two_holders_on_one_day(spans: list) -> None:
    from django.db import transaction

    first = date(2026, 1, 1)
    with transaction.atomic():
        post = a_post("treasurer")
        for start, length in spans:
            starts_on = first + timedelta(days=start)
            try:
                a_mandate(
                    a_person(),
                    post,
                    starts_on=starts_on,
                    ends_on=starts_on + timedelta(days=length) if length else None,
                )
            except IllegalStep:
                continue
        for day in range(0, 95, 3):
            assert len(holders_of(post, first + timedelta(days=day))) <= 1
        transaction.set_rollback(True)


def test_end_mandate_ends_the_rights_on_that_day() -> None:
    person, post = a_person(), a_post("treasurer")
    user = an_account(person)
    mandate = a_mandate(person, post, starts_on=ON - timedelta(days=900))
    assert powers_of(type(user).objects.get()) == {"treasurer"}
    end_mandate(mandate=mandate, ends_on=date(2026, 1, 1), reason="resigned", **SIGNED)
    assert powers_of(type(user).objects.get()) == set()
    assert vacant_posts(ON) == [post]
    entry = AuditEntry.objects.get(act="registry.end_mandate")
    assert (entry.before["until"], entry.after["until"]) == (None, "2026-01-01")
    assert entry.reason == "resigned"


def test_end_mandate_twice_or_before_its_start_is_refused() -> None:
    mandate = a_mandate(a_person(), a_post("expert"))
    with pytest.raises(InvalidInput):
        end_mandate(mandate=mandate, ends_on=date(2026, 1, 1), **SIGNED)
    end_mandate(mandate=mandate, ends_on=date(2026, 6, 1), **SIGNED)
    with pytest.raises(IllegalStep):
        end_mandate(mandate=mandate, ends_on=date(2026, 7, 1), **SIGNED)


def test_end_mandate_of_an_old_version_is_refused() -> None:
    mandate = a_mandate(a_person(), a_post("expert"))
    end_mandate(mandate=mandate, ends_on=date(2026, 8, 1), version=1, **SIGNED)
    with pytest.raises(StaleRecord):
        end_mandate(mandate=mandate, ends_on=date(2026, 7, 1), version=1, **SIGNED)


def test_end_mandate_of_the_last_administrator_is_refused() -> None:
    person = a_person()
    an_account(person)
    mandate = a_mandate(person, a_post("administrator"))
    a_mandate(a_person("Without account"), a_post("administrator", name="Second"))
    with pytest.raises(IllegalStep) as refusal:
        end_mandate(mandate=mandate, ends_on=ON, **SIGNED)
    assert refusal.value.code == "last_administrator"


def test_hand_over_post_ends_one_mandate_and_begins_the_next() -> None:
    old, new, post = a_person("Old"), a_person("New"), a_post("secretary_general")
    mandate = a_mandate(old, post)
    hand_over_post(mandate=mandate, to=new, hands_over_on=ON, basis=DECISION, **SIGNED)
    assert holders_of(post, ON - timedelta(days=1)) == [old]
    assert holders_of(post, ON) == [new]
    assert [m.person for m in holders_of_power("secretary_general", ON)] == [new]
    acts = list(AuditEntry.objects.values_list("act", flat=True))[-2:]
    assert acts == ["registry.end_mandate", "registry.give_mandate"]


def test_hand_over_post_to_the_same_person_is_refused() -> None:
    person = a_person()
    mandate = a_mandate(person, a_post("treasurer"))
    with pytest.raises(InvalidInput):
        hand_over_post(mandate=mandate, to=person, hands_over_on=ON, **SIGNED)


def test_hand_over_post_of_the_last_administrator_needs_a_successor_with_an_account() -> None:
    person = a_person()
    an_account(person)
    mandate = a_mandate(person, a_post("administrator"))
    successor = a_person("Successor")
    with pytest.raises(IllegalStep):
        hand_over_post(mandate=mandate, to=successor, hands_over_on=ON, **SIGNED)
    mandate.refresh_from_db()
    assert mandate.ends_on is None
    an_account(successor, "successor@example.org")
    hand_over_post(mandate=mandate, to=successor, hands_over_on=ON, **SIGNED)
    assert [m.person for m in holders_of_power("administrator", ON)] == [successor]
