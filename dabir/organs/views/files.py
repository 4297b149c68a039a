"""The organs as files for other programs."""

from __future__ import annotations

import json
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.fileanswer import file_answer
from dabir.organs.exports import calendar_of, popolo
from dabir.organs.models import Organ, Seat, SeatFunction
from dabir.organs.queries.ends import mandates_ending, terms_ending
from dabir.organs.views.organs import SEEN
from dabir.registry.acting import needs
from dabir.registry.models import City, Mandate, Person, Post
from dabir.registry.queries import the_association

LOOK_BACK = timedelta(days=365)


@needs(SEEN)
def expiries(request: HttpRequest) -> HttpResponse:
    """The ends of terms, seats and mandates of the last year and of all time to come."""
    now = timezone.now()
    since = timezone.localdate(now) - LOOK_BACK
    endings = sorted(
        [*terms_ending(since=since), *mandates_ending(since=since)],
        key=lambda ending: (ending.on, ending.key),
    )
    address = request.build_absolute_uri("/").rstrip("/")
    body = calendar_of(endings, address=address, at=now, name=_("Ends of terms and mandates"))
    return file_answer(body, "text/calendar; charset=utf-8", "expiries.ics")


@needs(SEEN)
def popolo_json(request: HttpRequest) -> HttpResponse:
    """Organs, cities with seats, posts of organs and cities, their holders, and who sits where."""
    seats = Seat.objects.filter(is_annulled=False, organ__is_annulled=False)
    seated = seats.select_related("organ", "city", "post").order_by("id")
    posts = Post.objects.exclude(organ_key="", city=None).select_related("city").order_by("id")
    mandates = Mandate.objects.filter(post__in=posts).select_related("person", "post", "post__city")
    keys = set(seats.exclude(city=None).values_list("city_id", flat=True))
    keys |= set(posts.exclude(city=None).values_list("city_id", flat=True))
    data = popolo(
        association=the_association(),
        organs=Organ.objects.filter(is_annulled=False).select_related("parent"),
        cities=City.objects.filter(pk__in=keys).order_by("id"),
        posts=posts,
        people=Person.objects.filter(mandates__post__in=posts).distinct().order_by("id"),
        seats=seated,
        functions=SeatFunction.objects.filter(is_annulled=False).order_by("id"),
        mandates=mandates.order_by("id"),
    )
    body = json.dumps(data, ensure_ascii=False, indent=2)
    return file_answer(body, "application/json; charset=utf-8", "popolo.json")
