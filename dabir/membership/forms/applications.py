"""The questions on the way in: the letter, the points that are examined, what the Board decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.acting import ActForm, Stamp, day_field, reason_field
from dabir.core.basis import BasisField
from dabir.core.formfields import WordsField
from dabir.core.words import as_words, reader_language, say
from dabir.membership.forms.acting import RECORD, CategoryField
from dabir.membership.forms.files import OneFileField, stored
from dabir.membership.forms.holders import holder_choices, holder_of
from dabir.membership.models import ChecklistItem, Member
from dabir.membership.queries.members import members_listed
from dabir.membership.services import applications
from dabir.membership.services.certificates import issue_certificate
from dabir.membership.states import MEMBERS, OUTCOMES
from dabir.registry.models import Person
from dabir.text.folding import sort_key

EXAMINE = "membership.examine_application"


def _applicants() -> list[tuple[Any, Any]]:
    """Cities and bodies without membership, and those that may apply once more."""
    language = reader_language()
    again = [
        (f"member:{member.public_id}", say(member.names, language))
        for member in members_listed().filter(person=None)
        if MEMBERS.allows("apply_again", member.state)
    ]
    groups = holder_choices(("city", "organisation"))
    if again:
        groups.append((_("Former members"), sorted(again, key=lambda row: sort_key(row[1]))))
    return groups


def _signers() -> list[tuple[Any, Any]]:
    language = reader_language()
    rows = Person.objects.filter(is_demonstration=False).values_list("public_id", "names")
    named = [(key, say(names, language)) for key, names in rows]
    return [("", _("not in the registry")), *sorted(named, key=lambda row: sort_key(row[1]))]


class ReceiveForm(ActForm):
    """Keep a letter of application."""

    right = EXAMINE
    title = _("Receive an application")
    verb = _("Receive the application")
    consequence = _(
        "The letter is kept and its examination can begin. Nobody is a member by it yet."
    )
    done = _("The application is received.")
    applicant = forms.ChoiceField(
        label=_("Who asks"),
        help_text=_("A city that is not in the list is entered first, under “Cities”."),
    )
    category = CategoryField(label=_("Category asked for"))
    received_on = day_field(_("Received on"))
    letter = OneFileField(label=_("The letter"), required=False)
    letter_number = forms.CharField(label=_("Number of the letter"), required=False, max_length=80)
    signer = forms.ChoiceField(label=_("Signed by"), required=False)
    signer_words = WordsField(
        label=_("Signed by, if not in the registry"),
        required=False,
        max_length=300,
        help_text=_("Name and post as they stand in the letter."),
    )
    note = WordsField(label=_("Note"), required=False, max_length=2000)

    def __init__(self, *args: Any, record: Any = None, **options: Any) -> None:
        options["initial"] = {"received_on": timezone.localdate()} | options.get("initial", {})
        super().__init__(*args, record=record, **options)
        self.fields["applicant"].choices = _applicants()  # type: ignore[attr-defined]  # a choice field
        self.fields["signer"].choices = _signers()  # type: ignore[attr-defined]  # a choice field

    def perform(self, stamp: Stamp) -> object:
        """Keep it."""
        data = self.cleaned_data
        kind, _colon, key = data["applicant"].partition(":")
        holder = (
            Member.objects.get(public_id=key).holder
            if kind == "member"
            else holder_of(data["applicant"])
        )
        signer = Person.objects.get(public_id=data["signer"]) if data["signer"] else None
        return applications.receive_application(
            holder=holder,
            category=data["category"],
            received_on=data["received_on"],
            letter=stored(data["letter"], stamp),
            letter_number=data["letter_number"],
            signer=signer,
            signer_words=data["signer_words"] or {},
            note=data["note"] or {},
            **stamp,
        )


class ExamineForm(ActForm):
    """Say what was found on one point."""

    right = EXAMINE
    title = _("Examine a point")
    verb = _("Keep what was found")
    consequence = _(
        "What you found stands under your name; a later finding on the point replaces it."
    )
    done = _("What was found is kept.")
    outcome = forms.ChoiceField(
        label=_("What was found"), choices=OUTCOMES.items(), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed unless the point is plainly fulfilled."),
    )
    evidence = OneFileField(label=_("What shows it"), required=False)

    def __init__(self, *args: Any, record: Any, point: str = "", **options: Any) -> None:
        self.point = point
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> object:
        """Keep it."""
        data = self.cleaned_data
        applications.examine_point(
            application=self.record,
            point=self.point,
            outcome=data["outcome"],
            note=data["note"],
            evidence=stored(data["evidence"], stamp),
            version=data["version"],
            **stamp,
        )
        return True


class DecidedForm(ActForm):
    """What the competent organ decided on an application."""

    right = RECORD
    on_day = day_field(_("On the day"))
    basis = BasisField()

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        options["initial"] = {"on_day": timezone.localdate()} | options.get("initial", {})
        super().__init__(*args, record=record, **options)

    def asked(self, stamp: Stamp) -> dict[str, Any]:
        """What every decided step is told."""
        data = self.cleaned_data
        return {
            "application": self.record,
            "basis": data.get("basis"),
            "reason": data.get("reason", ""),
            "version": data["version"],
            **(stamp | {"on": data["on_day"]}),
        }


class AdmitForm(DecidedForm):
    """Record the admission."""

    title = _("Record the admission")
    verb = _("Record the admission")
    consequence = _(
        "The city is a member from that day, with a number of its own that is never given again. Its "
        "certificate is printed in both languages."
    )
    done = _("The admission is recorded, and the certificate is printed.")
    grave = True
    category = CategoryField()
    reason = reason_field(required=False, label=_("Note"))

    def __init__(self, *args: Any, record: Any, **options: Any) -> None:
        super().__init__(*args, record=record, initial={"category": record.category}, **options)

    def perform(self, stamp: Stamp) -> object:
        """Record it, then print the certificate."""
        member = applications.admit_member(
            category=self.cleaned_data["category"], **self.asked(stamp)
        )
        issue_certificate(member=member, **stamp)
        return True


class ProvisionalForm(DecidedForm):
    """Record a provisional admission."""

    title = _("Record a provisional admission")
    verb = _("Record it")
    consequence = _(
        "The city has the rights of provisional members until it is admitted or refused."
    )
    done = _("The provisional admission is recorded.")
    reason = reason_field(required=False, label=_("Note"))

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        return bool(applications.admit_member(provisionally=True, **self.asked(stamp)))


class RefuseForm(DecidedForm):
    """Record that the application was refused."""

    title = _("Record the refusal")
    verb = _("Record the refusal")
    consequence = _("The application is closed; the city can apply again by a new letter.")
    done = _("The refusal is recorded.")
    grave = True
    reason = reason_field()

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        return bool(applications.refuse_application(**self.asked(stamp)))


class WithdrawForm(ActForm):
    """Record that the city takes its application back."""

    right = EXAMINE
    title = _("Record that the application is withdrawn")
    verb = _("Record the withdrawal")
    consequence = _("The application is closed; the city can apply again by a new letter.")
    done = _("The withdrawal is recorded.")
    on_day = day_field(_("On the day"))
    reason = reason_field(label=_("By which letter, and why"))

    def perform(self, stamp: Stamp) -> object:
        """Record it."""
        data = self.cleaned_data
        return bool(
            applications.withdraw_application(
                application=self.record,
                reason=data["reason"],
                version=data["version"],
                **(stamp | {"on": data["on_day"]}),
            )
        )


APPLICATION_ACTS: dict[str, tuple[str, type[ActForm]]] = {
    "admit": ("admit", AdmitForm),
    "provisional": ("admit_provisionally", ProvisionalForm),
    "refuse": ("refuse", RefuseForm),
    "withdraw": ("withdraw", WithdrawForm),
}


class ChecklistForm(ActForm):
    """A point of the checklist."""

    right = EXAMINE
    title = pgettext_lazy("checklist", "A point of the checklist")
    verb = _("Save")
    consequence = _("Open applications are examined by the changed list from now on.")
    done = _("The checklist is changed.")
    names = WordsField(label=_("What is examined"), max_length=300)
    is_required = forms.BooleanField(label=_("Without it nobody is admitted"), required=False)
    is_used = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, record: ChecklistItem | None, **options: Any) -> None:
        if record is not None:
            options["initial"] = {
                "names": as_words(record.names),
                "is_required": record.is_required,
                "is_used": record.is_used,
            }
        super().__init__(*args, record=record, **options)

    def perform(self, stamp: Stamp) -> object:
        """Change it."""
        data = self.cleaned_data
        applications.set_checklist_item(
            item=self.record,
            names=data["names"],
            is_required=data["is_required"],
            is_used=data["is_used"],
            version=data["version"],
            **stamp,
        )
        return True
