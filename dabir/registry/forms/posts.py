"""Acts when somebody leaves: a change of mayor, what lies open, a post that is closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.formfields import WordsField
from dabir.core.words import say
from dabir.registry import services
from dabir.registry.bases import basis_named
from dabir.registry.models import Mandate, Person, Post
from dabir.text.folding import sort_key

BASIS = _("By which decision")
BASIS_HELP = _("The number of a decision here, such as board-2026/3, or words. Empty: unknown.")


def basis_field() -> forms.CharField:
    """By which decision; left empty, the page says "unknown"."""
    return forms.CharField(label=BASIS, required=False, max_length=200, help_text=BASIS_HELP)


def people_choices(*, but: int | None = None) -> list[tuple[str, str]]:
    """Everybody, in the order of the reader's alphabet."""
    rows = Person.objects.exclude(pk=but).values_list("public_id", "names")
    named = [(public_id, say(names)) for public_id, names in rows]
    return sorted(named, key=lambda row: sort_key(row[1]))


class ChangeMayorForm(ActForm):
    """A city has a new mayor, or another delegate."""

    right = "registry.give_mandate"
    title = _("Record a new mayor")
    verb = _("Record it")
    consequence = _(
        "The mandate of the one before ends and the new one begins on the same day. Seats and "
        "commitments stay with the city; rights, invitations and letters follow the post at once."
    )
    done = _("The change is recorded.")

    changes_on = day_field(_("First day of the new holder"))
    person = forms.ChoiceField(
        label=_("Who takes over"), required=False, help_text=_("Or enter somebody new below.")
    )
    names = WordsField(label=_("Name of somebody new"), required=False, max_length=200)
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=settings.LANGUAGES, required=False
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    carries = forms.MultipleChoiceField(
        label=_("Goes on as acting with the new holder"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the one before held because of the office, until the session below."),
    )
    until_organ = forms.ChoiceField(label=_("Acting until the next session of"), required=False)
    basis = basis_field()
    reason = reason_field(required=False)

    def __init__(
        self, *args: Any, mandate: Mandate, organs: list[tuple[str, str]], **options: Any
    ) -> None:
        self.mandate = mandate
        super().__init__(*args, **options)
        others = people_choices(but=mandate.person_id)
        self.fields["person"].choices = [("", "—"), *others]  # type: ignore[attr-defined]  # a choice
        self.fields["version"].initial = mandate.version
        self.held = {
            str(held.pk): held
            for held in Mandate.objects.filter(person=mandate.person, ends_on=None)
            .exclude(pk=mandate.pk)
            .select_related("post", "person")
        }
        if self.held:
            named = [(key, str(held.post)) for key, held in self.held.items()]
            self.fields["carries"].choices = named  # type: ignore[attr-defined]  # a choice
            self.fields["until_organ"].choices = [("", "—"), *organs]  # type: ignore[attr-defined]  # a choice
        else:
            del self.fields["carries"], self.fields["until_organ"]

    def clean(self) -> dict[str, Any]:
        """One person, known or new."""
        given = super().clean() or {}
        if bool(given.get("person")) == bool(given.get("names")):
            self.add_error("person", _("Choose a person, or enter the name of somebody new."))
        if given.get("carries") and not given.get("until_organ"):
            self.add_error("until_organ", _("Say until the session of which organ."))
        return given

    def perform(self, stamp: Stamp) -> object:
        """Record it once."""
        given = self.cleaned_data
        to: Any = (
            Person.objects.get(public_id=given["person"])
            if given["person"]
            else services.Newcomer(given["names"], given["language"] or "en", given["email"])
        )
        return services.change_mayor(
            mandate=self.mandate,
            to=to,
            changes_on=given["changes_on"],
            carries=[self.held[key] for key in given.get("carries", [])],
            until_organ=given.get("until_organ", ""),
            basis=basis_named(given["basis"]),
            reason=given["reason"],
            version=given["version"],
            **stamp,
        )


class MoveOpenForm(ActForm):
    """All that lies open with somebody goes to another."""

    right = "registry.give_mandate"
    title = _("Move what lies open")
    verb = _("Move all of it")
    consequence = _("Each thing keeps its history and says from whom it came. All move, or none.")
    done = _("What lay open has moved.")

    to = forms.ChoiceField(label=_("To whom"))
    reason = reason_field()

    def __init__(self, *args: Any, record: Post | Person, **options: Any) -> None:
        super().__init__(*args, record=record, **options)
        rows: Any = (
            Post.objects.filter(ended_on=None) if isinstance(record, Post) else Person.objects.all()
        )
        named = [
            (public_id, say(names))
            for public_id, names in rows.exclude(pk=record.pk).values_list("public_id", "names")
        ]
        named.sort(key=lambda row: sort_key(row[1]))
        self.fields["to"].choices = [("", "—"), *named]  # type: ignore[attr-defined]  # a choice

    def perform(self, stamp: Stamp) -> object:
        """Move it."""
        given = self.cleaned_data
        to = type(self.record).objects.get(public_id=given["to"])
        services.move_open_items(of=self.record, to=to, reason=given["reason"], **stamp)
        return True


class ClosePostForm(ActForm):
    """A post that is no more."""

    right = "registry.give_mandate"
    title = _("Close a post")
    verb = _("Close it")
    consequence = _(
        "Nobody can hold it from that day on. Everybody who held it stays readable. A closed post "
        "is not opened again; create another."
    )
    done = _("The post is closed.")
    grave = True

    ended_on = day_field(_("First day without the post"))
    basis = basis_field()
    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Close it."""
        given = self.cleaned_data
        services.close_post(
            post=self.record,
            ended_on=given["ended_on"],
            basis=basis_named(given["basis"]),
            reason=given["reason"],
            **stamp,
        )
        return True
