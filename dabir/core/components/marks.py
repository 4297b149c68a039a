"""What a state looks like: its word, its shape and its colour, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.errors import Words


@dataclass(frozen=True)
class Mark:
    """Word, shape (a symbol of `core/icons.svg`) and tone (a class of `marks.css`) of a state."""

    label: Words
    shape: str
    tone: str


MARKS: dict[str, Mark] = {
    # Commitments
    "not_started": Mark(_("Not started"), "mark-ring", "stone"),
    "under_way": Mark(_("Under way"), "mark-half", "lapis"),
    "done_claimed": Mark(_("Done, awaiting acceptance"), "mark-rhomb", "saffron"),
    "done_accepted": Mark(_("Done and accepted"), "mark-check", "jade"),
    "blocked": Mark(_("Blocked"), "mark-bar", "brick"),
    "not_applicable": Mark(_("Not applicable"), "mark-dash", "stone"),
    "delayed": Mark(_("Delayed"), "mark-alert", "brick"),
    "no_information": Mark(_("No information"), "mark-dots", "stone"),
    "no_commitment": Mark(_("No commitment"), "mark-empty", "stone"),
    "no_action_needed": Mark(_("No action needed"), "mark-dash", "stone"),
    # Decisions
    "in_force": Mark(_("In force"), "mark-dot", "lapis"),
    "amended": Mark(_("Amended"), "mark-dot-half", "lapis"),
    "superseded": Mark(_("Superseded"), "mark-over", "stone"),
    "retired": Mark(_("Retired"), "mark-cross", "stone"),
    "lapsed": Mark(_("Lapsed"), "mark-clock", "stone"),
    "exhausted": Mark(_("Carried out"), "mark-square-check", "jade"),
    "done": Mark(_("Carried out"), "mark-square-check", "jade"),
    # Letters
    "queued": Mark(pgettext_lazy("letter", "Waiting"), "mark-clock", "saffron"),
    "drafted": Mark(pgettext_lazy("letter", "Waits for its signature"), "mark-pen", "saffron"),
    "sent": Mark(pgettext_lazy("letter", "Sent"), "mark-check", "jade"),
    "printed": Mark(pgettext_lazy("letter", "Printed"), "mark-page", "jade"),
    "failed": Mark(pgettext_lazy("letter", "Not delivered"), "mark-alert", "brick"),
    "answered": Mark(pgettext_lazy("letter", "Answered"), "mark-square-check", "jade"),
    "waiting": Mark(pgettext_lazy("letter", "Waits for an answer"), "mark-clock", "saffron"),
    "archived": Mark(pgettext_lazy("letter", "Filed without an answer"), "mark-page", "stone"),
    # Reports and accounts of activity
    "draft": Mark(_("Draft"), "mark-empty", "stone"),
    "signed_off": Mark(_("Signed off"), "mark-pen", "lapis"),
    "frozen": Mark(_("Frozen"), "mark-lock", "jade"),
    "filed": Mark(_("Filed"), "mark-page", "saffron"),
    "accepted": Mark(_("Accepted"), "mark-check", "jade"),
    "returned": Mark(_("Returned"), "mark-back", "brick"),
    "withdrawn": Mark(_("Withdrawn"), "mark-cross", "stone"),
    # Mandates and seats
    "announced": Mark(_("Announced"), "mark-ring", "saffron"),
    "active": Mark(_("Active"), "mark-dot", "jade"),
    "ended": Mark(_("Ended"), "mark-cross", "stone"),
    "vacant": Mark(_("Vacant"), "mark-dots", "brick"),
    "unknown": Mark(_("Unknown"), "mark-dots", "stone"),
    # Meetings
    "planned": Mark(_("Planned"), "mark-ring", "saffron"),
    "convened": Mark(_("Convened"), "mark-half", "lapis"),
    "held": Mark(_("Held"), "mark-check", "jade"),
    "cancelled": Mark(_("Cancelled"), "mark-cross", "stone"),
    # Readings of damaged texts
    "certain": Mark(_("Certain"), "mark-check", "jade"),
    "probable": Mark(_("Probable"), "mark-half", "saffron"),
    "ambiguous": Mark(_("Ambiguous"), "mark-alert", "brick"),
}


def mark_of(key: str) -> Mark:
    """The mark of a state; raises KeyError for a state nobody gave a word and a shape."""
    return MARKS[key]
