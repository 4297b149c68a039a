"""What a rule says, in plain words of the reader's language: the value of an article as lines.

The same words stand on the office page, in the summary of `dabir statute check`, and beside a fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from dabir.core.errors import Words
from dabir.core.words import number_said, reader_language, say
from dabir.statutes.chains import Step, organ_key
from dabir.statutes.keys import MAJORITY, QUORUM
from dabir.statutes.schema import USUAL_ORGANS
from dabir.statutes.shapes import Shape, resembles
from dabir.statutes.vocabulary import OTHERS, SHARES, STEPS, WORDS
from dabir.text.calendars import GREGORIAN, SOLAR_HIJRI, Calendar, month_name

Names = Mapping[str, str]


def tell(shape: Shape, value: Any, organs: Names | None = None) -> list[str]:
    """The value in words, one line for each thing it says; `organs` are names by key."""
    return _Teller(organs or {}).lines(shape, value)


def organ_said(written: str, organs: Names | None = None) -> str:
    """The name of an organ or of whoever else takes a step."""
    key = organ_key(written)
    named: Words | None = (organs or {}).get(key)
    usual = USUAL_ORGANS.get(key.replace("-", "_"))
    return str(named or (usual[1] if usual else OTHERS.get(key)) or key.replace("-", " "))


def share_said(written: str) -> str:
    """A share in words where there is one: two thirds, half."""
    return str(SHARES.get(written) or number_said(written))


class _Teller:
    """One telling, with the names of the organs at hand."""

    def __init__(self, organs: Names) -> None:
        self.organs = organs
        self.calendar: Calendar = GREGORIAN

    def lines(self, shape: Shape, value: Any) -> list[str]:
        if shape.kind == "either":
            shape = next((o for o in shape.options if resembles(o, value)), shape.options[0])
        if not resembles(shape, value):
            return [str(value)]
        if shape is QUORUM or shape is MAJORITY:
            return self.share(shape, value)
        if shape.kind == "list":
            return self.listed(shape, value)
        if shape.kind == "table":
            return self.table(shape, value)
        return [self.one(shape, value)]

    def one(self, shape: Shape, value: Any) -> str:
        """A value that is one word, number or name."""
        plain = {
            "yes_no": lambda: _("yes") if value else _("no"),
            "number": lambda: counted(value, shape.unit),
            "step": lambda: self.step(value),
            "words": lambda: say(value),
            "organ": lambda: organ_said(value, self.organs),
            "period": lambda: period_said(value),
            "fraction": lambda: share_said(value),
            "language": lambda: language_said(value),
            "month_day": lambda: day_of_year_said(value, self.calendar),
            "currency": lambda: str(value),
        }
        if shape.kind in plain:
            return plain[shape.kind]()
        return (
            str(WORDS.get(value) or number_said(value))
            if isinstance(value, str)
            else number_said(value)
        )

    def share(self, shape: Shape, value: Mapping[str, Any]) -> list[str]:
        """The share as a sentence ("more than half of the members"), then what else the rule says."""
        of_share = ("base", "comparison", "fraction")
        rest = {k: v for k, v in value.items() if k not in (*of_share, "second")}
        lines = [_share_sentence(value), *self.table(shape, rest)]
        if isinstance(value.get("second"), dict) and "second" in shape.parts:
            second = value["second"]
            other = {k: v for k, v in second.items() if k not in of_share}
            said = [_share_sentence({**value, **second}), *self.table(shape, other)]
            lines.append(f"{shape.parts['second'].label}: {_('; ').join(said)}")
        return lines

    def table(self, shape: Shape, value: Mapping[str, Any]) -> list[str]:
        """Each part with its label; a part without one speaks for itself."""
        self.calendar = SOLAR_HIJRI if value.get("calendar") == "solar_hijri" else GREGORIAN
        lines: list[str] = []
        for name, part in shape.parts.items():
            if name not in value:
                continue
            said = self.lines(part.shape, value[name])
            item = part.shape.item
            if item is not None and item.kind == "table":
                lines += [f"{part.label}:", *(f"– {line}" for line in said)]
            else:
                joined = _("; ").join(said)
                lines.append(f"{part.label}: {joined}" if str(part.label) else joined)
        return lines

    def listed(self, shape: Shape, value: list[Any]) -> list[str]:
        """Tables and steps line by line, plain values side by side."""
        item = shape.item
        if item is None:
            return [str(each) for each in value]
        if item.kind == "table":
            return [self.row(item, each) for each in value]
        if item.kind == "list":
            return [" – ".join(self.lines(item, each)) for each in value]
        said = [self.one(item, each) for each in value]
        return said if item.kind == "step" else [_(", ").join(said)]

    def row(self, shape: Shape, value: Mapping[str, Any]) -> str:
        """One row of a list: its name first, then the rest."""
        if "decision" in value:
            rest = {k: v for k, v in value.items() if k != "decision"}
            return f"{WORDS.get(value['decision'], '')}: {_('; ').join(self.share(MAJORITY, rest))}"
        if "names" in value:
            rest = {k: v for k, v in value.items() if k not in ("names", "key", "kind")}
            said = _("; ").join(self.table(shape, rest))
            return f"{say(value['names'])}: {said}" if said else say(value["names"])
        if "amount" in value:
            rest = {k: v for k, v in value.items() if k != "amount"}
            return f"{_(', ').join(self.fitting(shape, rest))}: {_amount(value['amount'])}"
        return _("; ").join(self.table(shape, value))

    def fitting(self, shape: Shape, value: Mapping[str, Any]) -> list[str]:
        """To whom a row of fees applies: plain words by themselves, all else with its label."""
        plain = [n for n in value if n in shape.parts and shape.parts[n].shape.kind == "plain"]
        rest = {name: each for name, each in value.items() if name not in plain}
        said = [self.one(shape.parts[name].shape, value[name]) for name in plain]
        return [*said, *self.table(shape, rest)] or [_("all")]

    def step(self, value: Any) -> str:
        step = Step.read(value)
        return str(STEPS[step.act]) % {"who": organ_said(step.by, self.organs)}


def _share_sentence(value: Mapping[str, Any]) -> str:
    """The share of a base in words: "more than half of the members"."""
    return _("%(how)s %(share)s of %(base)s") % {
        "how": WORDS.get(value.get("comparison", ""), ""),
        "share": share_said(str(value.get("fraction", ""))),
        "base": WORDS.get(value.get("base", ""), ""),
    }


def _amount(value: int | str) -> str:
    return number_said(f"{value:,}" if isinstance(value, int) else value)


def counted(number: int, unit: str) -> str:
    """A number with its unit."""
    words = {
        "days": ngettext("%(number)s day", "%(number)s days", number),
        "years": ngettext("%(number)s year", "%(number)s years", number),
        "votes": ngettext("%(number)s vote", "%(number)s votes", number),
        "delegates": ngettext("%(number)s delegate", "%(number)s delegates", number),
        "persons": ngettext("%(number)s person", "%(number)s persons", number),
    }
    return words.get(unit, "%(number)s") % {"number": number_said(f"{number:,}")}


def period_said(written: str) -> str:
    """A period as ISO 8601 writes it, such as P2Y, in words."""
    number, unit = int(written[1:-1]), written[-1]
    words = {
        "Y": ngettext("%(number)s year", "%(number)s years", number),
        "M": ngettext("%(number)s month", "%(number)s months", number),
        "W": ngettext("%(number)s week", "%(number)s weeks", number),
        "D": ngettext("%(number)s day", "%(number)s days", number),
    }
    return words[unit] % {"number": number_said(number)}


def language_said(code: str) -> str:
    """The name of a language in the reader's language."""
    return str(get_language_info(code)["name_translated"]) if code in LANG_INFO else code


def day_of_year_said(written: str, calendar: Calendar = GREGORIAN) -> str:
    """A day of the year, its month named in the rule's own calendar."""
    month, day = (int(part) for part in written.split("-"))
    language = reader_language()
    return f"{number_said(day)} {month_name(month, language, calendar)}"
