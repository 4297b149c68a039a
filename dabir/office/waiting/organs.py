"""What waits in the organs: terms that end, seats that nobody holds, appointments half way."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from dabir.core.words import as_words, number_said, say
from dabir.office.asked import SOON, TODAY, Asked, Desk, Thing
from dabir.organs.models import Appointment, Organ
from dabir.organs.states import AppointmentState

OPEN_SEAT = Q(seats__is_annulled=False, seats__ends_on=None)


def _standing() -> QuerySet[Organ]:
    """Organs that are there today."""
    there = Organ.objects.filter(is_annulled=False)
    return there.filter(Q(abolished_on=None) | Q(abolished_on__gt=TODAY))


def terms(desk: Desk) -> Asked | None:
    """Organs in which the term of a seat is over or ends within 30 days, and no successor is named."""
    if not desk.may("organs.fill_seat"):
        return None

    def rows() -> QuerySet[Organ]:
        ending = OPEN_SEAT & Q(seats__term_ends_on__lte=SOON)
        found = _standing().annotate(
            number=Count("seats", filter=ending), first=Min("seats__term_ends_on", filter=ending)
        )
        return found.filter(number__gt=0).only("key", "names").order_by("first", "pk")

    def thing(organ: Any) -> Thing:
        note = _("seats: %(number)s") % {"number": number_said(organ.number)}
        url = reverse("organs:organ", args=[organ.key])
        return Thing(as_words(organ.names), url, (), "", organ.first, note)

    why = _("The term is over or ends within 30 days. Record the election, or end the seats.")
    return Asked("terms", _("Terms that end"), rows, thing, "", "attention", why)


def vacancies(desk: Desk) -> Asked | None:
    """Organs of which some seats are held and some are not."""
    if not desk.may("organs.fill_seat"):
        return None

    def rows() -> QuerySet[Organ]:
        begun = Q(seats__starts_on=None) | Q(seats__starts_on__lte=TODAY)
        going = Q(seats__ends_on=None) | Q(seats__ends_on__gt=TODAY)
        held = Count("seats", filter=Q(seats__is_annulled=False) & begun & going)
        found = _standing().annotate(held=held).filter(held__gt=0, seats_foreseen__gt=F("held"))
        return found.only("key", "names", "seats_foreseen").order_by("position", "pk")

    def thing(organ: Any) -> Thing:
        numbers = {"held": number_said(organ.held), "all": number_said(organ.seats_foreseen)}
        note = _("%(held)s of %(all)s seats are held") % numbers
        return Thing(as_words(organ.names), reverse("organs:organ", args=[organ.key]), note=note)

    why = _("Fill them, or enter who holds them, each with its decision or source.")
    url = reverse("organs:findings")
    return Asked("vacancies", _("Vacant seats"), rows, thing, url, "", why)


def appointments(desk: Desk) -> Asked | None:
    """Appointments of which a step is still to come."""
    if not desk.may("organs.appoint"):
        return None

    def rows() -> QuerySet[Appointment]:
        going = Appointment.objects.filter(state=AppointmentState.OPEN)
        named = going.annotate(post_names=F("post__names"), person_names=F("person__names"))
        return named.only("public_id", "opened_on").order_by("opened_on", "pk")

    def thing(row: Any) -> Thing:
        url = reverse("organs:appointment_act", args=[row.public_id, "step"])
        note = say(row.person_names)
        return Thing(as_words(row.post_names), url, (), "", row.opened_on, note)

    why = _("Record the next step with its decision, or withdraw the appointment.")
    return Asked("appointments", _("Appointments under way"), rows, thing, "", "", why)
