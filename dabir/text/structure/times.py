"""Dates and terms in a clause: fixed, relative, recurring, "on time"."""

from __future__ import annotations

import itertools
import re

from dabir.text.calendars import MONTH_NAMES, DateNotUnderstood, PartialDate, parse_partial_date
from dabir.text.structure.located import Located, level, pattern
from dabir.text.structure.nodes import Found

MOST_CANDIDATES = 64
MOST_READINGS = 1_000  # of a date with open digits; beyond that it says nothing
_D = r"(?:[0-9]|\{[0-9](?:\|[0-9])*\})"
_MONTH = "|".join(sorted({level(m) for m in MONTH_NAMES}, key=len, reverse=True))
_DAY_MONTH_YEAR = re.compile(
    rf"(?<![\w{{|}}])({_D}{{1,2}})(?:st|nd|rd|th|م|ام)?[ \u200c]*(?:of )?({_MONTH})\.?"
    rf"[ ,،]*(?:ماه )?(?:سال )?({_D}{{4}})(?!{_D})"
)
_MONTH_DAY_YEAR = re.compile(
    rf"(?<!\w)({_MONTH})\.? ({_D}{{1,2}})(?:st|nd|rd|th)?,? ({_D}{{4}})(?!{_D})"
)
_MONTH_YEAR = re.compile(rf"(?<!\w)({_MONTH})\.?[ ,،]*(?:ماه )?(?:سال )?({_D}{{4}})(?!{_D})")
_NUMERIC = re.compile(rf"(?<![\w{{|}}/.-])({_D}{{4}}[-/.]{_D}{{1,2}}[-/.]{_D}{{1,2}})(?![\w/-])")
_YEAR = re.compile(rf"(?<![\w{{|}}/.,-])({_D}{{4}})(?![\w{{/]|[.,][0-9])")
_SOLAR_WORDS = re.compile(r"(?:شمسی|خورشیدی|هجری|solar)")


def _numbered(words: str) -> dict[str, int]:
    return {word: n for n, word in enumerate(words.split(), 1)}


_COUNT_WORDS = {
    **_numbered("یک دو سه چهار پنج شش هفت هشت نه ده"),
    **_numbered("one two three four five six seven eight nine ten"),
    **_numbered("واحده سنتین ثلاث اربع خمس ست سبع ثمان تسع عشر"),
}
_COUNT = "|".join([*sorted(_COUNT_WORDS, key=len, reverse=True), r"[0-9]{1,3}"])
_UNITS = {
    **dict.fromkeys(("سال", "year", "years", "سنه", "سنوات", "سنین", "اعوام", "عام"), "Y"),
    **dict.fromkeys(("ماه", "month", "months", "شهر", "اشهر", "شهور"), "M"),
    **dict.fromkeys(("هفته", "week", "weeks", "اسبوع", "اسابیع"), "W"),
    **dict.fromkeys(("روز", "day", "days", "یوم", "ایام"), "D"),
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_RELATIVE = (
    re.compile(
        rf"(?:در|طی|ظرف|برای)?[ ]?(?<!\w)({_COUNT})[ \u200c]({_UNIT})[ \u200c]"
        r"(?:اینده|بعد|پیش رو)(?!\w)"
    ),
    re.compile(
        r"(?<!\w)(?:ظرف|طی|تا|within|خلال|فی غضون) (?:the )?"
        rf"({_COUNT})[ \u200c]({_UNIT})(?!\w)"
    ),
    re.compile(
        rf"(?<!\w)(?:in |over |during |for )?the (?:next|coming|following) ({_COUNT}) ({_UNIT})\b"
    ),
    re.compile(
        rf"(?<!\w)خلال (?:ال)?({_COUNT}) ?({_UNIT})? ?(?:القادمه|المقبله|القادمتین|المقبلتین)"
    ),
    re.compile(r"(?<!\w)خلال (?:ال)?(سنتین)(?!\w)()"),
)
_RECURRING: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("P2Y", pattern("دو سالانه|هر دو سال(?: یک بار)?|biennial(?:ly)?|every two years|کل سنتین")),
    (
        "P3Y",
        pattern("سه سالانه|هر سه سال(?: یک بار)?|triennial(?:ly)?|every three years|کل ثلاث سنوات"),
    ),
    ("P6M", pattern("شش ماهه|هر شش ماه|every six months|twice a year|نصف سنوی\\w*")),
    ("P3M", pattern("فصلی|سه ماهه|هر سه ماه|quarterly|every three months|فصلیا")),
    (
        "P1Y",
        pattern("سالانه|سالیانه|هر سال|annual(?:ly)?|yearly|every year|(?:ال)?سنوی(?:ه|ا)?"),
    ),
    ("P1M", pattern("ماهانه|ماهیانه|هر ماه|monthly|every month|شهریا")),
)
_ON_TIME = pattern(
    "به موقع|بموقع|در موعد(?: مقرر)?|on time|in due time|in a timely manner|timely"
    "|فی (?:الوقت|الموعد)(?: المحدد)?|فی حینه"
)


def dates_in(body: Located) -> list[Found]:
    """Every date and term of a paragraph, in the order of its words."""
    levelled = level(body.text)
    found = [*_fixed(body, levelled), *_terms(body, levelled)]
    return sorted(found, key=lambda each: each.span.start if each.span else 0)


def _fixed(body: Located, levelled: str) -> list[Found]:
    taken = bytearray(len(levelled))
    found: list[Found] = []
    for form, order in (
        (_NUMERIC, (1,)),
        (_DAY_MONTH_YEAR, (1, 2, 3)),
        (_MONTH_DAY_YEAR, (2, 1, 3)),
        (_MONTH_YEAR, (1, 2)),
        (_YEAR, (1,)),
    ):
        for match in form.finditer(levelled):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            written = " ".join(match[n] for n in order)
            solar = bool(_SOLAR_WORDS.match(levelled[end:].lstrip(" \u200c")))
            date = _date(body, start, end, written, alone=form is _YEAR, solar=solar)
            if date is not None:
                taken[start:end] = b"\1" * (end - start)
                found.append(date)
    return found


def _date(
    body: Located, start: int, end: int, written: str, *, alone: bool, solar: bool
) -> Found | None:
    values: dict[str, tuple[str, str]] = {}
    sets = [part.strip("{}").split("|") for part in re.findall(rf"{_D}|[^{{}}]", written)]
    many = 1
    for one in sets:
        many *= len(one)
    if many > MOST_READINGS:
        return None
    for choice in itertools.product(*sets):
        try:
            partial = parse_partial_date("".join(choice))
        except DateNotUnderstood:
            continue
        plausible = 1300 <= partial.year <= 1450 or 1900 <= partial.year <= 2100
        if not plausible or (alone and partial.precision != "year"):
            continue
        values[_iso(partial)] = (partial.precision, partial.calendar)
    if not values:
        return None
    first = next(iter(values.values()))
    return Found(
        next(iter(values)) if len(values) == 1 and many == 1 else None,
        body.text[start:end].strip(),
        body.span(start, end),
        inferred=many > 1 or (alone and not solar and first[1] == "solar_hijri"),
        details={
            "type": "fixed",
            "precision": first[0],
            "calendar": first[1],
            "candidates": list(values)[:MOST_CANDIDATES],
        },
    )


def _iso(partial: PartialDate) -> str:
    """The date as a value: a day always in the Gregorian calendar, less than one in its own."""
    if partial.precision == "day":
        return partial.first.isoformat()
    parts = [f"{partial.year:04d}"] + ([f"{partial.month:02d}"] if partial.month else [])
    return "-".join(parts)


def _terms(body: Located, levelled: str) -> list[Found]:
    found: list[Found] = []
    taken: set[int] = set()
    for form in _RELATIVE:
        for match in form.finditer(levelled):
            if not taken.isdisjoint(range(*match.span(1))):
                continue
            taken.update(range(*match.span()))
            count = _COUNT_WORDS.get(match[1]) or int(match[1])
            unit = _UNITS.get(match[2] or "", "Y")
            found.append(_term(body, match, f"P{count}{unit}", "relative", inferred=True))
    for period, words in _RECURRING:
        for match in words.finditer(levelled):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                found.append(_term(body, match, period, "recurring", inferred=False))
    found += [_term(body, m, None, "on_time", inferred=False) for m in _ON_TIME.finditer(levelled)]
    return found


def _term(
    body: Located, match: re.Match[str], value: str | None, kind: str, *, inferred: bool
) -> Found:
    start = match.start()
    while start < match.end() and body.text[start].isspace():
        start += 1
    words = body.text[start : match.end()]
    return Found(value, words, body.span(start, match.end()), inferred, {"type": kind})
