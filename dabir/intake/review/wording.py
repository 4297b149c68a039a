"""Steps on the words of a part: another reading, a typed one, the digits of a number."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import InvalidInput
from dabir.intake.review.numbers import (
    NUMBER,
    changed_signs,
    keeps_signs,
    may_be,
    open_numbers,
)
from dabir.intake.review.parts import Part

Marked = dict[str, Any]


def doubt_of(part: Part, key: str) -> tuple[Part, Marked]:
    """A doubt of a part; raises InvalidInput where a step has taken it away."""
    for doubt in part["doubts"]:
        if doubt["key"] == key:
            return part, doubt
    raise InvalidInput(_("This doubt is no longer there."), code="doubt_gone")


def number_of(part: Part, key: str) -> tuple[Part, Marked]:
    """A number of a part."""
    for number in part["numbers"]:
        if number["key"] == key:
            return part, number
    raise InvalidInput(_("This number is no longer there."), code="number_gone")


def replace(part: Part, doubt: Marked, words: str, *, reason: str = "") -> None:
    """Put other words where a doubt is; what stands behind moves along."""
    old = part["text"][doubt["start"] : doubt["end"]]
    _check(old, words, reason)
    part["text"] = part["text"][: doubt["start"]] + words + part["text"][doubt["end"] :]
    shift = len(words) - len(old)
    doubt["end"] += shift
    for other in part["doubts"]:
        if other is not doubt and other["start"] >= doubt["end"] - shift:
            other["start"] += shift
            other["end"] += shift


def retype(part: Part, text: str, *, reason: str = "") -> None:
    """Give a part other words as a whole; its doubts are decided by that."""
    text = text.strip()
    _check(part["text"], text, reason)
    if not text:
        raise InvalidInput(
            _("A part without words cannot stand."),
            cure=_("Say that it is left out, and why."),
        )
    part["text"] = text
    for doubt in part["doubts"]:
        doubt["start"] = doubt["end"] = 0


def _check(old: str, new: str, reason: str) -> None:
    """No open number turns certain by typing, and no letter comes or goes without a reason."""
    before, after = open_numbers(old), open_numbers(new)
    if before != after:
        lost = [*(before - after), *(after - before)]
        raise InvalidInput(
            _("The open digits must stay as they are: %(numbers)s.")
            % {"numbers": "، ".join(dict.fromkeys(lost))},
            cure=_("Decide the number first, with the evidence; then correct the words."),
            code="open_digits_changed",
        )
    if not reason.strip() and not keeps_signs(old, new):
        lost_signs, gained = changed_signs(old, new)
        raise InvalidInput(
            _("Letters or digits would be lost (%(lost)s) or added (%(gained)s).")
            % {"lost": lost_signs or "–", "gained": gained or "–"},
            cure=_("Say how the right reading is known."),
            fields={"reason": [_("Say how the right reading is known.")]},
            code="letters_changed",
        )


def show_number(part: Part, number: Marked, value: str) -> None:
    """Write a number as it was decided: its digits, or the set of what they may be."""
    reading = number["reading"]
    if value != reading and not may_be(value, reading):
        raise InvalidInput(
            _("“%(value)s” cannot be spelt with the digits %(reading)s.")
            % {"value": value, "reading": reading},
            fields={"value": [_("Choose one digit for each place, among its candidates.")]},
        )
    start = place_of(part, number)
    if start is None:
        raise InvalidInput(_("The number no longer stands in this part."), code="number_gone")
    old = number["shown"]
    part["text"] = part["text"][:start] + value + part["text"][start + len(old) :]
    number["shown"] = value
    shift = len(value) - len(old)
    for doubt in part["doubts"]:
        if doubt["start"] > start:
            doubt["start"] += shift
        if doubt["end"] > start:
            doubt["end"] += shift


def place_of(part: Part, number: Marked) -> int | None:
    """Where a number stands in the words of its part: numbers shown alike by their order."""
    alike = [one for one in part["numbers"] if one["shown"] == number["shown"]]
    turn = alike.index(number)
    places = [
        found.start() for found in NUMBER.finditer(part["text"]) if found[0] == number["shown"]
    ]
    return places[turn] if turn < len(places) else None
