"""A small register to report on: an association, its two organs, some decisions and commitments."""

from __future__ import annotations

from datetime import date
from typing import Any

from dabir.decisions.models import Commitment, Decision
from dabir.decisions.services.agreed import Deadline, Lead, Terms
from dabir.decisions.services.register import record_decision
from dabir.decisions.services.terms import make_commitment
from dabir.organs.models import Organ
from dabir.organs.services import enter_organ
from dabir.registry.models import City
from tests.factories.people import SIGNED, an_association


def two_organs() -> tuple[Organ, Organ]:
    """The Board and the Assembly of a founded association."""
    an_association()
    board = enter_organ(
        key="executive-board",
        kind="board",
        names={"fa": "هیئت اجرایی", "en": "Executive Board"},
        **SIGNED,
    )
    assembly = enter_organ(
        key="general-assembly",
        kind="assembly",
        names={"fa": "مجمع عمومی", "en": "General Assembly"},
        **SIGNED,
    )
    return board, assembly


def a_decision(organ: Organ, name: str = "d1", **changes: Any) -> Decision:
    """A decision of the organ."""
    given: dict[str, Any] = {
        "public_id": f"assembly-2026/{name}",
        "titles": {"fa": f"تصمیم {name}", "en": f"Decision {name}"},
        "decided_on": date(2026, 1, 10),
    }
    return record_decision(organ=organ, **(given | changes), **SIGNED)


def a_city(name: str = "isfahan") -> City:
    """A city that can lead."""
    return City.objects.get_or_create(public_id=name, defaults={"names": {"en": name.title()}})[0]


def a_commitment(decision: Decision, **changes: Any) -> Commitment:
    """A commitment that a city leads."""
    given: dict[str, Any] = {
        "titles": {"fa": "کاری", "en": "Something to do"},
        "lead": Lead(city=a_city()),
        "deadline": Deadline(type="date", on=date(2026, 6, 1)),
    }
    return make_commitment(decision=decision, terms=Terms(**(given | changes)), **SIGNED)


def a_register(size: int = 3) -> tuple[Organ, Organ]:
    """Both organs and decisions of the Assembly, each with a commitment."""
    board, assembly = two_organs()
    for number in range(size):
        a_commitment(a_decision(assembly, f"d{number + 1}"))
    return board, assembly
