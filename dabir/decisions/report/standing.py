"""How each commitment and decision stood inside a cut: plain values, computed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dabir.decisions.deadlines import (
    is_delayed,
    least_advanced,
    recurring_due,
    silence_days,
)
from dabir.decisions.queries.cut import Known, Row
from dabir.decisions.states import BINDING_FORCES, LISTS, OPEN_STATUSES, Force, Status
from dabir.meetings.queries import next_session_after


@dataclass
class CommitmentStanding:
    """One commitment as it stood: terms, status, due day, news and silence."""

    row: Row
    terms: Row
    status: str
    status_since: date
    reports: list[Row]
    news: list[date]
    due: date | None
    since: date
    binding: bool
    as_of: date

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.status in OPEN_STATUSES

    @property
    def delayed(self) -> bool:
        """Whether a binding decision's day has passed with the work still open."""
        return self.binding and is_delayed(due=self.due, status=self.status, as_of=self.as_of)

    @property
    def last_news(self) -> date | None:
        """The day of the newest activity reported."""
        return self.news[-1] if self.news else None

    @property
    def silence(self) -> int | None:
        """Days without news; None where silence does not matter any more."""
        if not self.binding or self.status in (Status.DONE_ACCEPTED, Status.NOT_APPLICABLE):
            return None
        return silence_days(last_news=self.last_news, since=self.since, as_of=self.as_of)

    def silent_since(self, previous: date | None) -> date | None:
        """The day since which nobody reported, when nothing came after the report before."""
        if not (self.binding and self.is_open):
            return None
        if self.last_news and (previous is None or self.last_news > previous):
            return None
        return max(self.last_news or self.since, self.since)


@dataclass
class DecisionStanding:
    """One decision as it stood: force, list, status and its commitments."""

    row: Row
    force: str
    force_since: date
    titles: dict[str, str]
    themes: list[str]
    commitments: list[CommitmentStanding] = field(default_factory=list)

    @property
    def public_id(self) -> str:
        """The permanent address of the decision."""
        return str(self.row["public_id"])

    @property
    def list_name(self) -> str:
        """The one list of the report in which the decision stands."""
        return LISTS[Force(self.force)]

    @property
    def status(self) -> str:
        """The status of the least advanced commitment."""
        return least_advanced([c.status for c in self.commitments])

    @property
    def is_binding(self) -> bool:
        """Whether it is in force, amended or not."""
        return self.force in BINDING_FORCES

    @property
    def silence(self) -> int | None:
        """The shortest silence among its commitments: days without news of any part of it."""
        known = [c.silence for c in self.commitments if c.silence is not None]
        return min(known) if known else None

    def silent_since(self, previous: date | None) -> date | None:
        """A decision is silent when every open commitment of it is: since the newest news."""
        days = [c.silent_since(previous) for c in self.commitments if c.is_open]
        known = [day for day in days if day]
        return max(known) if known and len(known) == len(days) else None


def due_day(known: Known, decision: Row, terms: Row, news: list[date]) -> date | None:
    """The day by which a commitment is due inside the cut; None while nothing can be scheduled.

    "Before the next session" is the first session called that begins after the decision's day.
    """
    kind = terms["deadline_type"]
    if kind == "date":
        day: date = terms["deadline_on"]
        return day
    if kind == "before_next":
        sessions = known.sessions.get(terms["deadline_organ_id"], [])
        session = next_session_after(sessions, decision["decided_on"])
        return session.starts_on if session else None
    if kind == "recurring" and terms["recurrence"] and terms["recurrence_from"]:
        return recurring_due(
            first=terms["recurrence_from"],
            period=terms["recurrence"],
            news=news,
            as_of=known.cut.as_of,
        )
    return None


def commitment_standing(
    known: Known, decision: Row, row: Row, *, binding: bool
) -> CommitmentStanding:
    """How one commitment stood inside the cut."""
    terms = known.terms[row["id"]][-1]
    status = known.statuses[row["id"]][-1]
    reports = known.reports.get(row["id"], [])
    news = [report["on"] for report in reports if report["nature"] == "activity"]
    return CommitmentStanding(
        row=row,
        terms=terms,
        status=status["status"],
        status_since=status["on"],
        reports=reports,
        news=news,
        due=due_day(known, decision, terms, news),
        since=decision["decided_on"],
        binding=binding,
        as_of=known.cut.as_of,
    )


def decision_standings(known: Known) -> list[DecisionStanding]:
    """How every decision of the register stood inside the cut, in the order of their days."""
    standings = []
    for row in known.decisions:
        force = known.forces[row["id"]][-1]
        wording = known.wordings[row["id"]]
        binding = force["force"] in BINDING_FORCES
        commitments = [
            commitment_standing(known, row, c, binding=binding)
            for c in known.commitments.get(row["id"], [])
        ]
        standings.append(
            DecisionStanding(
                row=row,
                force=force["force"],
                force_since=force["on"],
                titles=wording["titles"],
                themes=wording["themes"],
                commitments=commitments,
            )
        )
    return standings


def status_on(rows: list[Row], day: date) -> str | None:
    """The status that held on a day, from entries in the order of their days."""
    found = None
    for row in rows:
        if row["on"] > day:
            break
        found = row["status"]
    return found


def no_counts() -> dict[str, int]:
    """Nought for every status."""
    return {status.value: 0 for status in Status}


def counted(standings: list[DecisionStanding], previous: date | None) -> dict[str, Any]:
    """Counts by force and by status, never an average; delayed and silent are commitments."""
    decisions = dict.fromkeys(LISTS.values(), 0)
    commitments, binding = no_counts(), no_counts()
    delayed = silent = 0
    for standing in standings:
        decisions[standing.list_name] += 1
        for commitment in standing.commitments:
            commitments[commitment.status] += 1
            if standing.is_binding:
                binding[commitment.status] += 1
            delayed += commitment.delayed
            silent += commitment.silent_since(previous) is not None
    return {
        "decisions": decisions,
        "commitments": commitments,
        "commitments_binding": binding,
        "delayed": delayed,
        "no_information": silent,
    }
