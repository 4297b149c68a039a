"""The acts by which everybody may read an edition or a text, or no longer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, reason_field
from dabir.decisions.services.publishing import publish_edition, take_edition_down
from dabir.documents.services import publish_text, take_text_down


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


class PublishTextForm(ActForm):
    """Show a resolution or minutes to everybody."""

    right = "documents.publish_text"
    title = _("Show this text to everybody")
    verb = _("Show to everybody")
    consequence = _(
        "Everybody can read the text clause by clause on the public pages, the decisions recorded "
        "from it and how far their tasks are. Read it before: minutes name people and matters that "
        "may not be for everybody."
    )
    done = _("Everybody can read this text now.")
    grave = True

    def perform(self, stamp: Stamp) -> object:
        """Do the act."""
        return publish_text(document=self.record, **stamp)


class TakeTextDownForm(ActForm):
    """Show a resolution or minutes no longer."""

    right = "documents.publish_text"
    title = _("Take this text down")
    verb = _("Take down")
    consequence = _(
        "The public pages show it and the decisions recorded from it no longer. Whoever has kept it "
        "still has it."
    )
    done = _("The public pages no longer show this text.")

    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Do the act."""
        return take_text_down(document=self.record, reason=self.cleaned_data["reason"], **stamp)


TEXT_PUBLICATION_ACTS: dict[str, type[ActForm]] = {
    "publish": PublishTextForm,
    "take-down": TakeTextDownForm,
}
