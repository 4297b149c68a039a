"""What the value of a rule may look like, and every way in which one does not. Pure.

A shape is data: the reader of a rule set, the list of all rules and the office page use the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dabir.core.errors import InvalidInput, Words
from dabir.statutes.chains import ACTS, Step
from dabir.statutes.codes import CURRENCIES
from dabir.statutes.places import Path
from dabir.statutes.shares import read_fraction


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a code with its values, and the path at which it stands."""

    code: str
    path: Path
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One entry of a table: its shape, whether it must be there, and what it is called."""

    shape: Shape
    label: Words
    needed: bool = False


@dataclass(frozen=True)
class Shape:
    """The kind of a value with its limits: unit, bounds, words it may be, parts it has."""

    kind: str
    unit: str = ""
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    item: Shape | None = None
    parts: Mapping[str, Part] = field(default_factory=dict)
    options: tuple[Shape, ...] = ()


def number(unit: str = "", low: int = 0, high: int | None = None) -> Shape:
    """A whole number of something."""
    return Shape("number", unit, low, high)


def choice(*words: str) -> Shape:
    """One of a few words."""
    return Shape("choice", choices=words)


def many(item: Shape) -> Shape:
    """A list of one kind."""
    return Shape("list", item=item)


def table(**parts: Part) -> Shape:
    """A table with named entries."""
    return Shape("table", parts=parts)


def either(*options: Shape) -> Shape:
    """One shape or another; the first that the value resembles is meant."""
    return Shape("either", options=options)


YES_NO, TEXT, WORDS = Shape("yes_no"), Shape("text"), Shape("words")
PERIOD, FRACTION, LANGUAGE = Shape("period"), Shape("fraction"), Shape("language")
CURRENCY, MONTH_DAY, STEP, ORGAN = (
    Shape("currency"),
    Shape("month_day"),
    Shape("step"),
    Shape("organ"),
)
AMOUNT, PLAIN = Shape("amount"), Shape("plain")
CHAIN = many(STEP)
RESEMBLES: dict[str, tuple[type, ...]] = {
    "number": (int,),
    "yes_no": (bool,),
    "list": (list,),
    "table": (dict,),
    "words": (dict,),
    "amount": (int, str),
    "plain": (int, str),
}
PERIOD_WRITTEN = re.compile(r"P[1-9]\d{0,3}[YMWD]")
_NUMBERED = re.compile(r"\s*\d+\s*[^\W\d_]+\s*")
_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def resembles(shape: Shape, value: Any) -> bool:
    """Whether a value is of the kind at all; what is wrong inside is told by `problems`."""
    if shape.kind == "either":
        return any(resembles(option, value) for option in shape.options)
    if isinstance(value, bool) and shape.kind != "yes_no":
        return False
    if shape.kind == "step":
        return isinstance(value, str | dict)
    return isinstance(value, RESEMBLES.get(shape.kind, (str,)))


def problems(shape: Shape, value: Any, path: Path) -> Iterator[Problem]:
    """Everything that is wrong with a value."""
    if shape.kind == "either":
        options = [option for option in shape.options if resembles(option, value)]
        if options:
            yield from problems(options[0], value, path)
            return
        shape = shape.options[0]
    if not resembles(shape, value):
        yield _misfit(shape, value, path)
        return
    look = _LOOKS.get(shape.kind)
    if look:
        yield from look(shape, value, path)


def _misfit(shape: Shape, value: Any, path: Path) -> Problem:
    given = _shown(value)
    if shape.kind == "number" and isinstance(value, str) and _NUMBERED.fullmatch(value):
        return Problem("wrong_unit", path, {"given": given, "unit": shape.unit})
    if shape.kind == "fraction":
        return Problem("not_a_fraction", path, {"given": given})
    return Problem("wrong_kind", path, {"given": given, "kind": shape.kind, "unit": shape.unit})


def _shown(value: Any) -> str:
    text = {True: "true", False: "false"}.get(value, str(value)) if value.__hash__ else str(value)
    return text if len(text) < 60 else f"{text[:57]}…"


def _number(shape: Shape, value: int, path: Path) -> Iterator[Problem]:
    if shape.low is not None and value < shape.low:
        yield Problem("too_small", path, {"given": value, "least": shape.low, "unit": shape.unit})
    if shape.high is not None and value > shape.high:
        yield Problem("too_large", path, {"given": value, "most": shape.high, "unit": shape.unit})


def _choice(shape: Shape, value: str, path: Path) -> Iterator[Problem]:
    if value not in shape.choices:
        yield Problem("not_a_word", path, {"given": value, "known": list(shape.choices)})


def _fraction(shape: Shape, value: str, path: Path) -> Iterator[Problem]:
    try:
        read_fraction(value)
    except InvalidInput:
        outside = re.fullmatch(r"\s*-?\d+\s*/\s*[1-9]\d*\s*", value)
        yield Problem("share_outside" if outside else "not_a_fraction", path, {"given": value})


def _period(shape: Shape, value: str, path: Path) -> Iterator[Problem]:
    if not PERIOD_WRITTEN.fullmatch(value):
        yield Problem("not_a_period", path, {"given": value})


def _language(shape: Shape, value: str, path: Path) -> Iterator[Problem]:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]+)?", value):
        yield Problem("not_a_language", path, {"given": value})


def _currency(shape: Shape, value: str, path: Path) -> Iterator[Problem]:
    if value not in CURRENCIES:
        yield Problem("not_a_currency", path, {"given": value})


def _month_day(shape: Shape, value: str, path: Path) -> Iterator[Problem]:
    written = re.fullmatch(r"(\d{2})-(\d{2})", value)
    month = int(written[1]) if written else 0
    if not written or not 1 <= month <= 12 or not 1 <= int(written[2]) <= _DAYS_OF_MONTH[month - 1]:
        yield Problem("not_a_day", path, {"given": value})


def _words(shape: Shape, value: dict[str, Any], path: Path) -> Iterator[Problem]:
    if not value or not all(isinstance(each, str) and each for each in value.values()):
        yield Problem("not_words", path, {"given": _shown(value)})


def _amount(shape: Shape, value: int | str, path: Path) -> Iterator[Problem]:
    if not re.fullmatch(r"\d+(\.\d+)?", str(value)):
        yield Problem("not_an_amount", path, {"given": _shown(value)})


def _step(shape: Shape, value: Any, path: Path) -> Iterator[Problem]:
    try:
        Step.read(value)
    except InvalidInput:
        yield Problem("not_a_step", path, {"given": _shown(value), "known": list(ACTS)})


def _list(shape: Shape, value: list[Any], path: Path) -> Iterator[Problem]:
    if not value:
        yield Problem("empty_list", path)
    for place, each in enumerate(value):
        if shape.item:
            yield from problems(shape.item, each, (*path, place))


def _table(shape: Shape, value: dict[str, Any], path: Path) -> Iterator[Problem]:
    for name in value:
        if name not in shape.parts:
            yield Problem(
                "unknown_part", (*path, name), {"given": name, "known": list(shape.parts)}
            )
    for name, part in shape.parts.items():
        if name in value:
            yield from problems(part.shape, value[name], (*path, name))
        elif part.needed:
            yield Problem("part_missing", path, {"part": name, "label": part.label})


_LOOKS: dict[str, Callable[[Shape, Any, Path], Iterator[Problem]]] = {
    "number": _number,
    "choice": _choice,
    "fraction": _fraction,
    "period": _period,
    "language": _language,
    "currency": _currency,
    "month_day": _month_day,
    "words": _words,
    "amount": _amount,
    "step": _step,
    "list": _list,
    "table": _table,
}
