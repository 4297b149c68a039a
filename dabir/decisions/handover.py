"""What of the register lies with a post: commitments it leads, steps planned for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dabir.core.words import as_words, say
from dabir.decisions.models import Action, Commitment
from dabir.decisions.places import commitment_url
from dabir.decisions.queries.register import OPEN
from dabir.decisions.services.activity import end_action, plan_action
from dabir.decisions.services.agreed import Lead
from dabir.decisions.services.terms import assign_commitments
from dabir.registry.models import Post
from dabir.registry.open_items import Holder, Move, OpenItem, Shelf, learn


def _commitments(holder: Holder) -> QuerySet[Commitment]:
    if not isinstance(holder, Post):
        return Commitment.objects.none()
    return Commitment.objects.filter(lead_post=holder, status__in=OPEN).order_by("pk")


def _find_commitments(holder: Holder) -> Sequence[OpenItem]:
    return [
        OpenItem(as_words(row.titles), commitment_url(row), row.public_id)
        for row in _commitments(holder)
    ]


def _move_commitments(move: Move) -> int:
    """Each commitment gets the other post as its lead; the earlier one stays in its history."""
    rows = list(_commitments(move.of))
    if rows:
        assert isinstance(move.to, Post)  # noqa: S101  the service gives post to post
        lead = Lead(post=move.to)
        assign_commitments(
            commitments=rows, lead=lead, reason=move.reason, by=move.by, on=move.on, at=move.at
        )
    return len(rows)


def _actions(holder: Holder) -> QuerySet[Action]:
    if not isinstance(holder, Post):
        return Action.objects.none()
    rows = Action.objects.filter(post=holder, outcome=None)
    return rows.select_related("commitment").order_by("pk")


def _find_actions(holder: Holder) -> Sequence[OpenItem]:
    return [
        OpenItem(as_words(row.titles), commitment_url(row.commitment), row.commitment.public_id)
        for row in _actions(holder)
    ]


def _move_actions(move: Move) -> int:
    """A planned step is written once: it ends as handed over, and is planned anew for the other."""
    stamp: dict[str, Any] = {"by": move.by, "on": move.on, "at": move.at}
    rows = list(_actions(move.of))
    for row in rows:
        note = " · ".join(filter(None, [f"→ {say(move.to.names)}", move.reason]))
        end_action(action=row, is_done=False, note=note, **stamp)
        plan_action(
            commitment=row.commitment,
            titles=as_words(row.titles),
            due_on=row.due_on,
            post=move.to if isinstance(move.to, Post) else None,
            **stamp,
        )
    return len(rows)


def learn_shelves() -> None:
    """Tell the registry what is handed over."""
    learn(Shelf("commitments", _("Commitments"), _find_commitments, _move_commitments))
    learn(Shelf("actions", _("Planned steps"), _find_actions, _move_actions))
