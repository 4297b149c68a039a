"""The life of a membership, and the kinds of what is checked, owed and ruled."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.states import Machine, Transition


class MemberState(models.TextChoices):
    """An applicant becomes a member; a membership rests, ends, and may begin again."""

    APPLIED = "applied", _("applied")
    CHECKED = "checked", _("under examination")
    PROVISIONAL = "provisional", _("provisional member")
    ADMITTED = "admitted", pgettext_lazy("membership", "member")
    SUSPENDED = "suspended", _("suspended")
    REFUSED = "refused", pgettext_lazy("membership", "refused")
    WITHDRAWN = "withdrawn", _("application withdrawn")
    LAPSED = "lapsed", pgettext_lazy("membership", "lapsed")
    LEFT = "left", pgettext_lazy("membership", "left")
    ENDED = "ended", _("ended by decision")


MEMBER_STATES = {c.value: c.label for c in MemberState}
APPLYING = (MemberState.APPLIED, MemberState.CHECKED)
BELONGING = (MemberState.PROVISIONAL, MemberState.ADMITTED, MemberState.SUSPENDED)
GONE = (MemberState.LAPSED, MemberState.LEFT, MemberState.ENDED)
_S = MemberState

MEMBERS = Machine(
    MEMBER_STATES,
    Transition("apply_again", (_S.REFUSED, _S.WITHDRAWN, *GONE), _S.APPLIED),
    Transition("begin_checks", (_S.APPLIED,), _S.CHECKED),
    Transition("admit_provisionally", (_S.CHECKED,), _S.PROVISIONAL),
    Transition("admit", (_S.CHECKED, _S.PROVISIONAL), _S.ADMITTED),
    Transition("refuse", (_S.APPLIED, _S.CHECKED, _S.PROVISIONAL), _S.REFUSED),
    Transition("withdraw", (_S.APPLIED, _S.CHECKED, _S.PROVISIONAL), _S.WITHDRAWN),
    Transition("suspend", (_S.ADMITTED,), _S.SUSPENDED),
    Transition("lift", (_S.SUSPENDED,), _S.ADMITTED),
    Transition("change_category", (_S.ADMITTED,), _S.ADMITTED),
    Transition("leave", (_S.PROVISIONAL, _S.ADMITTED, _S.SUSPENDED), _S.LEFT),
    Transition("lapse", (_S.PROVISIONAL, _S.ADMITTED, _S.SUSPENDED), _S.LAPSED),
    Transition("end", (_S.ADMITTED, _S.SUSPENDED), _S.ENDED),
    Transition("return", GONE, _S.ADMITTED),
)
# What an organ decides; the others are the member's own word or the secretariat's work.
DECIDED = (
    "admit_provisionally",
    "admit",
    "refuse",
    "suspend",
    "lift",
    "change_category",
    "lapse",
    "end",
    "return",
    "honour",
)
VERBS = {
    "apply": _("Applied"),
    "honour": _("Honorary membership given"),
    "enter": _("Entered from an earlier list"),
    "apply_again": _("Applied again"),
    "begin_checks": _("Examination begun"),
    "admit_provisionally": _("Admitted provisionally"),
    "admit": _("Admitted"),
    "refuse": _("Application refused"),
    "withdraw": _("Application withdrawn"),
    "suspend": _("Suspended"),
    "lift": _("Suspension lifted"),
    "change_category": _("Category changed"),
    "leave": _("Left the association"),
    "lapse": _("Membership lapsed"),
    "end": _("Membership ended by decision"),
    "return": _("Returned"),
}
# The design system's mark of each state.
MARKS = {
    "applied": "filed",
    "checked": "under_way",
    "provisional": "announced",
    "admitted": "active",
    "suspended": "blocked",
    "refused": "returned",
    "withdrawn": "withdrawn",
    "lapsed": "lapsed",
    "left": "ended",
    "ended": "retired",
}


class Outcome(models.TextChoices):
    """What the examination of one point found."""

    MET = "met", _("fulfilled")
    NOT_MET = "not_met", _("not fulfilled")
    NOT_NEEDED = "not_needed", _("not needed here")


OUTCOMES = {c.value: c.label for c in Outcome}


class DuesKind(models.TextChoices):
    """An entry of an account of dues that was kept before the treasury."""

    DUE = "due", _("due")
    PAID = "paid", pgettext_lazy("dues", "paid")


DUES_KINDS = {c.value: c.label for c in DuesKind}

EXACTNESS = {
    "exactly": _("exactly"),
    "about": pgettext_lazy("number", "about"),
    "more_than": pgettext_lazy("number", "more than"),
}
