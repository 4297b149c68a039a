"""To whom letters can go: one record by name, or a group that an app above has told of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q

from dabir.core.errors import Words
from dabir.core.reference import Reference
from dabir.core.words import as_words
from dabir.registry.models import City, ContactPoint, Mandate
from dabir.registry.rights import STAFF

# An address for sending comes before one for the envelope.
PREFERRED = ("email", "post")
SIGNING = (*STAFF, "president", "treasurer")
OWNERS = {"city": "city", "person": "person", "organisation": "organisation"}


@dataclass(frozen=True)
class Group:
    """Many recipients at once: its key, its name, and who belongs to it on a day."""

    key: str
    label: Words
    read: Callable[[date], Sequence[Reference]]


@dataclass(frozen=True)
class Addressed:
    """A recipient with the address and the language of letters to them; either may be unknown."""

    recipient: Reference
    contact: ContactPoint | None
    language: str


GroupSource = Callable[[], Sequence[Group]]
SOURCES: list[GroupSource] = []


def learn_groups(source: GroupSource) -> None:
    """Let an app above tell of groups of recipients."""
    if source not in SOURCES:
        SOURCES.append(source)


def groups() -> list[Group]:
    """Every group there is today."""
    return [Group("cities", _all_cities_label(), _all_cities), *(g for s in SOURCES for g in s())]


def _all_cities_label() -> Words:
    from django.utils.translation import gettext_lazy as _

    return _("All cities of the registry")


def _all_cities(_on: date) -> Sequence[Reference]:
    return [city.reference() for city in City.objects.order_by("id")]


def addressed(recipients: Sequence[Reference], *, offered: Sequence[str]) -> list[Addressed]:
    """Each recipient with its address; the language is that of the address where it is offered.

    `offered` are the languages in which the letter is written, the association's first one first.
    """
    named = Q(pk__in=[])
    for kind, field in OWNERS.items():
        ids = [r.public_id for r in recipients if r.kind == kind]
        if ids:
            named |= Q(**{f"{field}__public_id__in": ids})
    found: dict[tuple[str, str], ContactPoint] = {}
    rows = ContactPoint.objects.filter(named, ended_on=None, kind__in=PREFERRED)
    for contact in rows.select_related("city", "person", "organisation").order_by("-id"):
        owner = contact.city or contact.person or contact.organisation
        assert owner is not None  # noqa: S101  a constraint of the table
        key = (owner.reference().kind, owner.public_id)
        best = found.get(key)
        if best is None or PREFERRED.index(contact.kind) <= PREFERRED.index(best.kind):
            found[key] = contact
    return [_addressed(r, found.get((r.kind, r.public_id)), offered) for r in recipients]


def _addressed(
    recipient: Reference, contact: ContactPoint | None, offered: Sequence[str]
) -> Addressed:
    wanted = contact.language if contact else settings.LANGUAGES[0][0]
    return Addressed(recipient, contact, wanted if wanted in offered else offered[0])


def signing_mandates(on: date) -> list[Mandate]:
    """Who may sign a letter that day: each holder of a post of the secretariat or an officer."""
    held = (
        Mandate.objects.filter(post__city=None)
        .filter(Q(starts_on=None) | Q(starts_on__lte=on))
        .filter(Q(ends_on=None) | Q(ends_on__gt=on))
        .select_related("person", "post")
        .order_by("post_id", "id")
    )
    return [mandate for mandate in held if set(mandate.post.powers) & set(SIGNING)]


def signatory_of(mandate: Mandate) -> dict[str, object]:
    """Who signs, by which post, as the letter keeps it."""
    return {
        "person": mandate.person.public_id,
        "names": as_words(mandate.person.names),
        "post": mandate.post.public_id,
        "post_names": as_words(mandate.post.names),
    }
