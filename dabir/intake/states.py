"""The way of a received text: waiting, under review, ready, confirmed; what it may be."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.states import Machine, Transition


class ReceiptState(models.TextChoices):
    """How far a received text is."""

    WAITING = "waiting", _("being read")
    REFUSED = "refused", _("not readable")
    REVIEW = "review", _("under review")
    READY = "ready", _("waiting for a second person")
    CONFIRMED = "confirmed", _("in the register")
    DROPPED = "dropped", _("set aside")


S = ReceiptState
RECEIPT_STATES = {c.value: c.label for c in S}
# The mark (`core/components/marks.py`) that stands for a state.
STATE_MARKS = {
    S.WAITING: "queued",
    S.REFUSED: "failed",
    S.REVIEW: "under_way",
    S.READY: "done_claimed",
    S.CONFIRMED: "done_accepted",
    S.DROPPED: "withdrawn",
}
RECEIPTS = Machine(
    RECEIPT_STATES,
    Transition("keep_reading", (S.WAITING,), S.REVIEW),
    Transition("refuse", (S.WAITING,), S.REFUSED),
    Transition("make_ready", (S.REVIEW,), S.READY),
    Transition("send_back", (S.READY,), S.REVIEW),
    Transition("confirm", (S.READY,), S.CONFIRMED),
    Transition("set_aside", (S.WAITING, S.REFUSED, S.REVIEW), S.DROPPED),
)


class Purpose(models.TextChoices):
    """What a received text is to the register."""

    NEW = "new", _("a text that is not in the register yet")
    VERSION = "version", _("a further language of a text in the register")
    WORDS = "words", _("the words of a text known only by its facts")


PURPOSES = {c.value: c.label for c in Purpose}


class Role(models.TextChoices):
    """What a part of a text is."""

    RECITAL = "recital", _("recital")
    CLAUSE = "clause", _("clause")
    ITEM = "item", _("item of a clause")
    REMAINDER = "remainder", _("remainder without a label")
    SECTION = "section", _("section that consists of its heading")
    TITLE = "title", _("title")
    HEADING = "heading", _("heading of what follows")
    LEFT_OUT = "left_out", _("left out of the register")
    UNPLACED = "unplaced", _("not placed yet")


ROLES = {c.value: c.label for c in Role}
ENTERED = (Role.RECITAL, Role.CLAUSE, Role.ITEM, Role.REMAINDER, Role.SECTION)

LANGUAGES = {
    "fa": _("Persian"),
    "en": _("English"),
    "ar": _("Arabic"),
    "tr": _("Turkish"),
    "ru": _("Russian"),
    "zh": _("Chinese"),
    "fr": _("French"),
    "ur": _("Urdu"),
}

VERBS = {
    "keep_words": _("let the reading stand"),
    "choose_words": _("chose another reading"),
    "retype_words": _("typed the reading"),
    "retype_part": _("typed the text of a part"),
    "choose_number": _("chose the digits of a number"),
    "leave_open": _("left a number open"),
    "split_part": _("divided a part"),
    "merge_part": _("joined a part to the one before"),
    "place_part": _("said what a part is"),
    "set_findings": _("said what a part holds"),
    "set_about": _("said what the text is"),
    "settle_conflict": _("settled a difference between languages"),
    "undo_act": _("took back the last step"),
    "make_ready": pgettext_lazy("review", "said that it is ready"),
    "send_back": pgettext_lazy("review", "sent it back"),
    "confirm": pgettext_lazy("review", "confirmed it"),
    "set_aside": pgettext_lazy("review", "set it aside"),
}
