"""Reviews as they stand, who took part in them, and what waits."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from dabir.documents.models import Document, Node
from dabir.intake.models import Receipt, ReviewAct
from dabir.intake.review.comparing import Conflict, conflicts_of
from dabir.intake.review.fold import Review, Step, fold, in_force
from dabir.intake.states import Purpose, ReceiptState


def steps_of(acts: Iterable[ReviewAct]) -> list[Step]:
    """The steps of a review as plain values."""
    return [
        Step(
            number=act.number,
            verb=act.verb,
            data=act.data,
            reason=act.reason,
            by=act.by,
            at=act.at.isoformat(),
        )
        for act in acts
    ]


def review_of(receipt: Receipt) -> Review:
    """What stands after every step of a review."""
    return fold(receipt.reading.parts, steps_of(receipt.acts.order_by("number")))


def reviewers_of(receipt: Receipt) -> set[str]:
    """Everybody whose own work the review is: who received the text and who took a step in force."""
    acts = list(receipt.acts.order_by("number"))
    kept = {step.number for step in in_force(steps_of(acts))}
    people = {act.by["id"] for act in acts if act.number in kept or act.verb == "make_ready"}
    return people | {receipt.by["id"]}


def texts_in_register(document: Document) -> dict[str, dict[str, str]]:
    """{language: {clause: text}} of a document, the newest text of each clause, in its order."""
    found: dict[str, dict[str, str]] = {}
    nodes = Node.objects.filter(document=document).prefetch_related("texts").order_by("position")
    for node in nodes:
        newest: dict[str, Any] = {}
        for text in node.texts.all():  # in the order of their revisions
            newest[text.language] = text.text
        for language, words in newest.items():
            found.setdefault(language, {})[node.node_id] = words
    return found


def conflicts_in(receipt: Receipt, review: Review) -> list[Conflict]:
    """Where a further language version says other things than the one in the register."""
    if receipt.purpose != Purpose.VERSION or receipt.document is None:
        return []
    known = texts_in_register(receipt.document)
    known.pop(receipt.language, None)
    if not known:
        return []
    language = next(iter(known)) if "fa" not in known else "fa"
    mine = tuple((part["name"], part["text"]) for part in review.parts if part["name"])
    return list(_compared(tuple(known[language].items()), mine))


@lru_cache(maxsize=32)
def _compared(
    left: tuple[tuple[str, str], ...], right: tuple[tuple[str, str], ...]
) -> tuple[Conflict, ...]:
    return tuple(conflicts_of(left, right))


def receipts_listed() -> QuerySet[Receipt]:
    """Every received text, newest first."""
    return Receipt.objects.select_related("document", "session", "organ")


def receipts_in(*states: ReceiptState) -> QuerySet[Receipt]:
    """The received texts in these states, oldest first."""
    return Receipt.objects.filter(state__in=states).order_by("received_at", "id")
