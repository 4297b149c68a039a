"""Organs, seats and mandates hang together; what lists repeat follows from the acts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.checks import register
from dabir.core.errors import Words
from dabir.core.words import as_words, say
from dabir.organs.folding import Did, OrganNow, fold
from dabir.organs.models import Organ, OrganAct, Seat
from dabir.organs.queries.acts import did
from dabir.organs.queries.facts import faults_on
from dabir.organs.saying import cure, said


def find_faults() -> Iterable[Words]:
    """What the checker of the organs finds, known facts of history aside."""
    names = {organ.key: organ.names for organ in Organ.objects.all()}
    for found in faults_on(timezone.localdate()):
        yield _("%(organ)s: %(finding)s %(cure)s") % {
            "organ": say(names[found.organ]),
            "finding": said(found),
            "cure": cure(found),
        }


def find_stale_organs() -> Iterable[Words]:
    """Organs and seats that are not kept as their acts left them."""
    acts: dict[int, list[Did]] = {}
    for row in OrganAct.objects.select_related("seat", "annuls").order_by("organ_id", "number"):
        acts.setdefault(row.organ_id, []).append(did(row))
    seats: dict[int, list[Seat]] = {}
    for seat in Seat.objects.exclude(number=None).order_by("organ_id", "number"):
        seats.setdefault(seat.organ_id, []).append(seat)
    for organ in Organ.objects.select_related("parent").order_by("id"):
        now = fold(acts.get(organ.pk, []))
        if _told(now) != _kept(organ):
            yield _("%(organ)s is not kept as its acts left it.") % {"organ": organ.key}
        for seat in seats.get(organ.pk, []):
            if _seat_told(now, seat) != _seat_kept(seat):
                yield _("%(organ)s: seat %(number)s is not kept as its acts left it.") % {
                    "organ": organ.key,
                    "number": seat.number,
                }


def _told(now: OrganNow) -> Any:
    values = now.values
    if now.founded_by is None:
        return None
    return (
        values.get("names"),
        values.get("powers") or {},
        values.get("seats_foreseen"),
        values.get("seats_least"),
        values.get("parent"),
        now.founded_on,
        now.abolished_on,
    )


def _kept(organ: Organ) -> Any:
    if organ.is_annulled:
        return None
    return (
        as_words(organ.names),
        as_words(organ.powers),
        organ.seats_foreseen,
        organ.seats_least,
        organ.parent.key if organ.parent else None,
        organ.founded_on,
        organ.abolished_on,
    )


def _seat_told(now: OrganNow, seat: Seat) -> Any:
    told = now.seats.get(seat.number or 0)
    return (told.starts_on, told.ends_on, told.term_ends_on) if told else None


def _seat_kept(seat: Seat) -> Any:
    return None if seat.is_annulled else (seat.starts_on, seat.ends_on, seat.term_ends_on)


register(
    "organs.consistency", gettext_lazy("Organs, seats and mandates hang together"), find_faults
)
register("organs.acts", gettext_lazy("Organs are kept as their acts left them"), find_stale_organs)
