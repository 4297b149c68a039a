"""Who decides through which steps: chains of approval and appointment as data. Pure.

A chain is a list of steps, each an act by an organ: "recommended by secretary-general", "approved by
executive-board", "endorsed by general-assembly". A yes leads to the next step, or to the one named by
`then`; a no ends the chain, or leads back to the step named by `if_refused`. A step is taken only in
its turn. A chain that can end ends: every step has a way of yes to the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dabir.core.errors import InvalidInput

ACTS = (
    *("proposed", "nominated", "drawn up", "checked", "certified", "recommended", "supported"),
    *("approved", "endorsed", "elected", "appointed", "decided", "adopted", "noted"),
)
END = "end"
_WRITTEN = re.compile(rf"({'|'.join(ACTS)}) by ([\w-]+)")


def organ_key(written: str) -> str:
    """The key of an organ however it is written: `executive-board` and `executive_board` are one."""
    return written.replace("_", "-")


@dataclass(frozen=True)
class Step:
    """One act by one organ, and where a yes and a no lead."""

    key: str
    act: str
    by: str
    then: str = ""
    if_refused: str = END

    @classmethod
    def read(cls, value: Any) -> Step:
        """A step of an article: "approved by executive-board", or the same as a table."""
        if isinstance(value, str):
            written = _WRITTEN.fullmatch(value.strip())
            if written is None:
                raise InvalidInput(f"{value!r}: {', '.join(ACTS)} + by")
            value = {"act": written[1], "by": written[2]}
        if not isinstance(value, Mapping) or value.get("act") not in ACTS or not value.get("by"):
            raise InvalidInput(f"{value!r}")
        by = organ_key(str(value["by"]))
        key = str(value.get("key") or f"{value['act']} by {by}")
        return cls(key, value["act"], by, value.get("then", ""), value.get("if_refused", END))


@dataclass(frozen=True)
class Chain:
    """The steps in their order."""

    steps: tuple[Step, ...]

    @classmethod
    def read(cls, value: Any) -> Chain:
        """The chain of an article's value."""
        if not isinstance(value, list) or not value:
            raise InvalidInput(f"{value!r}")
        return cls(tuple(Step.read(each) for each in value))

    def step(self, key: str) -> Step | None:
        """The step of that key."""
        return next((step for step in self.steps if step.key == key), None)

    def after(self, step: Step) -> str:
        """The key of the step that follows a yes, or "end"."""
        if step.then:
            return step.then
        place = self.steps.index(step) + 1
        return self.steps[place].key if place < len(self.steps) else END


@dataclass(frozen=True)
class Taken:
    """A step that was taken: by whom, on which day, with a yes or a no."""

    key: str
    granted: bool
    on: date
    by: str = ""


@dataclass(frozen=True)
class Position:
    """Where a matter stands in its chain: the step that is due, or how it ended."""

    due: Step | None
    ended: bool = False
    granted: bool | None = None


def position(chain: Chain, taken: Sequence[Taken]) -> Position:
    """Where these steps have led; raises InvalidInput for one out of turn, back in time, by another organ."""
    due: Step | None = chain.steps[0]
    last: date | None = None
    for each in taken:
        if due is None or each.key != due.key:
            raise InvalidInput(f"{each.key} != {due.key if due else END}")
        if last is not None and each.on < last:
            raise InvalidInput(f"{each.on} < {last}")
        if each.by and organ_key(each.by) != due.by:
            raise InvalidInput(f"{each.by} != {due.by}")
        following = chain.after(due) if each.granted else due.if_refused
        last = each.on
        if following == END:
            due = None
            continue
        due = chain.step(following)
        if due is None:
            raise InvalidInput(following)
    if due is None:
        return Position(None, ended=True, granted=taken[-1].granted)
    return Position(due)


def lost_steps(chain: Chain) -> Iterator[tuple[Step, str]]:
    """Every step that leads to a step that is not there."""
    known = {step.key for step in chain.steps} | {END, ""}
    for step in chain.steps:
        for target in (step.then, step.if_refused):
            if target not in known:
                yield step, target


def endless_steps(chain: Chain) -> list[Step]:
    """The steps from which no way of yes leads to the end; none in a chain that can end."""
    ending: set[str] = {END}
    while True:
        more = {s.key for s in chain.steps if s.key not in ending and chain.after(s) in ending}
        if not more:
            return [step for step in chain.steps if step.key not in ending]
        ending |= more


def unreached_steps(chain: Chain) -> list[Step]:
    """The steps to which nothing leads from the first one."""
    reached: set[str] = set()
    waiting = [chain.steps[0].key]
    while waiting:
        step = chain.step(waiting.pop())
        if step is None or step.key in reached:
            continue
        reached.add(step.key)
        waiting += [chain.after(step), step.if_refused]
    return [step for step in chain.steps if step.key not in reached]
