"""Is it carried? Yes against a base, compared with a share. Pure, exact.

"Simple", "absolute" and "two-thirds" are only names for triples of base, comparison and fraction.
Numerator and base are always in one unit, so that no share leaves 0 to 1. Without a single yes or
no there is no decision, whatever the fraction. A tie is never broken by chance: the statute says
how, and who.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dabir.core.errors import InvalidInput
from dabir.statutes.answers import Answer
from dabir.statutes.shares import COMPARISONS, least_that_reaches, read_fraction

VOTES_CAST, VALID_VOTES, BALLOTS_CAST = "votes cast", "valid votes", "ballots cast"
PRESENT, MEMBERS, GOOD_STANDING = "present", "members", "members in good standing"
FILLED_SEATS = "filled seats"
BASES = (VOTES_CAST, VALID_VOTES, BALLOTS_CAST, PRESENT, MEMBERS, GOOD_STANDING, FILLED_SEATS)

STATUS_QUO, CASTING_VOTE, LOT = "status quo", "casting vote", "lot"
RUN_OFF, SENIORITY = "run-off", "seniority"
TIES = (STATUS_QUO, CASTING_VOTE, LOT, RUN_OFF, SENIORITY)
NOT_COUNTED, IN_THE_BASE = "not counted", "counted in the base"
ABSTENTIONS = (NOT_COUNTED, IN_THE_BASE)
DECISIONS = (
    *("ordinary", "declaration", "statute", "budget", "accounts", "election", "admission"),
    *("honorary", "suspension", "exclusion", "host", "award", "discharge", "dissolution"),
)


def abstentions_under(base: str) -> str:
    """What an abstention does follows from the base: only among yes and no does it not count."""
    return NOT_COUNTED if base == VOTES_CAST else IN_THE_BASE


@dataclass(frozen=True)
class MajorityRule:
    """The article on a majority: base, comparison, fraction, and what a tie means."""

    base: str
    comparison: str
    fraction: Fraction
    ties: str = ""

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> MajorityRule:
        """The rule of an article's value; raises InvalidInput where a part is missing."""
        if value.get("base") not in BASES or value.get("comparison") not in COMPARISONS:
            raise InvalidInput(f"{dict(value)}")
        fraction = read_fraction(value.get("fraction"))
        return cls(value["base"], value["comparison"], fraction, value.get("ties", ""))


@dataclass(frozen=True)
class Count:
    """A count in one unit: all heads or all votes. Blank and invalid ballots stand by themselves.

    The registers (`present`, `members`, …) are in the same unit as the votes; None: not known.
    """

    yes: int
    no: int
    abstain: int = 0
    blank: int = 0
    invalid: int = 0
    present: int | None = None
    members: int | None = None
    members_in_good_standing: int | None = None
    filled_seats: int | None = None

    @property
    def cast(self) -> int:
        """All ballots, whatever is on them."""
        return self.yes + self.no + self.abstain + self.blank + self.invalid

    def whole(self, base: str) -> int:
        """The size of the base; raises InvalidInput where it is unknown or smaller than the ballots."""
        counted = {
            VOTES_CAST: self.yes + self.no,
            VALID_VOTES: self.yes + self.no + self.abstain,
            BALLOTS_CAST: self.cast,
        }
        if base in counted:
            return counted[base]
        registers = {
            PRESENT: self.present,
            MEMBERS: self.members,
            GOOD_STANDING: self.members_in_good_standing,
            FILLED_SEATS: self.filled_seats,
        }
        whole = registers[base]
        if whole is None or whole < self.cast:
            raise InvalidInput(f"{base}: {whole} < {self.cast}")
        return whole


def needed(rule: MajorityRule, whole: int) -> int:
    """How many yes carry it out of this base; at least one."""
    return max(1, least_that_reaches(rule.comparison, rule.fraction, whole))


def outcome_of(
    rule: MajorityRule,
    count: Count,
    *,
    casting_yes: bool | None = None,
    article: Mapping[str, str] | None = None,
) -> Answer:
    """Carried, not carried, or no decision, with the figures that prove it.

    `casting_yes` is the casting vote of the chair, asked for only in a tie that the statute breaks so.
    """
    if min(count.yes, count.no, count.abstain, count.blank, count.invalid) < 0:
        raise InvalidInput(f"{count}")
    whole = count.whole(rule.base)
    least = needed(rule, whole)
    params = {
        "base": rule.base,
        "whole": whole,
        "comparison": rule.comparison,
        "fraction": f"{rule.fraction.numerator}/{rule.fraction.denominator}",
        "needed": least,
        "yes": count.yes,
        "no": count.no,
        "abstain": count.abstain,
    }
    words = dict(article or {})
    if not count.yes + count.no:
        return Answer(None, "no_valid_vote", params, words, "vote_again")
    if count.yes >= least:
        return Answer(True, "carried", params, words)
    if _is_tie(rule, count):
        return _tied(rule, params, words, casting_yes)
    return Answer(False, "not_carried", params | {"missing": least - count.yes}, words)


def _is_tie(rule: MajorityRule, count: Count) -> bool:
    """As many yes as no, where one more yes would carry it."""
    if count.yes != count.no:
        return False
    one_more = count.whole(rule.base) + (
        1 if rule.base in (VOTES_CAST, VALID_VOTES, BALLOTS_CAST) else 0
    )
    return count.yes + 1 >= needed(rule, one_more)


def _tied(
    rule: MajorityRule, params: dict[str, Any], words: dict[str, str], casting_yes: bool | None
) -> Answer:
    if rule.ties == STATUS_QUO:
        return Answer(False, "tie_status_quo", params, words)
    if rule.ties == CASTING_VOTE and casting_yes is not None:
        return Answer(casting_yes, "tie_cast", params | {"casting_yes": casting_yes}, words)
    if not rule.ties:
        return Answer(None, "tie_unset", params, words, "set_article")
    return Answer(
        None, "tie", params | {"ties": rule.ties}, words, "break_tie", {"ties": rule.ties}
    )


def winner_of(
    rule: MajorityRule, tally: Mapping[str, int], *, count: Count | None = None
) -> str | None:
    """Who is elected with this majority among several; None calls for a run-off, never for chance."""
    votes = sum(tally.values())
    whole = votes if rule.base == VOTES_CAST or count is None else count.whole(rule.base)
    least = needed(rule, whole)
    reached = [name for name, number in tally.items() if number >= least]
    return reached[0] if len(reached) == 1 else None
