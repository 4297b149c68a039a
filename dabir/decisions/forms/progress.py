"""What is asked about a progress report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dabir.core.formfields import DateAnyCalendarField
from dabir.core.words import as_words
from dabir.decisions.models import ProgressReport, Remark
from dabir.organs.models import Organ


def _texts(label: Any, language: str, *, rows: int, help_text: Any = "") -> forms.CharField:
    attributes = {"lang": language, "dir": "rtl" if language == "fa" else "ltr", "rows": rows}
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs=attributes), help_text=help_text
    )


def words_of(data: dict[str, Any], field: str) -> dict[str, str]:
    """The texts of `field_fa`, `field_en`… as {language: text}, blanks left out."""
    return {
        code: data[f"{field}_{code}"].strip()
        for code, _name in settings.LANGUAGES
        if data.get(f"{field}_{code}", "").strip()
    }


def filled(words: Any, field: str) -> dict[str, str]:
    """The same the other way: {language: text} as the initial values of fields."""
    return {f"{field}_{code}": text for code, text in as_words(words).items()}


class _Organs(forms.ModelChoiceField):
    def label_from_instance(self, obj: Organ) -> str:
        return str(obj)


class _Reports(forms.ModelChoiceField):
    def label_from_instance(self, obj: ProgressReport) -> str:
        return f"{obj.organ} · {obj.as_of.isoformat()} · {obj}"


class DraftForm(forms.Form):
    """To whom, as of which day, compared with which report."""

    organ = _Organs(
        label=_("Report to"),
        queryset=Organ.objects.none(),
        to_field_name="key",
        help_text=_("The organ that receives the report."),
    )
    as_of = DateAnyCalendarField(label=_("As of"))
    since = _Reports(
        label=_("Compared with"),
        queryset=ProgressReport.objects.none(),
        to_field_name="public_id",
        required=False,
        help_text=_(
            "A frozen report of an earlier day: what changed since then is told, and silence "
            "counts from it."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        organs = Organ.objects.filter(kind__in=("assembly", "board")).order_by("position", "key")
        frozen = ProgressReport.objects.filter(editions__isnull=False).distinct()
        self.fields["organ"].queryset = organs  # type: ignore[attr-defined]  # a choice of records
        self.fields["since"].queryset = frozen.select_related("organ")  # type: ignore[attr-defined]  # likewise


class IntroductionForm(forms.Form):
    """Title and introduction in both languages; carries the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title_fa = forms.CharField(
        label=_("Title in Persian"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"lang": "fa", "dir": "rtl"}),
    )
    title_en = forms.CharField(
        label=_("Title in English"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"lang": "en", "dir": "ltr"}),
    )
    introduction_fa = _texts(_("Introduction in Persian"), "fa", rows=5)
    introduction_en = _texts(_("Introduction in English"), "en", rows=5)

    def clean(self) -> dict[str, Any]:
        """A title in one language at least."""
        given = super().clean() or {}
        if not words_of(given, "title"):
            self.add_error("title_fa", _("A title in at least one language is needed."))
        return given


class RemarkForm(forms.Form):
    """The remark on one decision; an empty text takes it away."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text_fa = _texts(_("Remark in Persian"), "fa", rows=2)
    text_en = _texts(_("Remark in English"), "en", rows=2)

    @classmethod
    def of(cls, key: int, remark: Remark | None, data: Any = None) -> RemarkForm:
        """The form for a decision, filled with the remark that stands."""
        initial = {"version": remark.version, **filled(remark.text, "text")} if remark else {}
        return cls(data, initial=initial, prefix=f"remark-{key}")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class RecipientForm(forms.Form):
    """One line of the list of recipients."""

    included = forms.BooleanField(label=_("Send"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class OthersForm(forms.Form):
    """Recipients beside the seats of the organ."""

    others = forms.CharField(
        label=_("Others, one on a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Names; their letters wait in the outbox to be printed."),
    )
    others_language = forms.ChoiceField(
        label=_("Language of their letters"), choices=settings.LANGUAGES
    )

    def names(self) -> Sequence[str]:
        """The names, each once, in their order."""
        lines = (line.strip() for line in self.cleaned_data["others"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class ReceiptForm(forms.Form):
    """Who received it, and when."""

    received_on = DateAnyCalendarField(label=_("Received on"))
    received_by = forms.CharField(label=_("Received by"), max_length=200, required=False)


class SignatureForm(forms.Form):
    """Carries the version that the signer has read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
