"""Receive a text, keep what the machine read in it, or the refusal alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.documents.models import Document
from dabir.documents.services import store_file
from dabir.documents.uploads import kind_of
from dabir.intake.models import MachineReading, Receipt, WaitingBytes
from dabir.intake.review.doubts import open_questions, questions
from dabir.intake.review.fold import begin
from dabir.intake.states import RECEIPTS, Purpose, ReceiptState
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ
from dabir.text.readers import Limits, ReadingRefused, read_document, safe_name

MOST_BYTES = Limits().most_bytes


@dataclass(frozen=True)
class Nature:
    """What the sender says of a text: its language, what it is, to which text or session it belongs."""

    language: str
    purpose: str = Purpose.NEW
    kind: str = "declaration"
    document: Document | None = None
    organ: Organ | None = None
    session: Meeting | None = None


@transaction.atomic
def receive_text(
    *, data: bytes, name: str, nature: Nature, by: Actor, on: date, at: datetime
) -> Receipt:
    """Take a text in; its bytes wait until they were read. What is plainly unreadable is refused.

    Of a refused text only its name, size, hash and the refusal are kept.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    receipt = _entered(name, len(data), sha256, nature, by=by, on=on, at=at)
    refusal = _refused_at_once(data, receipt.name)
    if refusal:
        return refuse_text(receipt=receipt, refusal=refusal, by=by, on=on, at=at)
    WaitingBytes.objects.create(receipt=receipt, data=data)
    return receipt


@transaction.atomic
def refuse_large(
    *, name: str, size: int, sha256: str, nature: Nature, by: Actor, on: date, at: datetime
) -> Receipt:
    """Refuse a file that is too large to be taken into memory, by its size and hash."""
    receipt = _entered(name, size, sha256, nature, by=by, on=on, at=at)
    shown = f"{size / 1_000_000:.0f}"
    refusal = ReadingRefused("too_large", size=shown, most=MOST_BYTES // 1_000_000)
    return refuse_text(receipt=receipt, refusal=refusal, by=by, on=on, at=at)


def _entered(
    name: str, size: int, sha256: str, nature: Nature, *, by: Actor, on: date, at: datetime
) -> Receipt:
    """The text as a row of the list of received ones; raises InvalidInput for what cannot be."""
    receipt = Receipt(
        name=safe_name(name)[:255],
        sha256=sha256,
        size=size,
        language=nature.language,
        purpose=nature.purpose,
        kind=nature.kind,
        document=nature.document,
        organ=nature.organ,
        session=nature.session,
        received_at=at,
        by=by.as_dict(),
    )
    _check_nature(nature)
    check_record(receipt)
    receipt.save()
    _enter(receipt, "receive_text", by=by, on=on, at=at, after=_facts(receipt))
    return receipt


def _check_nature(nature: Nature) -> None:
    if nature.purpose == Purpose.NEW:
        return
    if nature.document is None:
        said = _("Say to which text of the register it belongs.")
        raise InvalidInput(fields={"document": [said]})
    if nature.purpose == Purpose.WORDS and nature.document.text_held:
        said = _("The words of this text are in the register already.")
        raise InvalidInput(said, fields={"document": [said]})
    has_it = nature.document.versions.filter(language=nature.language).exists()
    if nature.purpose == Purpose.VERSION and has_it:
        said = _("This text is in the register in this language already.")
        raise InvalidInput(
            said,
            cure=_("Correct single clauses by an erratum."),
            fields={"language": [said]},
        )


def _refused_at_once(data: bytes, name: str) -> ReadingRefused | None:
    """The refusal of what needs no worker to be refused: all but PDF and Word documents."""
    if data.startswith((b"%PDF-", b"PK\x03\x04")):
        return None
    try:
        read_document(data, name)
    except ReadingRefused as refusal:
        return refusal
    return None


def _facts(receipt: Receipt) -> dict[str, Any]:
    return {
        "sha256": receipt.sha256,
        "size": receipt.size,
        "language": receipt.language,
        "purpose": receipt.purpose,
        "document": receipt.document.public_id if receipt.document else None,
        "session": receipt.session.public_id if receipt.session else None,
    }


def _enter(receipt: Receipt, act: str, *, by: Actor, on: date, at: datetime, **more: Any) -> None:
    record_act(f"intake.{act}", target=receipt.reference(), by=by, on=on, at=at, **more)


@transaction.atomic
def refuse_text(
    *, receipt: Receipt, refusal: ReadingRefused, by: Actor, on: date, at: datetime
) -> Receipt:
    """Keep why a text cannot be read, and nothing of the text."""
    fresh = lock_record(receipt)
    fresh.state = RECEIPTS.target("refuse", fresh.state)
    fresh.refusal = {"code": refusal.code, "params": refusal.params}
    fresh.version += 1
    fresh.save(update_fields=["state", "refusal", "version"])
    WaitingBytes.objects.filter(receipt=fresh).delete()
    _enter(fresh, "refuse_text", by=by, on=on, at=at, after={"refusal": fresh.refusal})
    return fresh


@transaction.atomic
def keep_reading(
    *, receipt: Receipt, machine: dict[str, Any], by: Actor, on: date, at: datetime
) -> Receipt:
    """Store the bytes and what the machine read in them, once; the review can begin.

    Raises IllegalStep when the text was set aside or read meanwhile: then nothing is stored.
    """
    fresh = lock_record(receipt)
    fresh.state = RECEIPTS.target("keep_reading", fresh.state)
    waiting = WaitingBytes.objects.filter(receipt=fresh).first()
    if waiting is None:
        raise IllegalStep(_("The bytes of this text are no longer there."))
    data = bytes(waiting.data)
    known = kind_of(data, fresh.name)
    fresh.file = store_file(
        data=data,
        name=fresh.name,
        media_type=known[0] if known else "application/octet-stream",
        at=at,
    )
    MachineReading.objects.create(
        receipt=fresh,
        engine=machine["engine"],
        read_at=at,
        **{key: machine[key] for key in ("reading", "repair", "structure", "parts")},
    )
    waiting.delete()
    fresh.open_count = len(open_questions(questions(begin(machine["parts"]))))
    fresh.version += 1
    fresh.save(update_fields=["state", "file", "open_count", "version"])
    _enter(
        fresh,
        "keep_reading",
        by=by,
        on=on,
        at=at,
        after={
            "engine": machine["engine"],
            "parts": len(machine["parts"]),
            "doubts": len(machine["repair"]["spans"]),
            "conserved": machine["repair"]["conserved"],
        },
    )
    return fresh


@transaction.atomic
def set_aside(
    *,
    receipt: Receipt,
    by: Actor,
    on: date,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Receipt:
    """Leave a received text: nothing of it enters the register; a reading under way stores nothing."""
    fresh = lock_record(receipt, version=version)
    before = fresh.state
    fresh.state = RECEIPTS.target("set_aside", fresh.state)
    if before == ReceiptState.REVIEW and not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why the review is given up.")]})
    WaitingBytes.objects.filter(receipt=fresh).delete()
    fresh.version += 1
    fresh.save(update_fields=["state", "version"])
    _enter(
        fresh,
        "set_aside",
        by=by,
        on=on,
        at=at,
        before={"state": before},
        after={"state": fresh.state},
        reason=reason,
    )
    return fresh
