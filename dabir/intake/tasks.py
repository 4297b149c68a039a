"""The reading of a received text, done by the worker with its progress told."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from dabir.core.actors import Actor
from dabir.core.errors import IllegalStep, Words
from dabir.core.words import number_said
from dabir.core.work import QUEUE, progress_of, tell_progress
from dabir.intake.machine import machine_reading
from dabir.intake.models import Receipt, WaitingBytes
from dabir.intake.queries.names import registry_names
from dabir.intake.services.receiving import keep_reading, refuse_text
from dabir.intake.states import ReceiptState
from dabir.text.readers import ReadingRefused

LOOKED_AFTER = 2.0  # seconds between two looks whether the text was set aside


class ReadingGivenUp(Exception):
    """The text was set aside while it was read."""


def _said(stage: str, done: int, total: int) -> Words:
    """How far the reading is, in the language of whoever asks."""

    def told() -> str:
        given = {"done": number_said(done), "total": number_said(total)}
        if stage == "pages":
            return _("Page %(done)s of %(total)s is read") % given
        if stage == "lines":
            return _("Line %(done)s of %(total)s is put in order") % given
        return _("Clauses, names and dates are looked for")

    return lazy(told, str)()


class _Watch:
    """Tells the progress, and stops the reading once the text was set aside."""

    def __init__(self, receipt: Receipt, work_id: str) -> None:
        self.receipt, self.work_id = receipt, work_id
        self.looked = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        tell_progress(self.work_id, done=done, total=total, words=_said(stage, done, total))
        if time.monotonic() - self.looked < LOOKED_AFTER:
            return
        self.looked = time.monotonic()
        if not Receipt.objects.filter(pk=self.receipt.pk, state=ReceiptState.WAITING).exists():
            raise ReadingGivenUp


@task(backend=QUEUE, takes_context=True)
def read_received(
    context: TaskContext[Any, Any], public_id: str, by: dict[str, Any], on: str
) -> str:
    """Read a text that waits; a second attempt finds it read, or reads it. Returns its state."""
    receipt = Receipt.objects.get(public_id=public_id)
    waiting = WaitingBytes.objects.filter(receipt=receipt).first()
    if receipt.state != ReceiptState.WAITING or waiting is None:
        return receipt.state
    names = registry_names()
    signed = {"by": Actor.from_dict(by), "on": date.fromisoformat(on)}
    try:
        machine = machine_reading(
            data=bytes(waiting.data),
            name=receipt.name,
            protected=names.protected(),
            cities=names.spellings_of_cities(),
            progress=_Watch(receipt, str(context.task_result.id)),
        )
        return keep_reading(receipt=receipt, machine=machine, at=timezone.now(), **signed).state
    except ReadingRefused as refusal:
        return refuse_text(receipt=receipt, refusal=refusal, at=timezone.now(), **signed).state
    except (ReadingGivenUp, IllegalStep):
        receipt.refresh_from_db()
        return receipt.state


@transaction.atomic
def begin_reading(receipt: Receipt, *, by: Actor, on: date) -> str:
    """Hand the reading to the worker; the id of the piece of work. Twice is once."""
    if receipt.work_id and progress_of(receipt.work_id).state in ("waiting", "running"):
        return receipt.work_id
    result = read_received.enqueue(receipt.public_id, by.as_dict(), on.isoformat())
    receipt.work_id = str(result.id)
    Receipt.objects.filter(pk=receipt.pk).update(work_id=receipt.work_id)
    return receipt.work_id
