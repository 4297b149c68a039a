"""Acts on letters that arrive: entered once, forwarded with history, answered or filed with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.numbering import next_number
from dabir.core.reference import Reference
from dabir.core.stepping import take_step
from dabir.core.trail import Personal, record_act
from dabir.core.validation import check_record
from dabir.documents.models import StoredFile
from dabir.messaging.models import IncomingLetter, Letter, LetterMovement
from dabir.messaging.states import INCOMING, IncomingState
from dabir.registry.models import Post

# What a correction may change; number, holder, state and day of entry have acts of their own.
CORRECTABLE = (
    "sender",
    "their_number",
    "dated_on",
    "received_on",
    "channel",
    "subject",
    "summary",
    "about",
    "answer_by",
    "is_confidential",
)


@transaction.atomic
def register_letter(
    *,
    sender: Reference,
    subject: str,
    received_on: date,
    channel: str,
    language: str,
    holder: Post,
    by: Actor,
    on: date,
    at: datetime,
    their_number: str = "",
    dated_on: date | None = None,
    summary: str = "",
    about: Reference | None = None,
    answers: Letter | None = None,
    answer_by: date | None = None,
    is_confidential: bool = False,
    files: Sequence[StoredFile] = (),
) -> IncomingLetter:
    """Enter a letter that arrived, number it, and lay it on the desk of a post.

    The series is that of the year in which it was received. Refused: received after today, or
    dated after it was received.
    """
    if received_on > on:
        raise InvalidInput(
            _("A letter cannot be received after today."),
            fields={"received_on": [_("This day is still to come.")]},
        )
    year = received_on.year
    letter = IncomingLetter(
        number=f"IN-{year}/{next_number(f'incoming/{year}'):04d}",
        received_on=received_on,
        channel=channel,
        sender=sender.as_dict(),
        their_number=their_number,
        dated_on=dated_on,
        language=language,
        subject=subject,
        summary=summary,
        about=about.as_dict() if about else None,
        answers=answers,
        is_confidential=is_confidential,
        holder=holder,
        answer_by=answer_by,
    )
    check_record(letter)
    letter.save()
    letter.files.add(*files)
    _move(letter, "register", by=by, on=on, at=at)
    record_act(
        "messaging.register_letter",
        target=letter.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "number": letter.number,
            "received_on": received_on,
            "sender": Personal(sender.as_dict(), sender.public_id),
            "holder": holder.public_id,
            "files": [file.sha256 for file in files],
        },
    )
    return letter


def _move(
    letter: IncomingLetter,
    kind: str,
    *,
    by: Actor,
    on: date,
    at: datetime,
    words: str = "",
    reply: Letter | None = None,
) -> None:
    movement = LetterMovement(
        letter=letter,
        kind=kind,
        holder=letter.holder,
        reply=reply,
        words=words,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(movement)
    movement.save()


def _step(
    verb: str,
    *,
    letter: IncomingLetter,
    by: Actor,
    on: date,
    at: datetime,
    words: str,
    version: int | None,
    holder: Post | None = None,
    reply: Letter | None = None,
) -> IncomingLetter:
    """One step of a letter that arrived, with its movement; reasons of confidential ones stay there."""
    closes = INCOMING.transitions[verb].target != IncomingState.WAITING
    changes: dict[str, Any] = {"closed_on": on if closes else None}
    fresh = take_step(
        letter,
        verb,
        machine=INCOMING,
        act=f"messaging.{verb}_incoming",
        by=by,
        on=on,
        at=at,
        version=version,
        reason="" if letter.is_confidential else words,
        changes=changes | ({"holder": holder} if holder else {}),
        told=("state", "holder__public_id"),
        also_told={"reply": reply.number} if reply else None,
        checked=True,
    )
    _move(fresh, verb, by=by, on=on, at=at, words=words, reply=reply)
    return fresh


@transaction.atomic
def forward_letter(
    *,
    letter: IncomingLetter,
    holder: Post,
    by: Actor,
    on: date,
    at: datetime,
    words: str = "",
    version: int | None = None,
) -> IncomingLetter:
    """Lay the letter on another desk; who had it before stays in its history."""
    if holder.pk == letter.holder_id:
        raise InvalidInput(
            _("The letter is already on this desk."),
            fields={"holder": [_("Choose another post.")]},
        )
    return _step(
        "forward", letter=letter, holder=holder, by=by, on=on, at=at, words=words, version=version
    )


@transaction.atomic
def answer_letter(
    *,
    letter: IncomingLetter,
    by: Actor,
    on: date,
    at: datetime,
    reply: Letter | None = None,
    words: str = "",
    version: int | None = None,
) -> IncomingLetter:
    """Record how the letter was answered: by a letter of the outbox, or otherwise, in words."""
    if reply is not None and reply.state == "withdrawn":
        raise InvalidInput(
            _("The letter %(number)s was withdrawn and answers nothing.")
            % {"number": reply.number},
            fields={"reply": [_("Name a letter that leaves.")]},
        )
    if reply is not None and reply.written_on < letter.received_on:
        raise InvalidInput(
            _("The letter %(number)s was written before this one arrived.")
            % {"number": reply.number},
            fields={"reply": [_("A reply is not older than the letter it answers.")]},
        )
    return _step(
        "answer", letter=letter, reply=reply, by=by, on=on, at=at, words=words, version=version
    )


@transaction.atomic
def file_letter(
    *,
    letter: IncomingLetter,
    words: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> IncomingLetter:
    """Lay the letter in the archive without an answer, with the reason."""
    return _step("file", letter=letter, by=by, on=on, at=at, words=words, version=version)


@transaction.atomic
def reopen_letter(
    *,
    letter: IncomingLetter,
    words: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> IncomingLetter:
    """Let an answered or filed letter wait again, with the reason."""
    return _step("reopen", letter=letter, by=by, on=on, at=at, words=words, version=version)


@transaction.atomic
def correct_letter(
    *,
    letter: IncomingLetter,
    changes: Mapping[str, Any],
    words: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> IncomingLetter:
    """Put right what was entered wrongly; what stood before stays in the trail.

    `changes` holds fields of `CORRECTABLE`, references as dicts.
    """
    fresh = lock_record(letter, version=version)
    wanted = {name: value for name, value in changes.items() if name in CORRECTABLE}
    before = {name: getattr(fresh, name) for name in wanted}
    changed = {name for name in wanted if before[name] != wanted[name]}
    if not changed:
        raise InvalidInput(_("Nothing is different."), cure=_("Change a field, or go back."))
    if wanted.get("received_on") and wanted["received_on"] > on:
        raise InvalidInput(
            _("A letter cannot be received after today."),
            fields={"received_on": [_("This day is still to come.")]},
        )
    for name in changed:
        setattr(fresh, name, wanted[name])
    fresh.version += 1
    check_record(fresh)
    _move(fresh, "correct", by=by, on=on, at=at, words=words)
    fresh.save(update_fields=[*sorted(changed), "version"])
    secret = fresh.is_confidential or bool(before.get("is_confidential"))
    told = {name: (before[name], wanted[name]) for name in sorted(changed)}
    record_act(
        "messaging.correct_incoming",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={n: _told(n, old, fresh, secret) for n, (old, _new) in told.items()},
        after={n: _told(n, new, fresh, secret) for n, (_old, new) in told.items()},
        reason="" if secret else words,
    )
    return fresh


def _told(name: str, value: Any, letter: IncomingLetter, secret: bool) -> Any:
    """A value for the trail: the sender is personal, and so is all of a confidential letter."""
    if value in (None, ""):
        return None
    if name == "sender" or (secret and name in {"subject", "summary", "about", "their_number"}):
        return Personal(value, letter.public_id)
    return value
