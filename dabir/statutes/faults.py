"""The faults of a rule set in words: what is wrong, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.errors import Words
from dabir.core.words import number_said, say
from dabir.statutes.checking import Finding
from dabir.statutes.schema import key_named
from dabir.statutes.telling import language_said, organ_said
from dabir.statutes.vocabulary import WORDS

SENTENCES: dict[str, Words] = {
    "too_long": gettext_lazy("The file is longer than any statute: more than %(most)s letters."),
    "unreadable": gettext_lazy("This cannot be read as TOML: %(words)s."),
    "no_rules": gettext_lazy("There is no rule in this file."),
    "outside_section": gettext_lazy("“%(given)s” stands outside every section."),
    "unknown_section": gettext_lazy("No rules are known for a section “%(given)s”."),
    "unknown_rule": gettext_lazy("There is no rule “%(given)s” in this section."),
    "rule_without_article": gettext_lazy(
        "The rule is written as “%(given)s” alone, without the article it stands in."
    ),
    "unknown_field": gettext_lazy("A rule has no entry “%(given)s”."),
    "article_missing": gettext_lazy("The rule does not say in which article it stands."),
    "article_not_words": gettext_lazy("The article is not given as words in each language."),
    "article_language": gettext_lazy("The article is not named in %(language)s."),
    "wrong_unit": gettext_lazy(
        "“%(given)s” is written with its unit; this is a number of %(unit)s."
    ),
    "wrong_kind": gettext_lazy("“%(given)s” stands where %(kind)s is wanted."),
    "too_small": gettext_lazy("%(given)s is too little: at least %(least)s, in %(unit)s."),
    "too_large": gettext_lazy("%(given)s is too much: at most %(most)s, in %(unit)s."),
    "not_a_word": gettext_lazy("“%(given)s” is none of the words this rule knows."),
    "not_a_fraction": gettext_lazy("“%(given)s” is no share."),
    "share_outside": gettext_lazy("The share %(given)s lies outside nought and one."),
    "not_a_period": gettext_lazy("“%(given)s” is no period."),
    "not_a_language": gettext_lazy("“%(given)s” is no code of a language."),
    "not_a_currency": gettext_lazy("“%(given)s” is no code of a currency."),
    "not_a_day": gettext_lazy("“%(given)s” is no day of the year."),
    "not_a_date": gettext_lazy("“%(given)s” is no date."),
    "not_words": gettext_lazy("“%(given)s” is not text in one or more languages."),
    "not_an_amount": gettext_lazy("“%(given)s” is no amount of money."),
    "not_a_step": gettext_lazy("“%(given)s” is no step of a chain."),
    "empty_list": gettext_lazy("The list is empty."),
    "unknown_part": gettext_lazy("This rule has no part “%(given)s”."),
    "part_missing": gettext_lazy("The part “%(part)s” (%(label)s) is missing."),
    "majority_without_base": gettext_lazy(
        "A majority without a base: it is not said of what the share is."
    ),
    "quorum_without_base": gettext_lazy(
        "A quorum without a base: it is not said of what the share is."
    ),
    "never_reached": gettext_lazy("More than all is never reached."),
    "always_reached": gettext_lazy("At least nothing is always reached."),
    "tie_passes": gettext_lazy("At least half: as many no as yes carries it."),
    "ties_unsaid": gettext_lazy("What a tie means is not said."),
    "abstentions_contradict": gettext_lazy(
        "Abstentions are said to be “%(given)s”, but the share is taken of %(base)s."
    ),
    "casting_without_chair": gettext_lazy(
        "The chair has the casting vote, and nobody is named as chair."
    ),
    "weights_unsaid": gettext_lazy(
        "Votes are counted, and no article says how many a member carries."
    ),
    "nobody_raises": gettext_lazy("The quorum is looked at when raised, and nobody may raise it."),
    "decision_doubled": gettext_lazy("There are two majorities for “%(decision)s”."),
    "organ_unknown": gettext_lazy("“%(organ)s” is no organ of this rule set."),
    "step_doubled": gettext_lazy("Two steps of the chain have the same name."),
    "step_lost": gettext_lazy("The step “%(step)s” leads to “%(target)s”, which is no step."),
    "chain_endless": gettext_lazy("The chain cannot end: %(steps)s lead to each other for ever."),
    "step_unreached": gettext_lazy("Nothing leads to the step “%(step)s”."),
    "nobody_elects": gettext_lazy("Nobody elects or appoints %(organ)s."),
    "seats_differ": gettext_lazy(
        "The seats do not add up: %(seats)s in all, %(elected)s elected and %(by_right)s by right."
    ),
    "fee_part_missing": gettext_lazy("The fee is “%(engine)s”, and “%(part)s” is missing."),
    "currency_not_kept": gettext_lazy(
        "The fee is in %(currency)s, which the association does not keep."
    ),
    "band_backwards": gettext_lazy("A band of fees ends (%(to)s) before it begins (%(from)s)."),
    "row_without_group": gettext_lazy("A row of fees does not say its “%(group)s”."),
    "band_gap": gettext_lazy(
        "A gap in the fees%(of_group)s: from %(from)s %(until)s no row applies."
    ),
    "band_overlap": gettext_lazy(
        "An overlap in the fees%(of_group)s: from %(from)s %(until)s two rows apply."
    ),
    "group_missing": gettext_lazy("No row of fees applies%(of_group)s."),
    "category_doubled": gettext_lazy("There are two categories “%(category)s”."),
    "plan_unsaid": gettext_lazy("It is not said whether a payment plan keeps standing."),
}
CURES: dict[str, Words] = {
    "unreadable": gettext_lazy(
        "Look at brackets and quotation marks on this line and the one before."
    ),
    "no_rules": gettext_lazy("Start from a template: `dabir statute template`."),
    "band_gap": gettext_lazy("Let the bands meet: where one ends the next begins."),
    "band_overlap": gettext_lazy("Let the bands meet: where one ends the next begins."),
    "group_missing": gettext_lazy("Add a row for it."),
    "category_doubled": gettext_lazy("Give one of them another key."),
    "decision_doubled": gettext_lazy("Leave one of them out."),
    "step_lost": gettext_lazy("Name the key of a step, or “end”."),
    "seats_differ": gettext_lazy("Correct one of the three numbers."),
    "never_reached": gettext_lazy("Write “at least”."),
    "always_reached": gettext_lazy("Write “more than”, or a share above nought."),
    "unknown_section": gettext_lazy("Give the section a rule `kind` if it is an organ's."),
    "outside_section": gettext_lazy("Write it below a section such as [general_assembly]."),
    "rule_without_article": gettext_lazy('Write { value = …, article = { en = "…", fa = "…" } }.'),
    "article_missing": gettext_lazy('Add article = { en = "…", fa = "…" }.'),
    "article_not_words": gettext_lazy('Write article = { en = "…", fa = "…" }.'),
    "wrong_unit": gettext_lazy("Write the number alone."),
    "too_small": gettext_lazy("Look whether another unit was meant."),
    "too_large": gettext_lazy("Look whether another unit was meant."),
    "not_a_fraction": gettext_lazy('Write it as two whole numbers, such as "2/3".'),
    "share_outside": gettext_lazy('A share is between "0/1" and "1/1".'),
    "not_a_period": gettext_lazy(
        'Write "P2Y" for two years, "P1M" for a month, "P15D" for fifteen days.'
    ),
    "not_a_language": gettext_lazy('Write "fa", "en" and the like.'),
    "not_a_currency": gettext_lazy('Write the three letters of ISO 4217, such as "EUR".'),
    "not_a_day": gettext_lazy('Write month and day, such as "03-31".'),
    "not_a_date": gettext_lazy("Write the day without quotation marks, such as 2019-01-01."),
    "not_an_amount": gettext_lazy('Write a number, or "12.50" with a point.'),
    "not_a_step": gettext_lazy(
        'Write such as "approved by executive-board"; known are: %(known)s.'
    ),
    "majority_without_base": gettext_lazy('Add such as base = "votes cast".'),
    "quorum_without_base": gettext_lazy('Add such as base = "members".'),
    "tie_passes": gettext_lazy("Write “more than” if that is not meant."),
    "ties_unsaid": gettext_lazy('Add such as ties = "status quo".'),
    "abstentions_contradict": gettext_lazy("Leave “abstentions” out, or choose another base."),
    "casting_without_chair": gettext_lazy("Add the rule `chair` to this organ."),
    "weights_unsaid": gettext_lazy("Add the rule `weights` to this organ."),
    "nobody_raises": gettext_lazy("Add `raised_by`."),
    "organ_unknown": gettext_lazy("Add a section for it with its `kind`, or correct the name."),
    "chain_endless": gettext_lazy("Let one of them lead to “end”, or to a later step."),
    "nobody_elects": gettext_lazy(
        "Add the rule `appointment`; without a value if the article is not known."
    ),
    "fee_part_missing": gettext_lazy("Add it, or choose another way to find the fee."),
    "currency_not_kept": gettext_lazy("Add it to finance.currencies, or correct it."),
    "plan_unsaid": gettext_lazy("Add plan = true or plan = false."),
    "article_language": gettext_lazy("Add it, so that both languages can cite it."),
}
KINDS: dict[str, Words] = {
    "number": gettext_lazy("a whole number"),
    "yes_no": gettext_lazy("true or false"),
    "choice": gettext_lazy("a word"),
    "text": gettext_lazy("a text"),
    "words": gettext_lazy("a text in each language"),
    "period": gettext_lazy("a period such as “P2Y”"),
    "language": gettext_lazy("a language"),
    "currency": gettext_lazy("a currency"),
    "month_day": gettext_lazy("a day of the year"),
    "step": gettext_lazy("a step of a chain"),
    "organ": gettext_lazy("an organ"),
    "list": gettext_lazy("a list"),
    "table": gettext_lazy("a table"),
    "amount": gettext_lazy("an amount"),
    "plain": gettext_lazy("a word or number"),
}
UNITS: dict[str, Words] = {
    "days": gettext_lazy("days"),
    "years": gettext_lazy("years"),
    "seats": gettext_lazy("seats"),
    "votes": gettext_lazy("votes"),
    "delegates": gettext_lazy("delegates"),
    "persons": gettext_lazy("persons"),
    "proxies": gettext_lazy("proxies"),
    "": gettext_lazy("whole numbers"),
}


def say_finding(finding: Finding) -> str:
    """What is wrong, in one sentence."""
    return str(SENTENCES[finding.code]) % _places(finding.params)


def say_cure(finding: Finding) -> str:
    """What to write instead; the nearest known word where there is one."""
    nearest = finding.params.get("nearest")
    if nearest:
        return _("Did you mean “%(word)s”?") % {"word": nearest}
    if finding.code in ("not_a_word", "unknown_rule", "unknown_part"):
        return _("Known are: %(known)s.") % {"known": _(", ").join(finding.params["known"])}
    return str(CURES.get(finding.code, "")) % _places(finding.params)


def rule_said(finding: Finding) -> str:
    """The name of the rule a finding belongs to; empty for the file as a whole."""
    key = key_named(finding.key)
    return str(key.names) if key else ""


def _places(params: Mapping[str, Any]) -> dict[str, str]:
    """Every place that a sentence may have, in the reader's words."""
    places = {name: _plain(each) for name, each in params.items()}
    if "given" in params:
        places["given"] = (
            number_said(params["given"])
            if isinstance(params["given"], int)
            else str(params["given"])
        )
    if "label" in params:
        places["label"] = str(params["label"])
    if "unit" in params:
        places["unit"] = str(UNITS.get(params["unit"], params["unit"]))
    if "kind" in params:
        places["kind"] = str(KINDS.get(params["kind"], params["kind"]))
    if "language" in params:
        places["language"] = language_said(params["language"])
    if "base" in params:
        places["base"] = str(WORDS.get(params["base"], params["base"]))
    if "organ" in params:
        places["organ"] = organ_said(params["organ"])
    group = params.get("group")
    places["of_group"] = f" ({_groups(group)})" if isinstance(group, Mapping) and group else ""
    end = params.get("to")
    places["until"] = _("to %(end)s") % {"end": _plain(end)} if end is not None else _("upwards")
    return places


def _groups(group: Mapping[str, Any]) -> str:
    return _(", ").join(f"{WORDS.get(name, name)}: {_plain(each)}" for name, each in group.items())


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return number_said(f"{value:,}")
    if isinstance(value, list):
        return _(", ").join(str(each) for each in value)
    if isinstance(value, dict):
        return say(value)
    return str(WORDS.get(value, value))
