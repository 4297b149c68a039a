"""May this member vote, stand for election, speak, on this day? Computed from the statute, never stored.

Three separate answers, each with reason, article and cure. Asked in this order: is there a
membership in force; is it suspended or provisional; does its category have the right; has an organ
ruled; are the dues as the statute wants them; is the representative accredited. What a later
payment changes is a later day: facts recorded after `on` are not looked at. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dabir.statutes.answers import Answer
from dabir.statutes.calendar import year_of
from dabir.statutes.dues import NONE, DuesPolicy, YearDue, hindering, year_to_show
from dabir.statutes.reading import Rules

VOTE, STAND, SPEAK = "vote", "stand", "speak"
QUESTIONS = (VOTE, STAND, SPEAK)

# What the membership's state means here; any other word is no membership in force.
IN_FORCE, PROVISIONAL, SUSPENDED = "admitted", "provisional", "suspended"

CATEGORIES = "members.categories"
DUES_FOR_VOTE = "members.standing"
DUES_TO_STAND = "members.candidacy"
ACCREDITATION = "members.accreditation"
KEPT = {
    SUSPENDED: "members.rights_while_suspended",
    PROVISIONAL: "members.rights_while_provisional",
}


@dataclass(frozen=True)
class Ruling:
    """What an organ or the chair ruled on one member, logged with its day: half-open `[on, until)`.

    `grants` False takes the right away. A ruling lifts what dues or accreditation stand in the way
    of; it never makes a member of a stranger, nor a voter of a category without a vote.
    """

    on: date
    of: tuple[str, ...]
    grants: bool = True
    until: date | None = None
    by: str = ""

    def holds(self, question: str, on: date) -> bool:
        """Whether it speaks of this right on that day."""
        return question in self.of and self.on <= on and (self.until is None or on < self.until)


@dataclass(frozen=True)
class MemberFacts:
    """What is on record of one member: in force on `joined_on`, no longer on `ended_on`.

    `state` is one of the three words above, or any other for "no membership in force".
    `representative_accredited` None: nobody has asked yet.
    """

    category: str
    state: str
    joined_on: date | None = None
    ended_on: date | None = None
    dues: tuple[YearDue, ...] = ()
    plan_until: date | None = None
    rulings: tuple[Ruling, ...] = ()
    representative_accredited: bool | None = None


@dataclass(frozen=True)
class Standing:
    """The three answers for one member on one day."""

    may_vote: Answer
    may_stand: Answer
    may_speak: Answer

    def as_dict(self) -> dict[str, Any]:
        """As plain values, for a frozen snapshot."""
        return {name: getattr(self, name).as_dict() for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class _Asked:
    facts: MemberFacts
    rules: Rules
    on: date
    question: str
    office: str = ""

    def answer(self, verdict: bool | None, code: str, key: str = "", **rest: Any) -> Answer:
        """An answer that cites the article `key`."""
        cure = rest.pop("cure", "")
        cure_params = rest.pop("cure_params", {})
        params = {
            "question": self.question,
            "on": self.on.isoformat(),
            "category": self.facts.category,
        }
        if key:
            params["rule"] = key
        article = self.rules.article(key) if key else {}
        return Answer(verdict, code, params | rest, article, cure, cure_params)

    def unset(self, *keys: str) -> Answer:
        """Nothing can be said while these articles are not set."""
        articles = [{"rule": key, "article": self.rules.article(key)} for key in keys]
        return self.answer(None, "article_unset", keys[0], articles=articles, cure="set_article")


def standing_of(facts: MemberFacts, rules: Rules, *, on: date, office: str = "") -> Standing:
    """The standing of a member on a day under these rules; `office` asks about candidacy for that organ."""
    vote, stand, speak = (
        _answer(_Asked(facts, rules, on, question, office)) for question in QUESTIONS
    )
    return Standing(may_vote=vote, may_stand=stand, may_speak=speak)


def _answer(asked: _Asked) -> Answer:
    """The first obstacle there is, else "cannot be said", else yes with its reason."""
    found = {}
    for obstacle in _OBSTACLES:
        answer = found[obstacle] = obstacle(asked)
        if answer is not None and answer.verdict is False:
            return answer
    unsaid = (found[obstacle] for obstacle in _LEAST_KNOWN_FIRST)
    return next((answer for answer in unsaid if answer is not None), None) or _granted(asked)


def _membership(asked: _Asked) -> Answer | None:
    facts, on = asked.facts, asked.on
    if facts.joined_on and on < facts.joined_on:
        return asked.answer(False, "not_yet_member", joined_on=facts.joined_on.isoformat())
    if facts.ended_on and facts.ended_on <= on:
        return asked.answer(
            False, "membership_ended", ended_on=facts.ended_on.isoformat(), cure="apply_again"
        )
    if facts.state not in (IN_FORCE, PROVISIONAL, SUSPENDED):
        return asked.answer(False, "not_a_member", state=facts.state, cure="apply")
    return None


def _state(asked: _Asked) -> Answer | None:
    """Suspended members keep, and provisional members have, only what an article gives them."""
    key = KEPT.get(asked.facts.state)
    if key is None:
        return None
    kept = asked.rules.get(key)
    suspended = asked.facts.state == SUSPENDED
    if kept is None and not (suspended and asked.question in (VOTE, STAND)):
        return asked.unset(key)
    if kept is not None and asked.question in kept:
        return None
    cited = key if kept is not None else ""
    cure = "lift_suspension" if suspended else "complete_admission"
    return asked.answer(False, asked.facts.state, cited, cure=cure)


def _category(asked: _Asked) -> Answer | None:
    rules, facts = asked.rules, asked.facts
    if not rules.is_set(CATEGORIES):
        return asked.unset(CATEGORIES)
    category = _category_of(rules, facts.category)
    if category is None:
        return asked.answer(None, "category_unknown", CATEGORIES, cure="set_category")
    right = category.get(RIGHTS[asked.question])
    names = category.get("names", {})
    if right is None:
        return asked.answer(
            None, "category_right_unset", CATEGORIES, names=names, cure="set_article"
        )
    return None if right else asked.answer(False, "category_without_right", CATEGORIES, names=names)


def _ruling(asked: _Asked) -> Ruling | None:
    """The newest ruling that speaks of this right on this day."""
    held = [r for r in asked.facts.rulings if r.holds(asked.question, asked.on)]
    return max(held, key=lambda r: r.on) if held else None


def _ruled_against(asked: _Asked) -> Answer | None:
    ruling = _ruling(asked)
    if ruling is None or ruling.grants:
        return None
    return asked.answer(
        False, "ruled_against", by=ruling.by, ruled_on=ruling.on.isoformat(), cure="ask_organ"
    )


def _dues(asked: _Asked) -> Answer | None:
    """Dues stand in the way of a vote or a candidacy, as the article of each says; of a word, never."""
    key = _dues_key(asked)
    if not key or _ruling(asked) or not _pays_dues(asked):
        return None
    if not asked.rules.is_set(key):
        return asked.unset(key)
    policy = DuesPolicy.read(asked.rules.get(key), key)
    year = year_of(asked.on, asked.rules)
    owed = hindering(policy, asked.facts.dues, on=asked.on, year=year)
    if not owed:
        return _dues_on_record(asked, policy, key, year)
    if _plan_runs(asked):
        if policy.plan:
            return None
        if policy.plan is None:
            return asked.answer(None, "plan_rule_unset", key, cure="set_article")
    amounts = [each.as_dict() for each in owed]
    cure = "pay_or_plan" if policy.plan else "pay"
    policy_data = {"policy": policy.rule, "years": policy.years, "grace_days": policy.grace_days}
    return asked.answer(
        False,
        "dues_owed",
        key,
        owed=amounts,
        **policy_data,
        cure=cure,
        cure_params={"owed": amounts},
    )


def _dues_on_record(asked: _Asked, policy: DuesPolicy, key: str, year: int) -> Answer | None:
    """A year that had to be paid and of which nothing is recorded is not known to be paid."""
    shown = year_to_show(policy, on=asked.on, year=year)
    if shown is None or any(
        row.year == shown and row.is_on_record(asked.on) for row in asked.facts.dues
    ):
        return None
    joined = asked.facts.joined_on
    if joined is not None and year_of(joined, asked.rules) > shown:
        return None
    return asked.answer(
        None, "dues_not_recorded", key, year=shown, cure="record_dues", cure_params={"year": shown}
    )


def _accreditation(asked: _Asked) -> Answer | None:
    """Only where the statute has such an article: the one who votes is accredited."""
    rules = asked.rules
    if asked.question != VOTE or not rules.named(ACCREDITATION) or _ruling(asked):
        return None
    if not rules.is_set(ACCREDITATION):
        return asked.unset(ACCREDITATION)
    if not rules.get(ACCREDITATION) or asked.facts.representative_accredited:
        return None
    known = asked.facts.representative_accredited is not None
    code = "not_accredited" if known else "accreditation_unknown"
    return asked.answer(False if known else None, code, ACCREDITATION, cure="accredit")


def _granted(asked: _Asked) -> Answer:
    """Yes, and why: a ruling, dues as the article wants them, or the category alone."""
    ruling = _ruling(asked)
    if ruling is not None:
        return asked.answer(True, "ruled_for", by=ruling.by, ruled_on=ruling.on.isoformat())
    key = _dues_key(asked)
    if not key or not _pays_dues(asked):
        return asked.answer(True, "category_has_right", CATEGORIES)
    policy = DuesPolicy.read(asked.rules.get(key), key)
    if policy.rule == NONE:
        return asked.answer(True, "dues_do_not_matter", key)
    year = year_of(asked.on, asked.rules)
    owed = hindering(policy, asked.facts.dues, on=asked.on, year=year)
    if owed and asked.facts.plan_until:
        until = asked.facts.plan_until.isoformat()
        return asked.answer(True, "plan_runs", key, plan_until=until)
    shown = year_to_show(policy, on=asked.on, year=year)
    return asked.answer(
        True, "dues_in_order", key, policy=policy.rule, years=policy.years, year=shown
    )


RIGHTS = {VOTE: "votes", STAND: "stands", SPEAK: "speaks"}


def _category_of(rules: Rules, key: str) -> Mapping[str, Any] | None:
    """The category as the rule set describes it."""
    found: list[Mapping[str, Any]] = [c for c in rules.get(CATEGORIES) or [] if c.get("key") == key]
    return found[0] if found else None


def _pays_dues(asked: _Asked) -> bool:
    """Honorary members owe nothing by rule: for them no dues stand in the way."""
    category = _category_of(asked.rules, asked.facts.category)
    return category is None or category.get("pays_dues") is not False


def _plan_runs(asked: _Asked) -> bool:
    """A payment plan is kept up to and including its last day."""
    return asked.facts.plan_until is not None and asked.on <= asked.facts.plan_until


def _dues_key(asked: _Asked) -> str:
    """The article on dues that the question is asked of; for an office, its own where there is one."""
    own = f"{asked.office}.candidacy"
    if asked.question == STAND and asked.office and asked.rules.named(own):
        return own
    return {VOTE: DUES_FOR_VOTE, STAND: DUES_TO_STAND}.get(asked.question, "")


_Obstacle = Callable[[_Asked], Answer | None]
_OBSTACLES: tuple[_Obstacle, ...] = (
    _membership,
    _state,
    _category,
    _ruled_against,
    _dues,
    _accreditation,
)
# Where nothing refuses, the article that most often decides is named first.
_LEAST_KNOWN_FIRST: tuple[_Obstacle, ...] = (_dues, _category, _state, _accreditation)
