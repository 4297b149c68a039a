"""The two sets of states, never confused: status of a commitment, force of a decision."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.states import Machine, Transition


class Status(models.TextChoices):
    """How far a commitment is. Delayed and silent are computed for a date, never stored."""

    NOT_STARTED = "not_started", _("not started")
    UNDER_WAY = "under_way", _("under way")
    BLOCKED = "blocked", _("blocked")
    DONE_CLAIMED = "done_claimed", _("done, as claimed")
    DONE_ACCEPTED = "done_accepted", _("done, accepted")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


STATUSES = {c.value: c.label for c in Status}
OPEN_STATUSES = (Status.NOT_STARTED, Status.UNDER_WAY, Status.BLOCKED)
COMMITMENTS = Machine(
    STATUSES,
    Transition("start", (Status.NOT_STARTED, Status.BLOCKED), Status.UNDER_WAY),
    Transition("block", (Status.NOT_STARTED, Status.UNDER_WAY), Status.BLOCKED),
    Transition(
        "claim", (Status.NOT_STARTED, Status.UNDER_WAY, Status.BLOCKED), Status.DONE_CLAIMED
    ),
    Transition("accept", (Status.DONE_CLAIMED,), Status.DONE_ACCEPTED),
    Transition("return", (Status.DONE_CLAIMED,), Status.UNDER_WAY),
    Transition("reverse_acceptance", (Status.DONE_ACCEPTED,), Status.UNDER_WAY),
    Transition(
        "set_aside", (Status.NOT_STARTED, Status.UNDER_WAY, Status.BLOCKED), Status.NOT_APPLICABLE
    ),
    Transition("take_up_again", (Status.NOT_APPLICABLE,), Status.NOT_STARTED),
)


class Force(models.TextChoices):
    """Whether a decision still binds; changed only by a later decision or by its fulfilment."""

    IN_FORCE = "in_force", _("in force")
    AMENDED = "amended", _("amended")
    SUPERSEDED = "superseded", _("superseded")
    EXHAUSTED = "exhausted", _("done")
    RETIRED = "retired", _("retired")
    LAPSED = "lapsed", _("lapsed")


FORCES = {c.value: c.label for c in Force}
BINDING_FORCES = (Force.IN_FORCE, Force.AMENDED)
LISTS = {
    Force.IN_FORCE: "in_force",
    Force.AMENDED: "amended",
    Force.SUPERSEDED: "superseded",
    Force.EXHAUSTED: "done",
    Force.RETIRED: "retired",
    Force.LAPSED: "lapsed",
}
FORCE_STEPS = Machine(
    FORCES,
    Transition("amend", BINDING_FORCES, Force.AMENDED),
    Transition("supersede", BINDING_FORCES, Force.SUPERSEDED),
    Transition("retire", BINDING_FORCES, Force.RETIRED),
    Transition("lapse", BINDING_FORCES, Force.LAPSED),
    Transition("exhaust", BINDING_FORCES, Force.EXHAUSTED),
    Transition("revive", (Force.EXHAUSTED, Force.LAPSED), Force.IN_FORCE),
)


class RelationKind(models.TextChoices):
    """What a later decision does to an earlier one."""

    REPEATS = "repeats", _("repeats")
    RESTATES = "restates", _("restates the validity of")
    AMENDS = "amends", _("amends")
    SUPERSEDES = "supersedes", _("supersedes")
    RETIRES = "retires", _("retires")
    FOLLOWS = "follows", _("follows from")


RELATIONS = {c.value: c.label for c in RelationKind}
FORCE_VERBS = {
    RelationKind.AMENDS: "amend",
    RelationKind.SUPERSEDES: "supersede",
    RelationKind.RETIRES: "retire",
}


class Kind(models.TextChoices):
    """How often a commitment is due."""

    ONE_OFF = "one_off", _("once")
    RECURRING = "recurring", _("recurring")
    STANDING = "standing", pgettext_lazy("commitment", "standing")


COMMITMENT_KINDS = {c.value: c.label for c in Kind}


class DeadlineType(models.TextChoices):
    """What the deadline of a commitment is; several open readings schedule nothing."""

    DATE = "date", _("a date")
    BEFORE_NEXT = "before_next", _("before the next session")
    RECURRING = "recurring", _("recurring")
    CANDIDATES = "candidates", _("several readings are open")
    ON_TIME = "on_time", _("“on time”, no date given")
    NONE = "none", _("none")


DEADLINE_TYPES = {c.value: c.label for c in DeadlineType}


class Budget(models.TextChoices):
    """Where the money comes from."""

    LINE = "line", _("a budget line")
    NONE_NEEDED = "none_needed", _("none needed")
    UNFUNDED = "unfunded", _("unfunded")
    UNKNOWN = "unknown", _("unknown")


BUDGETS = {c.value: c.label for c in Budget}


class Nature(models.TextChoices):
    """What kind of news a report is; only an activity ends a silence."""

    ACTIVITY = "activity", _("activity")
    OBSERVATION = "observation", _("observation")
    BACKGROUND = "background", _("background")


NATURES = {c.value: c.label for c in Nature}


class Verdict(models.TextChoices):
    """What a second person said of an activity report."""

    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    REVERSED = "reversed", _("acceptance reversed")


VERDICTS = {c.value: c.label for c in Verdict}


class ReportState(models.TextChoices):
    """The life of a progress report."""

    DRAFT = "draft", _("draft")
    SIGNED_OFF = "signed_off", _("signed off")
    FROZEN = "frozen", _("frozen")


REPORT_STATES = {c.value: c.label for c in ReportState}
REPORTS = Machine(
    REPORT_STATES,
    Transition("edit", (ReportState.DRAFT,), ReportState.DRAFT),
    Transition("sign_off", (ReportState.DRAFT,), ReportState.SIGNED_OFF),
    Transition("take_back", (ReportState.SIGNED_OFF,), ReportState.DRAFT),
    Transition("freeze", (ReportState.SIGNED_OFF,), ReportState.FROZEN),
    Transition("reopen", (ReportState.FROZEN,), ReportState.DRAFT),
)

EFFECT_KINDS = {
    "honorary_member": _("honorary membership granted"),
    "membership": _("membership given, changed or ended"),
    "host": _("host of a session chosen"),
    "presidency": _("presidency given"),
    "election": _("election welcomed or made"),
    "body_recognised": _("body recognised"),
    "award_scheme": _("award scheme founded"),
    "budget": _("budget approved"),
    "spending_authority": _("authority to spend given"),
    "body_founded": _("body founded"),
    "statute": _("statute adopted or amended"),
}
