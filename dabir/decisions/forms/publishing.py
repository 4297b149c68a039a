"""The acts by which everybody may read an edition, or no longer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, reason_field
from dabir.decisions.services.publishing import publish_edition, take_edition_down


class PublishForm(ActForm):
    """Show an edition to everybody."""

    right = "decisions.publish_edition"
    title = _("Show this edition to everybody")
    verb = _("Show to everybody")
    consequence = _(
        "Everybody can read all files of this edition on the public pages, with their "
        "verification code. Look through them before: texts of reports and remarks stand in them "
        "as they were frozen."
    )
    done = _("Everybody can read this edition now.")
    grave = True

    def perform(self, stamp: Stamp) -> object:
        """Do the act."""
        return publish_edition(edition=self.record, **stamp)


class TakeDownForm(ActForm):
    """Show an edition no longer."""

    right = "decisions.publish_edition"
    title = _("Take this edition down")
    verb = _("Take down")
    consequence = _(
        "The public pages show it no longer. Whoever has received or kept it still has it, and "
        "its verification code stays valid."
    )
    done = _("The public pages no longer show this edition.")

    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Do the act."""
        return take_edition_down(edition=self.record, reason=self.cleaned_data["reason"], **stamp)


PUBLICATION_ACTS: dict[str, type[ActForm]] = {"publish": PublishForm, "take-down": TakeDownForm}
