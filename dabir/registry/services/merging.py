"""Join two records that are one city, person or body, and take it back when it was a mistake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput, Words
from dabir.core.models import AppendOnly
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.registry.incompatible import excluding, exclusions_on
from dabir.registry.models import City, Mandate, Merge, MergeUndone, Organisation, Person

Record = City | Person | Organisation
KINDS: dict[str, type[Record]] = {"city": City, "person": Person, "organisation": Organisation}
Guard = Callable[[Record, Record], Words | None]
GUARDS: list[Guard] = []


@dataclass(frozen=True)
class Follower:
    """How rows that are written once follow a merge: by a new row, told by the app they belong to.

    `follow(kept, double, stamp)` gives the names of what followed, `back(kept, double, names,
    stamp)` lets it go back and gives the names of what stays.
    """

    label: str
    follow: Callable[[Any, Any, dict[str, Any]], list[str]]
    back: Callable[[Any, Any, list[str], dict[str, Any]], list[str]]


FOLLOWERS: dict[str, Follower] = {}


def learn_follower(follower: Follower) -> None:
    """Let rows of a model follow in their own way."""
    FOLLOWERS[follower.label] = follower


def learn(guard: Guard) -> None:
    """Let an app above say why two records cannot be one (both hold seats, both are members)."""
    if guard not in GUARDS:
        GUARDS.append(guard)


def kind_of(record: Record) -> str:
    """city, person or organisation."""
    return record.reference().kind


def _in_trail(record: Record) -> Reference:
    return Reference(kind_of(record), record.public_id)


def _refused(words: Words, cure: Words, code: str) -> IllegalStep:
    return IllegalStep(words, cure=cure, code=code)


def refuse_merge(kept: Record, double: Record, *, on: date) -> None:
    """Raise IllegalStep when the two cannot be one; the page asks this before anybody acts."""
    if type(kept) is not type(double) or kept.pk == double.pk:
        raise InvalidInput(_("Choose two different records of the same kind."))
    for record in (kept, double):
        if record.merged_into_id:
            raise _refused(
                _("“%(name)s” was already merged.") % {"name": record},
                _("Merge with the record that was kept."),
                "already_merged",
            )
    if isinstance(kept, Person) and isinstance(double, Person):
        _refuse_people(kept, double, on=on)
    for guard in GUARDS:
        if words := guard(kept, double):
            raise _refused(words, _("End or correct one of the two first."), "both_hold")


def _refuse_people(kept: Person, double: Person, *, on: date) -> None:
    if kept.user_id and double.user and double.user.is_active:
        raise _refused(
            _("Both have an account."),
            _("Close the account of the double first, or keep the other record."),
            "both_have_accounts",
        )
    rows = Mandate.objects.filter(person__in=[kept, double]).select_related("post")
    held = {person.pk: [m for m in rows if m.person_id == person.pk] for person in (kept, double)}
    exclusions = exclusions_on(on)
    for one in held[kept.pk]:
        for other in held[double.pk]:
            if not one.days().overlaps(other.days()):
                continue
            if one.post_id == other.post_id:
                raise _refused(
                    _("Both hold “%(post)s” on the same days.") % {"post": one.post},
                    _("End or correct one of the two mandates first."),
                    "both_hold",
                )
            if excluding(one.post.powers, other.post.powers, exclusions):
                raise _refused(
                    _("One person may not hold “%(one)s” and “%(other)s” on the same days.")
                    % {"one": one.post, "other": other.post},
                    _("End or correct one of the two mandates first."),
                    "incompatible_posts",
                )


def links_to(record: Record) -> list[tuple[type[models.Model], str]]:
    """Every column that names records of this kind, and may be changed."""
    return [
        (relation.related_model, relation.field.name)
        for relation in record._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel)
        and not relation.many_to_many
        and isinstance(relation.related_model, type)
        and not issubclass(relation.related_model, AppendOnly)
        and relation.related_model is not type(record)
        and relation.related_model._meta.label not in FOLLOWERS
    ]


def _move_rows(double: Record, kept: Record) -> dict[str, list[int]]:
    """Let every row that names the double name the kept record; where that cannot be, it stays."""
    moved: dict[str, list[int]] = {}
    for model, field in links_to(double):
        keys = model._default_manager.filter(**{field: double}).values_list("pk", flat=True)
        for key in list(keys):
            try:
                with transaction.atomic():
                    model._default_manager.filter(pk=key).update(**{field: kept})
            except IntegrityError:  # both stand in one list already, such as those present
                continue
            moved.setdefault(f"{model._meta.label}.{field}", []).append(key)
    return moved


@transaction.atomic
def merge_records(
    *, kept: Record, double: Record, reason: str, by: Actor, on: date, at: datetime
) -> Merge:
    """Join a double to the record that is kept.

    What names the double names the kept record from now on, except what was written once and for
    all; that is read through the alias. Raises IllegalStep when both hold the same thing at once.
    """
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why.")]})
    locked: dict[int, Any] = {
        record.pk: lock_record(record) for record in sorted((kept, double), key=lambda r: r.pk)
    }
    kept, double = locked[kept.pk], locked[double.pk]
    refuse_merge(kept, double, on=on)
    stamp: dict[str, Any] = {"by": by, "on": on, "at": at}
    moved: dict[str, list[Any]] = dict(_move_rows(double, kept))
    for label, follower in FOLLOWERS.items():
        if names := follower.follow(kept, double, stamp | {"reason": reason.strip()}):
            moved[label] = list(names)
    if isinstance(kept, Person) and isinstance(double, Person) and not kept.user_id:
        moved |= {"registry.Person.user": [double.user_id]} if double.user_id else {}
        user, double.user = double.user, None
        double.save(update_fields=["user"])
        kept.user = user
        kept.save(update_fields=["user"])
    double.merged_into_id = kept.pk
    double.save(update_fields=["merged_into"])
    earlier: Any = type(double)._default_manager.filter(merged_into=double.pk)
    earlier.update(merged_into=kept.pk)
    merge = Merge(
        kind=kind_of(kept), kept=kept.public_id, double=double.public_id, moved=moved,
        reason=reason.strip(), on=on, at=at, by=by.as_dict(),
    )  # fmt: skip
    merge.save()
    for record, other in ((double, kept), (kept, double)):
        record_act(
            "registry.merge_records",
            target=_in_trail(record),
            by=by,
            on=on,
            at=at,
            after={
                "kept": kept.public_id,
                "double": double.public_id,
                "rows": {name: len(keys) for name, keys in moved.items()},
                "with": other.public_id,
            },
            reason=reason.strip(),
        )
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, reason: str, by: Actor, on: date, at: datetime) -> MergeUndone:
    """Make a double a record of its own again; what was changed since then stays where it is."""
    model = KINDS[merge.kind]
    double: Any = lock_record(model._default_manager.get(public_id=merge.double))
    kept: Any = lock_record(model._default_manager.get(public_id=merge.kept))
    if MergeUndone.objects.filter(merge=merge).exists():
        raise _refused(_("This merge was already undone."), "", "already_undone")
    if kept.merged_into_id or double.merged_into_id != kept.pk:
        raise _refused(
            _("The kept record was itself merged since then."),
            _("Undo the later merge first."),
            "later_merge",
        )
    if not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why.")]})
    stamp = {"by": by, "on": on, "at": at, "reason": reason.strip()}
    stays = _move_back(merge, double, kept, stamp)
    double.merged_into = None
    double.save(update_fields=["merged_into"])
    undone = MergeUndone(
        merge=merge, stays=stays, reason=reason.strip(), on=on, at=at, by=by.as_dict()
    )
    undone.save()
    for record in (double, kept):
        record_act(
            "registry.undo_merge",
            target=_in_trail(record),
            by=by,
            on=on,
            at=at,
            after={"kept": kept.public_id, "double": double.public_id, "stays": stays},
            reason=reason.strip(),
        )
    return undone


def _move_back(merge: Merge, double: Any, kept: Any, stamp: dict[str, Any]) -> list[str]:
    """The rows that still name the kept record go back; the others are named."""
    stays: list[str] = []
    for name, keys in merge.moved.items():
        if name in FOLLOWERS:
            stays += FOLLOWERS[name].back(kept, double, keys, stamp)
            continue
        label, _dot, field = name.rpartition(".")
        if name == "registry.Person.user":
            if kept.user_id in keys:
                user, kept.user = kept.user, None
                kept.save(update_fields=["user"])
                double.user = user
                double.save(update_fields=["user"])
            continue
        rows = apps.get_model(label)._default_manager.filter(pk__in=keys, **{field: kept})
        back = set(rows.values_list("pk", flat=True))
        rows.update(**{field: double})
        stays += [f"{label} {key}" for key in keys if key not in back]
    return stays
