"""Found the association, and change what it says about itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.canonical import digest
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import as_words
from dabir.registry.checking import (
    Words,
    checked_calendars,
    checked_languages,
    checked_names,
)
from dabir.registry.emblem import clean_emblem
from dabir.registry.models import Association

CHANGEABLE = {
    "names",
    "abbreviation",
    "seat",
    "legal_form",
    "slogan",
    "languages",
    "calendars",
    "founded_on",
}


def _told(association: Association) -> dict[str, Any]:
    """What the trail keeps of an association; the emblem by its hash."""
    return {
        "names": as_words(association.names),
        "abbreviation": association.abbreviation,
        "seat": as_words(association.seat),
        "legal_form": as_words(association.legal_form),
        "slogan": as_words(association.slogan),
        "languages": list(association.languages),
        "calendars": list(association.calendars),
        "founded_on": association.founded_on,
        "emblem": digest(association.emblem) if association.emblem else None,
        "practice": association.is_practice,
        "example": association.example,
    }


@transaction.atomic
def found_association(
    *,
    names: Words,
    abbreviation: str,
    languages: Sequence[str],
    calendars: Sequence[str],
    by: Actor,
    on: date,
    at: datetime,
    seat: Words | None = None,
    legal_form: Words | None = None,
    slogan: Words | None = None,
    emblem: bytes | str = "",
    is_practice: bool = False,
    example: str = "",
    founded_on: date | None = None,
    sources: Sequence[Any] = (),
    basis: Reference | None = None,
) -> Association:
    """Enter the association whose secretariat this is; a second one is refused."""
    already = IllegalStep(
        _("An association already lives in this installation."),
        cure=_("Start another installation in an empty folder."),
        code="already_founded",
    )
    if Association.objects.exists():
        raise already
    association = Association(
        names=checked_names(names),
        abbreviation=abbreviation.strip(),
        seat=dict(seat or {}),
        legal_form=dict(legal_form or {}),
        slogan=dict(slogan or {}),
        languages=checked_languages(languages),
        calendars=checked_calendars(calendars),
        emblem=clean_emblem(emblem),
        is_practice=is_practice,
        example=example,
        founded_on=founded_on,
        sources=list(sources),
    )
    check_record(association)
    try:
        with transaction.atomic():
            association.save()
    except IntegrityError as fault:  # somebody else founded it at the same moment
        raise already from fault
    record_act(
        "registry.found_association",
        target=association.reference(),
        by=by,
        on=on,
        at=at,
        after=_told(association),
        basis=basis,
    )
    return association


@transaction.atomic
def change_association(
    *,
    association: Association,
    changes: Mapping[str, Any],
    by: Actor,
    on: date,
    at: datetime,
    emblem: bytes | str | None = None,
    version: int | None = None,
    basis: Reference | None = None,
) -> Association:
    """Change name, seat, slogan, languages or calendars; `changes` names the fields.

    `emblem`: None leaves it, nothing ("") takes it away, anything else replaces it.
    """
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise ValueError(f"not fields of an association: {sorted(unknown)}")
    fresh = lock_record(association, version=version)
    before = _told(fresh)
    checks: dict[str, Callable[[Any], Any]] = {
        "names": checked_names,
        "languages": checked_languages,
        "calendars": checked_calendars,
    }
    for field, value in changes.items():
        checked = checks.get(field)
        setattr(fresh, field, checked(value) if checked else value)
    if emblem is not None:
        fresh.emblem = clean_emblem(emblem)
    return _save(fresh, before, by=by, on=on, at=at, basis=basis)


def _save(
    fresh: Association,
    before: dict[str, Any],
    *,
    by: Actor,
    on: date,
    at: datetime,
    basis: Reference | None = None,
) -> Association:
    fresh.version += 1
    check_record(fresh)
    fresh.save()
    after = _told(fresh)
    record_act(
        "registry.change_association",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={key: before[key] for key in before if before[key] != after[key]},
        after={key: after[key] for key in after if before[key] != after[key]},
        basis=basis,
    )
    return fresh
