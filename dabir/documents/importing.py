"""Bring a table in: tried without effect, then entered as a whole or dropped.

What a table can be about is a `Subject`: an app tells it by `learn`, with its columns, how its rows
are planned (pure) and how a planned act is done (by the services that a person uses).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import DomainError, InvalidInput, Words
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.words import number_said
from dabir.documents.models import ImportRun
from dabir.documents.services import read_file, store_file
from dabir.documents.tabular.columns import Headings, ImportColumn
from dabir.documents.tabular.planned import Act, PlannedRow, Trial
from dabir.documents.tabular.reading import SheetTable, TableRefused, read_table

Progress = Callable[[int, int], None]
ACTS_AT_ONCE = 200
"""A larger table is entered by the worker, so that nobody waits before a page."""


class Bringer(Protocol):
    """Does the acts of one plan."""

    def do(self, row: PlannedRow, act: Act) -> None:
        """One act of one row; a refusal stops the whole."""


def _no_address(_act: dict[str, Any]) -> str:
    return ""


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Subject:
    """What a table is about, and all that reading, planning and entering it needs."""

    key: str
    app: str
    """Whose acts stand in the trail."""
    right: str
    label: Words
    intro: Words
    first_column: Words
    """What a row is about, as the page of the trial heads it."""
    columns: Sequence[ImportColumn]
    kinds: Mapping[str, Words]
    """Each kind of act with its words."""
    match: Callable[[Iterable[str]], Headings]
    plan: Callable[[SheetTable, Headings, date], list[PlannedRow]]
    bring: Callable[..., Bringer]
    """`bring(run, by=, on=, at=)`."""
    address: Callable[[dict[str, Any]], str] = _no_address
    """Where a record that an act made or changed is read."""
    said: Callable[[Any], Any] = _as_it_is
    """A value of a change as the page says it."""


SUBJECTS: dict[str, Subject] = {}


def learn(subject: Subject) -> None:
    """Let tables of this subject be brought in."""
    SUBJECTS[subject.key] = subject


def refused_in_words(refusal: TableRefused) -> InvalidInput:
    """Why a whole table is not read, in the reader's language."""
    words = plain(refusal.message_id) % refusal.params
    return InvalidInput(words, code=refusal.code, fields={"file": [words]})


def plan_table(subject: Subject, *, data: bytes, name: str, on: date) -> Trial:
    """What a table would change, row by row; raises InvalidInput when it cannot be read at all."""
    try:
        table = read_table(data, name)
        headings = subject.match(table.header)
    except TableRefused as refusal:
        raise refused_in_words(refusal) from refusal
    warnings = [{"text": w.message_id, "params": w.params} for w in table.warnings]
    warnings += [
        {"text": "The column “%(column)s” is not known and is left out.", "params": {"column": c}}
        for c in headings.unknown
    ]
    return Trial(subject.plan(table, headings, on), warnings, subject.kinds)


@transaction.atomic
def try_import(
    subject: Subject,
    *,
    data: bytes,
    name: str,
    media_type: str,
    by: Actor,
    on: date,
    at: datetime,
) -> ImportRun:
    """Read a table and plan it; nothing of it is entered."""
    plan = plan_table(subject, data=data, name=name, on=on).as_plan()
    file = store_file(data=data, name=name, media_type=media_type, at=at)
    run = ImportRun.objects.create(
        subject=subject.key, file=file, plan=plan, by=by.as_dict(), tried_at=at
    )
    _enter(run, "try_import", by=by, on=on, at=at)
    return run


def _enter(run: ImportRun, act: str, *, by: Actor, on: date, at: datetime) -> None:
    record_act(
        f"{SUBJECTS[run.subject].app}.{act}",
        target=Reference("import", run.public_id, {"en": run.file.name}),
        by=by,
        on=on,
        at=at,
        after={"sha256": run.file.sha256, "counts": run.plan["counts"]},
    )


@transaction.atomic
def drop_import(*, run: ImportRun, by: Actor, on: date, at: datetime) -> ImportRun:
    """Leave a tried table; nothing of it was entered."""
    fresh = _still_tried(run, None)
    fresh.state = "dropped"
    fresh.version += 1
    fresh.save(update_fields=["state", "version"])
    _enter(fresh, "drop_import", by=by, on=on, at=at)
    return fresh


def _still_tried(run: ImportRun, version: int | None) -> ImportRun:
    fresh = lock_record(run, version=version)
    if fresh.state != "tried":
        raise InvalidInput(_("This import was already confirmed or dropped."), code="import_closed")
    return fresh


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


def _refuse_other_plan(fresh: ImportRun, plan: dict[str, Any], *, leave_out_refused: bool) -> None:
    if plan["rows"] != fresh.plan["rows"]:
        raise InvalidInput(
            _("The register has changed since this table was tried. Nothing was entered."),
            cure=_("Try the table again and look at the new plan."),
            code="plan_changed",
        )
    if plan["counts"]["refused"] and not leave_out_refused:
        raise InvalidInput(
            _("%(count)s rows are refused.") % {"count": number_said(plan["counts"]["refused"])},
            cure=_("Correct the file, or say that these rows are left out."),
            fields={"leave_out_refused": [_("Tick this to leave the refused rows out.")]},
            code="rows_refused",
        )


@transaction.atomic
def confirm_import(
    *,
    run: ImportRun,
    leave_out_refused: bool,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
    progress: Progress = _silent,
) -> ImportRun:
    """Enter a tried table: everything that was shown, or nothing.

    It is planned once more; when the records have changed so that the plan would differ from the
    one that was seen, nothing is entered. Refused rows are left out only knowingly.
    """
    fresh = _still_tried(run, version)
    subject = SUBJECTS[fresh.subject]
    trial = plan_table(subject, data=read_file(fresh.file), name=fresh.file.name, on=on)
    _refuse_other_plan(fresh, trial.as_plan(), leave_out_refused=leave_out_refused)
    acts = [(row, act) for row in trial.rows if row.wrong is None for act in row.acts]
    bringer = subject.bring(fresh, by=by, on=on, at=at)
    for done, (row, act) in enumerate(acts):
        if done % 25 == 0:
            progress(done, len(acts))
        _do(bringer, row, act)
    fresh.state, fresh.confirmed_at = "confirmed", at
    fresh.version += 1
    fresh.save(update_fields=["state", "confirmed_at", "version"])
    _enter(fresh, "confirm_import", by=by, on=on, at=at)
    return fresh


def _do(bringer: Bringer, row: PlannedRow, act: Act) -> None:
    """One act of one row; a refusal of a service names the row."""
    try:
        bringer.do(row, act)
    except DomainError as refusal:
        raise InvalidInput(
            _("Row %(row)s: %(words)s")
            % {"row": number_said(row.number), "words": refusal.message},
            cure=refusal.cure,
        ) from refusal
