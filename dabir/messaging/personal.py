"""What letters and links keep about a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from dabir.core.actors import Actor
from dabir.messaging.models import DeskMail, Letter, SignedLink
from dabir.messaging.services import forget_recipient
from dabir.registry.models import Person
from dabir.registry.personal import Section, learn


def _to(person: Person) -> dict[str, str]:
    return {"recipient__kind": "person", "recipient__id": person.public_id}


def _letters(person: Person) -> list[dict[str, Any]]:
    rows = Letter.objects.filter(**_to(person)).order_by("id")
    return [
        {
            "number": row.number,
            "written_on": row.written_on,
            "subject": row.subject,
            "text": row.body,
            "state": row.state,
        }
        for row in rows
    ]


def _forget_letters(person: Person, by: Actor, on: date, at: datetime) -> int:
    """The letter book keeps number, day and text of what left; the name beside it goes."""
    rows = list(Letter.objects.filter(**_to(person)).order_by("pk"))
    for row in rows:
        forget_recipient(letter=row, labels={}, by=by, on=on, at=at)
    return len(rows)


def _links(person: Person) -> list[dict[str, Any]]:
    rows = SignedLink.objects.filter(**_to(person)).order_by("id")
    return [
        {
            "number": row.public_id,
            "purpose": row.purpose,
            "issued_on": row.issued_on,
            "expires_on": row.expires_on,
            "used_at": row.used_at,
        }
        for row in rows
    ]


def _forget_links(person: Person, by: Actor, on: date, at: datetime) -> int:
    """Links not used yet open nothing any more; no name stays in any."""
    changed = 0
    for row in SignedLink.objects.filter(**_to(person)):
        row.recipient = row.recipient | {"labels": {}}
        if row.used_at is None and row.revoked_at is None:
            row.revoked_at = at
        row.save(update_fields=["recipient", "revoked_at"])
        changed += 1
    return changed


def _desk_mail(person: Person) -> list[dict[str, Any]]:
    return [{"weekday": row.weekday} for row in DeskMail.objects.filter(person=person)]


def _forget_desk_mail(person: Person, by: Actor, on: date, at: datetime) -> int:
    return DeskMail.objects.filter(person=person).delete()[0]


def learn_sections() -> None:
    """Tell the registry what is kept here."""
    learn(Section("letters", _letters, _forget_letters))
    learn(Section("links", _links, _forget_links))
    learn(Section("weekly_mail", _desk_mail, _forget_desk_mail))
