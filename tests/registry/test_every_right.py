"""Every right with every power: allowed or refused by the table, at the door, and by its condition.

The pairs are made from the table that the doors, the buttons and the page of rights read, so a new
right is tested the day it is declared.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from dabir.accounts.models import User
from dabir.core.errors import NotAllowed
from dabir.decisions.services.activity import file_report
from dabir.decisions.services.agreed import Lead
from dabir.decisions.services.terms import assign_commitment
from dabir.intake.services.receiving import Nature, receive_text
from dabir.messaging.models import IncomingLetter, Letter
from dabir.registry.models import Person
from dabir.registry.rights import POWERS, RIGHTS, require
from dabir.registry.services import create_post
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import SIGNED, a_holder, a_mandate, a_person, an_account
from tests.house.test_house import ADDRESSES

pytestmark = pytest.mark.django_db


def holders() -> dict[str, User]:
    """For each power somebody who has it and no other."""
    return {
        power: a_holder(power, email=f"{power.replace('_', '-')}@example.org") for power in POWERS
    }


def test_every_power_has_exactly_the_rights_that_the_table_gives_it() -> None:
    nobody = a_holder(email="nobody@example.org")
    for power, user in holders().items():
        for name, right in RIGHTS.items():
            assert user.has_perm(name) is (power in right.powers), f"{power}: {name}"
    for name in RIGHTS:
        assert not nobody.has_perm(name), name
        with pytest.raises(NotAllowed) as refusal:
            require(nobody, name)
        assert str(refusal.value.cure)


def doors() -> dict[str, tuple[str, dict[str, Any]]]:
    """Each address whose view says by which right it opens."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}

    def walk(resolver: Any, namespace: str) -> None:
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                walk(pattern, inner)
            elif right := getattr(pattern.callback, "right", ""):
                name = f"{namespace}{pattern.name}"
                found[name] = (right, ADDRESSES[name])

    walk(get_resolver(), "")
    return found


def test_every_door_opens_to_those_powers_only() -> None:
    two_organs()
    found = doors()
    assert len(found) > 40
    for power, user in holders().items():
        client = Client(raise_request_exception=False)
        client.force_login(user)
        for name, (right, given) in found.items():
            if power in RIGHTS[right].powers:
                continue
            status = client.get(reverse(name, kwargs=given)).status_code
            # An address that takes only what is sent refuses the reading before the right.
            assert status in (403, 405), f"{power} at {name} ({right}): {status}"


def a_led_commitment() -> Any:
    commitment = a_commitment(a_decision(two_organs()[1]))
    assign_commitment(commitment=commitment, lead=Lead(city=a_city()), reason="r", **SIGNED)
    commitment.refresh_from_db()
    return commitment


def of_city(city: Any, email: str) -> User:
    person = a_person("Officer")
    post = create_post(names={"en": "Officer"}, powers=["city_officer"], city=city, **SIGNED)
    a_mandate(person, post)
    return an_account(person, email)


def _report_of_another_city() -> tuple[User, Any, User]:
    commitment = a_led_commitment()
    return (
        of_city(a_city("shiraz"), "other@example.org"),
        commitment,
        of_city(a_city(), "own@example.org"),
    )


def _own_report() -> tuple[User, Any, User]:
    author, other = (
        a_holder("secretary_general", email=f"{n}@example.org") for n in ("author", "other")
    )
    by = Person.objects.get(user=author).as_actor()
    report = file_report(
        commitment=a_led_commitment(), text="Done.", language="en", **(SIGNED | {"by": by})
    )
    return author, report, other


def _letter_that_opens() -> tuple[User, Any, User]:
    letter = Letter(kind="invitation", recipient={})
    return (
        a_holder("expert", email="e@example.org"),
        letter,
        a_holder("administrator", email="a@example.org"),
    )


def _confidential_letter() -> tuple[User, Any, User]:
    user = a_holder("expert", email="e@example.org")
    letter = IncomingLetter(is_confidential=True, holder=None)
    return user, letter, a_holder("secretary_general", email="sg@example.org")


def _letter_of_another_post() -> tuple[User, Any, User]:
    user = a_holder("expert", email="e@example.org")
    signer = a_holder("secretary_general", email="sg@example.org")
    post = Person.objects.get(user=signer).mandates.get().post
    return user, Letter(kind="letter", signatory={"post": post.public_id}), signer


def _own_review() -> tuple[User, Any, User]:
    author, other = (
        a_holder("secretary_general", email=f"{n}@example.org") for n in ("author", "other")
    )
    by = Person.objects.get(user=author).as_actor()
    receipt = receive_text(
        data="متن".encode(), name="text.txt", nature=Nature("fa"), **(SIGNED | {"by": by})
    )
    return author, receipt, other


def _another_city() -> tuple[User, Any, User]:
    two_organs()
    return (
        of_city(a_city("shiraz"), "other@example.org"),
        a_city(),
        of_city(a_city(), "own@example.org"),
    )


CONDITIONS: dict[str, Callable[[], tuple[User, Any, User]]] = {
    "decisions.file_report": _report_of_another_city,
    "decisions.verify_report": _own_report,
    "decisions.reverse_acceptance": _own_report,
    "messaging.send_letter": _letter_that_opens,
    "messaging.answer_letter": _confidential_letter,
    "messaging.sign_letter": _letter_of_another_post,
    "intake.confirm_reading": _own_review,
    "membership.view_city": _another_city,
    "membership.confirm_profile": _another_city,
}


def test_every_condition_has_its_case() -> None:
    """Here, or in the tests of its app, where the right is named."""
    tests = Path(__file__).resolve().parents[1]
    told = "\n".join(path.read_text() for path in tests.rglob("test_*.py"))
    conditional = {name for name, right in RIGHTS.items() if right.condition}
    assert [name for name in conditional if f'"{name}"' not in told] == []
    assert set(CONDITIONS) <= conditional


@pytest.mark.parametrize("name", sorted(CONDITIONS))
def test_condition_refuses_one_record_and_lets_another_person_act(name: str) -> None:
    refused, record, allowed = CONDITIONS[name]()
    assert refused.has_perm(name)
    assert not refused.has_perm(name, record)
    assert allowed.has_perm(name, record)
    assert str(RIGHTS[name].condition_label)
