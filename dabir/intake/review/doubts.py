"""What a review still has to decide, in the order of the text: words, numbers, places, findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dabir.intake.review.fold import Review, is_entered, is_unplaced
from dabir.intake.review.parts import Part
from dabir.intake.review.placing import name_faults
from dabir.intake.states import Role


@dataclass(frozen=True)
class Question:
    """One thing to decide. `kind` is words, number, place, findings, about or conflict."""

    key: str
    kind: str
    part: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    decided: dict[str, Any] | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it."""
        return self.decided is None


def questions(review: Review, conflicts: Sequence[dict[str, Any]] = ()) -> list[Question]:
    """Everything that was or is to be decided, what the text is first, differences last."""
    found = [Question("about", "about", decided=review.about)]
    faults = {part["key"]: fault for part, fault in name_faults(review.parts)}
    for part in review.parts:
        found += _of_part(part, faults.get(part["key"]))
    found += [
        Question(f"c-{one['key']}", "conflict", data=one, decided=review.settled.get(one["key"]))
        for one in conflicts
    ]
    return found


def _of_part(part: Part, fault: str | None) -> Iterable[Question]:
    key = part["key"]
    if part["role"] == Role.LEFT_OUT:
        return
    if is_unplaced(part) or fault:
        yield Question(f"p-{key}", "place", key, {"fault": fault or "unplaced"})
    for doubt in sorted(part["doubts"], key=lambda one: one["start"]):
        yield Question(doubt["key"], "words", key, doubt, doubt["decided"])
    for number in part["numbers"]:
        if (number["decided"] or {}).get("how") != "proven":
            yield Question(number["key"], "number", key, number, number["decided"])
    if is_entered(part):
        yield Question(f"f-{key}", "findings", key, decided=part["found"])


def open_questions(found: Iterable[Question]) -> list[Question]:
    """Those that nobody has decided."""
    return [one for one in found if one.is_open]


def neighbours(found: Sequence[Question], key: str) -> tuple[Question | None, Question | None]:
    """The open question before and after the one with this key, going round at the ends."""
    at = next((n for n, one in enumerate(found) if one.key == key), None)
    if at is None:
        opened = open_questions(found)
        return (opened[-1], opened[0]) if opened else (None, None)
    after = [one for one in (*found[at + 1 :], *found[:at]) if one.is_open]
    return (after[-1], after[0]) if after else (None, None)
