"""Names of a text matched to the registry: the same name is proposed, one written alike only shown."""

from __future__ import annotations

import pytest

from dabir.intake.queries.names import registry_names
from dabir.intake.review.findings import proposal
from dabir.intake.review.parts import FOUND, Part
from dabir.registry.services import add_city, add_person
from tests.decisions.reported import two_organs
from tests.factories.people import SIGNED

pytestmark = pytest.mark.django_db


def a_part(**found: dict[str, object]) -> Part:
    """A part in which the machine found these."""
    rows = {name: [found[name]] if name in found else [] for name in FOUND}
    return {"proposals": rows, "numbers": [], "found": None, "name": "1", "role": "clause"}


def test_same_name_is_proposed_by_its_key() -> None:
    two_organs()
    add_city(names={"fa": "اصفهان", "en": "Isfahan"}, public_id="isfahan", **SIGNED)
    person = add_person(names={"fa": "محمد خدادادی", "en": "Mohammad Khodadadi"}, **SIGNED)
    part = a_part(
        cities={"value": "Isfahan", "words": "اصفهان", "inferred": True},
        people={"value": "محمد خدادادی", "words": "جناب محمد خدادادی", "inferred": True},
        organs={
            "value": "executive_board",
            "words": "هیات اجرایی",
            "inferred": True,
            "role": "responsible",
        },
    )
    _kinds, found = proposal(part, registry_names())
    assert found["cities"] == ["isfahan"]
    assert found["people"] == [person.public_id]
    assert found["organs"] == ["executive-board"]
    assert found["owners"] == ["organ:executive-board"]


def test_name_written_alike_is_shown_and_never_proposed() -> None:
    two_organs()
    person = add_person(names={"fa": "محمد خدادادی"}, **SIGNED)
    part = a_part(people={"value": "محمد خدادای", "words": "محمد خدادای", "inferred": True})
    _kinds, found = proposal(part, registry_names())
    assert "people" not in found
    assert found["inferred"] == [
        {
            "field": "people",
            "value": "محمد خدادای",
            "words": "محمد خدادای",
            "alike": [person.public_id],
        }
    ]
