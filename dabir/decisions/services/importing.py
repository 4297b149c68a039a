"""Bring a table into the register: tried without effect, then entered as a whole or dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.words import number_said
from dabir.decisions.importing.columns import match_headings
from dabir.decisions.importing.planning import KINDS, PlannedAct, PlannedRow, plan_rows
from dabir.decisions.importing.rows import GivenDeadline, GivenRow, RowRefused, Wrong, read_row
from dabir.decisions.models import Commitment, Decision, ImportRun
from dabir.decisions.queries.importing import read_register
from dabir.decisions.services.activity import file_report
from dabir.decisions.services.agreed import Deadline, Lead, Terms, terms_in_force
from dabir.decisions.services.register import record_decision
from dabir.decisions.services.terms import change_terms, make_commitment
from dabir.documents.services import read_file, store_file
from dabir.documents.tabular.reading import SheetTable, TableRefused, read_table
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ
from dabir.registry.models import City, Post

Progress = Callable[[int, int], None]
ACTS_AT_ONCE = 200
"""A larger import is entered by the worker, so that nobody waits before a page."""


@dataclass(frozen=True)
class Trial:
    """A table read and planned."""

    rows: list[PlannedRow]
    warnings: list[dict[str, Any]]

    def as_plan(self) -> dict[str, Any]:
        """The plan as it is kept with the run and shown."""
        counts = dict.fromkeys(KINDS, 0) | {"nothing": 0, "refused": 0}
        for row in self.rows:
            for act in row.acts:
                counts[act.kind] += 1
            counts["nothing"] += not row.acts and row.wrong is None
            counts["refused"] += row.wrong is not None
        return {
            "schema": "dabir/import-plan/1",
            "counts": counts,
            "warnings": self.warnings,
            "rows": [_told(row) for row in self.rows],
        }


def _told(row: PlannedRow) -> dict[str, Any]:
    given = row.given
    return {
        "row": row.number,
        "titles": (given.titles or given.tasks) if given else {},
        "acts": [
            {
                "kind": act.kind,
                "decision": act.decision,
                "commitment": act.commitment,
                "changes": act.changes,
            }
            for act in row.acts
        ],
        "refused": {"code": row.wrong.code, "text": row.wrong.text, "params": row.wrong.params}
        if row.wrong
        else None,
    }


def refused_in_words(refusal: TableRefused) -> InvalidInput:
    """Why a whole table is not read, in the reader's language."""
    words = plain(refusal.message_id) % refusal.params
    return InvalidInput(words, code=refusal.code, fields={"file": [words]})


def _rows(table: SheetTable, headings: dict[str, str]) -> Iterable[tuple[int, GivenRow | Wrong]]:
    for row in table.rows:
        try:
            yield row.number, read_row(row, headings)
        except RowRefused as refusal:
            yield row.number, refusal.wrong


def plan_table(*, data: bytes, name: str, on: date) -> Trial:
    """What a table would change, row by row; raises InvalidInput when it cannot be read at all."""
    try:
        table = read_table(data, name)
        headings = match_headings(table.header)
    except TableRefused as refusal:
        raise refused_in_words(refusal) from refusal
    warnings = [{"text": w.message_id, "params": w.params} for w in table.warnings]
    warnings += [
        {"text": "The column “%(column)s” is not known and is left out.", "params": {"column": c}}
        for c in headings.unknown
    ]
    return Trial(plan_rows(_rows(table, headings.by_key), read_register(on)), warnings)


@transaction.atomic
def try_import(
    *, data: bytes, name: str, media_type: str, by: Actor, on: date, at: datetime
) -> ImportRun:
    """Read a table and plan it; nothing of it is entered in the register."""
    plan = plan_table(data=data, name=name, on=on).as_plan()
    file = store_file(data=data, name=name, media_type=media_type, at=at)
    run = ImportRun.objects.create(file=file, plan=plan, by=by.as_dict(), tried_at=at)
    _enter(run, "try_import", by=by, on=on, at=at)
    return run


def _enter(run: ImportRun, act: str, *, by: Actor, on: date, at: datetime) -> None:
    record_act(
        f"decisions.{act}",
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

    It is planned once more; when the register has changed so that the plan would differ from the
    one that was seen, nothing is entered. Refused rows are left out only knowingly.
    """
    fresh = _still_tried(run, version)
    trial = plan_table(data=read_file(fresh.file), name=fresh.file.name, on=on)
    plan = trial.as_plan()
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
    acts = [(row, act) for row in trial.rows if row.wrong is None for act in row.acts]
    bringing = _Bringing(fresh.file.name, by=by, on=on, at=at)
    for done, (row, act) in enumerate(acts):
        if done % 25 == 0:
            progress(done, len(acts))
        bringing.do(row, act)
    fresh.state, fresh.confirmed_at = "confirmed", at
    fresh.version += 1
    fresh.save(update_fields=["state", "confirmed_at", "version"])
    _enter(fresh, "confirm_import", by=by, on=on, at=at)
    return fresh


class _Bringing:
    """Does the acts of a plan through the same services that a person uses."""

    def __init__(self, name: str, *, by: Actor, on: date, at: datetime) -> None:
        self.name = name
        self.stamp: dict[str, Any] = {"by": by, "on": on, "at": at}
        self.organs = {organ.key: organ for organ in Organ.objects.all()}
        self.decisions: dict[str, Decision] = {}

    def do(self, row: PlannedRow, act: PlannedAct) -> None:
        """One act of one row; a refusal of a service names the row."""
        given = row.given
        assert given is not None  # noqa: S101  only rows that were read have acts
        try:
            getattr(self, f"_{act.kind}")(given, act)
        except InvalidInput as refusal:
            raise InvalidInput(
                _("Row %(row)s: %(words)s")
                % {"row": number_said(row.number), "words": refusal.message},
                cure=refusal.cure,
            ) from refusal

    def _decision_named(self, public_id: str) -> Decision:
        if public_id not in self.decisions:
            self.decisions[public_id] = Decision.objects.get(public_id=public_id)
        return self.decisions[public_id]

    def _decision(self, given: GivenRow, act: PlannedAct) -> None:
        assert given.decided_on is not None  # noqa: S101  the plan refuses a decision without a day
        session = Meeting.objects.get(public_id=given.session) if given.session else None
        self.decisions[act.decision] = record_decision(
            public_id=act.decision,
            organ=self.organs[given.organ],
            titles=given.titles,
            decided_on=given.decided_on,
            precision=given.precision,
            meeting=session,
            text=given.text,
            themes=given.themes,
            source=given.source or f"{self.name}, {given.number}",
            **self.stamp,
        )

    def _lead(self, given: GivenRow) -> Lead:
        kind, _colon, key = given.lead.partition(":")
        if kind == "post":
            return Lead(post=Post.objects.get(public_id=key))
        if kind == "city":
            return Lead(city=City.objects.get(public_id=key))
        if kind == "organ":
            return Lead(organ=self.organs[key])
        return Lead(words=given.lead_words)

    def _deadline(self, given: GivenDeadline) -> Deadline:
        words = given.words
        language = "fa" if any("\u0600" <= sign <= "\u06ff" for sign in words) else "en"
        return Deadline(
            type=given.type,
            on=given.on,
            candidates=given.candidates,
            organ=self.organs.get(given.organ),
            words={language: words} if words else {},
            recurrence=given.recurrence,
            recurrence_from=given.recurrence_from,
        )

    def _commitment(self, given: GivenRow, act: PlannedAct) -> None:
        deadline = given.deadline
        recurring = deadline is not None and deadline.type == "recurring"
        made = make_commitment(
            decision=self._decision_named(act.decision),
            terms=Terms(
                titles=given.tasks,
                kind=given.kind or ("recurring" if recurring else "one_off"),
                lead=self._lead(given),
                deadline=self._deadline(deadline) if deadline else Deadline(),
                budget=given.budget or "unknown",
                budget_line=given.budget_line,
            ),
            **self.stamp,
        )
        if made.public_id != act.commitment:
            raise InvalidInput(_("The register has changed meanwhile. Nothing was entered."))

    def _terms(self, given: GivenRow, act: PlannedAct) -> None:
        commitment = Commitment.objects.get(public_id=act.commitment)
        terms = terms_in_force(commitment)
        changed: dict[str, Any] = {}
        if "lead" in act.changes or "lead_words" in act.changes:
            changed["lead"] = self._lead(given)
        if "deadline" in act.changes and given.deadline:
            changed["deadline"] = self._deadline(given.deadline)
        if "kind" in act.changes:
            changed["kind"] = given.kind
        if "budget" in act.changes:
            changed |= {"budget": given.budget, "budget_line": given.budget_line}
        change_terms(
            commitment=commitment,
            terms=replace(terms, **changed),
            reason=f"{self.name}, {given.number}",
            **self.stamp,
        )

    def _report(self, given: GivenRow, act: PlannedAct) -> None:
        commitment = Commitment.objects.select_related("lead_post", "lead_city", "lead_organ").get(
            public_id=act.commitment
        )
        leads = (commitment.lead_post, commitment.lead_city, commitment.lead_organ)
        holder = next((one for one in leads if one is not None), None)
        language, text = next(iter(given.report.items()))
        assert given.report_on is not None  # noqa: S101  the plan refuses a report without a day
        file_report(
            commitment=commitment,
            text=text,
            language=language,
            precision=given.report_precision,
            claims_done=given.claims_done,
            on_behalf_of=holder.reference() if holder else None,
            source=given.report_source or f"{self.name}, {given.number}",
            by=self.stamp["by"],
            on=given.report_on,
            at=self.stamp["at"],
        )
