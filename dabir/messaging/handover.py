"""What of the letters lies with a post or person: letters not left yet, links not used yet."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dabir.core.words import as_words
from dabir.messaging.models import IncomingLetter, Letter, SignedLink
from dabir.messaging.rules import OPENING
from dabir.messaging.services import forward_letter, readdress_letter, readdress_link, revoke_link
from dabir.messaging.states import IncomingState, LetterState
from dabir.registry.models import Person, Post
from dabir.registry.open_items import Holder, Move, OpenItem, Shelf, learn
from dabir.registry.queries import contact_for_person, contact_for_post


def _letters(holder: Holder) -> QuerySet[Letter]:
    """Letters that still wait; those that open an account are for one person only."""
    rows = Letter.objects.filter(state__in=[LetterState.QUEUED, LetterState.FAILED])
    kind = holder.reference().kind
    return (
        rows.filter(recipient__kind=kind, recipient__id=holder.public_id)
        .exclude(Q(kind__in=OPENING) | Q(key__startswith="contact-check/"))
        .order_by("pk")
    )


def _find_letters(holder: Holder) -> Sequence[OpenItem]:
    return [
        OpenItem(
            {row.language: row.subject},
            reverse("messaging:letter", args=[row.public_id]),
            row.number,
        )
        for row in _letters(holder)
    ]


def _move_letters(move: Move) -> int:
    to = move.to
    contact = (
        contact_for_person(person=to)
        if isinstance(to, Person)
        else contact_for_post(post=to, on=move.on)
    )
    rows = list(_letters(move.of))
    for row in rows:
        readdress_letter(
            letter=row,
            recipient=to.reference(),
            contact=contact,
            reason=move.reason,
            by=move.by,
            on=move.on,
            at=move.at,
        )
    return len(rows)


def _links(holder: Holder) -> QuerySet[SignedLink]:
    kind = holder.reference().kind
    return (
        SignedLink.objects.filter(used_at=None, revoked_at=None)
        .filter(recipient__kind=kind, recipient__id=holder.public_id)
        .exclude(purpose="confirm_contact")
        .order_by("pk")
    )


def _find_links(holder: Holder) -> Sequence[OpenItem]:
    return [
        OpenItem(as_words(row.target.get("labels")) or {"en": row.target["id"]}, "", row.public_id)
        for row in _links(holder)
    ]


def _move_links(move: Move) -> int:
    """A link whose letter has not left goes along; one that is out there opens nothing any more."""
    rows = list(_links(move.of))
    waiting = Letter.objects.filter(state__in=[LetterState.QUEUED, LetterState.FAILED])
    keys = list(waiting.values_list("key", flat=True)) if rows else []
    inside = {key.rpartition("/")[2] for key in keys}
    for row in rows:
        if row.public_id not in inside:
            revoke_link(link=row, by=move.by, on=move.on, at=move.at)
            continue
        readdress_link(
            link=row,
            recipient=move.to.reference(),
            reason=move.reason,
            by=move.by,
            on=move.on,
            at=move.at,
        )
    return len(rows)


def _arrived(holder: Holder) -> QuerySet[IncomingLetter]:
    if not isinstance(holder, Post):
        return IncomingLetter.objects.none()
    rows = IncomingLetter.objects.filter(holder=holder, state=IncomingState.WAITING)
    return rows.order_by("pk")


def _find_arrived(holder: Holder) -> Sequence[OpenItem]:
    return [
        OpenItem(
            {row.language: row.subject},
            reverse("messaging:incoming_letter", args=[row.public_id]),
            row.number,
        )
        for row in _arrived(holder)
    ]


def _move_arrived(move: Move) -> int:
    rows = list(_arrived(move.of))
    for row in rows:
        assert isinstance(move.to, Post)  # noqa: S101  the service gives post to post
        forward_letter(
            letter=row, holder=move.to, words=move.reason, by=move.by, on=move.on, at=move.at
        )
    return len(rows)


def learn_shelves() -> None:
    """Tell the registry what is handed over."""
    learn(Shelf("letters", _("Letters that have not left"), _find_letters, _move_letters))
    learn(Shelf("links", _("Links not used yet"), _find_links, _move_links))
    learn(Shelf("arrived", _("Letters that wait for an answer"), _find_arrived, _move_arrived))
