"""What an answer of the rules says, in the reader's language: verdict, reason with article, cure.

Each code has its sentence here; the answer brings plain values for the places in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dabir.core.errors import Words
from dabir.core.words import day_said, number_said, say
from dabir.statutes.amounts import amount_said
from dabir.statutes.answers import Answer
from dabir.statutes.dues import FULLY_PAID, PAID_YEAR_BEFORE, SUSPENDED_AFTER

VERDICTS: dict[tuple[str, bool | None], Words] = {
    ("vote", True): gettext_lazy("may vote"),
    ("vote", False): gettext_lazy("may not vote"),
    ("vote", None): gettext_lazy("whether it may vote cannot be said"),
    ("stand", True): gettext_lazy("may stand for election"),
    ("stand", False): gettext_lazy("may not stand for election"),
    ("stand", None): gettext_lazy("whether it may stand for election cannot be said"),
    ("speak", True): gettext_lazy("may speak"),
    ("speak", False): gettext_lazy("may not speak"),
    ("speak", None): gettext_lazy("whether it may speak cannot be said"),
}

REASONS: dict[str, Words] = {
    "article_unset": gettext_lazy("unset in the statute in force: %(articles)s"),
    "category_unknown": gettext_lazy(
        "the statute in force knows no category “%(category)s” (%(article)s)"
    ),
    "category_right_unset": gettext_lazy(
        "of the category “%(category)s” the statute does not say it (%(article)s)"
    ),
    "category_without_right": gettext_lazy(
        "the category “%(category)s” does not have this right (%(article)s)"
    ),
    "category_has_right": gettext_lazy("the category has this right (%(article)s)"),
    "not_yet_member": gettext_lazy("the membership begins on %(joined_on)s"),
    "membership_ended": gettext_lazy("the membership ended on %(ended_on)s"),
    "not_a_member": gettext_lazy("no membership is in force"),
    "membership_not_recorded": gettext_lazy("since when it is a member is not on record"),
    "suspended": gettext_lazy("the membership is suspended%(in_article)s"),
    "provisional": gettext_lazy("the membership is provisional%(in_article)s"),
    "ruled_for": gettext_lazy("so ruled on %(ruled_on)s%(by_whom)s"),
    "ruled_against": gettext_lazy("ruled otherwise on %(ruled_on)s%(by_whom)s"),
    "dues_owed": gettext_lazy("unpaid: %(owed)s. %(policy)s (%(article)s)"),
    "dues_in_order": gettext_lazy("%(policy)s, and they are (%(article)s)"),
    "dues_do_not_matter": gettext_lazy("unpaid dues never take this right (%(article)s)"),
    "dues_not_recorded": gettext_lazy("of the dues of %(year)s nothing is on record (%(article)s)"),
    "plan_runs": gettext_lazy("a payment plan is kept until %(plan_until)s (%(article)s)"),
    "plan_rule_unset": gettext_lazy(
        "dues are unpaid under a payment plan, and the statute does not say whether a plan "
        "keeps standing (%(article)s)"
    ),
    "not_accredited": gettext_lazy("the representative is not accredited (%(article)s)"),
    "accreditation_unknown": gettext_lazy(
        "whether the representative is accredited is not on record (%(article)s)"
    ),
}

CURES: dict[str, Words] = {
    "set_article": gettext_lazy("Enter the article, with the decision that adopted it."),
    "set_category": gettext_lazy("Enter the category in the rule set, or correct the member's."),
    "apply": gettext_lazy("Apply for membership."),
    "record_first_day": gettext_lazy("Record since when it is a member, with the source."),
    "apply_again": gettext_lazy("Apply again; the earlier membership is kept on record."),
    "lift_suspension": gettext_lazy("Ask the organ that suspended the membership to lift it."),
    "complete_admission": gettext_lazy("Complete the admission."),
    "ask_organ": gettext_lazy("Ask the organ that ruled."),
    "pay": gettext_lazy("Pay: %(owed)s."),
    "pay_or_plan": gettext_lazy("Pay, or agree on a payment plan: %(owed)s."),
    "record_dues": gettext_lazy("Record what was due and paid for %(year)s, with its source."),
    "accredit": gettext_lazy("Send the letter that accredits the representative."),
}


def say_verdict(answer: Answer) -> str:
    """Yes, no, or that it cannot be said, as words about the question."""
    return str(VERDICTS[answer.params["question"], answer.verdict])


def say_reason(answer: Answer) -> str:
    """Why, with the article; a sentence without its full stop."""
    return str(REASONS[answer.code]) % _places(answer.params, answer)


def say_cure(answer: Answer) -> str:
    """What would change the answer; empty where nothing has to."""
    if not answer.cure_code:
        return ""
    return str(CURES[answer.cure_code]) % _places(answer.cure_params, answer)


def say_answer(answer: Answer) -> str:
    """Verdict, reason and cure in one line."""
    line = f"{say_verdict(answer)}: {say_reason(answer)}."
    return f"{line[:1].upper()}{line[1:]} {say_cure(answer)}".strip()


def _places(params: Mapping[str, Any], answer: Answer) -> dict[str, str]:
    """Every place that a sentence may have, said in the reader's words."""
    cited = say(answer.article)
    by = answer.params.get("by")
    places = {
        "article": cited,
        "in_article": f" ({cited})" if cited else "",
        "by_whom": _(" by %(who)s") % {"who": by} if by else "",
        "articles": _("; ").join(say(a["article"]) for a in answer.params.get("articles", ())),
        "category": say(answer.params.get("names")) or str(answer.params.get("category", "")),
        "policy": _policy(answer.params),
        "owed": _("; ").join(_owed(each) for each in params.get("owed", ())),
        "year": number_said(params["year"]) if params.get("year") else "",
    }
    for name in ("joined_on", "ended_on", "ruled_on", "plan_until"):
        if params.get(name):
            places[name] = day_said(date.fromisoformat(params[name]))
    return places


def _policy(params: Mapping[str, Any]) -> str:
    """What the good-standing rule wants, as a sentence without its full stop."""
    years = params.get("years", 1)
    number = {"years": number_said(years)}
    rule = params.get("policy")
    if rule == PAID_YEAR_BEFORE:
        return (
            ngettext(
                "Dues must be paid up to the year before",
                "Dues must be paid up to %(years)s years before",
                years,
            )
            % number
        )
    if rule == SUSPENDED_AFTER:
        return (
            ngettext(
                "Dues must not be in arrears for more than one year",
                "Dues must not be in arrears for more than %(years)s years",
                years,
            )
            % number
        )
    return _("Dues must be fully paid") if rule == FULLY_PAID else ""


def _owed(each: Mapping[str, Any]) -> str:
    """One unpaid year with its amount."""
    amount = amount_said(each["amount"], each["currency"])
    return _("%(amount)s for %(year)s") % {"amount": amount, "year": number_said(each["year"])}
