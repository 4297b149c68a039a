"""Acts on what readers write: received, taken by somebody, answered by a letter or closed, erased."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import SYSTEM, Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.numbering import next_number
from dabir.core.reference import Reference
from dabir.core.stepping import take_step
from dabir.core.trail import erase_personal_values, record_act
from dabir.core.validation import check_record
from dabir.messaging.models import Letter
from dabir.messaging.services import forget_recipient, write_letter
from dabir.readers.models import Enquiry
from dabir.readers.pages import path_of
from dabir.readers.queries.enquiries import enquiries_to_erase
from dabir.readers.states import DONE, ENQUIRIES, EnquiryState
from dabir.registry.models import Person
from dabir.text.erasing import without

# A line shorter than this, like a greeting, is anybody's words.
SHORTEST_QUOTED = 12
READER = {"en": "A reader of the website", "fa": "خوانندهٔ وبگاه"}


@transaction.atomic
def receive_enquiry(
    *,
    kind: str,
    language: str,
    text: str,
    on: date,
    at: datetime,
    name: str = "",
    address: str = "",
    page: str = "",
    about: Reference | None = None,
) -> Enquiry:
    """Take in what a reader sent by the website, and number it.

    A question needs an address to answer to; who tells of something wrong may stay unknown. What
    was written, by whom, is not told in the trail: only that something came, and the path of the page.
    """
    if kind == "question" and not address:
        raise InvalidInput(
            _("Without an address nobody can answer."),
            fields={"address": [_("Write the address we should answer to.")]},
        )
    enquiry = Enquiry(
        number=f"Q-{on.year}/{next_number(f'enquiries/{on.year}'):04d}",
        kind=kind,
        language=language,
        name=name,
        address=address,
        text=text,
        page=page,
        about=about.as_dict() if about else None,
        received_on=on,
        received_at=at,
    )
    check_record(enquiry)
    enquiry.save()
    record_act(
        "readers.receive_enquiry",
        target=enquiry.reference(),
        by=Actor("reader", enquiry.public_id, READER),
        on=on,
        at=at,
        after={"number": enquiry.number, "kind": kind, "language": language, "page": path_of(page)},
    )
    return enquiry


def _step(
    verb: str,
    *,
    enquiry: Enquiry,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None,
    reason: str = "",
    also_told: dict[str, Any] | None = None,
    **changes: Any,
) -> Enquiry:
    return take_step(
        enquiry,
        verb,
        machine=ENQUIRIES,
        act=f"readers.{verb}_enquiry",
        by=by,
        on=on,
        at=at,
        version=version,
        reason=reason,
        changes=changes,
        also_told=also_told,
        checked=True,
    )


def _person(by: Actor) -> Person:
    person = Person.objects.filter(public_id=by.public_id).first()
    if person is None:
        raise InvalidInput(_("Only a person can look at what a reader wrote."))
    return person


@transaction.atomic
def take_enquiry(
    *, enquiry: Enquiry, by: Actor, on: date, at: datetime, version: int | None = None
) -> Enquiry:
    """Say that one looks at it oneself; who had it before stands in the trail."""
    person = _person(by)
    if enquiry.holder_id == person.pk and enquiry.state == EnquiryState.TAKEN:
        raise IllegalStep(_("You are looking at it already."))
    return _step(
        "take",
        enquiry=enquiry,
        by=by,
        on=on,
        at=at,
        version=version,
        also_told={"holder": person.public_id},
        holder=person,
    )


@transaction.atomic
def put_back_enquiry(
    *, enquiry: Enquiry, by: Actor, on: date, at: datetime, version: int | None = None
) -> Enquiry:
    """Let it wait for somebody else."""
    return _step("put_back", enquiry=enquiry, by=by, on=on, at=at, version=version, holder=None)


@transaction.atomic
def hand_over_enquiry(
    *, enquiry: Enquiry, to: Person, reason: str, by: Actor, on: date, at: datetime
) -> Enquiry:
    """A colleague looks at it from now on: the successor of whoever leaves."""
    fresh = lock_record(enquiry)
    if fresh.state != EnquiryState.TAKEN or fresh.holder is None:
        raise IllegalStep(_("Nobody is looking at it."))
    before = fresh.holder.public_id
    fresh.holder = to
    fresh.version += 1
    fresh.save(update_fields=["holder", "version"])
    record_act(
        "readers.hand_over_enquiry",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={"holder": before},
        after={"holder": to.public_id},
        reason=reason,
    )
    return fresh


@transaction.atomic
def answer_enquiry(
    *,
    enquiry: Enquiry,
    subject: str,
    body: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Letter:
    """Answer by a letter in the language of whoever wrote; it goes into the outbox and the letter book.

    The letter names the enquiry, not the address: once that is erased, the letter leads nowhere.
    """
    if not enquiry.address:
        raise InvalidInput(
            _("No address was given to answer to."), cure=_("Close it and say what came of it.")
        )
    if without(subject, [enquiry.name, enquiry.address]) != subject:
        said = _("The subject is kept for good: write it without the reader's name and address.")
        raise InvalidInput(said, fields={"subject": [said]})
    letter, _new = write_letter(
        key=f"enquiry/{enquiry.public_id}/{enquiry.version}",
        kind="reply",
        language=enquiry.language,
        recipient=Reference(
            "enquiry",
            enquiry.public_id,
            {enquiry.language: enquiry.name} if enquiry.name else READER,
        ),
        subject=f"{subject} [{enquiry.number}]",
        body=body,
        about=enquiry.reference(),
        by=by,
        on=on,
        at=at,
    )
    _step(
        "answer",
        enquiry=enquiry,
        by=by,
        on=on,
        at=at,
        version=version,
        also_told={"letter": letter.number},
        answer=letter,
        holder=enquiry.holder or _person(by),
        closed_on=on,
    )
    return letter


@transaction.atomic
def close_enquiry(
    *,
    enquiry: Enquiry,
    outcome: str,
    words: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Enquiry:
    """Close it without an answer: corrected, right as it is, nothing to say, or advertising."""
    return _step(
        "close",
        enquiry=enquiry,
        by=by,
        on=on,
        at=at,
        version=version,
        reason=words,
        also_told={"outcome": outcome},
        outcome=outcome,
        closed_on=on,
    )


@transaction.atomic
def reopen_enquiry(
    *,
    enquiry: Enquiry,
    words: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Enquiry:
    """Let it wait again; refused once what was written is erased."""
    if enquiry.erased_on:
        raise IllegalStep(_("What was written has been erased: there is nothing left to answer."))
    return _step(
        "reopen",
        enquiry=enquiry,
        by=by,
        on=on,
        at=at,
        version=version,
        reason=words,
        outcome="",
        holder=None,
        closed_on=None,
    )


@transaction.atomic
def erase_enquiry(*, enquiry: Enquiry, by: Actor, on: date, at: datetime) -> Enquiry:
    """Forget who wrote it and what: number, page and outcome stay, and the trail stays valid.

    What is still open is closed by it, since nobody could answer any more. A letter that answers and
    has not left is withdrawn; one that left keeps the association's own words and loses the name of
    whom it went to, in its greeting too, and what it quoted.
    """
    if enquiry.state in DONE:
        fresh = lock_record(enquiry)
    else:
        fresh = close_enquiry(enquiry=enquiry, outcome="no_answer", words="", by=by, on=on, at=at)
    if fresh.erased_on:
        return fresh
    name, told = fresh.name, [fresh.address, *_quotable(fresh.text)]
    fresh.name = fresh.address = fresh.text = ""
    fresh.page, fresh.erased_on = path_of(fresh.page), on
    fresh.version += 1
    check_record(fresh)
    fresh.save(update_fields=["name", "address", "text", "page", "erased_on", "version"])
    letters = Letter.objects.filter(recipient__kind="enquiry", recipient__id=fresh.public_id)
    for letter in letters.order_by("pk"):
        forget_recipient(letter=letter, labels=READER, name=name, told=told, by=by, on=on, at=at)
    record_act("readers.erase_enquiry", target=fresh.reference(), by=by, on=on, at=at)
    erase_personal_values(subject=fresh.public_id, by=by, on=on, at=at)
    return fresh


def _quotable(text: str) -> list[str]:
    """The lines that an answer may have quoted; what anybody could have said is no quotation."""
    return [line for line in map(str.strip, text.splitlines()) if len(line) >= SHORTEST_QUOTED]


def erase_enquiries(on: date, at: datetime) -> int:
    """Forget what was answered or closed longer ago than it may be kept; each by itself."""
    rows = list(enquiries_to_erase(on))
    for row in rows:
        erase_enquiry(enquiry=row, by=SYSTEM, on=on, at=at)
    return len(rows)
