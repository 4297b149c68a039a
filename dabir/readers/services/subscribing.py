"""Asking for the newsletter, confirming it by a letter, ending it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dabir.core.actors import SYSTEM, Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.services import (
    LinkRefused,
    issue_link,
    open_link,
    use_link,
    withdraw_letter,
    write_letter,
)
from dabir.messaging.states import LetterState
from dabir.readers.composing import STOP_SALT, stop_token
from dabir.readers.models import SUBSCRIBER, Subscriber

PURPOSE = "newsletter"
# How often one address is written to because somebody typed it.
PAUSE = timedelta(days=1)
AddressOf = Callable[[str, str, str], str]


@transaction.atomic
def ask_for_newsletter(
    *, address: str, language: str, address_of: AddressOf, on: date, at: datetime
) -> Letter | None:
    """Write to whoever asks: a link that confirms, or, where it is confirmed, that nothing is to do.

    The page that asks says the same in every case, so that nobody learns who receives it. One
    address is written to once a day at most. `address_of` makes a full address of "confirm" or
    "stop", a token and a language.
    """
    row = Subscriber.objects.filter(address__iexact=address, ended_on=None).first()
    if row is None:
        row = Subscriber(address=address, language=language, asked_at=at)
        try:
            with transaction.atomic():
                check_record(row)
                row.save()
        except IntegrityError:
            return None  # asked twice at the same instant: the other one writes
    elif row.asked_at > at - PAUSE:
        return None
    else:
        row = lock_record(row)
        row.asked_at = at
        row.language = row.language if row.confirmed_on else language
        row.version += 1
        row.save(update_fields=["asked_at", "language", "version"])
    return _write(row, address_of, on=on, at=at)


def _write(row: Subscriber, address_of: AddressOf, *, on: date, at: datetime) -> Letter:
    days = settings.KEEP_UNCONFIRMED_DAYS
    stop = address_of("stop", stop_token(row), row.language)
    link = ""
    if row.confirmed_on is None:
        _row, token = issue_link(
            purpose=PURPOSE,
            target=row.reference(),
            recipient=row.reference(),
            language=row.language,
            days=days,
            by=SYSTEM,
            on=on,
            at=at,
        )
        link = address_of("confirm", token, row.language)
    with override(row.language):
        if link:
            subject = plain("Please confirm: our newsletter")
            body = plain(
                "Somebody, we hope you, asked for our newsletter at this address.\n\n"
                "If it was you, confirm it here:\n%(link)s\n\n"
                "If not, do nothing: we write no more, and the address is erased."
            ) % {"link": link}
        else:
            subject = plain("You receive our newsletter already")
            body = plain(
                "Somebody asked for our newsletter at this address, which receives it already. "
                "There is nothing to do.\n\nTo end it:\n%(stop)s"
            ) % {"stop": stop}
    letter, _new = write_letter(
        key=f"newsletter-asked/{row.public_id}/{row.version}",
        kind="notice",
        language=row.language,
        recipient=row.reference(),
        subject=subject,
        body=body,
        by=SYSTEM,
        on=on,
        at=at,
    )
    return letter


def newsletter_link(*, token: str, on: date, reader: object) -> tuple[SignedLink, Subscriber]:
    """The link and who is to confirm; raises LinkRefused when it opens nothing today."""
    link = open_link(token=token, purpose=PURPOSE, on=on, reader=reader)
    if link.used_at:
        raise LinkRefused(
            _("This link was already used: the newsletter comes to you."),
            cure=_("Every newsletter holds a link to end it."),
        )
    row = Subscriber.objects.filter(public_id=link.target["id"], ended_on=None).first()
    if row is None:
        raise InvalidInput(_("This subscription has ended."), cure=_("Ask for it again."))
    return link, row


@transaction.atomic
def confirm_newsletter(*, token: str, reader: object, on: date, at: datetime) -> Subscriber:
    """Confirm by the link of the letter; once."""
    link, row = newsletter_link(token=token, on=on, reader=reader)
    use_link(link=link, at=at)
    fresh = lock_record(row)
    if fresh.confirmed_on is None:
        fresh.confirmed_on = on
        fresh.version += 1
        fresh.save(update_fields=["confirmed_on", "version"])
        by = Actor("link", link.public_id, SUBSCRIBER)
        record_act("readers.confirm_newsletter", target=fresh.reference(), by=by, on=on, at=at)
    return fresh


def subscriber_to_stop(token: str) -> Subscriber | None:
    """Whose newsletter the link of a letter ends."""
    try:
        public_id = signing.Signer(salt=STOP_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Subscriber.objects.filter(public_id=public_id).first()


@transaction.atomic
def end_newsletter(*, subscriber: Subscriber, by: Actor, on: date, at: datetime) -> Subscriber:
    """End it and forget the address; what still lay in the outbox for it does not leave."""
    fresh = lock_record(subscriber)
    if fresh.ended_on:
        return fresh
    fresh.address, fresh.ended_on = "", on
    fresh.version += 1
    check_record(fresh)
    fresh.save(update_fields=["address", "ended_on", "version"])
    _withdraw_letters(fresh, on=on, at=at)
    record_act("readers.end_newsletter", target=fresh.reference(), by=by, on=on, at=at)
    return fresh


def _withdraw_letters(row: Subscriber, *, on: date, at: datetime) -> None:
    waiting = Letter.objects.filter(
        recipient__kind="subscriber",
        recipient__id=row.public_id,
        state__in=[LetterState.QUEUED, LetterState.FAILED],
    )
    for letter in waiting.order_by("pk"):
        withdraw_letter(letter=letter, by=SYSTEM, on=on, at=at)


def end_newsletter_of(*, address: str, by: Actor, on: date, at: datetime) -> Subscriber:
    """End it for somebody who asks by telephone or letter."""
    row = Subscriber.objects.filter(address__iexact=address.strip(), ended_on=None).first()
    if row is None:
        said = _("This address receives no newsletter.")
        raise InvalidInput(said, fields={"address": [said]})
    return end_newsletter(subscriber=row, by=by, on=on, at=at)


def forget_unconfirmed(on: date, at: datetime) -> int:
    """Erase the addresses that were typed in and never confirmed."""
    before = at - timedelta(days=settings.KEEP_UNCONFIRMED_DAYS)
    rows = list(
        Subscriber.objects.filter(confirmed_on=None, ended_on=None, asked_at__lt=before).order_by(
            "pk"
        )
    )
    for row in rows:
        end_newsletter(subscriber=row, by=SYSTEM, on=on, at=at)
    return len(rows)
