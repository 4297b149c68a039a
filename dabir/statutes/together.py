"""Faults that show only when the rules of a set are read together. Pure.

A chain that cannot end, an organ that nobody elects, bands with a gap, a casting vote without a chair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from dabir.core.errors import InvalidInput
from dabir.statutes import chains, fees, majority, quorum
from dabir.statutes.acts import organs_in
from dabir.statutes.chains import Chain, organ_key
from dabir.statutes.places import Path
from dabir.statutes.reading import Rules
from dabir.statutes.schema import USUAL_ORGANS, key_named, kind_of
from dabir.statutes.shapes import CHAIN, ORGAN, Problem
from dabir.statutes.shares import AT_LEAST, MORE_THAN, read_fraction

# Who takes a step and is no organ of the rule set.
OTHERS = frozenset(
    {"member", "members", "city", "mayor", "jury", "candidate", "region", "auditor", "chair"}
    | {"host-city", "election-committee", "seat-city"}
)


def faults_together(rules: Rules) -> Iterator[Problem]:
    """Every fault between the rules of a set; rules that cannot be read are passed over."""
    for key, article in rules.articles.items():
        section, _dot, name = key.partition(".")
        known = key_named(key)
        if article.value is None or known is None:
            continue
        path: Path = (section, name, "value")
        try:
            if known.shape == CHAIN:
                yield from _chain(rules, article.value, path)
            elif known.shape == ORGAN:
                yield from _organ(rules, article.value, path)
            elif name in _OF_ONE_RULE:
                yield from _OF_ONE_RULE[name](rules, article.value, path)
        except (InvalidInput, KeyError, TypeError, AttributeError, ValueError):
            continue  # what cannot be read was named where it stands
    for section in organs_in(rules):
        yield from _of_organ(rules, section)


def _known_organs(rules: Rules) -> set[str]:
    return {organ_key(s) for s in organs_in(rules)} | {organ_key(s) for s in USUAL_ORGANS} | OTHERS


def _organ(rules: Rules, value: str, path: Path) -> Iterator[Problem]:
    if organ_key(value) not in _known_organs(rules):
        yield Problem("organ_unknown", path, {"organ": value})


def _chain(rules: Rules, value: list[Any], path: Path) -> Iterator[Problem]:
    chain = Chain.read(value)
    organs = _known_organs(rules)
    for place, step in enumerate(chain.steps):
        if step.by not in organs:
            yield Problem("organ_unknown", (*path, place), {"organ": step.by})
    place_of = {step.key: place for place, step in enumerate(chain.steps)}
    if len(place_of) < len(chain.steps):
        yield Problem("step_doubled", path)
    for step, target in chains.lost_steps(chain):
        yield Problem(
            "step_lost", (*path, place_of[step.key]), {"step": step.key, "target": target}
        )
    endless = [step.key for step in chains.endless_steps(chain)]
    if endless:
        yield Problem("chain_endless", (*path, place_of[endless[0]]), {"steps": endless})
    for step in chains.unreached_steps(chain):
        yield Problem("step_unreached", (*path, place_of[step.key]), {"step": step.key})


def _majority(rules: Rules, value: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    fraction = read_fraction(value["fraction"])
    if value["comparison"] == MORE_THAN and fraction == 1:
        yield Problem("never_reached", path)
    if value["comparison"] == AT_LEAST and fraction == Fraction(1, 2):
        yield Problem("tie_passes", path)
    if value["comparison"] == AT_LEAST and not fraction:
        yield Problem("always_reached", path)
    said, so = value.get("abstentions"), majority.abstentions_under(value["base"])
    if said and said != so:
        yield Problem("abstentions_contradict", path, {"base": value["base"], "given": said})
    if value.get("ties") == majority.CASTING_VOTE and not rules.named(f"{path[0]}.chair"):
        yield Problem("casting_without_chair", path)
    if not value.get("ties") and fraction == Fraction(1, 2) and value["comparison"] == MORE_THAN:
        yield Problem("ties_unsaid", path)


def _majorities(rules: Rules, value: list[Mapping[str, Any]], path: Path) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, each in enumerate(value):
        yield from _majority(rules, each, (*path, place))
        if each["decision"] in seen:
            yield Problem("decision_doubled", (*path, place), {"decision": each["decision"]})
        seen.add(each["decision"])


def _quorum(rules: Rules, value: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    rule = quorum.QuorumRule.read(value)
    for each in filter(None, (rule, rule.second)):
        if each.comparison == MORE_THAN and each.fraction == 1:
            yield Problem("never_reached", path)
    if rule.counted == quorum.VOTES and not rules.named(f"{path[0]}.weights"):
        yield Problem("weights_unsaid", path)
    if rule.checked == quorum.WHEN_RAISED and not rule.raised_by:
        yield Problem("nobody_raises", path)


def _fees(rules: Rules, value: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    needs = {
        fees.FLAT: ("amount",),
        fees.TABLE: ("rows",),
        fees.FORMULA: ("product",),
        fees.FREE: (),
    }
    for part in (*needs[value["engine"]], *(("currency",) if value["engine"] != fees.FREE else ())):
        if part not in value:
            yield Problem("fee_part_missing", path, {"engine": value["engine"], "part": part})
    currencies = rules.get("finance.currencies")
    if currencies and value.get("currency") and value["currency"] not in currencies:
        yield Problem("currency_not_kept", (*path, "currency"), {"currency": value["currency"]})
    if value["engine"] == fees.TABLE:
        yield from _fee_table(rules, value, path)
    if "plus" in value:
        yield from _fee_table(rules, value["plus"], (*path, "plus"))


def _fee_table(rules: Rules, value: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    rows = value["rows"]
    for place, row in enumerate(rows):
        if row.get("to") is not None and row["to"] <= row.get("from", 0):
            yield Problem(
                "band_backwards",
                (*path, "rows", place),
                {"from": row.get("from", 0), "to": row["to"]},
            )
            return
        for name in value.get("groups", ()):
            if name not in row:
                yield Problem("row_without_group", (*path, "rows", place), {"group": name})
                return
    for fault in fees.band_faults(value):
        place = max(fault.rows[-1], 0)
        params = {"group": dict(fault.group), "from": fault.start, "to": fault.end}
        yield Problem(f"band_{fault.kind}", (*path, "rows", place), params)
    for group in fees.missing_groups(value):
        yield Problem("group_missing", (*path, "rows"), {"group": group})


def _categories(rules: Rules, value: list[Mapping[str, Any]], path: Path) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, each in enumerate(value):
        if each["key"] in seen:
            yield Problem("category_doubled", (*path, place), {"category": each["key"]})
        seen.add(each["key"])


def _dues(rules: Rules, value: Any, path: Path) -> Iterator[Problem]:
    rule = value if isinstance(value, str) else value["rule"]
    if rule != "none" and (isinstance(value, str) or "plan" not in value):
        yield Problem("plan_unsaid", path)


def _report_to(rules: Rules, value: list[str], path: Path) -> Iterator[Problem]:
    for place, each in enumerate(value):
        yield from _organ(rules, each, (*path, place))


_OF_ONE_RULE: dict[str, Callable[[Rules, Any, Path], Iterator[Problem]]] = {
    "majority": _majority,
    "majorities": _majorities,
    "quorum": _quorum,
    "fees": _fees,
    "categories": _categories,
    "standing": _dues,
    "candidacy": _dues,
    "report_to": _report_to,
}


def _of_organ(rules: Rules, section: str) -> Iterator[Problem]:
    """An organ whose seats nobody fills, or whose seats do not add up."""
    composition = rules.get(f"{section}.composition")
    seats = rules.get(f"{section}.seats")
    if not isinstance(composition, Mapping | None) or not isinstance(seats, int | None):
        return
    made = (composition or {}).get("members", "")
    chosen = made.startswith("elected") or (
        seats is not None and made not in ("all members", "cities")
    )
    kind = kind_of(section, rules.get(f"{section}.kind"))
    if kind == "office":
        chosen = any(
            rules.named(f"{section}.{n}") for n in ("term_years", "reelection", "candidacy")
        )
    fills = any(rules.named(f"{section}.{name}") for name in ("appointment", "presidency"))
    if chosen and not fills:
        first = next(key for key in rules.articles if key.startswith(f"{section}."))
        yield Problem("nobody_elects", (section, first.partition(".")[2]), {"organ": section})
    elected = (composition or {}).get("elected")
    by_right = len((composition or {}).get("by_right", ()))
    if seats is not None and isinstance(elected, int) and elected + by_right != seats:
        params = {"seats": seats, "elected": elected, "by_right": by_right}
        yield Problem("seats_differ", (section, "composition", "value"), params)
