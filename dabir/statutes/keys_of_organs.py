"""The rules that the section of an organ may set. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.statutes import keys, terms
from dabir.statutes.keys import Key
from dabir.statutes.shapes import (
    CHAIN,
    ORGAN,
    PERIOD,
    TEXT,
    WORDS,
    YES_NO,
    Part,
    choice,
    either,
    many,
    number,
    table,
)

KINDS = ("assembly", "board", "office", "secretariat", "commission", "committee", "inspectorate")

_ACTING = table(
    when=Part(
        choice("the office falls vacant", "the mayoral office is lost"), _("when"), needed=True
    ),
    by=Part(TEXT, _("who acts")),
    until=Part(ORGAN, _("until the next session of"), needed=True),
)
_PRESIDENCY = table(
    holder=Part(choice("mayor of the host", "elected person"), _("held by"), needed=True),
    of=Part(ORGAN, _("host of a session of")),
    starts=Part(choice("at the session hosted", "on election"), _("from")),
    ends=Part(choice("at the next session", "at the end of the term"), _("until")),
)
_COMPOSITION = table(
    members=Part(
        choice("all members", "elected cities", "elected persons", "one person", "cities"),
        _("made up of"),
        needed=True,
    ),
    by_right=Part(many(choice("seat city", "host city", "president", "treasurer")), _("by right")),
    elected=Part(keys.COUNT, _("elected")),
    per_region=Part(many(keys.COUNT), _("seats per region")),
    per_country=Part(keys.COUNT, _("seats per country")),
    words=Part(WORDS, _("in words")),
)
_REELECTION = either(keys.YEARS, choice(terms.UNLIMITED))
ORGAN_KEYS = (
    Key(
        "ORGAN.kind",
        choice(*KINDS),
        _("kind of organ"),
        _("Which kind of organ it is; makes a section an organ's."),
    ),
    Key(
        "ORGAN.names",
        WORDS,
        _("name of the organ"),
        _("What the organ is called in each language."),
    ),
    Key(
        "ORGAN.composition",
        _COMPOSITION,
        _("composition"),
        _("Who sits in the organ: by right, and elected."),
    ),
    Key("ORGAN.seats", keys.COUNT, _("seats"), _("How many seats the organ has.")),
    Key("ORGAN.term_years", keys.YEARS, _("term in years"), _("How many years a seat is held.")),
    Key(
        "ORGAN.hold_over",
        YES_NO,
        _("holding over"),
        _("Whether the holder stays until a successor begins."),
    ),
    Key(
        "ORGAN.reelection",
        _REELECTION,
        _("re-election"),
        _("How many terms in a row are allowed, or “unlimited”."),
    ),
    Key(
        "ORGAN.appointment",
        CHAIN,
        _("election or appointment"),
        _("Who elects or appoints, through which steps."),
    ),
    Key(
        "ORGAN.vacancy",
        choice(*terms.VACANCIES),
        _("vacancy"),
        _("How long somebody serves who fills a vacancy."),
    ),
    Key(
        "ORGAN.acting",
        _ACTING,
        _("acting arrangement"),
        _("Who acts when an office is empty, and until when."),
    ),
    Key(
        "ORGAN.presidency",
        _PRESIDENCY,
        _("presidency"),
        _("To whom the presidency belongs, from when until when."),
    ),
    Key("ORGAN.chair", ORGAN, _("chair"), _("Which office presides over the organ.")),
    Key(
        "ORGAN.candidacy",
        keys.DUES,
        _("dues to stand for it"),
        _("What of its dues a candidate for it must have paid."),
    ),
    Key(
        "ORGAN.quorum",
        keys.QUORUM,
        _("quorum"),
        _("How many must be there, counted how, checked when."),
    ),
    Key(
        "ORGAN.majority",
        keys.MAJORITY,
        _("majority"),
        _("What carries a decision where no other majority is set."),
    ),
    Key(
        "ORGAN.majorities",
        keys.MAJORITIES,
        _("special majorities"),
        _("What carries each special kind of decision."),
    ),
    Key(
        "ORGAN.weights",
        keys.WEIGHTS,
        _("votes of a member"),
        _("How many votes each member carries."),
    ),
    Key(
        "ORGAN.proxies",
        keys.PROXIES,
        _("proxies"),
        _("Whether one may vote for another, and within which limits."),
    ),
    Key(
        "ORGAN.substitutes",
        keys.SUBSTITUTES,
        _("substitutes"),
        _("Whether a substitute may take a delegate's place."),
    ),
    Key(
        "ORGAN.notice",
        keys.NOTICE,
        pgettext_lazy("rule", "notice"),
        _("How long before a session it must be called, in days or as P1M."),
    ),
    Key(
        "ORGAN.interval",
        PERIOD,
        _("interval between sessions"),
        _("The longest time between two sessions, as P2Y."),
    ),
    Key("ORGAN.online", YES_NO, _("sessions online"), _("Whether a session may be held online.")),
    Key(
        "ORGAN.minute_checkers",
        number("persons", 1, 10),
        _("checkers of the minutes"),
        _("How many persons check the minutes."),
    ),
)
