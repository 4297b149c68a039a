"""How a clause is cited, in the reader's language and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dabir.core.words import day_said, say
from dabir.decisions.public import ClausePage


@dataclass(frozen=True)
class Citation:
    """A citation in one line, and the address by which the clause is found for ever."""

    words: str
    address: str


def citation(page: ClausePage, address: str) -> Citation:
    """By whom, what, when, which clause, where."""
    text = page.text
    by = say(text.organ) or say(page.decided_by)
    adopted = page.decided_on or text.adopted_on
    parts = [by, say(text.titles)]
    if text.possible_days:
        parts.append(_("day of adoption open"))
    elif adopted is not None:
        exact = (text.precision if text.adopted_on else page.precision) == "day"
        parts.append(day_said(adopted) if exact else _partly(adopted, text.precision))
    parts.append(page.public_id)
    return Citation(_(", ").join(part for part in parts if part), address)


def _partly(day: Any, precision: str) -> str:
    """A day of which only month or year is known, in digits that every reader knows."""
    return f"{day.year}-{day.month:02}" if precision == "month" else f"{day.year}"
