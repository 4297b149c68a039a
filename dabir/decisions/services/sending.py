"""Sending a frozen edition: a covering letter for each addressee, and who received it when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import Personal, record_act
from dabir.core.validation import check_record
from dabir.core.words import say
from dabir.decisions.models import Dispatch, DispatchReceipt, Edition
from dabir.decisions.services.progress import LANGUAGES
from dabir.documents.models import StoredFile
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.services import LinkRefused, issue_link, write_letter
from dabir.registry.models import ContactPoint
from dabir.text.calendars import format_both
from dabir.text.digits import localize_digits

EDITION_PURPOSE = "edition"
EDITION_LINK_DAYS = 180
AddressOf = Callable[[str, str], str]
"""The address of the page behind a token, for a reader of a language."""


@dataclass(frozen=True)
class Addressee:
    """One to whom a report goes: who, in which language, at which address if one is known."""

    recipient: Reference
    language: str
    contact: ContactPoint | None = None


def _covering_letter(
    edition: Edition, language: str, *, address: str, until: date
) -> tuple[str, str]:
    with override(language):
        title = say(edition.report.titles, language)
        subject = plain("%(title)s, as of %(day)s") % {
            "title": title,
            "day": format_both(edition.report.as_of, language),
        }
        body = plain(
            "Please find enclosed “%(title)s” as of %(day)s, edition %(number)s.\n\n"
            "Verification code: %(code)s\n\n"
            "Open this address until %(until)s to read or keep the report in Persian and English, as web "
            "page, PDF, Word and data; opening it tells the secretariat that you have received it:\n"
            "%(address)s"
        ) % {
            "title": title,
            "day": format_both(edition.report.as_of, language),
            "number": localize_digits(str(edition.number), language),
            "code": edition.verification_code,
            "until": format_both(until, language),
            "address": address,
        }
    return subject, body


def edition_reference(edition: Edition) -> Reference:
    """The edition as a signed link names it."""
    named = edition.report.reference()
    return Reference("edition", f"{named.public_id}/{edition.number}", named.labels, named.on)


def _letter_key(edition: Edition, recipient: Reference) -> str:
    return f"edition/{edition.pk}/{recipient.kind}/{recipient.public_id}"


@transaction.atomic
def send_edition(
    *,
    edition: Edition,
    addressees: Sequence[Addressee],
    address_of: AddressOf,
    by: Actor,
    on: date,
    at: datetime,
) -> list[Dispatch]:
    """Put the covering letter for each addressee into the outbox; sending twice adds nothing.

    The letter carries the PDF, and a link by which all files of the edition are read without an
    account and the receipt is recorded.
    """
    found = []
    for addressee in addressees:
        key = _letter_key(edition, addressee.recipient)
        known = Letter.objects.filter(key=key).first()
        if known:
            found.append(known.dispatch)
            continue
        found.append(_dispatch(edition, addressee, key, address_of=address_of, by=by, on=on, at=at))
    return found


def _pdf_of(edition: Edition, language: str) -> StoredFile:
    wanted = language if language in LANGUAGES else LANGUAGES[0]
    return edition.files.select_related("file").get(language=wanted, format="pdf").file


def _dispatch(
    edition: Edition,
    addressee: Addressee,
    key: str,
    *,
    address_of: AddressOf,
    by: Actor,
    on: date,
    at: datetime,
) -> Dispatch:
    link, token = issue_link(
        purpose=EDITION_PURPOSE,
        target=edition_reference(edition),
        recipient=addressee.recipient,
        language=addressee.language,
        days=EDITION_LINK_DAYS,
        by=by,
        on=on,
        at=at,
    )
    subject, body = _covering_letter(
        edition,
        addressee.language,
        address=address_of(token, addressee.language),
        until=link.expires_on,
    )
    letter, _is_new = write_letter(
        key=key,
        kind="dispatch",
        language=addressee.language,
        recipient=addressee.recipient,
        contact=addressee.contact,
        subject=subject,
        body=body,
        about=edition.report.reference(),
        attachments=[_pdf_of(edition, addressee.language)],
        by=by,
        on=on,
        at=at,
    )
    dispatch = Dispatch.objects.create(
        edition=edition,
        recipient=addressee.recipient.as_dict(),
        letter=letter,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    record_act(
        "decisions.send_edition",
        target=edition.report.reference(),
        by=by,
        on=on,
        at=at,
        after={"edition": edition.number, "letter": letter.number},
    )
    return dispatch


def dispatch_behind(link: SignedLink) -> Dispatch:
    """What was sent with a link; raises LinkRefused when nothing was."""
    report, _slash, number = link.target["id"].rpartition("/")
    sent = Dispatch.objects.select_related("letter", "edition__report__organ")
    found = sent.filter(
        edition__report__public_id=report,
        edition__number=number,
        recipient__kind=link.recipient["kind"],
        recipient__id=link.recipient["id"],
    ).first()
    if found is None:
        raise LinkRefused
    return found


@transaction.atomic
def open_edition(*, link: SignedLink, received_by: str, on: date, at: datetime) -> DispatchReceipt:
    """Record that a recipient opened the report by its link; the same reader is recorded once."""
    dispatch = dispatch_behind(link)
    lock_record(dispatch.letter)
    known = dispatch.receipts.filter(how="opened", received_by=received_by).first()
    if known:
        return known
    giver = Reference.from_dict(link.recipient)
    by = Actor(giver.kind, giver.public_id, giver.labels)
    return _keep_receipt(dispatch, "opened", received_by=received_by, by=by, on=on, at=at)


@transaction.atomic
def note_receipt(
    *, dispatch: Dispatch, received_on: date, received_by: str, by: Actor, on: date, at: datetime
) -> DispatchReceipt:
    """Note who received the report and on which day."""
    if received_on < dispatch.on:
        raise InvalidInput(_("It cannot have been received before it was sent."))
    return _keep_receipt(
        dispatch, "noted", received_by=received_by, received_on=received_on, by=by, on=on, at=at
    )


def _keep_receipt(
    dispatch: Dispatch,
    how: str,
    *,
    received_by: str,
    by: Actor,
    on: date,
    at: datetime,
    received_on: date | None = None,
) -> DispatchReceipt:
    receipt = DispatchReceipt(
        dispatch=dispatch,
        how=how,
        received_by=received_by,
        on=received_on or on,
        at=at,
        by=by.as_dict(),
    )
    check_record(receipt)
    receipt.save()
    letter = dispatch.letter
    record_act(
        "decisions.open_edition" if how == "opened" else "decisions.note_receipt",
        target=dispatch.edition.report.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "letter": letter.number,
            "received_on": receipt.on,
            "received_by": Personal(received_by, letter.public_id),
        },
    )
    return receipt
