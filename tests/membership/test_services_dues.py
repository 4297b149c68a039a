"""Opening balances, plans of payment and representatives: what is refused, by which code, leaving nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dabir.core.errors import DomainError
from dabir.core.models import AuditEntry
from dabir.core.money import Money
from dabir.membership.models import Accreditation, DuesEntry, Plan
from dabir.membership.services.dues import accredit_representative, enter_dues, grant_plan
from dabir.membership.services.steps import enter_member
from tests.factories.people import SIGNED, a_person, an_association
from tests.membership.admitted import BOARD, a_statute, a_town, an_application, an_entered, owes

pytestmark = pytest.mark.django_db
DUES: dict[str, Any] = {
    "year": 2025,
    "kind": "paid",
    "amount": Money(100_00, "EUR", 2),
    "day": date(2025, 6, 1),
    "source": "ledger",
}
TO_COME = replace(BOARD, on=date(2027, 1, 1))


@pytest.fixture(autouse=True)
def statute() -> None:
    an_association()
    a_statute()


def refused(code: str, act: Callable[..., Any], **given: Any) -> DomainError:
    """Refused by that code; neither a row nor an entry of the trail is left."""

    def all_rows() -> tuple[int, ...]:
        kinds = (DuesEntry, Plan, Accreditation, AuditEntry)
        return tuple(kind.objects.count() for kind in kinds)

    before = all_rows()
    with pytest.raises(DomainError) as refusal:
        act(**given, **SIGNED)
    assert (refusal.value.code, all_rows()) == (code, before)
    assert str(refusal.value.message)
    return refusal.value


@pytest.mark.parametrize("year", [25, 1404, 12025])
def test_dues_of_a_year_that_is_none_are_refused(year: int) -> None:
    refusal = refused(
        "invalid_input", enter_dues, member=an_entered("Nemunak"), **(DUES | {"year": year})
    )
    assert "year" in refusal.fields


def test_a_payment_to_come_is_refused_and_a_due_day_to_come_is_not() -> None:
    member = an_entered("Nemunak")
    later = DUES | {"day": date(2027, 6, 1)}
    refused("still_to_come", enter_dues, member=member, **later)
    enter_dues(member=member, **(later | {"kind": "due"}), **SIGNED)


def test_one_currency_is_counted_in_one_unit() -> None:
    member = an_entered("Nemunak")
    owes(member, 2025, 100_00)
    other = DUES | {"amount": Money(100_000, "EUR", 3)}
    assert "EUR" in str(refused("invalid_input", enter_dues, member=member, **other).message)


def test_a_plan_needs_a_decision_that_was_taken() -> None:
    plan = {"member": an_entered("Nemunak"), "until": date(2027, 1, 1), "words": "two instalments"}
    assert "basis" in refused("no_basis", grant_plan, **plan, basis=None).fields
    refused("before_decision", grant_plan, **plan, basis=TO_COME)


def test_a_plan_is_for_members_only() -> None:
    applicant = an_application().member
    refusal = refused(
        "illegal_step",
        grant_plan,
        member=applicant,
        until=date(2027, 1, 1),
        words="two instalments",
        basis=BOARD,
    )
    assert refusal.cure


def test_a_representative_is_somebody_who_holds_a_post_of_the_city() -> None:
    member = an_entered("Nemunak")
    until = date(2027, 1, 1)
    refused("invalid_input", accredit_representative, member=member, until=until)
    stranger = a_person("Stranger")
    refusal = refused(
        "no_mandate", accredit_representative, member=member, until=until, person=stranger
    )
    assert refusal.cure


def test_a_membership_from_an_old_list_does_not_end_before_it_began() -> None:
    refusal = refused(
        "invalid_input",
        enter_member,
        holder=a_town(),
        category="full",
        source="list of 2025",
        state="left",
        joined_on=date(2015, 1, 1),
        ended_on=date(2014, 1, 1),
    )
    assert "ended_on" in refusal.fields
