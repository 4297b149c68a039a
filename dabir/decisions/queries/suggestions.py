"""What the accepted findings of a clause suggest for its decision: who carries it out, until when.

Only what a person accepted in the review is taken; it fills a form and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dabir.decisions.deadlines import add_months, months_of
from dabir.decisions.queries.parties import Party, parties
from dabir.decisions.states import DeadlineType
from dabir.documents.models import Document, Node


@dataclass(frozen=True)
class Suggestion:
    """Lead as a choice such as `organ:secretariat`, addressees in words, and a deadline's fields."""

    lead: str = ""
    lead_names: Mapping[str, str] = field(default_factory=dict)
    addressees: Mapping[str, str] = field(default_factory=dict)
    kind: str = "one_off"
    deadline: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was accepted that suggests anything."""
        return not (self.lead or self.addressees or self.deadline)


def suggestion_for(node: Node) -> Suggestion:
    """What a clause suggests; one statement for the names, none where nothing was found."""
    found = node.found
    wanted = _owners(found)
    named = [str(key) for key in found.get("addressees") or []]
    dates = [row for row in found.get("dates") or [] if row.get("role") in ("due", "recurrence")]
    if not (wanted or named or dates):
        return Suggestion()
    known = parties() if wanted or named else []
    lead = next((p for key in wanted for p in known if f"{p.kind}:{p.key}" == key), None)
    deadline = _deadline(dates, node.document)
    return Suggestion(
        lead=f"{lead.kind}:{lead.key}" if lead else "",
        lead_names=lead.names if lead else {},
        addressees=_named(named, known),
        kind="recurring" if deadline.get("deadline_type") == DeadlineType.RECURRING else "one_off",
        deadline=deadline,
        words=tuple(row["words"] for row in dates if row.get("words")),
    )


def _owners(found: Mapping[str, Any]) -> list[str]:
    """Who would carry it out: as a person chose, else the organ that the words name responsible."""
    owners = [str(key) for key in found.get("owners") or []]
    inferred = [row for row in found.get("inferred") or [] if isinstance(row, dict)]
    return owners or [
        f"organ:{row['value']}" for row in inferred if row.get("field") == "organ_responsible"
    ]


def _named(keys: list[str], known: list[Party]) -> dict[str, str]:
    rows = [p for key in keys for p in known if p.key == key]
    languages = {language for row in rows for language in row.names}
    return {
        language: ("، " if language == "fa" else ", ").join(
            row.names[language] for row in rows if language in row.names
        )
        for language in sorted(languages)
    }


def _deadline(dates: list[Mapping[str, Any]], document: Document) -> dict[str, Any]:
    """The fields of the deadline that the first date suggests; open readings schedule nothing."""
    for row in dates:
        said = {"deadline_words": _in_language(row.get("words") or "")}
        relative, candidates = row.get("relative"), list(row.get("candidates") or [])
        if row.get("role") == "recurrence" and relative:
            return said | {"deadline_type": DeadlineType.RECURRING, "recurrence": relative}
        if len(candidates) > 1:
            kind = DeadlineType.CANDIDATES
            return said | {"deadline_type": kind, "candidates": "|".join(candidates)}
        day = _day(candidates[0]) if candidates else _counted(relative, document)
        if day:
            return said | {"deadline_type": DeadlineType.DATE, "deadline_on": day}
        if row.get("words"):
            return said | {"deadline_type": DeadlineType.ON_TIME}
    return {}


def _day(text: str) -> date | None:
    """The last day of a day, month or year that is written as one; None for anything else."""
    parts = text.split("-")
    try:
        year, *rest = (int(part) for part in parts)
        if len(parts) == 3:
            return date(year, *rest)
        return add_months(date(year, rest[0] if rest else 12, 1), 1) - timedelta(days=1)
    except (TypeError, ValueError):
        return None


def _counted(period: str | None, document: Document) -> date | None:
    """So long after the day of adoption, where that day is known."""
    if not period or document.adopted_on is None or document.adopted_precision != "day":
        return None
    try:
        return add_months(document.adopted_on, months_of(period))
    except ValueError:
        return None


def _in_language(words: str) -> dict[str, str]:
    language = "fa" if any("\u0600" <= sign <= "\u06ff" for sign in words) else "en"
    return {language: words} if words else {}
