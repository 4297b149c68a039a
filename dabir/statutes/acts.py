"""The acts that the statute rules, and which of its rules each one needs. Pure.

An act of an organ needs rules of that organ's section. What it needs and is unset, refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.errors import Words
from dabir.statutes.reading import Rules
from dabir.statutes.schema import is_organ, kind_of


@dataclass(frozen=True)
class Act:
    """One act: its key, its name, the rules it needs; `of_organs` names the kinds it is an act of."""

    key: str
    names: Words
    needs: tuple[str, ...]
    of_organs: tuple[str, ...] = ()


COLLEGES = ("assembly", "board", "commission", "committee", "inspectorate")
SEATED = ("board", "commission", "committee", "inspectorate", "office")
ACTS = (
    Act("call_session", _("Call a session"), ("notice",), COLLEGES),
    Act("open_session", _("Open a session with a quorum"), ("quorum",), COLLEGES),
    Act("decide", _("Decide by a vote"), ("quorum", "majority", "weights"), COLLEGES),
    Act("vote_by_proxy", _("Vote for another member"), ("proxies",), COLLEGES),
    Act("fill_seats", _("Fill a seat or an office"), ("appointment", "term_years"), SEATED),
    Act(
        "freeze_voters",
        pgettext_lazy("act", "Freeze the list of voters"),
        ("members.standing", "members.categories", "credentials.deadline_days"),
    ),
    Act(
        "stand_for_election",
        _("Stand for election"),
        ("members.candidacy", "members.categories"),
    ),
    Act("admit_member", _("Admit a member"), ("members.admission", "members.categories")),
    Act("name_honorary", _("Name an honorary member"), ("members.honorary", "members.categories")),
    Act("suspend_member", _("Suspend a member"), ("members.suspension",)),
    Act("exclude_member", _("Exclude a member"), ("members.exclusion",)),
    Act(
        "assess_dues",
        _("Assess the dues of a year"),
        ("members.fees", "members.fee_due", "members.fee_proration", "finance.fiscal_year"),
    ),
    Act(
        "approve_budget",
        _("Approve the budget"),
        ("finance.budget_approval", "finance.fiscal_year"),
    ),
    Act("approve_accounts", _("Approve the accounts"), ("finance.accounts_approval",)),
    Act("choose_host", _("Choose a host city"), ("hosts.approval",)),
    Act("give_award", _("Give an award"), ("awards.approval",)),
    Act("hand_over_presidency", _("Hand over the presidency"), ("president.presidency",)),
    Act("adopt_text", _("Adopt a text in its languages"), ("texts.authentic_language",)),
    Act(
        "remind",
        _("Remind of a deadline"),
        (
            "follow_up.reminder_days_before",
            "follow_up.reminder_days_after",
            "follow_up.silence_days",
        ),
    ),
    Act("report_progress", _("Report progress"), ("follow_up.report_to",)),
)
_BY_KEY = {act.key: act for act in ACTS}


@dataclass(frozen=True)
class Need:
    """One rule that an act needs in a rule set, and whether it is set there."""

    act: Act
    organ: str
    key: str
    is_set: bool


def act_named(key: str) -> Act | None:
    """The act of a key, with or without the organ behind a dot."""
    return _BY_KEY.get(key.partition(".")[0])


def organs_in(rules: Rules) -> dict[str, list[str]]:
    """The sections of organs with the names of their rules, in the order of the file."""
    sections: dict[str, list[str]] = {}
    for key in rules.articles:
        section, _dot, name = key.partition(".")
        sections.setdefault(section, []).append(name)
    return {section: names for section, names in sections.items() if is_organ(section, names)}


def needs_of(act: Act, rules: Rules, *, organ: str = "") -> Iterator[Need]:
    """Every rule that the act needs, of each organ whose act it is, or of the one that is named."""
    if not act.of_organs:
        for key in act.needs:
            yield Need(act, "", key, rules.is_set(key))
        return
    for section in organs_in(rules):
        if organ not in ("", section) or not _is_act_of(act, section, rules):
            continue
        for name in act.needs:
            yield Need(act, section, f"{section}.{name}", rules.is_set(f"{section}.{name}"))


def _is_act_of(act: Act, section: str, rules: Rules) -> bool:
    """Whether it is an act of this organ; a presidency that follows the host is filled by no act."""
    if act.key == "fill_seats" and rules.named(f"{section}.presidency"):
        return False
    return kind_of(section, rules.get(f"{section}.kind")) in act.of_organs


def blocked_acts(rules: Rules) -> list[Need]:
    """Every act that cannot be done now, with the rule that it lacks."""
    return [need for act in ACTS for need in needs_of(act, rules) if not need.is_set]


def acts_that_need(key: str, kind: str = "") -> list[Act]:
    """The acts that need a rule; of an organ's rule, those that are acts of its kind."""
    name = key.partition(".")[2]
    return [
        act
        for act in ACTS
        if (
            name in act.needs and (not kind or kind in act.of_organs)
            if act.of_organs
            else key in act.needs
        )
    ]
