"""How each commitment and decision stood inside a cut: plain values, computed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dabir.decisions.deadlines import (
    is_delayed,
    least_advanced,
    next_occurrence,
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
    due: date | None
    delayed: bool
    silence: int
    last_news: date | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.status in OPEN_STATUSES


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
    def last_news(self) -> date | None:
        """The day of the newest report on any of its commitments."""
        days = [c.last_news for c in self.commitments if c.last_news]
        return max(days) if days else None

    @property
    def is_silent_matter(self) -> bool:
        """Whether silence matters: it binds, and something of it is still open."""
        return self.is_binding and (
            not self.commitments or any(c.is_open for c in self.commitments)
        )

    def silence(self, as_of: date) -> int:
        """Days without news of the decision."""
        return silence_days(last_news=self.last_news, since=self.row["decided_on"], as_of=as_of)


def due_day(known: Known, terms: Row, last_news: date | None) -> date | None:
    """The day by which the commitment is due inside the cut; None while nothing can be scheduled."""
    kind = terms["deadline_type"]
    if kind == "date":
        day: date = terms["deadline_on"]
        return day
    if kind == "before_next":
        sessions = known.sessions.get(terms["deadline_organ_id"], [])
        session = next_session_after(sessions, terms["on"])
        return session.starts_on if session else None
    if kind == "recurring" and terms["recurrence"] and terms["recurrence_from"]:
        start = terms["recurrence_from"]
        return next_occurrence(
            start=start, period=terms["recurrence"], answered_until=last_news or start
        )
    return None


def commitment_standing(known: Known, row: Row) -> CommitmentStanding:
    """How one commitment stood inside the cut."""
    as_of = known.cut.as_of
    terms = known.terms[row["id"]][-1]
    status = known.statuses[row["id"]][-1]
    reports = known.reports.get(row["id"], [])
    news = [report["on"] for report in reports if report["nature"] == "activity"]
    last_news = news[-1] if news else None
    due = due_day(known, terms, last_news)
    return CommitmentStanding(
        row=row,
        terms=terms,
        status=status["status"],
        status_since=status["on"],
        reports=reports,
        due=due,
        delayed=is_delayed(due=due, status=status["status"], as_of=as_of),
        silence=silence_days(last_news=last_news, since=row["created_on"], as_of=as_of),
        last_news=last_news,
    )


def decision_standings(known: Known) -> list[DecisionStanding]:
    """How every decision of the register stood inside the cut, in the order of their days."""
    standings = []
    for row in known.decisions:
        force = known.forces[row["id"]][-1]
        wording = known.wordings[row["id"]]
        commitments = [commitment_standing(known, c) for c in known.commitments.get(row["id"], [])]
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


def counted(standings: list[DecisionStanding]) -> dict[str, Any]:
    """Counts by force and by status, never an average. Commitments of binding decisions count."""
    decisions = dict.fromkeys(LISTS.values(), 0)
    commitments = no_counts()
    delayed = 0
    for standing in standings:
        decisions[standing.list_name] += 1
        for commitment in standing.commitments:
            commitments[commitment.status] += 1
            delayed += commitment.delayed and standing.is_binding
    return {
        "decisions": decisions,
        "commitments": commitments,
        "delayed": delayed,
        "no_information": 0,
    }
