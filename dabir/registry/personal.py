"""Everything that is kept about one person: what they may have, and what is forgotten when they ask.

The registry tells its own part; an app above tells its part by `learn`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dabir.core.actors import Actor
from dabir.core.models import AuditEntry, PersonalValue
from dabir.core.words import as_words
from dabir.registry.models import ContactPoint, Mandate, Person


@dataclass(frozen=True)
class Section:
    """A part of what is kept: its name in the export, how it is read, how it is forgotten."""

    key: str
    read: Callable[[Person], list[dict[str, Any]]]
    forget: Callable[[Person, Actor, date, datetime], int] | None = None


SECTIONS: dict[str, Section] = {}


def learn(section: Section) -> None:
    """Let a part be exported and, where it can be, forgotten."""
    SECTIONS[section.key] = section


def _record(person: Person) -> dict[str, Any]:
    return {
        "number": person.public_id,
        "names": as_words(person.names),
        "language": person.language,
        "note": as_words(person.note),
        "source": person.source,
    }


def _account(person: Person) -> dict[str, Any] | None:
    user = person.user
    if user is None:
        return None
    return {
        "email": user.email,
        "language": user.language,
        "active": user.is_active,
        "last_sign_in": user.last_login,
    }


def _contacts(person: Person) -> list[dict[str, Any]]:
    rows = ContactPoint.objects.filter(person=person).order_by("id")
    return [
        {
            "kind": row.kind,
            "address": row.value,
            "language": row.language,
            "confirmed_on": row.confirmed_on,
            "ended_on": row.ended_on,
        }
        for row in rows
    ]


def _mandates(person: Person) -> list[dict[str, Any]]:
    rows = Mandate.objects.filter(person=person).select_related("post").order_by("id")
    return [
        {
            "post": as_words(row.post.names),
            "from": row.starts_on,
            "until": row.ends_on,
            "acting": row.is_acting,
            "by_decision": row.basis,
            "source": row.source,
        }
        for row in rows
    ]


def _in_trail(person: Person) -> list[dict[str, Any]]:
    subjects = [person.public_id, *([person.user.public_id] if person.user else [])]
    rows = PersonalValue.objects.filter(subject__in=subjects, erased_at=None)
    return [
        {"entry": row.entry.sequence, "act": row.entry.act, "place": row.path, "value": row.value}
        for row in rows.select_related("entry").order_by("entry__sequence", "path")
    ]


def _acts(person: Person) -> list[dict[str, Any]]:
    rows = AuditEntry.objects.filter(actor__id=person.public_id).order_by("sequence")
    return [
        {"entry": row.sequence, "act": row.act, "on": row.happened_on, "record": row.target_id}
        for row in rows
    ]


def kept_about(person: Person) -> dict[str, Any]:
    """All that is kept on one person, for them to have: readable by people and machines."""
    return {
        "schema": "dabir/person/1",
        "record": _record(person),
        "account": _account(person),
        "addresses": _contacts(person),
        "posts": _mandates(person),
        "personal_values_in_the_trail": _in_trail(person),
        "acts": _acts(person),
        **{key: section.read(person) for key, section in SECTIONS.items()},
    }
