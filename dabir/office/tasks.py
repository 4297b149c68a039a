"""What the office does by itself: the weekly mail of those who wish to have their desk by mail."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dabir.core.actors import SYSTEM
from dabir.core.words import day_said, number_said, say
from dabir.messaging.models import DeskMail, Letter
from dabir.messaging.services import send_letter, write_letter
from dabir.office.waiting import Waiting, what_waits
from dabir.registry.models import ContactPoint, Person


def send_desk_mail(on: date, at: datetime) -> list[Letter]:
    """Write to everybody who wishes it on this day of the week what waits for them.

    Once a week and person, however often it is done; nothing where nothing waits, no account is
    open, or no post is held any more.
    """
    wishes = DeskMail.objects.filter(weekday=on.weekday()).select_related("person__user")
    written = []
    for wish in wishes.order_by("pk"):
        user = wish.person.user
        if user is None or not user.is_active:
            continue
        waiting = what_waits(user, on)
        if waiting:
            letter, is_new = _write(wish.person, user.language, waiting, on, at)
            if is_new:
                written.append(_sent(letter, on, at))
    return written


def _write(
    person: Person, language: str, waiting: list[Waiting], on: date, at: datetime
) -> tuple[Letter, bool]:
    week = f"{on.isocalendar().year}-{on.isocalendar().week:02d}"
    with translation.override(language):
        subject = _("What waits for you: %(number)s") % {
            "number": number_said(sum(part.number for part in waiting))
        }
        body = "\n\n".join([day_said(on), *(_part(part) for part in waiting)])
    contact = (
        ContactPoint.objects.filter(person=person, kind="email", ended_on=None)
        .order_by("id")
        .last()
    )
    return write_letter(
        key=f"digest/{person.public_id}/{week}",
        kind="digest",
        language=language,
        recipient=person.reference(),
        subject=subject,
        body=body,
        contact=contact,
        by=SYSTEM,
        on=on,
        at=at,
    )


def _sent(letter: Letter, on: date, at: datetime) -> Letter:
    """It leaves at once where it can; else it waits in the outbox like every other letter."""
    if not settings.EMAIL_HOST or letter.contact is None:
        return letter
    return send_letter(letter=letter, by=SYSTEM, on=on, at=at)


def _part(part: Waiting) -> str:
    """A kind of waiting thing with its number and the first of them."""
    lines = [f"{part.title}: {number_said(part.number)}"]
    for thing in part.things:
        day = f" · {day_said(thing.day)}" if thing.day else ""
        lines.append(f"– {say(thing.names)}{day}")
    return "\n".join(lines)
