"""What plain logic leaves of the open numbers: a proposal for the screen, never for the text."""

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import product

YEARS = (range(1300, 1451), range(1900, 2101))
MONTHS = (
    "ژانویه|فوریه|مارس|آوریل|مه|می|ژوئن|ژوئیه|جولای|اوت|آگوست|سپتامبر|اکتبر|نوامبر|دسامبر|"
    "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
)
DAY = re.compile(rf"#(\d+)#\s*(?:{MONTHS})")
DATED = re.compile(rf"#(\d+)#\s*(?:{MONTHS})\s*(?:سال\s*)?#(\d+)#")
TERM = re.compile(r"از\s+(?:سال\s+)?#(\d+)#\s+تا\s+(?:پایان\s+)?(?:سال\s+)?#(\d+)#")
LISTED = re.compile(r"#(\d+)#\s+و\s+(?:سال\s+)?#(\d+)#")
FUTURE = re.compile(r"خواه(?:د|ند|یم)|آینده|آتی")
SENTENCE = re.compile(r"[^؛;\n]+")
MOST = 200_000


@dataclass
class Number:
    """An open number: its place among the numbers, the values it may have, why."""

    values: list[str]
    length: int
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Constraint:
    """Two numbers and what must hold between them: the first is less, or not more, than the second."""

    first: int
    second: int
    holds: Callable[[int, int], bool]
    reason: str


def constraints_in(marked: str) -> list[Constraint]:
    """What the words say of the numbers; in `marked` the nth number stands as #n#."""
    found = [
        Constraint(int(match[1]), int(match[2]), operator.lt, why)
        for pattern, why in (
            (TERM, "a term ends after it starts"),
            (LISTED, "listed years rise"),
        )
        for match in pattern.finditer(marked)
    ]
    meeting = DATED.search(marked)
    if meeting:
        held = int(meeting[2])
        found += [
            Constraint(held, int(later), operator.le, "future, so not before the meeting")
            for sentence in SENTENCE.finditer(marked, meeting.end())
            if FUTURE.search(sentence[0])
            for later in re.findall(r"#(\d+)#", sentence[0])
        ]
    return found


def solve(numbers: list[Number], marked: str) -> None:
    """Leave each number only the values that some solution of all the constraints has."""
    days = {int(match[1]) for match in DAY.finditer(marked)}
    for place, number in enumerate(numbers):
        if place in days and number.length <= 2:
            narrow(number, lambda v: 1 <= int(v) <= 31, "a day of a month")
        elif number.length == 4:
            narrow(number, lambda v: any(int(v) in span for span in YEARS), "a year in use")
    rules = [
        rule
        for rule in constraints_in(marked)
        if numbers[rule.first].length == numbers[rule.second].length == 4
    ]
    for group in groups(rules):
        members = sorted({place for rule in group for place in (rule.first, rule.second)})
        settle(numbers, members, group)


def narrow(number: Number, fits: Callable[[str], bool], reason: str) -> None:
    """Drop values that cannot be; a number left with none keeps all, for a person to see."""
    left = [value for value in number.values if fits(value)]
    if left and len(left) < len(number.values):
        number.values = left
        if reason not in number.reasons:
            number.reasons.append(reason)


def groups(rules: Sequence[Constraint]) -> list[list[Constraint]]:
    """Constraints that share numbers belong together."""
    found: list[tuple[set[int], list[Constraint]]] = []
    for rule in rules:
        places, own = {rule.first, rule.second}, [rule]
        rest = []
        for members, group in found:
            if members & places:
                places |= members
                own = group + own
            else:
                rest.append((members, group))
        found = [*rest, (places, own)]
    return [group for _, group in found]


def revise(first: Number, second: Number, rule: Constraint) -> None:
    """Keep on both sides only values that have a partner on the other."""
    greatest = max(map(int, second.values))
    narrow(first, lambda value: rule.holds(int(value), greatest), rule.reason)
    least = min(map(int, first.values))
    narrow(second, lambda value: rule.holds(least, int(value)), rule.reason)


def settle(numbers: list[Number], members: list[int], rules: list[Constraint]) -> None:
    """Arc consistency first, then, where that leaves a doubt, every combination."""
    changed = True
    while changed:
        before = [len(number.values) for number in numbers]
        for rule in rules:
            revise(numbers[rule.first], numbers[rule.second], rule)
        changed = before != [len(number.values) for number in numbers]
    if not is_settled(numbers, rules):
        combine(numbers, members, rules)


def combine(numbers: list[Number], members: list[int], rules: list[Constraint]) -> None:
    """Keep the values that some combination has in which all rules hold, where there are not too many."""
    size = 1
    for place in members:
        size *= len(numbers[place].values)
    if size > MOST:
        return
    index = {place: n for n, place in enumerate(members)}
    seen: list[set[str]] = [set() for _ in members]
    for values in product(*(numbers[place].values for place in members)):
        if all(r.holds(int(values[index[r.first]]), int(values[index[r.second]])) for r in rules):
            for slot, value in zip(seen, values, strict=True):
                slot.add(value)
    if all(seen):
        for place, slot in zip(members, seen, strict=True):
            narrow(numbers[place], slot.__contains__, "all constraints together")


def is_settled(numbers: list[Number], rules: list[Constraint]) -> bool:
    """Whether each value left is known to be part of a solution, with no combination looked at.

    That is so where every value has its partners and no rule leads back to where it began: whatever value
    one number takes, those that must be greater take their greatest, all others their least.
    """
    for rule in rules:
        least = min(map(int, numbers[rule.first].values))
        greatest = max(map(int, numbers[rule.second].values))
        if not (
            all(rule.holds(int(value), greatest) for value in numbers[rule.first].values)
            and all(rule.holds(least, int(value)) for value in numbers[rule.second].values)
        ):
            return False
    greater: dict[int, set[int]] = {}
    for rule in rules:
        greater.setdefault(rule.first, set()).add(rule.second)
    try:
        TopologicalSorter(greater).prepare()
    except CycleError:
        return False
    return True
