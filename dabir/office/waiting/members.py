"""What waits among the members: applications, and lists of voters before a meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import DateField, F, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from dabir.core.together import given
from dabir.core.words import as_words
from dabir.meetings.models import Meeting
from dabir.meetings.states import MeetingState
from dabir.membership.models import Application, Snapshot
from dabir.membership.services.standing import DEADLINE
from dabir.membership.states import MARKS
from dabir.office.asked import TODAY, Asked, Desk, Thing, text_at


def _words(value: Any) -> dict[str, str]:
    return as_words(value if isinstance(value, LazyI18nString) else LazyI18nString(value))


def applications(desk: Desk) -> Asked | None:
    """Applications for membership that are to be examined, or decided."""
    if not desk.may("membership.examine_application"):
        return None

    def rows() -> QuerySet[Application]:
        named = Application.objects.filter(is_open=True).annotate(
            state=F("member__state"),
            city_names=F("member__city__names"),
            body_names=F("member__organisation__names"),
        )
        return named.only("public_id", "received_on").order_by("received_on", "pk")

    def thing(row: Any) -> Thing:
        url = reverse("membership:application", args=[row.public_id])
        names = _words(row.city_names or row.body_names)
        return Thing(names, url, (MARKS[row.state],), "", row.received_on)

    why = _("Examine each point; then record what the competent organ decided.")
    title, url = _("Applications for membership"), reverse("membership:applications")
    return Asked("applications", title, rows, thing, url, "", why)


def voters(desk: Desk) -> Asked | None:
    """Sessions of the Assembly that come soon, whose list of voters is not frozen yet."""
    if not desk.may("membership.freeze_standing"):
        return None
    article = desk.articles.get(DEADLINE)
    days = article.value if article and article.is_set else None
    soon = given("soon_meeting", DateField())

    def rows() -> QuerySet[Meeting]:
        frozen = Snapshot.objects.annotate(of=text_at("meeting__id")).values("of")
        called = Meeting.objects.filter(
            state=MeetingState.CALLED, organ__kind="assembly", starts_on__gte=TODAY
        )
        coming = called.filter(starts_on__lte=soon).exclude(public_id__in=frozen)
        return coming.only("public_id", "names", "starts_on").order_by("starts_on", "pk")

    def thing(meeting: Meeting) -> Thing:
        day = meeting.starts_on
        if days is not None and day is not None:
            day -= timedelta(days=days)
        query = urlencode({"on": day.isoformat(), "vote": "no"}) if day else "vote=no"
        note = _("deadline of credentials; see who has no vote")
        url = f"{reverse('membership:standing')}?{query}"
        return Thing(as_words(meeting.names), url, ("planned",), "", day, note)

    why = _("Tell cities without a vote what would cure it; on the deadline freeze the list.")
    return Asked("voters", _("Voters of the next Assembly"), rows, thing, "", "attention", why)
