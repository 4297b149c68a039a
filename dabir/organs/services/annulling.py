"""Annul an act on an organ, as long as no later act rests on it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.slots import supplied
from dabir.core.trail import record_act
from dabir.organs.errors import ActHasFollowers
from dabir.organs.folding import Did, resting_on
from dabir.organs.models import Organ, OrganAct
from dabir.organs.queries.acts import acts_of
from dabir.organs.services.taking import Ground, Taken, take
from dabir.organs.states import ACT_KINDS, ActKind, AppointmentState


def followers_of(act: OrganAct) -> list[str]:
    """What rests on an act, in words: later acts, and for a foundation whatever the organ did."""
    known = acts_of(act.organ)
    words = [_said(one) for one in resting_on(act.number, known)]
    if act.kind == ActKind.FOUND:
        words += _resting_on_organ(act.organ)
    return words


def _said(act: Did) -> str:
    day = act.effective_on.isoformat() if act.effective_on else "–"
    return f"{act.number} {ACT_KINDS[act.kind]} ({day})"


def _resting_on_organ(organ: Organ) -> list[str]:
    """What would lose its ground with the organ: its parts, appointments, and what the apps above know."""
    parts = [str(child) for child in organ.children.filter(is_annulled=False)]
    going = organ.appointments.exclude(
        state__in=[AppointmentState.WITHDRAWN, AppointmentState.FAILED]
    )
    parts += [str(appointment) for appointment in going.select_related("post", "person")]
    return parts + [str(words) for words in supplied("organs.resting_on_organ", organ)]


@transaction.atomic
def annul_act(
    *,
    act: OrganAct,
    ground: Ground,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> OrganAct:
    """Annul an act: what follows from it is undone, the act and its annulment stay on record.

    Raises ActHasFollowers when later acts rest on it; an annulment is not annulled, nor an act twice.
    """
    organ = lock_record(act.organ, version=version)
    fresh = OrganAct.objects.select_related("organ", "seat").get(pk=act.pk)
    if fresh.kind == ActKind.ANNUL:
        raise IllegalStep(
            _("An annulment is not annulled."),
            cure=_("Take the act anew, by a decision of its own."),
            code="annulment_of_annulment",
        )
    if OrganAct.objects.filter(annuls=fresh).exists():
        raise IllegalStep(_("This act is annulled already."), code="annulled_already")
    if not ground.reason.strip() and ground.basis is None:
        raise InvalidInput(
            fields={"reason": [_("Name the decision or the reason of the annulment.")]}
        )
    followers = followers_of(fresh)
    if followers:
        raise ActHasFollowers(followers)
    row = take(
        Taken(ActKind.ANNUL, ground.basis.on if ground.basis else None, annuls=fresh),
        organ=organ,
        ground=ground,
        by=by,
        on=on,
        at=at,
    )
    record_act(
        "organs.annul_act",
        target=organ.reference(),
        by=by,
        on=on,
        at=at,
        before={"act": fresh.number, "kind": fresh.kind, "changes": fresh.changes},
        after={"annulled": True},
        basis=ground.basis,
        reason=ground.reason,
    )
    return row
