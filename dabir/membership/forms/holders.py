"""Who can become a member: cities, bodies and people, chosen in the order of the reader's alphabet."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.core.words import reader_language, say
from dabir.registry.models import City, Organisation, Person
from dabir.text.folding import sort_key

KINDS: dict[str, tuple[Any, Any]] = {
    "city": (City, _("Cities")),
    "organisation": (Organisation, _("Organisations")),
    "person": (Person, _("People")),
}


def holder_choices(
    kinds: Collection[str] = tuple(KINDS), *, without: Collection[str] = ()
) -> list[tuple[Any, Any]]:
    """Everybody of these kinds who has no membership yet; demonstration clerks are left out."""
    language = reader_language()
    groups: list[tuple[Any, Any]] = [("", _("choose"))]
    for kind in kinds:
        model, label = KINDS[kind]
        rows = model.objects.filter(membership=None)
        if kind == "person":
            rows = rows.filter(is_demonstration=False)
        named = [
            (f"{kind}:{key}", say(names, language))
            for key, names in rows.values_list("public_id", "names")
            if f"{kind}:{key}" not in without
        ]
        groups.append((label, sorted(named, key=lambda row: sort_key(row[1]))))
    return groups


def holder_of(choice: str) -> Any:
    """The record behind a choice such as `city:tehran`."""
    kind, _colon, public_id = choice.partition(":")
    return KINDS[kind][0].objects.get(public_id=public_id)
