"""What waits for those who keep people and posts: mandates that end, posts that nobody holds."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from dabir.core.words import as_words, say
from dabir.decisions.models import Commitment
from dabir.decisions.queries.register import OPEN
from dabir.meetings.models import Meeting
from dabir.meetings.states import MeetingState
from dabir.office.asked import SOON, TODAY, Asked, Desk, Thing
from dabir.registry.models import ContactPoint, Mandate, Post
from dabir.registry.queries import (
    STALE_AFTER,
    mandates_ending,
    stale_contacts,
    vacant_on,
)


def _named(rows: QuerySet[Mandate]) -> QuerySet[Mandate]:
    return rows.annotate(
        post_key=F("post__public_id"), post_names=F("post__names"), person_names=F("person__names")
    )


def _mandate(row: Any) -> Thing:
    url = reverse("office:post", args=[row.post_key])
    return Thing(as_words(row.post_names), url, (), "", row.ends_on, say(row.person_names))


def ending_mandates(desk: Desk) -> Asked | None:
    """Mandates that end soon and have no successor yet."""
    if not desk.may("registry.give_mandate"):
        return None

    def rows() -> QuerySet[Mandate]:
        return _named(mandates_ending(on=TODAY, until=SOON)).order_by("ends_on", "pk")

    why = _("Nobody follows yet. Give the next mandate, or let the post be vacant.")
    title = _("Mandates that end soon")
    return Asked("mandates", title, rows, _mandate, "", "attention", why)


def acting_over(desk: Desk) -> Asked | None:
    """Acting holders whose organ has met since: the arrangement was for no longer."""
    if not desk.may("registry.give_mandate"):
        return None

    def rows() -> QuerySet[Mandate]:
        held = Meeting.objects.filter(
            state=MeetingState.HELD,
            organ__key=OuterRef("until_organ"),
            starts_on__gte=OuterRef("starts_on"),
        )
        waiting = Mandate.objects.exclude(until_organ="").filter(ends_on=None)
        return _named(waiting.filter(Exists(held))).order_by("starts_on", "pk")

    why = _("The session for which they waited was held. End the arrangement, or give the post.")
    title = _("Acting arrangements that are over")
    return Asked("acting", title, rows, _mandate, "", "attention", why)


def posts_left(desk: Desk) -> Asked | None:
    """Posts that nobody holds and that still lead something."""
    if not desk.may("registry.give_mandate"):
        return None

    def rows() -> QuerySet[Post]:
        led = Commitment.objects.filter(lead_post=OuterRef("pk"), status__in=OPEN)
        return vacant_on(TODAY).filter(Exists(led)).order_by("pk")

    def thing(post: Post) -> Thing:
        url = reverse("office:post", args=[post.public_id])
        return Thing(as_words(post.names), f"{url}#open", ("vacant",))

    why = _("What they lead has nobody. Fill the post, or move it to another.")
    title = _("Vacant posts with open work")
    return Asked("vacant", title, rows, thing, "", "grave", why)


def stale_addresses(desk: Desk) -> Asked | None:
    """Addresses that nobody has confirmed for long."""
    if not desk.may("registry.add_person"):
        return None
    before = desk.today - STALE_AFTER

    def rows() -> QuerySet[ContactPoint]:
        stale = stale_contacts(before=before).select_related(None)
        whose = Coalesce(
            "person__public_id", "city__public_id", "organisation__public_id", Value("")
        )
        return stale.annotate(whose=whose)

    def thing(row: Any) -> Thing:
        url = reverse("office:stale_contacts")
        return Thing({"en": row.value}, url, (), row.whose, row.confirmed_on)

    why = _("Ask by a link whether they are still right; no account is needed to answer.")
    title, url = _("Addresses to confirm"), reverse("office:stale_contacts")
    # The day stands in the query itself, so each day has its own form of it.
    return Asked("addresses", title, rows, thing, url, "", why, f"_{before:%Y%m%d}")


PARTS = (ending_mandates, acting_over, posts_left, stale_addresses)
