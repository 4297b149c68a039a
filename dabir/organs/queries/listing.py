"""Organs, the seats held on a day, and the posts that belong to an organ."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from dabir.core.together import Given
from dabir.organs.models import Organ, Seat, SeatFunction
from dabir.registry.models import Mandate, Post
from dabir.registry.queries import mandates_on


def held(on: date | Given, *, path: str = "") -> Q:
    """The condition that a seat (or function) counts and is held on that day."""
    return (
        (Q(**{f"{path}starts_on": None}) | Q(**{f"{path}starts_on__lte": on}))
        & (Q(**{f"{path}ends_on": None}) | Q(**{f"{path}ends_on__gt": on}))
        & Q(**{f"{path}is_annulled": False})
    )


def there(on: date | Given) -> Q:
    """The condition that an organ is there on that day, as far as the days are known."""
    return (
        Q(is_annulled=False)
        & (Q(founded_on=None) | Q(founded_on__lte=on))
        & (Q(abolished_on=None) | Q(abolished_on__gt=on))
    )


def seats_held(on: date | Given) -> QuerySet[Seat]:
    """Every seat held on that day with its holder, the functions of that day among `functions`."""
    functions = SeatFunction.objects.filter(held(on)).order_by("id")
    return (
        Seat.objects.filter(held(on))
        .select_related("city", "post")
        .prefetch_related(Prefetch("functions", functions))
        .order_by("id")
    )


def seats_in_force(*, organ: Organ, on: date) -> list[Seat]:
    """The seats held in the organ on that day."""
    return list(seats_held(on).filter(organ=organ))


def organ_with_key(key: str) -> Organ:
    """The organ with this key; raises Organ.DoesNotExist."""
    return Organ.objects.get(key=key)


def organs_listed(*, on: date) -> list[tuple[Organ, int]]:
    """Every organ with the number of seats held in it on that day."""
    number = Count("seats", filter=held(on, path="seats__") & Q(seats__isnull=False))
    rows = Organ.objects.select_related("parent").annotate(held=number)
    return [(organ, organ.held) for organ in rows.order_by("position", "key")]


def posts_of_organ(*, organ: Organ, on: date) -> list[tuple[Post, list[Mandate]]]:
    """The posts that belong to the organ, each with its holders on that day."""
    posts = Post.objects.filter(organ_key=organ.key).order_by("id")
    found: dict[int, list[Mandate]] = {}
    for mandate in mandates_on(on).filter(post__organ_key=organ.key).order_by("is_acting", "id"):
        found.setdefault(mandate.post_id, []).append(mandate)
    return [(post, found.get(post.pk, [])) for post in posts]
