"""Questions to the letter book: what arrived, what waits, and the book of a period."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from dabir.core.reference import Reference
from dabir.core.search import SOURCES, named_records
from dabir.messaging.models import IncomingLetter, Letter, LetterMovement
from dabir.messaging.states import INCOMING_STATES, IncomingState
from dabir.registry.models import Post

SENDERS = ("city", "organisation", "person")
SUBJECTS = ("decision", "commitment", "document", "meeting", "organ", "city", "member")


def incoming_listed(*, posts: Collection[int] | None = None) -> QuerySet[IncomingLetter]:
    """Letters received, the newest first; with `posts`, confidential ones only of those desks."""
    rows = IncomingLetter.objects.select_related("holder").annotate(
        file_count=Count("files", distinct=True)
    )
    if posts is not None:
        rows = rows.filter(Q(is_confidential=False) | Q(holder__in=posts))
    return rows.order_by("-received_on", "-id")


def incoming_waiting(*, posts: Collection[int] | QuerySet[Any, Any]) -> QuerySet[IncomingLetter]:
    """Letters on these desks that nobody has answered or filed, the most pressing first."""
    return IncomingLetter.objects.filter(holder__in=posts, state=IncomingState.WAITING).order_by(
        "answer_by", "received_on", "id"
    )


def incoming_counts(rows: QuerySet[IncomingLetter]) -> dict[str, int]:
    """How many letters are in each state, those without any included."""
    found = rows.order_by().values_list("state").annotate(number=Count("id", distinct=True))
    return dict.fromkeys(INCOMING_STATES, 0) | dict(found)


def incoming_with_all(public_id: str) -> IncomingLetter | None:
    """One letter with its files and its history."""
    movements = LetterMovement.objects.select_related("holder", "reply").order_by("at", "id")
    return (
        IncomingLetter.objects.select_related("holder", "answers")
        .prefetch_related("files", Prefetch("movements", movements))
        .filter(public_id=public_id)
        .first()
    )


def letters_between(first: date, last: date) -> QuerySet[Letter]:
    """The letters written in a period, in the order of their numbers."""
    return Letter.objects.filter(written_on__gte=first, written_on__lte=last).order_by("number")


def incoming_between(first: date, last: date) -> QuerySet[IncomingLetter]:
    """The letters received in a period, in the order of their numbers."""
    return (
        IncomingLetter.objects.filter(received_on__gte=first, received_on__lte=last)
        .select_related("holder")
        .order_by("number")
    )


def desks() -> QuerySet[Post]:
    """The posts on whose desk a letter may lie: those of the secretariat and its officers."""
    return Post.objects.filter(city=None).order_by("id")


def named_reference(text: str, kinds: Collection[str]) -> list[Reference]:
    """The records that are called exactly so, by public id or by a name in any spelling."""
    return [
        Reference(kind, found.public_id, dict(found.names))
        for kind, found in named_records(text, [kind for kind in kinds if kind in SOURCES])
    ]


def movement_line(movement: LetterMovement) -> dict[str, Any]:
    """A movement as the timeline shows it."""
    return {
        "on": movement.on,
        "recorded_at": movement.at,
        "title": movement.get_kind_display(),
        "by": dict(movement.by.get("labels") or {}),
        "text": movement.words,
        "status": "",
        "url": "",
        "precision": "day",
    }
