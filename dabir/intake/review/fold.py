"""A review is its steps: the machine's reading, and every step taken since, give what stands now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import InvalidInput
from dabir.intake.review import placing, wording
from dabir.intake.review.numbers import is_open
from dabir.intake.review.parts import Part
from dabir.intake.states import ENTERED, Role

Data: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One act of a review as a plain value."""

    number: int
    verb: str
    data: Data
    reason: str = ""
    by: Data = field(default_factory=dict)
    at: str = ""

    def signed(self, **more: Any) -> Data:
        """Who decided, when and why, as it is kept beside what was decided."""
        stamp = {"by": self.by, "at": self.at, "reason": self.reason, "act": self.number}
        return stamp | more


@dataclass
class Review:
    """What stands after the steps: parts in order, what the text is, settled differences."""

    parts: list[Part]
    about: Data | None = None
    settled: dict[str, Data] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def part(self, key: str) -> Part:
        """The part with this key; raises InvalidInput where a step has taken it away."""
        for part in self.parts:
            if part["key"] == key:
                return part
        raise InvalidInput(_("This part is no longer there."), code="part_gone")

    @property
    def last(self) -> Step | None:
        """The step that would be taken back next."""
        return self.steps[-1] if self.steps else None


def begin(parts: Sequence[Part]) -> Review:
    """The review before its first step; what the labels prove needs no decision."""
    own = deepcopy(list(parts))
    for part in own:
        part["found"] = None
        for doubt in part["doubts"]:
            doubt["decided"] = None
        for number in part["numbers"]:
            number |= {"decided": None, "shown": number["reading"]}
            if not is_open(number["reading"]):
                number["decided"] = {"how": "proven"}
    placing.identify(own)
    return Review(own)


def take(review: Review, step: Step) -> Review:
    """The review after one more step; raises InvalidInput for one that is not possible now."""
    ACTS[step.verb](review, step)
    review.steps.append(step)
    return review


def fold(parts: Sequence[Part], steps: Iterable[Step]) -> Review:
    """What stands after all steps but those taken back, and those that took back."""
    review = begin(parts)
    for step in in_force(steps):
        take(review, step)
    return review


def in_force(steps: Iterable[Step]) -> list[Step]:
    """The steps that were not taken back."""
    kept: list[Step] = []
    for step in steps:
        if step.verb == "undo_act":
            kept = [one for one in kept if one.number != step.data["of"]]
        elif step.verb in ACTS:
            kept.append(step)
    return kept


# ---- Steps on words and numbers ---------------------------------------------------------------


def _keep_words(review: Review, step: Step) -> None:
    _part, doubt = wording.doubt_of(review.part(step.data["part"]), step.data["doubt"])
    doubt["decided"] = step.signed(how="kept")


def _choose_words(review: Review, step: Step) -> None:
    part, doubt = wording.doubt_of(review.part(step.data["part"]), step.data["doubt"])
    at = step.data["choice"]
    if not 0 <= at < len(doubt["candidates"]):
        raise InvalidInput(_("There is no such reading."))
    wording.replace(
        part, doubt, doubt["candidates"][at], reason="another reading of the same signs"
    )
    doubt["decided"] = step.signed(how="chosen", choice=at)


def _retype_words(review: Review, step: Step) -> None:
    part, doubt = wording.doubt_of(review.part(step.data["part"]), step.data["doubt"])
    wording.replace(part, doubt, step.data["text"], reason=step.reason)
    doubt["decided"] = step.signed(how="typed")


def _retype_part(review: Review, step: Step) -> None:
    part = review.part(step.data["part"])
    wording.retype(part, step.data["text"], reason=step.reason)
    for doubt in part["doubts"]:
        doubt["decided"] = doubt["decided"] or step.signed(how="typed")


def _choose_number(review: Review, step: Step) -> None:
    part, number = wording.number_of(review.part(step.data["part"]), step.data["number"])
    if not step.reason.strip():
        raise InvalidInput(
            _("Say how the digits are known."),
            fields={"reason": [_("A chosen digit needs its reason.")]},
        )
    wording.show_number(part, number, step.data["value"])
    number["decided"] = step.signed(how="chosen", **_noted(step))


def _leave_open(review: Review, step: Step) -> None:
    part, number = wording.number_of(review.part(step.data["part"]), step.data["number"])
    wording.show_number(part, number, number["reading"])
    how = "open" if is_open(number["reading"]) else "proven"
    number["decided"] = step.signed(how=how, **_noted(step))


def _noted(step: Step) -> Data:
    """What the reviewer noted of a number beside the decision: proposal, evidence, source."""
    return {"note": step.data["note"]} if step.data.get("note") else {}


# ---- Steps on the structure -------------------------------------------------------------------


def _split_part(review: Review, step: Step) -> None:
    placing.split(review.parts, review.part(step.data["part"]), step.data["at"], step.number)


def _merge_part(review: Review, step: Step) -> None:
    placing.merge(review.parts, review.part(step.data["part"]))


def _place_part(review: Review, step: Step) -> None:
    placing.place(review.parts, review.part(step.data["part"]), step.data, reason=step.reason)


# ---- Steps on what was found, on the whole, and on differences --------------------------------


def _set_findings(review: Review, step: Step) -> None:
    part = review.part(step.data["part"])
    part["found"] = step.signed(kinds=step.data["kinds"], values=step.data["found"])


def _set_about(review: Review, step: Step) -> None:
    review.about = step.signed(**step.data)


def _settle_conflict(review: Review, step: Step) -> None:
    if not step.reason.strip():
        raise InvalidInput(
            _("Say why the difference is settled so."),
            fields={"reason": [_("A reason is needed.")]},
        )
    review.settled[step.data["conflict"]] = step.signed(**step.data)


ACTS: dict[str, Callable[[Review, Step], None]] = {
    "keep_words": _keep_words,
    "choose_words": _choose_words,
    "retype_words": _retype_words,
    "retype_part": _retype_part,
    "choose_number": _choose_number,
    "leave_open": _leave_open,
    "split_part": _split_part,
    "merge_part": _merge_part,
    "place_part": _place_part,
    "set_findings": _set_findings,
    "set_about": _set_about,
    "settle_conflict": _settle_conflict,
}


def is_entered(part: Part) -> bool:
    """Whether the part becomes a clause of the register."""
    return part["role"] in {str(role) for role in ENTERED}


def is_unplaced(part: Part) -> bool:
    """Whether nobody has said what the part is."""
    return bool(part["role"] == Role.UNPLACED)
