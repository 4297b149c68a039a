"""Questions to the registry: the association, who holds which post, where somebody is reached."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from dabir.core.composed import Composed
from dabir.core.together import Given
from dabir.registry.models import (
    Association,
    City,
    ContactPoint,
    Mandate,
    Organisation,
    Person,
    Post,
)
from dabir.registry.rights import in_force

# Posts with these powers have one holder at a time; the others may have several.
ONE_HOLDER = {
    "secretary_general",
    "executive_deputy",
    "member_affairs",
    "events",
    "treasurer",
    "president",
}
# Who held one of these is told by the public record of the association.
OFFICES = {"secretary_general", "treasurer", "president", "board_member"}


_ASSOCIATION = Composed(lambda: Association.objects.order_by("pk")[:1])


def the_association() -> Association | None:
    """The association of this installation, None before its first day."""
    return next(iter(_ASSOCIATION.read()), None)


def has_one_holder(post: Post) -> bool:
    """Whether two people can never hold this post on the same day."""
    return bool(ONE_HOLDER & set(post.powers))


def mandates_on(on: date | Given) -> QuerySet[Mandate]:
    """Every mandate in force on that day; an unknown start counts as long ago."""
    return (
        Mandate.objects.filter(Q(starts_on=None) | Q(starts_on__lte=on))
        .filter(Q(ends_on=None) | Q(ends_on__gt=on))
        .select_related("person", "post")
    )


def holders_of(post: Post, on: date) -> list[Person]:
    """The people who hold a post on that day, the acting one last."""
    held = mandates_on(on).filter(post=post).order_by("is_acting", "id")
    return [mandate.person for mandate in held]


def holders_of_power(power: str, on: date) -> list[Mandate]:
    """The mandates on that day whose post has the power."""
    return [mandate for mandate in mandates_on(on) if power in mandate.post.powers]


def holders_by_power(on: date) -> dict[str, list[Mandate]]:
    """For each power, the mandates that give it on that day: one reading for all powers."""
    found: dict[str, list[Mandate]] = {}
    for mandate in mandates_on(on).order_by("post_id", "id"):
        for power in mandate.post.powers:
            found.setdefault(power, []).append(mandate)
    return found


def posts_with_holders(on: date) -> list[tuple[Post, list[Mandate]]]:
    """Every post with the mandates in force on that day; a vacant post has none."""
    held: dict[int, list[Mandate]] = {}
    for mandate in mandates_on(on).order_by("is_acting", "id"):
        held.setdefault(mandate.post_id, []).append(mandate)
    open_then = Q(ended_on=None) | Q(ended_on__gt=on)
    posts = Post.objects.filter(open_then).select_related("city").order_by("id")
    return [(post, held.get(post.pk, [])) for post in posts]


def posts_of_city(*, city: City, on: date) -> list[tuple[Post, list[Mandate]]]:
    """The posts of a city with the mandates in force on that day."""
    held: dict[int, list[Mandate]] = {}
    for mandate in mandates_on(on).filter(post__city=city).order_by("is_acting", "id"):
        held.setdefault(mandate.post_id, []).append(mandate)
    return [(post, held.get(post.pk, [])) for post in Post.objects.filter(city=city).order_by("id")]


def mandates_of_post(post: Post) -> list[Mandate]:
    """Every mandate of a post, the newest first."""
    rows = Mandate.objects.filter(post=post).select_related("person")
    return sorted(rows, key=lambda m: (m.starts_on or date.min, m.pk), reverse=True)


def vacant_on(on: Any) -> QuerySet[Post]:
    """Posts, not closed, that nobody holds on that day."""
    open_then = Q(ended_on=None) | Q(ended_on__gt=on)
    held = Mandate.objects.filter(in_force(on), post=OuterRef("pk"))
    return Post.objects.filter(open_then).exclude(Exists(held))


def mandates_ending(*, on: Any, until: Any) -> QuerySet[Mandate]:
    """Mandates in force that end by a day, where no other mandate of the post goes on from there."""
    successor = (
        Mandate.objects.filter(post=OuterRef("post"))
        .exclude(pk=OuterRef("pk"))
        .filter(Q(ends_on=None) | Q(ends_on__gt=OuterRef("ends_on")))
    )
    return (
        Mandate.objects.filter(in_force(on))
        .filter(ends_on__lte=until, post__ended_on=None)
        .exclude(Exists(successor))
        .order_by("ends_on", "id")
    )


def vacant_posts(on: date) -> list[Post]:
    """Posts that nobody holds on that day."""
    return [post for post, mandates in posts_with_holders(on) if not mandates]


def people() -> QuerySet[Person]:
    """Everybody in the registry with account and mandates, read in three statements."""
    return (
        Person.objects.filter(merged_into=None)
        .select_related("user")
        .prefetch_related(
            Prefetch(
                "mandates", Mandate.objects.select_related("post").order_by("-starts_on", "-id")
            )
        )
        .order_by("id")
    )


def contacts_of(holder: Person | City | Organisation, *, kind: str = "") -> list[ContactPoint]:
    """Where somebody is reached today, the freshest confirmation first."""
    contacts = ContactPoint.objects.filter(ended_on=None)
    if isinstance(holder, Person):
        contacts = contacts.filter(person=holder)
    elif isinstance(holder, City):
        contacts = contacts.filter(city=holder)
    else:
        contacts = contacts.filter(organisation=holder)
    if kind:
        contacts = contacts.filter(kind=kind)
    return sorted(contacts, key=lambda c: (c.confirmed_on or date.min, c.pk), reverse=True)


def language_for_letters(holder: Person | City | Organisation, *, fallback: str = "en") -> str:
    """The language in which somebody is written to: of the freshest contact, else their own."""
    for contact in contacts_of(holder):
        return contact.language
    return holder.language if isinstance(holder, Person) else fallback


STALE_AFTER = timedelta(days=360)
"""An address that nobody confirmed for so long is asked again."""


def stale_contacts(*, before: Any) -> QuerySet[ContactPoint]:
    """Addresses in use that nobody has confirmed since that day, the oldest first."""
    return (
        ContactPoint.objects.filter(ended_on=None)
        .filter(Q(confirmed_on=None) | Q(confirmed_on__lt=before))
        .exclude(person__is_demonstration=True)
        .select_related("person", "city", "organisation")
        .order_by(F("confirmed_on").asc(nulls_first=True), "id")
    )


def emails_of(people_wanted: Iterable[Person]) -> dict[int, ContactPoint]:
    """For each person's key, the e-mail address in use; one statement for any number of people."""
    keys = [person.pk for person in people_wanted]
    contacts = ContactPoint.objects.filter(person_id__in=keys, kind="email", ended_on=None)
    found: dict[int, ContactPoint] = {}
    for contact in sorted(contacts, key=lambda c: (c.confirmed_on or date.min, c.pk)):
        if contact.person_id is not None:
            found[contact.person_id] = contact
    return found


def held_public_office(person: Person) -> bool:
    """Whether the person ever held an office or a seat that the public record tells."""
    return any(
        mandate.post.organ_key or OFFICES & set(mandate.post.powers)
        for mandate in Mandate.objects.filter(person=person).select_related("post")
    )


def contact_for_city(*, city: City) -> ContactPoint | None:
    """Where letters to a city go: e-mail before a postal address, the freshest first."""
    return _for_letters(contacts_of(city))


def contact_for_person(*, person: Person) -> ContactPoint | None:
    """Where letters to a person go."""
    return _for_letters(contacts_of(person))


def contact_for_post(*, post: Post, on: date) -> ContactPoint | None:
    """Where letters to the holder of a post go on that day; else to the post's city."""
    for person in holders_of(post, on):
        if found := _for_letters(contacts_of(person)):
            return found
    return contact_for_city(city=post.city) if post.city else None


def _for_letters(contacts: list[ContactPoint]) -> ContactPoint | None:
    by_kind = {contact.kind: contact for contact in reversed(contacts)}
    return by_kind.get("email") or by_kind.get("post")
