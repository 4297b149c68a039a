"""The rules of the association that belong to no organ: members, money, texts, follow-up. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.statutes import fees, keys
from dabir.statutes.keys import Key
from dabir.statutes.keys_of_organs import KINDS
from dabir.statutes.shapes import (
    CHAIN,
    CURRENCY,
    FRACTION,
    LANGUAGE,
    MONTH_DAY,
    ORGAN,
    PERIOD,
    YES_NO,
    Part,
    choice,
    either,
    many,
    table,
)
from dabir.statutes.vocabulary import WORDS

_KINDS = {kind: WORDS[kind] for kind in KINDS}
_RIGHTS = many(choice("vote", "stand", "speak"))
FIXED_KEYS = (
    Key(
        "organs.founders",
        table(**{kind: Part(many(ORGAN), label) for kind, label in _KINDS.items()}),
        _("who founds an organ"),
        _("Which organs may found an organ of each kind."),
    ),
    Key(
        "organs.incompatible",
        many(many(ORGAN)),
        _("seats that exclude each other"),
        _("Pairs of organs in which nobody may sit at once."),
    ),
    Key(
        "texts.authentic_language",
        LANGUAGE,
        _("authentic language"),
        _("The language whose text decides."),
    ),
    Key("texts.languages", many(LANGUAGE), _("languages"), _("The languages of the association.")),
    Key(
        "members.categories",
        keys.CATEGORIES,
        _("categories of members"),
        _("The categories and the rights of each."),
    ),
    Key(
        "members.standing",
        keys.DUES,
        _("standing to vote"),
        _("What of its dues a member must have paid to vote."),
    ),
    Key(
        "members.candidacy",
        keys.DUES,
        _("standing to be elected"),
        _("What of its dues a candidate must have paid."),
    ),
    Key(
        "members.accreditation",
        YES_NO,
        _("accreditation"),
        _("Whether only an accredited representative votes."),
    ),
    Key(
        "members.rights_while_suspended",
        _RIGHTS,
        _("rights while suspended"),
        _("What a suspended member keeps."),
    ),
    Key(
        "members.rights_while_provisional",
        _RIGHTS,
        _("rights while provisional"),
        _("What a provisional member has."),
    ),
    Key(
        "members.provisional",
        YES_NO,
        _("provisional membership"),
        _("Whether membership begins provisionally."),
    ),
    Key(
        "members.checklist",
        keys.CHECKLIST,
        _("papers of an application"),
        _("What is checked before an admission."),
    ),
    Key("members.admission", CHAIN, _("admission"), _("Who admits a member, through which steps.")),
    Key("members.honorary", CHAIN, _("honorary membership"), _("Who names an honorary member.")),
    Key(
        "members.suspension", CHAIN, _("suspension"), _("Who suspends a member, and who lifts it.")
    ),
    Key("members.exclusion", CHAIN, _("exclusion"), _("Who excludes a member.")),
    Key(
        "members.fees",
        keys.FEES,
        _("membership fee"),
        _("How the yearly fee is found, and in which currency."),
    ),
    Key(
        "members.fee_proration",
        choice(*fees.PRORATIONS),
        _("fee of the first year"),
        _("What is owed for a year begun."),
    ),
    Key(
        "members.fee_due",
        MONTH_DAY,
        _("day on which the fee is due"),
        _("The day in the year, as 03-31."),
    ),
    Key(
        "credentials.deadline_days",
        keys.DAYS,
        _("deadline of credentials"),
        _("Days before a session on which the list of voters is frozen."),
    ),
    Key(
        "finance.currencies",
        many(CURRENCY),
        _("currencies"),
        _("The currencies in which the association keeps its money."),
    ),
    Key(
        "finance.fiscal_year",
        keys.FISCAL_YEAR,
        _("fiscal year"),
        _("The calendar of the fiscal year and its first day."),
    ),
    Key(
        "finance.budget_approval",
        CHAIN,
        _("approval of the budget"),
        _("Through which steps a budget gets its authority."),
    ),
    Key(
        "finance.accounts_approval",
        CHAIN,
        _("approval of the accounts"),
        _("Through which steps the accounts of a year go."),
    ),
    Key(
        "finance.provisional_budget",
        either(FRACTION, choice("none")),
        _("spending without a budget"),
        _(
            "Which share of the last budget may be spent each month while none is approved, or “none”."
        ),
    ),
    Key(
        "hosts.approval",
        CHAIN,
        _("choice of a host"),
        _("Through which steps a host city is chosen."),
    ),
    Key(
        "awards.approval",
        CHAIN,
        _("awards"),
        _("Through which steps the rules of an award are adopted."),
    ),
    Key(
        "awards.interval",
        PERIOD,
        _("interval between awards"),
        _("How often the award is given, as P2Y."),
    ),
    Key(
        "follow_up.report_to",
        many(ORGAN),
        _("addressees of the progress report"),
        _("To which organs the progress report goes."),
    ),
    Key(
        "follow_up.reminder_days_before",
        many(keys.DAYS),
        _("reminders before a deadline"),
        _("Days before a deadline on which a reminder goes out."),
    ),
    Key(
        "follow_up.reminder_days_after",
        many(keys.DAYS),
        _("reminders after a deadline"),
        _("Days after a deadline on which a reminder goes out."),
    ),
    Key(
        "follow_up.silence_days",
        keys.DAYS,
        _("question after silence"),
        _("Days without news after which somebody is asked."),
    ),
)
