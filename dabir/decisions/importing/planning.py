"""What a table would change: per row the acts it leads to, or why it is refused; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from dabir.decisions.importing.rows import GivenDeadline, GivenRow, RowRefused, Wrong
from dabir.decisions.importing.standing import (
    Register,
    StandingCommitment,
    StandingDecision,
    StandingReport,
    addressees_named,
    organ_named,
    party_named,
    themes_named,
)
from dabir.documents.tabular.planned import PlannedRow
from dabir.documents.tabular.reading import message
from dabir.text.folding import fold


@dataclass(frozen=True)
class PlannedAct:
    """One thing a row would do."""

    kind: str
    """decision, commitment, terms, report."""
    decision: str
    commitment: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    """For new terms: what, before and after."""

    @property
    def id(self) -> str:
        """The commitment, else the decision."""
        return self.commitment or self.decision

    def told(self) -> dict[str, Any]:
        """The act as it is kept with the run."""
        return {"id": self.id, **asdict(self)}


def same_title(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two titles agree in a language that both have."""
    return any(fold(one[c]) == fold(other[c]) for c in one.keys() & other.keys())


def _new_number(organ: str, decided_on: date, register: Register) -> str:
    number = 1
    while f"{organ}-{decided_on.year}/{number}" in register.decisions:
        number += 1
    return f"{organ}-{decided_on.year}/{number}"


def _known_decision(given: GivenRow, organ: str, register: Register) -> StandingDecision | None:
    if given.decision:
        return register.decisions.get(given.decision)
    for decision in register.decisions.values():
        same = decision.organ == organ and decision.decided_on == given.decided_on
        if same and same_title(decision.titles, given.titles):
            return decision
    return None


def _refuse_contradiction(given: GivenRow, organ: str, known: StandingDecision) -> None:
    said = (organ and organ != known.organ) or (
        given.decided_on and given.decided_on != known.decided_on
    )
    other = given.titles and not same_title(given.titles, known.titles)
    if said or (other and given.titles.keys() & known.titles.keys()):
        raise RowRefused(
            "number_taken",
            message(
                "The number %(number)s already belongs to another decision: “%(title)s” of %(day)s."
            ),
            number=known.public_id,
            title=next(iter(known.titles.values()), "–"),
            day=known.decided_on.isoformat(),
        )


def _refuse_incomplete(given: GivenRow, register: Register) -> None:
    wanted = {"organ": given.organ, "decided_on": given.decided_on, "title": given.titles}
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        raise RowRefused(
            "incomplete",
            message(
                "This decision is not in the register yet, and the row does not say: %(columns)s."
            ),
            columns=", ".join(missing),
        )
    if given.decision in register.clauses:
        raise RowRefused(
            "is_clause",
            message("%(number)s is a clause of a text. Make its decision on the clause's page."),
            number=given.decision,
        )
    if given.decided_on and given.decided_on > register.today:
        raise RowRefused(
            "future",
            message("The decision is dated %(day)s, which is still to come."),
            day=given.decided_on.isoformat(),
        )


def _plan_decision(
    given: GivenRow, register: Register
) -> tuple[GivenRow, StandingDecision, list[PlannedAct]]:
    organ = organ_named(given.organ, register) if given.organ else ""
    session = ""
    if given.session:
        session = register.sessions.get(given.session) or register.sessions.get(
            fold(given.session), ""
        )
        if not session:
            raise RowRefused(
                "unknown_session",
                message("The session “%(name)s” is not registered."),
                name=given.session,
            )
    themes = themes_named(given.themes, register)
    given = replace(given, organ=organ, session=session, themes=themes)
    known = _known_decision(given, organ, register)
    if known is not None:
        _refuse_contradiction(given, organ, known)
        return replace(given, decision=known.public_id), known, []
    _refuse_incomplete(given, register)
    assert given.decided_on is not None  # noqa: S101  an incomplete row was refused
    number = given.decision or _new_number(organ, given.decided_on, register)
    made = StandingDecision(number, organ, given.decided_on, given.titles)
    return replace(given, decision=number), made, [PlannedAct("decision", number)]


def _resolved_deadline(given: GivenRow, decided_on: date, register: Register) -> GivenRow:
    """The row with the organ of its deadline found; a deadline before the decision is refused."""
    deadline = given.deadline
    if deadline is None:
        return given
    if deadline.type == "before_next":
        organ = organ_named(deadline.organ, register) if deadline.organ else given.organ
        return replace(given, deadline=replace(deadline, organ=organ))
    if deadline.type == "date" and deadline.on and deadline.on < decided_on:
        raise RowRefused(
            "deadline_before_decision",
            message("The deadline %(due)s lies before the decision of %(day)s."),
            due=deadline.on.isoformat(),
            day=decided_on.isoformat(),
        )
    if (given.kind == "one_off") == (deadline.type == "recurring") and given.kind:
        raise RowRefused(
            "contradictory_deadline",
            message("The kind and the deadline contradict each other: one returns, the other not."),
        )
    return given


NO_DEADLINE = GivenDeadline("none")


def _told(deadline: GivenDeadline) -> dict[str, Any]:
    return {
        "type": deadline.type,
        "on": deadline.on.isoformat() if deadline.on else None,
        "candidates": list(deadline.candidates),
        "organ": deadline.organ,
        "recurrence": deadline.recurrence,
        "from": deadline.recurrence_from.isoformat() if deadline.recurrence_from else None,
    }


def _changes(given: GivenRow, known: StandingCommitment) -> dict[str, Any]:
    """Where the row says something else than what stands; an empty cell says nothing."""
    pairs: list[tuple[str, Any, Any]] = []
    if given.lead:
        pairs.append(("lead", known.lead, given.lead))
    if given.lead_words and not given.lead:
        pairs.append(("lead_words", known.lead_words, given.lead_words))
    if given.addressees:
        pairs.append(("addressees", list(known.addressees), list(given.addressees)))
    if given.deadline is not None:
        pairs.append(("deadline", _told(known.deadline), _told(given.deadline)))
    if given.kind:
        pairs.append(("kind", known.kind, given.kind))
    if given.budget:
        before = [known.budget, known.budget_line]
        pairs.append(("budget", before, [given.budget, given.budget_line]))
    return {name: {"before": a, "after": b} for name, a, b in pairs if a != b}


def _take_over(given: GivenRow, known: StandingCommitment) -> None:
    known.lead = given.lead or known.lead
    known.lead_words = given.lead_words or known.lead_words
    known.addressees = given.addressees or known.addressees
    known.deadline = given.deadline or known.deadline
    known.kind = given.kind or known.kind
    if given.budget:
        known.budget, known.budget_line = given.budget, given.budget_line


def _plan_commitment(
    given: GivenRow, decision: StandingDecision, register: Register, touched: dict[str, int]
) -> tuple[GivenRow, StandingCommitment | None, list[PlannedAct], bool]:
    """The commitment of the row: the one that stands, or a new one; and what changes of it."""
    has_terms = any(
        (
            given.lead,
            given.lead_words,
            given.addressees,
            given.deadline,
            given.kind,
            given.budget,
        )
    )
    if not given.tasks:
        if not has_terms and not given.report:
            return given, None, [], False
        if len(decision.commitments) != 1:
            raise RowRefused(
                "which_commitment",
                message("Say what is to be done: the decision has %(count)s commitments."),
                count=str(len(decision.commitments)),
            )
    if given.lead:
        party = party_named(given.lead, register)
        given = replace(given, lead=f"{party.kind}:{party.key}")
    given = replace(given, addressees=addressees_named(given.addressees, register))
    given = _resolved_deadline(given, decision.decided_on, register)
    known = next((c for c in decision.commitments if same_title(c.titles, given.tasks)), None)
    known = known or (decision.commitments[0] if not given.tasks else None)
    if known is None:
        returns = given.deadline is not None and given.deadline.type == "recurring"
        made = StandingCommitment(
            public_id=f"{decision.public_id}/c{len(decision.commitments) + 1}",
            titles=given.tasks,
            lead=given.lead,
            lead_words=given.lead_words,
            addressees=given.addressees,
            deadline=given.deadline or NO_DEADLINE,
            kind=given.kind or ("recurring" if returns else "one_off"),
            budget=given.budget or "unknown",
            budget_line=given.budget_line,
        )
        act = PlannedAct("commitment", decision.public_id, made.public_id)
        return given, made, [act], True
    changes = _changes(given, known)
    if changes and known.public_id in touched:
        raise RowRefused(
            "contradicts_row",
            message("Row %(row)s of this table says something else of the same commitment."),
            row=str(touched[known.public_id]),
        )
    acts = [PlannedAct("terms", decision.public_id, known.public_id, changes)] if changes else []
    return given, known, acts, False


def _plan_report(
    given: GivenRow, decision: StandingDecision, commitment: StandingCommitment, today: date
) -> list[PlannedAct]:
    if not given.report:
        return []
    on = given.report_on
    if on is None:
        raise RowRefused("undated_report", message("The past report has no day."))
    if on > today:
        raise RowRefused(
            "future_report",
            message("The past report is dated %(day)s, which is still to come."),
            day=on.isoformat(),
        )
    if on < decision.decided_on:
        raise RowRefused(
            "report_before_decision",
            message("The past report of %(on)s is older than the decision of %(day)s."),
            on=on.isoformat(),
            day=decision.decided_on.isoformat(),
        )
    told = StandingReport(on, fold(next(iter(given.report.values()))))
    if told in commitment.reports:
        return []
    if commitment.is_closed:
        raise RowRefused(
            "closed",
            message("%(number)s is closed; a report on it needs the acceptance reversed first."),
            number=commitment.public_id,
        )
    return [PlannedAct("report", decision.public_id, commitment.public_id)]


def _plan_row(given: GivenRow, register: Register, touched: dict[str, int]) -> PlannedRow:
    """Plan one row; only when all of it can stand does the register of the plan grow."""
    given, decision, acts = _plan_decision(given, register)
    given, commitment, more, is_new = _plan_commitment(given, decision, register, touched)
    acts += more
    if commitment is not None:
        reports = _plan_report(given, decision, commitment, register.today)
        if reports and given.report_on:
            told = StandingReport(given.report_on, fold(next(iter(given.report.values()))))
            commitment.reports.append(told)
        acts += reports
        if is_new:
            decision.commitments.append(commitment)
        elif any(act.kind == "terms" for act in acts):
            _take_over(given, commitment)
        if any(act.kind in ("commitment", "terms") for act in acts):
            touched[commitment.public_id] = given.number
    register.decisions.setdefault(decision.public_id, decision)
    return PlannedRow(given, given.number, tuple(acts))


def plan_rows(rows: Iterable[tuple[int, GivenRow | Wrong]], register: Register) -> list[PlannedRow]:
    """The plan of the whole table, in the order of its rows.

    Each row is held against the register and the rows before it, so a decision may have several
    rows, and the table planned once more after it was entered plans nothing.
    """
    planned: list[PlannedRow] = []
    touched: dict[str, int] = {}
    for number, given in rows:
        if isinstance(given, Wrong):
            planned.append(PlannedRow(None, number, wrong=given))
            continue
        try:
            planned.append(_plan_row(given, register, touched))
        except RowRefused as refusal:
            planned.append(PlannedRow(given, number, wrong=refusal.wrong))
    return planned
