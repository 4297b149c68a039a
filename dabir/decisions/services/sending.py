"""Sending a frozen edition: a covering letter for each addressee, and who received it when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import Personal, record_act
from dabir.core.validation import check_record
from dabir.core.words import say
from dabir.decisions.models import Dispatch, DispatchReceipt, Edition
from dabir.decisions.services.progress import LANGUAGES
from dabir.documents.models import StoredFile
from dabir.messaging.models import Letter
from dabir.messaging.services import write_letter
from dabir.registry.models import ContactPoint
from dabir.text.calendars import format_both
from dabir.text.digits import localize_digits


@dataclass(frozen=True)
class Addressee:
    """One to whom a report goes: who, in which language, at which address if one is known."""

    recipient: Reference
    language: str
    contact: ContactPoint | None = None


def _covering_letter(edition: Edition, language: str) -> tuple[str, str]:
    with override(language):
        title = say(edition.report.titles, language)
        subject = plain("%(title)s, as of %(day)s") % {
            "title": title,
            "day": format_both(edition.report.as_of, language),
        }
        body = plain(
            "Please find enclosed “%(title)s” as of %(day)s, edition %(number)s.\n\n"
            "Verification code: %(code)s"
        ) % {
            "title": title,
            "day": format_both(edition.report.as_of, language),
            "number": localize_digits(str(edition.number), language),
            "code": edition.verification_code,
        }
    return subject, body


@transaction.atomic
def send_edition(
    *, edition: Edition, addressees: Sequence[Addressee], by: Actor, on: date, at: datetime
) -> list[Dispatch]:
    """Put the covering letter with the PDF for each addressee into the outbox; sending twice adds nothing."""
    found = []
    for addressee in addressees:
        subject, body = _covering_letter(edition, addressee.language)
        letter, is_new = write_letter(
            key=f"edition/{edition.pk}/{addressee.recipient.kind}/{addressee.recipient.public_id}",
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
        found.append(_dispatch(edition, addressee, letter, is_new, by=by, on=on, at=at))
    return found


def _pdf_of(edition: Edition, language: str) -> StoredFile:
    wanted = language if language in LANGUAGES else LANGUAGES[0]
    return edition.files.select_related("file").get(language=wanted, format="pdf").file


def _dispatch(
    edition: Edition,
    addressee: Addressee,
    letter: Letter,
    is_new: bool,
    *,
    by: Actor,
    on: date,
    at: datetime,
) -> Dispatch:
    if not is_new:
        return letter.dispatch
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


@transaction.atomic
def note_receipt(
    *, dispatch: Dispatch, received_on: date, received_by: str, by: Actor, on: date, at: datetime
) -> DispatchReceipt:
    """Note who received the report and on which day."""
    if received_on < dispatch.on:
        raise InvalidInput(_("It cannot have been received before it was sent."))
    receipt = DispatchReceipt(
        dispatch=dispatch,
        how="noted",
        received_by=received_by,
        on=received_on,
        at=at,
        by=by.as_dict(),
    )
    check_record(receipt)
    receipt.save()
    letter = dispatch.letter
    record_act(
        "decisions.note_receipt",
        target=dispatch.edition.report.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "letter": letter.number,
            "received_on": received_on,
            "received_by": Personal(received_by, letter.public_id),
        },
    )
    return receipt
