"""What is asked in the office: of the trail, and of one's own desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from dabir.core.formfields import DateAnyCalendarField
from dabir.core.models import AuditEntry
from dabir.core.narrowing import NarrowingForm
from dabir.messaging.models import DeskMail
from dabir.messaging.services import wish_desk_mail
from dabir.office.acts import act_said
from dabir.registry.models import Person


class TrailFilter(NarrowingForm):
    """Which acts are shown: what, by whom, on which record, between which days."""

    lookups = {
        "act": "act",
        "record": "target_id__icontains",
        "after": "happened_on__gte",
        "until": "happened_on__lte",
    }

    act = forms.ChoiceField(label=_("Act"), required=False)
    actor = forms.CharField(label=_("By"), required=False, max_length=100)
    record = forms.CharField(label=_("Record"), required=False, max_length=160)
    after = DateAnyCalendarField(label=_("From"), required=False, help_text="")
    until = DateAnyCalendarField(label=_("Until"), required=False, help_text="")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        acts = AuditEntry.objects.order_by("act").values_list("act", flat=True).distinct()
        field = self.fields["act"]
        said = sorted((f"{act_said(act)} · {act}" if act_said(act) else act, act) for act in acts)
        field.choices = [("", _("all")), *((act, words) for words, act in said)]  # type: ignore[attr-defined]  # a choice

    def further(self, rows: Any) -> Any:
        """Somebody is called so, in either language or by the public id."""
        called = self.cleaned_data["actor"]
        if not called:
            return rows
        names = Q(actor__id__icontains=called)
        for language in ("fa", "en"):
            names |= Q(**{f"actor__labels__{language}__icontains": called})
        return rows.filter(names)


class DeskMailForm(forms.Form):
    """On which day of the week what waits is sent by mail, if at all."""

    weekday = forms.TypedChoiceField(
        label=_("By mail every week"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("never")), *WEEKDAYS.items()],
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        self.person = person
        known = DeskMail.objects.filter(person=person).first()
        options["initial"] = {"weekday": known.weekday if known else ""}
        super().__init__(*args, **options)

    def wish(self, **stamp: Any) -> Person:
        """Keep the wish."""
        return wish_desk_mail(person=self.person, weekday=self.cleaned_data["weekday"], **stamp)
