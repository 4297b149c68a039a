"""A rule set read critically: every fault with its line, before anybody adopts it. Pure.

First each rule by itself (is it known, does it cite its article, is its value of the right kind),
then the rules together (`dabir.statutes.together`). An unset rule is no fault: it is listed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from dabir.statutes.places import Path, line_of, places
from dabir.statutes.reading import FREE_WORDS, Rules, rules_of
from dabir.statutes.schema import SECTIONS, USUAL_ORGANS, is_organ, key_named, names_in
from dabir.statutes.shapes import WORDS, Problem, problems
from dabir.statutes.together import faults_together

FIELDS = ("value", "article", "source", "words", "note", "conflicts")
LANGUAGES = ("en", "fa")
# These are remarks: the rule set can be adopted with them.
REMARKS = frozenset(
    {
        "article_language",
        "tie_passes",
        "plan_unsaid",
        "step_unreached",
        "weights_unsaid",
        "ties_unsaid",
    }
)
LARGEST = 400_000  # letters; a statute is much shorter


@dataclass(frozen=True)
class Finding:
    """One fault or remark of a file: on which line, of which rule, and the values of its sentence."""

    code: str
    line: int
    key: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_fault(self) -> bool:
        """Whether it must be gone before the rule set can be adopted."""
        return self.code not in REMARKS


@dataclass(frozen=True)
class Checked:
    """What a check found, and the rules as far as they can be read."""

    findings: tuple[Finding, ...]
    rules: Rules

    @property
    def faults(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_fault]

    @property
    def unset(self) -> list[str]:
        """The rules that the set names and does not set."""
        return [key for key, article in self.rules.articles.items() if not article.is_set]


def check_text(text: str) -> Checked:
    """Everything that is wrong with a rule set, in the order of its lines."""
    if len(text) > LARGEST:
        return Checked((Finding("too_long", 0, "", {"most": LARGEST}),), Rules())
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        written = re.search(r"at line (\d+)", str(error))
        line = int(written[1]) if written else text.count("\n") + 1
        return Checked((Finding("unreadable", line, "", {"words": str(error)}),), Rules())
    lines = places(text)
    found = list(_each_rule(data))
    rules = rules_of(data)
    if not rules.articles and not found:
        found.append(Problem("no_rules", ()))
    misshapen = {p.path[:2] for p in found}
    found += [p for p in faults_together(rules) if p.path[:2] not in misshapen]
    findings = [
        Finding(p.code, line_of(lines, p.path), ".".join(map(str, p.path[:2])), p.params)
        for p in found
    ]
    return Checked(tuple(sorted(findings, key=lambda f: (f.line, f.code))), rules)


def _each_rule(data: Mapping[str, Any]) -> Iterator[Problem]:
    for section, rules in data.items():
        if section in FREE_WORDS:
            yield from _of_itself(section, rules)
            continue
        if not isinstance(rules, dict):
            yield Problem("outside_section", (section,), {"given": section})
            continue
        if section not in SECTIONS and not is_organ(section, rules):
            known = [*SECTIONS, *USUAL_ORGANS]
            yield Problem("unknown_section", (section,), _nearest(section, known))
            continue
        for name, rule in rules.items():
            yield from _rule(section, name, rule)


def _of_itself(name: str, value: Any) -> Iterator[Problem]:
    """Title and description are words, the first day is a day."""
    if name == "in_force_from":
        if not isinstance(value, date) or isinstance(value, datetime):
            yield Problem("not_a_date", (name,), {"given": str(value)})
    elif not isinstance(value, str):
        yield from problems(WORDS, value, (name,))


def _rule(section: str, name: str, rule: Any) -> Iterator[Problem]:
    path: Path = (section, name)
    key = key_named(f"{section}.{name}")
    if key is None:
        yield Problem("unknown_rule", path, _nearest(name, names_in(section)))
        return
    if not isinstance(rule, dict):
        yield Problem("rule_without_article", path, {"given": str(rule)})
        return
    for each in rule:
        if each not in FIELDS:
            yield Problem("unknown_field", (*path, each), _nearest(each, FIELDS))
    yield from _article(rule, path)
    if "value" in rule:
        for problem in problems(key.shape, rule["value"], (*path, "value")):
            yield _of_this_rule(problem, name)


def _of_this_rule(problem: Problem, name: str) -> Problem:
    """A majority or a quorum without its base is named as such; a word nearly right is offered."""
    if problem.code == "part_missing" and problem.params["part"] == "base":
        quorum = name == "quorum"
        return Problem("quorum_without_base" if quorum else "majority_without_base", problem.path)
    if problem.code in ("not_a_word", "unknown_part"):
        nearest = _nearest(problem.params["given"], problem.params["known"])
        return Problem(problem.code, problem.path, {**problem.params, **nearest})
    return problem


def _article(rule: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    article = rule.get("article")
    if article is None:
        yield Problem("article_missing", path)
        return
    if not isinstance(article, dict) or not all(isinstance(w, str) for w in article.values()):
        yield Problem("article_not_words", (*path, "article"))
        return
    for language in LANGUAGES:
        if not article.get(language):
            yield Problem("article_language", (*path, "article"), {"language": language})


def _nearest(given: str, known: list[str] | tuple[str, ...]) -> dict[str, Any]:
    near = get_close_matches(given, known, n=1, cutoff=0.6)
    return {"given": given, "nearest": near[0] if near else "", "known": list(known)}
