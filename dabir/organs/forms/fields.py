"""What every act on an organ asks: by which decision, who holds a seat, from which day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import ActForm
from dabir.core.basis import BasisField
from dabir.core.reference import Reference
from dabir.core.slots import supplied
from dabir.core.words import as_words, reader_language, say
from dabir.organs.services.taking import Ground
from dabir.registry.models import City, Post


class GroundForm(ActForm):
    """An act with its decision, its source and its reason."""

    needs_basis = False

    basis = BasisField(
        required=False,
        help_text=_(
            "Its number in the register, such as board-2026/3. Left empty, it is shown as unknown."
        ),
    )
    source = forms.CharField(label=_("Source"), required=False, max_length=2000)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("basis", "source", "reason"):  # the ground stands below what is done
            self.fields[name] = self.fields.pop(name)
        self.fields["basis"].required = self.needs_basis

    def ground(self) -> Ground:
        """By which decision, from which source, why."""
        data = self.cleaned_data
        found: Reference | None = data.get("basis")
        organs = supplied("organs.deciding_organ", found.public_id) if found else []
        return Ground(
            basis=found,
            decided_by=organs[0] if organs else "",
            source=data.get("source", ""),
            reason=data.get("reason", ""),
        )


def _named(rows: Any, kind: str) -> list[tuple[str, str]]:
    language = reader_language()
    named = [
        (f"{kind}:{row.public_id}", say(as_words(row.names), language) or row.public_id)
        for row in rows
    ]
    return sorted(named, key=lambda item: item[1])


def holder_choices() -> list[tuple[Any, Any]]:
    """Every city and every post, in two groups."""
    return [
        ("", "—"),
        (_("Cities"), _named(City.objects.all(), "city")),
        (_("Posts"), _named(Post.objects.all(), "post")),
    ]


class HolderField(forms.ChoiceField):
    """A city or a post that holds a seat."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Held by"))
        super().__init__(choices=holder_choices, **options)

    def clean(self, value: Any) -> dict[str, Any]:
        """The holder, as the services take it."""
        kind, _colon, public_id = str(super().clean(value) or "").partition(":")
        if kind == "city":
            return {"city": City.objects.get(public_id=public_id)}
        if kind == "post":
            return {"post": Post.objects.get(public_id=public_id)}
        return {}


def city_choices() -> list[tuple[str, str]]:
    """Every city, sorted in the reader's language."""
    return [(value.partition(":")[2], name) for value, name in _named(City.objects.all(), "city")]
