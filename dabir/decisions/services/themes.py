"""Acts on themes: give a theme its name in each language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from dabir.core.actors import Actor
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import as_words
from dabir.decisions.models import Theme


@transaction.atomic
def name_theme(*, key: str, names: Mapping[str, str], by: Actor, on: date, at: datetime) -> Theme:
    """Give a theme its name in each language, or another name; decisions keep its key."""
    known = Theme.objects.select_for_update().filter(key=key).first()
    theme = known or Theme(key=key)
    before = {"names": as_words(theme.names)} if known else None
    theme.names = dict(names)
    theme.version += 1 if known else 0
    check_record(theme)
    theme.save()
    record_act(
        "decisions.name_theme",
        target=theme.reference(),
        by=by,
        on=on,
        at=at,
        before=before,
        after={"names": dict(names)},
    )
    return theme
