"""Refusals of acts on organs."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import IllegalStep, Words


class ActHasFollowers(IllegalStep):
    """An act that later acts rest on cannot be annulled; `followers` names them."""

    code = "act_has_followers"

    def __init__(self, followers: Sequence[str]) -> None:
        self.followers = list(followers)
        super().__init__(
            _("Later acts rest on this one: %(acts)s.") % {"acts": "؛ ".join(self.followers)},
            cure=_("Annul those first, the latest one first, each by its own decision."),
        )


# What cannot stand, and what cures it; the codes are those of `folding.conflicts`.
CONFLICTS: dict[str, tuple[Words, Words]] = {
    "not_founded": (
        _("The foundation of this organ was annulled: it has no seats and takes no acts."),
        _("Found the organ anew by a decision."),
    ),
    "before_founded": (
        _("On that day the organ was not founded yet."),
        _("Choose a later day, or correct the day of the foundation by an annulment."),
    ),
    "after_abolished": (
        _("On that day the organ is abolished."),
        _("Choose an earlier day."),
    ),
    "ends_before_start": (
        _("A seat ends after the day from which it is held."),
        _("Choose a later day for the end."),
    ),
    "holder_doubled": (
        _("The same city or post would hold two seats of this organ on the same day."),
        _("End the other seat first, or choose another holder."),
    ),
    "overfull": (
        _("More seats would be held than the organ has."),
        _("End or replace a seat first, or change the number of seats by a decision."),
    ),
    "function_without_seat": (
        _("On that day the seat to which the function belongs is not held."),
        _("Choose a day on which the seat is held."),
    ),
    "function_ends_before_start": (
        _("A function ends after the day from which it is held."),
        _("Choose a later day for the end."),
    ),
    "function_doubled": (
        _("An organ has one chair and one secretary at a time."),
        _("End the function of the other one first."),
    ),
}


class CannotStand(IllegalStep):
    """What would follow from an act contradicts what is recorded."""

    def __init__(self, code: str) -> None:
        message, cure = CONFLICTS[code]
        super().__init__(message, cure=cure, code=code)
