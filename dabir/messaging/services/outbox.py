"""Acts on letters and signed links. Without a mail server letters wait, to be printed or copied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.canonical import keyed_digest
from dabir.core.concurrency import lock_record
from dabir.core.errors import DomainError, InvalidInput
from dabir.core.numbering import next_number
from dabir.core.reference import Reference
from dabir.core.slots import supplied
from dabir.core.stepping import take_step
from dabir.core.trail import Personal, record_act
from dabir.core.validation import check_record
from dabir.documents.models import StoredFile
from dabir.documents.services import read_file
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.rules import is_of_the_secretariat
from dabir.messaging.states import LETTERS, LetterState
from dabir.registry.models import ContactPoint
from dabir.text.erasing import without

LINK_SALT = "dabir.signed-link"
ADDRESS = "address"


def subject_of(recipient: Reference) -> str:
    """By what the erasable values of a recipient are found: its id, or a keyed digest of a mere address.

    An address itself would stay for ever in the trail, as the name of what was erased.
    """
    if recipient.kind != ADDRESS:
        return recipient.public_id
    return f"{ADDRESS}-{keyed_digest(recipient.public_id.casefold())[:24]}"


class LinkRefused(DomainError):
    """A signed link that is unknown, used up, withdrawn or past its day."""

    code = "link_refused"
    status = 410
    message = _("This link is no longer valid.")
    cure = _("Ask the secretariat for a new link; nothing you sent before is lost.")


class LinkOfAnother(LinkRefused):
    """A link opened where somebody of the secretariat, who could read its letter, is signed in."""

    code = "link_of_another"
    status = 403
    message = _(
        "This link belongs to whoever it was given to, and the secretariat is signed in here."
    )
    cure = _(
        "If it was given to you, sign out and open it again. What somebody tells the secretariat is "
        "entered on their behalf, with its source, at the record itself."
    )


@transaction.atomic
def write_letter(
    *,
    key: str,
    kind: str,
    language: str,
    recipient: Reference,
    subject: str,
    body: str,
    by: Actor,
    on: date,
    at: datetime,
    contact: ContactPoint | None = None,
    about: Reference | None = None,
    attachments: Sequence[StoredFile] = (),
) -> tuple[Letter, bool]:
    """Put a letter into the outbox and number it; the same `key` gives the letter already written.

    Returns the letter and whether it is new.
    """
    known = Letter.objects.filter(key=key).first()
    if known:
        return known, False
    letter = Letter(
        key=key,
        kind=kind,
        number=f"{on.year}/{next_number(f'letters/{on.year}'):04d}",
        language=language,
        recipient=recipient.as_dict(),
        contact=contact,
        subject=" ".join(subject.split()),  # one line: no header of the mail is put in by it
        body=body,
        about=about.as_dict() if about else None,
        written_on=on,
        queued_at=at,
    )
    check_record(letter)
    letter.save()
    letter.attachments.add(*attachments)
    record_act(
        "messaging.write_letter",
        target=letter.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "number": letter.number,
            "kind": kind,
            "recipient": Personal(recipient.as_dict(), subject_of(recipient)),
            "key": key,
        },
    )
    return letter, True


def _step(
    verb: str, letter: Letter, *, by: Actor, on: date, at: datetime, failure: str = ""
) -> Letter:
    leaves = LETTERS.transitions[verb].target in (LetterState.SENT, LetterState.PRINTED)
    return take_step(
        letter,
        verb,
        machine=LETTERS,
        act=f"messaging.{verb}_letter",
        by=by,
        on=on,
        at=at,
        reason=failure,
        changes={"failure": failure} | ({"sent_at": at} if leaves else {}),
    )


@transaction.atomic
def record_letter_printed(*, letter: Letter, by: Actor, on: date, at: datetime) -> Letter:
    """Record that a letter was printed, copied or handed over."""
    return _step("print", letter, by=by, on=on, at=at)


@transaction.atomic
def record_letter_failed(
    *, letter: Letter, failure: str, by: Actor, on: date, at: datetime
) -> Letter:
    """Record why a letter could not be sent; it stays in the outbox."""
    return _step("fail", letter, by=by, on=on, at=at, failure=failure)


@transaction.atomic
def withdraw_letter(*, letter: Letter, by: Actor, on: date, at: datetime) -> Letter:
    """Take a letter back that has not left."""
    return _step("withdraw", letter, by=by, on=on, at=at)


def send_letter(*, letter: Letter, by: Actor, on: date, at: datetime) -> Letter:
    """Send a letter by the mail server; a failure is recorded and the letter stays in the outbox."""
    if not settings.EMAIL_HOST:
        raise DomainError(
            _("No mail server is set up."),
            cure=_("Print or copy the letter, or set DABIR_MAIL_HOST."),
            code="no_mail_server",
        )
    address = letter.mail_address()
    if not address:
        raise InvalidInput(_("This recipient has no e-mail address."), cure=_("Print the letter."))
    message = EmailMessage(
        letter.subject,
        letter.body,
        to=[address],
        headers=dict(supplied("messaging.headers", letter)),
    )
    for file in letter.attachments.all():
        message.attach(file.name, read_file(file), file.media_type)
    with transaction.atomic():
        LETTERS.target("send", lock_record(letter).state)
        try:
            message.send()
        except (OSError, ValueError) as fault:  # the server, or an address that cannot be written
            failure = without(str(fault), [address])
            return record_letter_failed(letter=letter, failure=failure, by=by, on=on, at=at)
        return _step("send", letter, by=by, on=on, at=at)


@transaction.atomic
def record_receipt(
    *, letter: Letter, received_on: date, received_by: str, by: Actor, on: date, at: datetime
) -> Letter:
    """Record who received the letter and when."""
    fresh = lock_record(letter)
    if fresh.state not in (LetterState.SENT, LetterState.PRINTED):
        raise InvalidInput(_("This letter has not left the outbox."))
    if received_on < fresh.written_on:
        raise InvalidInput(_("It cannot have been received before it was sent."))
    fresh.received_on, fresh.received_by = received_on, received_by
    fresh.version += 1
    fresh.save(update_fields=["received_on", "received_by", "version"])
    record_act(
        "messaging.record_receipt",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        after={"received_on": received_on, "received_by": Personal(received_by, fresh.public_id)},
    )
    return fresh


@transaction.atomic
def issue_link(
    *,
    purpose: str,
    target: Reference,
    recipient: Reference,
    language: str,
    days: int,
    by: Actor,
    on: date,
    at: datetime,
) -> tuple[SignedLink, str]:
    """A link that lets `recipient` do `purpose` on `target` without an account. Returns its token."""
    link = SignedLink(
        purpose=purpose,
        target=target.as_dict(),
        recipient=recipient.as_dict(),
        language=language,
        issued_on=on,
        expires_on=on + timedelta(days=days),
    )
    check_record(link)
    link.save()
    record_act(
        "messaging.issue_link",
        target=target,
        by=by,
        on=on,
        at=at,
        after={"link": link.public_id, "purpose": purpose, "recipient": recipient.public_id},
    )
    return link, signing.Signer(salt=LINK_SALT).sign(link.public_id)


def open_link(*, token: str, purpose: str, on: date, reader: Any) -> SignedLink:
    """The link behind a token; raises LinkRefused when it does not open this door today.

    `reader` is the user at the screen: in a session of the secretariat, which can read the letters
    with the links, no link opens.
    """
    try:
        public_id = signing.Signer(salt=LINK_SALT).unsign(token)
    except signing.BadSignature as fault:
        raise LinkRefused from fault
    link = SignedLink.objects.filter(public_id=public_id, purpose=purpose).first()
    if link is None or link.revoked_at or on >= link.expires_on:
        raise LinkRefused
    if is_of_the_secretariat(reader):
        raise LinkOfAnother
    return link


@transaction.atomic
def use_link(*, link: SignedLink, at: datetime) -> SignedLink:
    """Mark a link as used; a second use of the same link is refused."""
    fresh = lock_record(link)
    if fresh.used_at:
        raise LinkRefused(_("This link was already used: what you sent has arrived."))
    if fresh.revoked_at:
        raise LinkRefused
    fresh.used_at = at
    fresh.save(update_fields=["used_at"])
    return fresh


@transaction.atomic
def revoke_link(
    *, link: SignedLink, by: Actor, on: date, at: datetime, reason: str = ""
) -> SignedLink:
    """Make a link invalid before its day; one that opens nothing any more is refused."""
    fresh = lock_record(link)
    if not fresh.is_open(on):
        raise InvalidInput(
            _("This link opens nothing any more: it was used, revoked or has ended.")
        )
    fresh.revoked_at = at
    fresh.save(update_fields=["revoked_at"])
    record_act(
        "messaging.revoke_link",
        target=Reference.from_dict(fresh.target),
        by=by,
        on=on,
        at=at,
        after={"link": fresh.public_id},
        reason=reason,
    )
    return fresh


@transaction.atomic
def readdress_letter(
    *,
    letter: Letter,
    recipient: Reference,
    contact: ContactPoint | None,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
) -> Letter:
    """A letter that has not left goes to somebody else: the successor of its recipient."""
    fresh = lock_record(letter)
    if fresh.state not in (LetterState.QUEUED, LetterState.FAILED):
        raise InvalidInput(_("This letter has already left."))
    before = Reference.from_dict(fresh.recipient)
    fresh.recipient, fresh.contact = recipient.as_dict(), contact
    fresh.version += 1
    fresh.save(update_fields=["recipient", "contact", "version"])
    record_act(
        "messaging.readdress_letter",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={"recipient": Personal(before.as_dict(), subject_of(before))},
        after={"recipient": Personal(recipient.as_dict(), subject_of(recipient))},
        reason=reason,
    )
    return fresh


@transaction.atomic
def readdress_link(
    *, link: SignedLink, recipient: Reference, reason: str, by: Actor, on: date, at: datetime
) -> SignedLink:
    """An unused link belongs to somebody else from now on; what is done by it is done for them."""
    fresh = lock_record(link)
    if fresh.used_at or fresh.revoked_at:
        raise LinkRefused
    before = fresh.recipient
    fresh.recipient = recipient.as_dict()
    fresh.version += 1
    fresh.save(update_fields=["recipient", "version"])
    record_act(
        "messaging.readdress_link",
        target=Reference.from_dict(fresh.target),
        by=by,
        on=on,
        at=at,
        before={"link": fresh.public_id, "recipient": before["id"]},
        after={"link": fresh.public_id, "recipient": recipient.public_id},
        reason=reason,
    )
    return fresh
