"""Is there a quorum? A share of a base, counted by heads or by votes. Pure, exact.

Presence is counted, not ballots: where ballots make the quorum, opponents defeat a motion by not
voting, and an abstention helps it. A statute that wants ballots says so (`counted_from`). Nobody
on the register is never a quorum. A quorum that lapses undoes nothing decided before; what is
decided without one is void.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dabir.core.errors import InvalidInput
from dabir.statutes.answers import Answer
from dabir.statutes.shares import COMPARISONS, least_that_reaches, read_fraction

BASES = ("members", "members in good standing", "seats", "filled seats", "registered voters")
HEADS, VOTES = "heads", "votes"
PRESENCE, BALLOTS = "presence", "ballots"
AT_OPENING, AT_EACH_DECISION, WHEN_RAISED = "at opening", "at each decision", "when raised"


@dataclass(frozen=True)
class QuorumRule:
    """The article on quorum, as a rule set writes it; `second` is that of a second convocation."""

    base: str
    comparison: str
    fraction: Fraction
    counted: str = HEADS
    proxies_count: bool | None = None
    counted_from: str = PRESENCE
    checked: str = AT_OPENING
    raised_by: tuple[str, ...] = ()
    second: QuorumRule | None = None

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> QuorumRule:
        """The rule of an article's value; a second convocation may give only what is different."""
        if value.get("base") not in BASES or value.get("comparison") not in COMPARISONS:
            raise InvalidInput(f"{dict(value)}")
        second = value.get("second")
        plain = {k: v for k, v in value.items() if k != "second"}
        return cls(
            base=value["base"],
            comparison=value["comparison"],
            fraction=read_fraction(value.get("fraction")),
            counted=value.get("counted", HEADS),
            proxies_count=value.get("proxies_count"),
            counted_from=value.get("counted_from", PRESENCE),
            checked=value.get("checked", AT_OPENING),
            raised_by=tuple(value.get("raised_by", ())),
            second=cls.read(plain | dict(second)) if second else None,
        )

    def at_convocation(self, convocation: int) -> QuorumRule:
        """The rule of the first or of a later convocation."""
        return self.second if convocation > 1 and self.second else self


@dataclass(frozen=True)
class Attendance:
    """Who is there at an instant: each of heads present, their votes, and by proxy; and ballots cast.

    All of one kind are counted in one unit: `votes` holds weights, `present` heads.
    """

    present: int
    by_proxy: int = 0
    votes_present: int | None = None
    votes_by_proxy: int | None = None
    ballots: int | None = None

    def counted(self, rule: QuorumRule) -> int:
        """What counts towards the quorum under this rule."""
        if rule.counted_from == BALLOTS:
            if self.ballots is None:
                raise InvalidInput("ballots")
            return self.ballots
        own, proxies = self.present, self.by_proxy
        if rule.counted == VOTES:
            if self.votes_present is None:
                raise InvalidInput("votes_present")
            own, proxies = self.votes_present, self.votes_by_proxy or 0
        return own + (proxies if rule.proxies_count else 0)


def needed(rule: QuorumRule, base: int) -> int:
    """How many make a quorum out of this base; at least one, however small the share."""
    return max(1, least_that_reaches(rule.comparison, rule.fraction, base))


def quorum_of(
    rule: QuorumRule,
    attendance: Attendance,
    *,
    base: int,
    convocation: int = 1,
    article: Mapping[str, str] | None = None,
) -> Answer:
    """Whether these make a quorum of the base, with the figures that prove it.

    Where proxies are there and the statute does not say whether they count, and it matters, that
    cannot be said.
    """
    rule = rule.at_convocation(convocation)
    least = needed(rule, base)
    there = attendance.counted(rule)
    params = {
        "base": rule.base,
        "whole": base,
        "comparison": rule.comparison,
        "fraction": f"{rule.fraction.numerator}/{rule.fraction.denominator}",
        "counted": rule.counted,
        "needed": least,
        "there": there,
        "convocation": convocation,
    }
    words = dict(article or {})
    if base <= 0:
        return Answer(False, "quorum_of_nobody", params, words, "fill_register")
    if there >= least:
        return Answer(True, "quorum_reached", params, words)
    if rule.proxies_count is None and rule.counted_from == PRESENCE:
        proxies = attendance.by_proxy if rule.counted == HEADS else attendance.votes_by_proxy or 0
        if there + proxies >= least:
            return Answer(None, "proxies_unset", params, words, "set_article")
    more = {"missing": least - there}
    cure = "second_convocation" if rule.second else "wait_for_more"
    return Answer(False, "quorum_missed", params, words, cure, more)


@dataclass(frozen=True)
class Moments:
    """Whether there was a quorum at the opening and at the decision, and who raised its want."""

    at_opening: bool
    at_decision: bool
    raised_by: str = ""


def decision_stands(rule: QuorumRule, moments: Moments) -> bool:
    """Whether a decision stands, or is void for want of a quorum; earlier ones are never touched."""
    if not moments.at_opening:
        return False
    if rule.checked == AT_OPENING or moments.at_decision:
        return True
    if rule.checked == WHEN_RAISED:
        return moments.raised_by not in rule.raised_by
    return False
