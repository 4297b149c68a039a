"""One row of the table as values, or what is wrong with it in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from dabir.documents.tabular.cells import (
    RowRefused,
    Wrong,
    chosen_word,
    in_own_language,
    read_day,
    yes_or_no,
)
from dabir.documents.tabular.reading import SheetRow, message
from dabir.text.calendars import PartialDate
from dabir.text.digits import to_latin
from dabir.text.folding import fold

__all__ = ["GivenDeadline", "GivenRow", "RowRefused", "Wrong", "read_deadline", "read_row"]


@dataclass(frozen=True)
class GivenDeadline:
    """A deadline as the cell says it; `organ` is still a name."""

    type: str
    on: date | None = None
    candidates: tuple[str, ...] = ()
    organ: str = ""
    recurrence: str = ""
    recurrence_from: date | None = None
    words: str = ""


@dataclass(frozen=True)
class GivenRow:
    """What one row says; empty texts say nothing."""

    number: int
    decision: str = ""
    organ: str = ""
    session: str = ""
    decided_on: date | None = None
    precision: str = "day"
    titles: dict[str, str] = field(default_factory=dict)
    text: dict[str, str] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    source: str = ""
    tasks: dict[str, str] = field(default_factory=dict)
    lead: str = ""
    lead_words: dict[str, str] = field(default_factory=dict)
    addressees: tuple[str, ...] = ()
    """Names as written; in a plan the keys of those who are registered, as `kind:key`."""
    deadline: GivenDeadline | None = None
    kind: str = ""
    budget: str = ""
    budget_line: str = ""
    report: dict[str, str] = field(default_factory=dict)
    report_on: date | None = None
    report_precision: str = "day"
    report_source: str = ""
    claims_done: bool = False

    @property
    def names(self) -> dict[str, str]:
        """What the row is about, for the page of the trial."""
        return self.titles or self.tasks


DECISION_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,78}/[A-Za-z0-9][A-Za-z0-9.\-]{0,38}")
_NONE = {fold(w) for w in ("none", "-", "–", "ندارد", "بدون مهلت")}
_ON_TIME = {fold(w) for w in ("on time", "به‌موقع", "به موقع")}
_BEFORE = re.compile(
    r"(?:before (?:the )?next (?:session of (?:the )?)?|پیش از نشست بعدی|قبل از نشست بعدی)\s*(.*)",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"(?:every|هر)\s+(?:(\d+)\s+)?(years?|months?|سال|ماه)\s+(?:from|از)\s+(.+)", re.IGNORECASE
)
_KINDS = {
    fold(word): kind
    for kind, words in {
        "one_off": ("once", "one-off", "one_off", "یک‌باره", "یکباره", "یک بار"),
        "recurring": ("recurring", "دوره‌ای", "دوره ای"),
        "standing": ("standing", "پیوسته", "همیشگی", "دائمی"),
    }.items()
    for word in words
}
_NO_BUDGET = {fold(w) for w in ("none needed", "لازم نیست", "نیاز ندارد")}
_UNFUNDED = {fold(w) for w in ("unfunded", "تأمین نشده", "بدون بودجه")}
_UNKNOWN_BUDGET = {fold(w) for w in ("unknown", "نامعلوم")}


def _iso(partial: PartialDate) -> str:
    """The date to the precision that is known, in the Gregorian calendar."""
    length = {"day": 10, "month": 7, "year": 4}[partial.precision]
    return partial.first.isoformat()[:length]


def read_deadline(text: str) -> GivenDeadline | None:
    """What the cell says; None when it says nothing."""
    plain = to_latin(text).strip()
    folded = fold(text)
    if not plain:
        return None
    if folded in _NONE or plain in {"-", "–"}:
        return GivenDeadline("none")
    if folded in _ON_TIME:
        return GivenDeadline("on_time", words=text)
    if found := _BEFORE.fullmatch(text.strip()):
        return GivenDeadline("before_next", organ=found[1].strip(), words=text)
    if found := _EVERY.fullmatch(plain):
        unit = "Y" if found[2].lower().startswith(("year", "سال")) else "M"
        first = read_day(found[3], "deadline")
        return GivenDeadline(
            "recurring",
            recurrence=f"P{int(found[1] or 1)}{unit}",
            recurrence_from=first.last,
            words=text,
        )
    if "|" in text:
        readings = [read_day(part, "deadline") for part in text.split("|")]
        if len(set(readings)) < 2:
            raise RowRefused(
                "one_reading",
                message("“%(text)s” gives the same date twice. Write it once."),
                text=text,
            )
        return GivenDeadline("candidates", candidates=tuple(_iso(r) for r in readings), words=text)
    day = read_day(text, "deadline")
    return GivenDeadline("date", on=day.last, words="" if day.precision == "day" else text)


def _budget(text: str) -> tuple[str, str]:
    folded = fold(text)
    if not text or folded in _UNKNOWN_BUDGET:
        return ("unknown" if text else ""), ""
    if folded in _NO_BUDGET:
        return "none_needed", ""
    if folded in _UNFUNDED:
        return "unfunded", ""
    return "line", text


def read_row(row: SheetRow, headings: dict[str, str]) -> GivenRow:
    """The row as values; raises RowRefused at the first cell that cannot be read."""

    def said(key: str) -> str:
        return row.text(headings[key]).strip() if key in headings else ""

    decision = to_latin(said("decision"))
    if decision and not DECISION_ID.fullmatch(decision):
        raise RowRefused(
            "bad_number",
            message("“%(text)s” is not a number of a decision. Write it like board-2026/3."),
            text=decision,
        )
    decided = read_day(said("decided_on"), "decided_on") if said("decided_on") else None
    reported = read_day(said("report_on"), "report_on") if said("report_on") else None
    budget, line = _budget(said("budget"))
    return GivenRow(
        number=row.number,
        decision=decision,
        organ=said("organ"),
        session=said("session"),
        decided_on=decided.first if decided else None,
        precision=decided.precision if decided else "day",
        titles={c: said(f"title_{c}") for c in ("fa", "en") if said(f"title_{c}")},
        text=in_own_language(said("text")),
        themes=tuple(t.strip() for t in re.split("[,،;؛]", said("themes")) if t.strip()),
        source=said("source"),
        tasks={c: said(f"task_{c}") for c in ("fa", "en") if said(f"task_{c}")},
        lead=said("lead"),
        lead_words=in_own_language(said("lead_words")),
        addressees=tuple(a.strip() for a in re.split("[;؛\n]", said("addressees")) if a.strip()),
        deadline=read_deadline(said("deadline")),
        kind=chosen_word(said("kind"), _KINDS, "kind"),
        budget=budget,
        budget_line=line,
        report=in_own_language(said("report")),
        report_on=reported.first if reported else None,
        report_precision=reported.precision if reported else "day",
        report_source=said("report_source"),
        claims_done=yes_or_no(said("claims_done"), "claims_done") or False,
    )
