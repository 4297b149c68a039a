"""One row of the table as values, or what is wrong with it in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from dabir.documents.tabular.reading import SheetRow, message
from dabir.text.calendars import DateNotUnderstood, PartialDate, parse_partial_date
from dabir.text.digits import to_latin
from dabir.text.folding import fold


@dataclass(frozen=True)
class Wrong:
    """Why a row is refused: an English message of the catalogue and what fills it."""

    code: str
    text: str
    params: dict[str, str] = field(default_factory=dict)


class RowRefused(ValueError):
    """A cell cannot be accepted."""

    def __init__(self, code: str, text: str, /, **params: str) -> None:
        self.wrong = Wrong(code, text, params)
        super().__init__(text % params)


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
    deadline: GivenDeadline | None = None
    kind: str = ""
    budget: str = ""
    budget_line: str = ""
    report: dict[str, str] = field(default_factory=dict)
    report_on: date | None = None
    report_precision: str = "day"
    report_source: str = ""
    claims_done: bool = False


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
_YES = {fold(w) for w in ("yes", "true", "1", "x", "بله", "بلی", "آری")}
_NO = {fold(w) for w in ("no", "false", "0", "خیر", "نه")}
_PERSIAN = re.compile("[\u0600-\u06ff]")


def in_own_language(text: str) -> dict[str, str]:
    """A text under the language of its letters; nothing for an empty one."""
    return {"fa" if _PERSIAN.search(text) else "en": text} if text else {}


def read_day(text: str, column: str) -> PartialDate:
    """A day, a month or a year in either calendar; open readings are refused here."""
    if "|" in text:
        raise RowRefused(
            "open_date",
            message("“%(text)s” (%(column)s) leaves the date open. Only a deadline may do that."),
            text=text,
            column=column,
        )
    try:
        return parse_partial_date(text)
    except DateNotUnderstood as fault:
        raise RowRefused(
            "unreadable_date", fault.message, **{k: str(v) for k, v in fault.params.items()}
        ) from fault
    except (ValueError, OverflowError) as fault:
        raise RowRefused(
            "unreadable_date",
            message("“%(text)s” (%(column)s) is not understood as a date."),
            text=text,
            column=column,
        ) from fault


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


def _chosen(text: str, words: dict[str, str], column: str) -> str:
    if not text:
        return ""
    if fold(text) not in words:
        raise RowRefused(
            "unknown_word",
            message("“%(text)s” is not one of the words that “%(column)s” takes."),
            text=text,
            column=column,
        )
    return words[fold(text)]


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
    yes = _YES | _NO
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
        deadline=read_deadline(said("deadline")),
        kind=_chosen(said("kind"), _KINDS, "kind"),
        budget=budget,
        budget_line=line,
        report=in_own_language(said("report")),
        report_on=reported.first if reported else None,
        report_precision=reported.precision if reported else "day",
        report_source=said("report_source"),
        claims_done=_chosen(said("claims_done"), dict.fromkeys(yes, "x"), "claims_done") == "x"
        and fold(said("claims_done")) in _YES,
    )
