"""The shapes that more than one rule has: quorum, majority, chain, dues, fees. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.errors import Words
from dabir.statutes import dues, fees, majority, quorum, weights
from dabir.statutes.calendar import CALENDARS
from dabir.statutes.shapes import (
    AMOUNT,
    CURRENCY,
    FRACTION,
    MONTH_DAY,
    ORGAN,
    PLAIN,
    TEXT,
    WORDS,
    YES_NO,
    Part,
    Shape,
    choice,
    either,
    many,
    number,
    table,
)
from dabir.statutes.shares import COMPARISONS


@dataclass(frozen=True)
class Key:
    """One rule: where it stands, what its value looks like, what it is called and means."""

    key: str
    shape: Shape
    names: Words
    meaning: Words

    @property
    def section(self) -> str:
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        return self.key.partition(".")[2]


DAYS = number("days", 0, 3660)
YEARS = number("years", 1, 20)
COUNT = number("seats", 1, 1000)
FROM_WHAT = pgettext_lazy("rule", "counted from")
HOW_MANY = pgettext_lazy("rule", "how many")
SHARE = pgettext_lazy("rule", "share")

_QUORUM = {
    "base": Part(choice(*quorum.BASES), FROM_WHAT, needed=True),
    "comparison": Part(choice(*COMPARISONS), HOW_MANY, needed=True),
    "fraction": Part(FRACTION, SHARE, needed=True),
    "counted": Part(choice(quorum.HEADS, quorum.VOTES), _("counted by")),
    "proxies_count": Part(YES_NO, _("proxies count")),
    "counted_from": Part(choice(quorum.PRESENCE, quorum.BALLOTS), _("what is counted")),
    "checked": Part(
        choice(quorum.AT_OPENING, quorum.AT_EACH_DECISION, quorum.WHEN_RAISED), _("checked")
    ),
    "raised_by": Part(many(ORGAN), _("who may raise it")),
}
_SECOND = {name: Part(part.shape, part.label) for name, part in _QUORUM.items()}
QUORUM = table(**_QUORUM, second=Part(table(**_SECOND), _("at a second convocation")))

_MAJORITY = {
    "base": Part(choice(*majority.BASES), FROM_WHAT, needed=True),
    "comparison": Part(choice(*COMPARISONS), HOW_MANY, needed=True),
    "fraction": Part(FRACTION, SHARE, needed=True),
    "abstentions": Part(choice(*majority.ABSTENTIONS), _("abstentions")),
    "ties": Part(choice(*majority.TIES), _("in a tie")),
}
MAJORITY = table(**_MAJORITY)
MAJORITIES = many(
    table(
        decision=Part(choice(*majority.DECISIONS), _("kind of decision"), needed=True), **_MAJORITY
    )
)
WEIGHTS = either(
    choice(*weights.SCHEMES),
    table(
        scheme=Part(choice(*weights.SCHEMES), "", needed=True),
        default=Part(number("votes", 0), _("votes where none are given")),
        mayor=Part(number("votes", 0), _("votes of the mayor")),
        by_kind=Part(
            many(
                table(
                    kind=Part(TEXT, _("kind of municipality"), needed=True),
                    delegates=Part(number("delegates", 0), _("delegates"), needed=True),
                    names=Part(WORDS, _("name")),
                )
            ),
            _("delegates by kind of municipality"),
        ),
        may_split=Part(YES_NO, _("votes may be split")),
    ),
)
PROXIES = table(
    allowed=Part(YES_NO, _("proxies are allowed"), needed=True),
    written=Part(YES_NO, _("in writing")),
    per_holder=Part(number("proxies", 1), _("at most for one holder")),
    scope=Part(many(choice("meeting", "item", "all")), _("for what")),
    revocable=Part(YES_NO, _("may be taken back")),
)
SUBSTITUTES = table(
    allowed=Part(YES_NO, _("substitutes are allowed"), needed=True),
    only_when_absent=Part(YES_NO, _("votes only when the delegate is absent")),
    needs_mandate=Part(YES_NO, _("needs a political mandate")),
)
_DUES = table(
    rule=Part(choice(*dues.DUES_RULES), "", needed=True),
    years=Part(number("years", 0, 20), _("years")),
    grace_days=Part(DAYS, _("days of grace")),
    plan=Part(YES_NO, _("a payment plan keeps standing")),
)
DUES = either(choice(*dues.DUES_RULES), _DUES)
CATEGORIES = many(
    table(
        key=Part(TEXT, _("key"), needed=True),
        names=Part(WORDS, _("name"), needed=True),
        votes=Part(YES_NO, _("votes")),
        stands=Part(YES_NO, _("may be elected")),
        speaks=Part(YES_NO, _("speaks")),
        pays_dues=Part(YES_NO, _("pays dues")),
    )
)
CHECKLIST = many(
    table(key=Part(TEXT, _("key"), needed=True), names=Part(WORDS, _("name"), needed=True))
)
_ROW = {
    "from": Part(number("", 0), _("from")),
    "to": Part(number("", 1), _("to below")),
    "amount": Part(AMOUNT, _("amount"), needed=True),
}
FACTS = {
    "income_group": Part(PLAIN, _("income group")),
    "category": Part(PLAIN, pgettext_lazy("fee", "category")),
    "capital": Part(YES_NO, _("capital city")),
    "membership": Part(PLAIN, _("kind of membership")),
    "region": Part(PLAIN, _("region")),
    "country": Part(PLAIN, _("country")),
}
BAND_FACTS = ("population", "gdp_per_capita", "gni_per_capita")
_TABLE = {
    "band": Part(choice(*BAND_FACTS), _("by bands of")),
    "groups": Part(many(choice(*FACTS)), _("by groups of")),
    "rows": Part(many(table(**_ROW, **FACTS)), _("rows")),
}
FEES = table(
    engine=Part(choice(*fees.ENGINES), "", needed=True),
    currency=Part(CURRENCY, _("currency")),
    amount=Part(AMOUNT, _("amount")),
    duty=Part(WORDS, _("duty instead of a fee")),
    **_TABLE,
    product=Part(many(choice(*BAND_FACTS)), _("product of")),
    divisor=Part(number("", 1), _("divided by")),
    plus=Part(table(**_TABLE), _("and a fixed part")),
    discounts=Part(
        many(
            table(
                paid_by=Part(MONTH_DAY, _("paid by"), needed=True),
                discount=Part(FRACTION, _("discount"), needed=True),
            )
        ),
        _("discounts"),
    ),
    reindexed_every=Part(Shape("period"), _("indexed anew every")),
)
FISCAL_YEAR = table(
    calendar=Part(choice(*CALENDARS), _("calendar"), needed=True),
    starts=Part(MONTH_DAY, _("begins on"), needed=True),
)
NOTICE = either(DAYS, Shape("period"))
