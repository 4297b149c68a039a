"""Bring a table of decisions into the register, by the services that a person uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput
from dabir.core.reference import Reference
from dabir.decisions.importing.columns import COLUMNS, match_headings
from dabir.decisions.importing.planning import PlannedAct, plan_rows
from dabir.decisions.importing.rows import (
    GivenDeadline,
    GivenRow,
    RowRefused,
    Wrong,
    in_own_language,
    read_row,
)
from dabir.decisions.models import Commitment, Decision
from dabir.decisions.places import commitment_url, decision_url
from dabir.decisions.queries.importing import read_register
from dabir.decisions.services.activity import file_report
from dabir.decisions.services.agreed import Deadline, Lead, Terms, terms_in_force
from dabir.decisions.services.register import record_decision
from dabir.decisions.services.terms import change_terms, make_commitment
from dabir.decisions.states import DEADLINE_TYPES
from dabir.documents.importing import Subject
from dabir.documents.models import ImportRun
from dabir.documents.tabular.columns import Headings
from dabir.documents.tabular.planned import Act, PlannedRow
from dabir.documents.tabular.reading import SheetTable
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ
from dabir.registry.models import City, Post


def _rows(table: SheetTable, headings: dict[str, str]) -> Iterable[tuple[int, GivenRow | Wrong]]:
    for row in table.rows:
        try:
            yield row.number, read_row(row, headings)
        except RowRefused as refusal:
            yield row.number, refusal.wrong


def _plan(table: SheetTable, headings: Headings, on: date) -> list[PlannedRow]:
    return plan_rows(_rows(table, headings.by_key), read_register(on))


def _address(act: dict[str, Any]) -> str:
    number = act["commitment"] or act["decision"]
    return commitment_url(number) if act["commitment"] else decision_url(number)


def _said(value: Any) -> Any:
    """The type of a deadline in words; all else as it is."""
    if isinstance(value, dict) and "type" in value:
        return value | {"type": str(DEADLINE_TYPES[value["type"]])}
    return value


class Bringing:
    """Does the acts of a plan through the same services that a person uses."""

    def __init__(self, name: str, *, by: Actor, on: date, at: datetime) -> None:
        self.name = name
        self.stamp: dict[str, Any] = {"by": by, "on": on, "at": at}
        self.organs = {organ.key: organ for organ in Organ.objects.all()}
        self.decisions: dict[str, Decision] = {}

    def do(self, row: PlannedRow, act: Act) -> None:
        """One act of one row."""
        getattr(self, f"_{act.kind}")(row.given, act)

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

    def _addressees(self, given: GivenRow) -> tuple[Reference, ...]:
        shelves: dict[str, Any] = {"post": Post, "city": City}
        found = []
        for named in given.addressees:
            kind, _colon, key = named.partition(":")
            if kind == "organ" and key in self.organs:
                found.append(self.organs[key].reference())
            elif kind in shelves and key:
                found.append(shelves[kind].objects.get(public_id=key).reference())
            else:
                found.append(Reference("words", "", in_own_language(named)))
        return tuple(found)

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
                addressees=self._addressees(given),
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
        if "addressees" in act.changes:
            changed["addressees"] = self._addressees(given)
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


def _bringing(run: ImportRun, *, by: Actor, on: date, at: datetime) -> Bringing:
    return Bringing(run.file.name, by=by, on=on, at=at)


DECISIONS = Subject(
    key="decisions",
    app="decisions",
    right="decisions.import_register",
    label=_("Decisions"),
    intro=_(
        "Decisions of the Board, minutes and resolutions with their owners, deadlines and past "
        "reports. First you see what would change; nothing is entered before you confirm it."
    ),
    first_column=_("Decision or commitment"),
    columns=COLUMNS,
    kinds={
        "decision": _("New decision"),
        "commitment": _("New commitment"),
        "terms": _("Changed terms"),
        "report": _("Past report"),
    },
    match=match_headings,
    plan=_plan,
    bring=_bringing,
    address=_address,
    said=_said,
)
