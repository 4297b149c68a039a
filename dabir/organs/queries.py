"""Questions about organs."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from dabir.organs.models import Organ, Seat
from dabir.registry.models import Mandate, Post
from dabir.registry.queries import mandates_on


def seats_in_force(*, organ: Organ, on: date) -> list[Seat]:
    """The seats held in the organ on that day."""
    return list(
        organ.seats.filter(Q(starts_on=None) | Q(starts_on__lte=on))
        .filter(Q(ends_on=None) | Q(ends_on__gt=on))
        .select_related("city", "post")
        .order_by("id")
    )


def organ_with_key(key: str) -> Organ:
    """The organ with this key; raises Organ.DoesNotExist."""
    return Organ.objects.get(key=key)


def organs_listed(*, on: date) -> list[tuple[Organ, int]]:
    """Every organ with the number of seats held in it on that day."""
    in_force = (Q(seats__starts_on=None) | Q(seats__starts_on__lte=on)) & (
        Q(seats__ends_on=None) | Q(seats__ends_on__gt=on)
    )
    held = Count("seats", filter=in_force & Q(seats__isnull=False))
    rows = Organ.objects.annotate(held=held).order_by("position", "key")
    return [(organ, organ.held) for organ in rows]


def posts_of_organ(*, organ: Organ, on: date) -> list[tuple[Post, list[Mandate]]]:
    """The posts that belong to the organ, each with its holders on that day."""
    posts = Post.objects.filter(organ_key=organ.key).order_by("id")
    held: dict[int, list[Mandate]] = {}
    for mandate in mandates_on(on).filter(post__organ_key=organ.key).order_by("is_acting", "id"):
        held.setdefault(mandate.post_id, []).append(mandate)
    return [(post, held.get(post.pk, [])) for post in posts]
