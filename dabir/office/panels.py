"""What the apps above the registry know of a city, shown on its page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from dabir.core.slots import Panel
from dabir.decisions.models import Commitment
from dabir.decisions.places import commitment_url
from dabir.meetings.models import Attendance, Meeting
from dabir.organs.models import Seat
from dabir.registry.models import City

SHOWN = 8


def seats_of_city(request: HttpRequest, city: City) -> Panel | None:
    """The seats that the city holds and held."""
    if not request.user.has_perm("organs.view_organ"):
        return None
    today = timezone.localdate()
    seats = Seat.objects.filter(city=city).select_related("organ").order_by("-starts_on", "-pk")
    rows = [(seat, seat.is_in_force(today)) for seat in seats]
    return Panel("office/city_seats.html", {"rows": rows}) if rows else None


def commitments_of_city(request: HttpRequest, city: City) -> Panel | None:
    """The commitments that the city leads."""
    if not request.user.has_perm("decisions.view_register"):
        return None
    rows = Commitment.objects.filter(lead_city=city).order_by("-decision__decided_on", "pk")
    number = rows.count()
    facts: dict[str, Any] = {
        "rows": [(row, commitment_url(row)) for row in rows[:SHOWN]],
        "number": number,
        "url": f"{reverse('decisions:register')}?{urlencode({'lead': f'city:{city.public_id}'})}",
    }
    return Panel("office/city_commitments.html", facts) if number else None


def meetings_of_city(request: HttpRequest, city: City) -> Panel | None:
    """The sessions that the city hosts and those at which it is recorded as present."""
    if not request.user.has_perm("meetings.view_meeting"):
        return None
    hosted = list(Meeting.objects.filter(city=city).order_by("pk"))
    present = [
        row.meeting
        for row in Attendance.objects.filter(city=city).select_related("meeting").order_by("pk")
    ]
    if not hosted and not present:
        return None
    facts = {
        "hosted": [(m, reverse("meetings:meeting", args=[m.public_id])) for m in hosted],
        "present": [(m, reverse("meetings:meeting", args=[m.public_id])) for m in present],
    }
    return Panel("office/city_meetings.html", facts)
