"""How many votes a member carries. Pure, whole numbers.

One city one vote; one vote per region; by delegates, as Turkish municipal unions do (the mayor plus
one, two or three by the kind of the municipality); or a number given to each member. Delegate or
substitute votes, never both. Whether a member may split its votes is the statute's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dabir.core.errors import InvalidInput

ONE_EACH, ONE_PER_REGION = "one member one vote", "one vote per region"
BY_DELEGATES, GIVEN = "by delegates", "given to each member"
SCHEMES = (ONE_EACH, ONE_PER_REGION, BY_DELEGATES, GIVEN)
SPLITS = ("whole", "split")


@dataclass(frozen=True)
class WeightRule:
    """The article on votes: a scheme, and the numbers it needs."""

    scheme: str
    default: int = 1
    mayor: int = 1
    delegates: Mapping[str, int] = field(default_factory=dict)
    may_split: bool | None = None

    @classmethod
    def read(cls, value: Any) -> WeightRule:
        """The rule of an article's value."""
        if isinstance(value, str):
            value = {"scheme": value}
        if value.get("scheme") not in SCHEMES:
            raise InvalidInput(f"{value!r}")
        delegates = {each["kind"]: each["delegates"] for each in value.get("by_kind", ())}
        rest = {name: value[name] for name in ("default", "mayor", "may_split") if name in value}
        return cls(scheme=value["scheme"], delegates=delegates, **rest)


@dataclass(frozen=True)
class Voter:
    """What of a member decides its votes: kind of municipality, region, numbers given to it.

    `given` holds the number for one meeting under that meeting's id, and the lasting one under "".
    """

    key: str
    kind: str = ""
    region: str = ""
    given: Mapping[str, int] = field(default_factory=dict)


def votes_of(rule: WeightRule, voter: Voter, *, meeting: str = "") -> int:
    """The votes a member carries at a meeting; raises InvalidInput where its kind has no number."""
    if rule.scheme == GIVEN:
        return voter.given.get(meeting, voter.given.get("", rule.default))
    if rule.scheme == BY_DELEGATES:
        if voter.kind not in rule.delegates:
            raise InvalidInput(f"{voter.key}: {voter.kind!r}")
        return rule.mayor + rule.delegates[voter.kind]
    return 1


def total_votes(rule: WeightRule, voters: Iterable[Voter], *, meeting: str = "") -> int:
    """All votes of these members; where a region has one vote, each region counts once."""
    voters = list(voters)
    if rule.scheme == ONE_PER_REGION:
        return len({voter.region for voter in voters})
    return sum(votes_of(rule, voter, meeting=meeting) for voter in voters)


def who_votes(delegate_present: bool, substitute_present: bool) -> str | None:
    """The delegate, else the substitute, never both."""
    if delegate_present:
        return "delegate"
    return "substitute" if substitute_present else None


def check_ballot(rule: WeightRule, votes: int, ballot: Mapping[str, int]) -> None:
    """Refuse a ballot with more votes than the member carries, or split where the statute forbids it."""
    if any(number < 0 for number in ballot.values()) or sum(ballot.values()) > votes:
        raise InvalidInput(f"{sum(ballot.values())} > {votes}")
    if not rule.may_split and sum(1 for number in ballot.values() if number) > 1:
        raise InvalidInput(f"{dict(ballot)}")
