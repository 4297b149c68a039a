"""Found, change and abolish organs, each by its decision or "unknown"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import as_words
from dabir.organs.articles import refuse_founder
from dabir.organs.folding import CHANGEABLE
from dabir.organs.models import Organ, OrganAct
from dabir.organs.services.taking import Ground, Taken, Words, take
from dabir.organs.states import ActKind
from dabir.registry.states import Precision


@transaction.atomic
def enter_organ(
    *,
    key: str,
    kind: str,
    names: Words,
    by: Actor,
    on: date,
    at: datetime,
    powers: Words | None = None,
    seats_foreseen: int | None = None,
    seats_least: int | None = None,
    parent: Organ | None = None,
    founded_on: date | None = None,
    founded_precision: str = Precision.UNKNOWN,
    basis: Reference | None = None,
    decided_by: str = "",
    conflicts: Sequence[Mapping[str, Any]] = (),
    note: Words | None = None,
    source: str = "",
) -> Organ:
    """Found an organ; without `basis` its founding act is shown as unknown.

    Raises InvalidInput when it would take effect before it was decided, IllegalStep when the rule
    set in force does not let `decided_by` found an organ of this kind.
    """
    _refuse_few_seats(seats_foreseen, seats_least)
    organ = Organ(
        key=key,
        kind=kind,
        names=dict(names),
        position=Organ.objects.count() + 1,
        parent=parent,
        powers=dict(powers or {}),
        seats_foreseen=seats_foreseen,
        seats_least=seats_least,
        founded_on=founded_on,
        founded_precision=founded_precision,
        basis=basis.as_dict() if basis else None,
        conflicts=[dict(conflict) for conflict in conflicts],
        note=dict(note or {}),
        source=source,
    )
    check_record(organ)
    if parent is not None:
        _refuse_gone(parent, founded_on or on)
    if decided_by:
        refuse_founder(kind, decided_by, on=(basis.on if basis else None) or founded_on or on)
    organ.save()
    started = {
        "names": dict(names),
        "powers": dict(powers or {}),
        "seats_foreseen": seats_foreseen,
        "seats_least": seats_least,
        "parent": parent.key if parent else None,
    }
    take(
        Taken(ActKind.FOUND, founded_on, founded_precision, changes=started),
        organ=organ,
        ground=Ground(basis, decided_by, source),
        by=by,
        on=on,
        at=at,
    )
    record_act(
        "organs.enter_organ",
        target=organ.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "kind": kind,
            "names": dict(names),
            "founded_on": founded_on,
            "seats_foreseen": seats_foreseen,
            "parent": parent.key if parent else None,
            "source": source,
        },
        basis=basis,
    )
    return organ


def _refuse_few_seats(foreseen: int | None, least: int | None) -> None:
    if foreseen is not None and least is not None and least > foreseen:
        raise InvalidInput(
            fields={"seats_least": [_("The fewest seats cannot be more than those foreseen.")]}
        )


def _refuse_gone(organ: Organ, day: date) -> None:
    if organ.is_annulled or (organ.abolished_on and organ.abolished_on <= day):
        raise IllegalStep(
            _("“%(organ)s” is not there on that day.") % {"organ": organ},
            cure=_("Choose an organ that exists then."),
            code="organ_gone",
        )


def _refuse_cycle(organ: Organ, parent: Organ) -> None:
    """An organ cannot belong to itself, nor to one that belongs to it."""
    above: Organ | None = parent
    seen: set[int] = set()
    while above is not None and above.pk not in seen:
        if above.pk == organ.pk:
            raise InvalidInput(
                _("“%(parent)s” belongs to “%(organ)s” already.")
                % {"parent": parent, "organ": organ},
                fields={"parent": [_("An organ cannot belong to one that belongs to it.")]},
                cure=_("Choose an organ that stands above."),
                code="cyclic_parent",
            )
        seen.add(above.pk)
        above = above.parent


@transaction.atomic
def change_organ(
    *,
    organ: Organ,
    effective_on: date,
    ground: Ground,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
    **changes: Any,
) -> OrganAct:
    """Give an organ another name, other powers, another number of seats or another place.

    `changes` are `names`, `powers`, `seats_foreseen`, `seats_least`, `parent`; what is as it was
    is left out. Earlier days keep showing what was in force then.
    """
    fresh = lock_record(organ, version=version)
    before = _values(fresh)
    wanted = {name: _plain(changes[name]) for name in CHANGEABLE if name in changes}
    told = {name: value for name, value in wanted.items() if value != before[name]}
    if not told:
        raise InvalidInput(
            _("Nothing would change."), cure=_("Change a name, the powers or the seats.")
        )
    if effective_on > on:
        raise InvalidInput(
            fields={"effective_on": [_("This day is still to come.")]},
            cure=_("A change is recorded on the day on which it takes effect, or later."),
        )
    if "names" in told and not told["names"]:
        raise InvalidInput(fields={"names": [_("A name in at least one language is needed.")]})
    if told.get("parent"):
        _refuse_cycle(fresh, changes["parent"])
        _refuse_gone(changes["parent"], effective_on)
    _refuse_few_seats(
        told.get("seats_foreseen", fresh.seats_foreseen), told.get("seats_least", fresh.seats_least)
    )
    row = take(
        Taken(ActKind.CHANGE, effective_on, changes=told),
        organ=fresh,
        ground=ground,
        by=by,
        on=on,
        at=at,
    )
    record_act(
        "organs.change_organ",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={name: before[name] for name in told},
        after=told | {"effective_on": effective_on},
        basis=ground.basis,
        reason=ground.reason,
    )
    return row


def _values(organ: Organ) -> dict[str, Any]:
    return {
        "names": as_words(organ.names),
        "powers": as_words(organ.powers),
        "seats_foreseen": organ.seats_foreseen,
        "seats_least": organ.seats_least,
        "parent": organ.parent.key if organ.parent else None,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Organ):
        return value.key
    return dict(value) if isinstance(value, Mapping) else value


@transaction.atomic
def abolish_organ(
    *,
    organ: Organ,
    effective_on: date,
    ground: Ground,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> OrganAct:
    """Abolish an organ: from that day it and its seats are no more; what it decided stays.

    Raises IllegalStep while another organ belongs to it.
    """
    fresh = lock_record(organ, version=version)
    if fresh.abolished_on is not None or fresh.is_annulled:
        raise IllegalStep(_("This organ is not there any more."), code="organ_gone")
    children = [c for c in fresh.children.filter(is_annulled=False) if c.exists_on(effective_on)]
    if children:
        raise IllegalStep(
            _("Other organs belong to it: %(organs)s.")
            % {"organs": "، ".join(str(child) for child in children)},
            cure=_("Abolish them first, or let them belong to another organ."),
            code="organ_has_children",
        )
    row = take(
        Taken(ActKind.ABOLISH, effective_on), organ=fresh, ground=ground, by=by, on=on, at=at
    )
    record_act(
        "organs.abolish_organ",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        after={"abolished_on": effective_on},
        basis=ground.basis,
        reason=ground.reason,
    )
    return row
