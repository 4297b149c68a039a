"""What waits among the letters: to sign, to answer, to let go."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from dabir.core.words import say
from dabir.messaging.models import IncomingLetter, Letter
from dabir.messaging.queries.incoming import incoming_waiting
from dabir.messaging.rules import KEEPERS, OPENING
from dabir.messaging.states import LetterState
from dabir.office.asked import (
    Asked,
    Desk,
    Thing,
    held_today,
    text_at,
)
from dabir.registry.rights import held_mandates, powers_of


def signatures(desk: Desk) -> Asked | None:
    """Letters drafted for one's posts, which leave only when they are signed."""
    if not held_mandates(desk.user) or not desk.may("messaging.sign_letter"):
        return None

    def rows() -> QuerySet[Letter]:
        drafted = Letter.objects.filter(state=LetterState.DRAFTED)
        mine = drafted.annotate(of_post=text_at("signatory__post"))
        mine = mine.filter(of_post__in=held_today().values("post__public_id"))
        return mine.order_by("queued_at", "pk")

    def thing(letter: Letter) -> Thing:
        url = reverse("messaging:sign", args=[letter.public_id])
        to = say(letter.recipient["labels"])
        names = {letter.language: letter.subject}
        return Thing(names, url, (letter.state,), letter.number, letter.written_on, to)

    why = _("Written for you by the secretariat; none leaves before you sign it.")
    return Asked("signatures", _("Letters to sign"), rows, thing, "", "attention", why)


def incoming(desk: Desk) -> Asked | None:
    """Letters that arrived and lie on the desks of one's posts."""
    if not held_mandates(desk.user) or not desk.may("messaging.view_letter_book"):
        return None

    def thing(letter: IncomingLetter) -> Thing:
        url = reverse("messaging:incoming_letter", args=[letter.public_id])
        late = letter.answer_by is not None and letter.answer_by < desk.today
        return Thing(
            {letter.language: letter.subject},
            url,
            ("waiting", "delayed") if late else ("waiting",),
            letter.number,
            letter.answer_by or letter.received_on,
            say(letter.sender["labels"]),
        )

    def rows() -> QuerySet[IncomingLetter]:
        return incoming_waiting(posts=held_today().values("post"))

    why = _("Answer each, lay it on another desk, or file it with a reason.")
    return Asked("incoming", _("Letters on your desk"), rows, thing, "", "attention", why)


def letters(desk: Desk) -> Asked | None:
    """Letters that wait in the outbox or could not be sent; those that open accounts for keepers only."""
    if not desk.may("messaging.view_outbox"):
        return None
    keeps = bool(KEEPERS & powers_of(desk.user))

    def rows() -> QuerySet[Letter]:
        found = Letter.objects.filter(state__in=[LetterState.QUEUED, LetterState.FAILED])
        found = found.exclude(kind="digest")  # one's own desk by mail is no work for others
        found = found if keeps else found.exclude(kind__in=OPENING)
        shown = ("public_id", "language", "subject", "state", "number", "written_on")
        return found.only(*shown).order_by("queued_at", "pk")

    def thing(letter: Letter) -> Thing:
        url = reverse("messaging:letter", args=[letter.public_id])
        names = {letter.language: letter.subject}
        return Thing(names, url, (letter.state,), letter.number, letter.written_on)

    title, url = _("Letters that have not left"), reverse("messaging:outbox")
    return Asked("letters", title, rows, thing, url, form="" if keeps else "_not_opening")
