"""What must hold in every installation, each check under a name; `dabir check` asks them all.

An app adds its own in `checks.py`: `register("decisions.caches", _("…"), find_stale_caches)`. A
check gives the faults it finds, each in words that name the record; no words: all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.errors import Words
from dabir.core.sealing import missing_seals
from dabir.core.trail import trail_faults

Check = Callable[[], Iterable[Words]]


@dataclass(frozen=True)
class Registered:
    """A check, its name for machines and what it makes sure of."""

    name: str
    label: Words
    find: Check


@dataclass(frozen=True)
class Finding:
    """What one check found: nothing, or faults in words."""

    name: str
    label: str
    faults: list[str]


CHECKS: dict[str, Registered] = {}


def register(name: str, label: Words, find: Check) -> None:
    """Add a check to those that `dabir check` asks; the same name replaces the earlier one."""
    CHECKS[name] = Registered(name, label, find)


def run_checks() -> list[Finding]:
    """Ask every check of every app, in the order of their names."""
    autodiscover_modules("checks")
    return [_ask(one) for one in sorted(CHECKS.values(), key=lambda one: one.name)]


def _ask(one: Registered) -> Finding:
    """What a check finds; that it could not be made (a table is missing, say) is a fault too."""
    try:
        faults = [str(words) for words in one.find()]
    except DatabaseError as fault:
        faults = [_("This could not be checked: %(words)s") % {"words": str(fault).strip()}]
    return Finding(one.name, str(one.label), faults)


def find_missing_seals() -> Iterable[Words]:
    """Tables that have lost the guard which keeps them append-only."""
    for table in missing_seals(connection):
        yield _("The table %(table)s can be changed: its seal is missing.") % {"table": table}


def find_orphan_rows() -> Iterable[Words]:
    """Rows that point at a row which is not there."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if not isinstance(field, models.ForeignKey):
                continue
            for key in _orphans(model, field):
                yield _("Row %(row)s of %(table)s points by %(field)s at a missing row.") % {
                    "row": key,
                    "table": model._meta.db_table,
                    "field": field.name,
                }


def _orphans(model: type[models.Model], field: models.ForeignKey[Any, Any]) -> list[object]:
    """The first of them. In plain SQL: of three hundred questions, building each took the longest."""
    own, there = model._meta, field.related_model._meta

    def name(word: str | None) -> str:
        return connection.ops.quote_name(str(word))

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {name(own.pk.column)} FROM {name(own.db_table)} own"  # noqa: S608  our own names
            f" WHERE {name(field.column)} IS NOT NULL AND NOT EXISTS"
            f" (SELECT 1 FROM {name(there.db_table)} there"
            f" WHERE there.{name(field.target_field.column)} = own.{name(field.column)}) LIMIT 20"
        )
        return [key for (key,) in cursor.fetchall()]


def find_damage() -> Iterable[Words]:
    """Pages of an embedded database that can no longer be read; PostgreSQL looks after its own."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        for (words,) in cursor.fetchall():
            if words != "ok":
                yield _("The database file is damaged: %(words)s") % {"words": words}


register("core.trail", gettext_lazy("The trail is whole and unchanged"), trail_faults)
register("core.seals", gettext_lazy("Tables written once are sealed"), find_missing_seals)
register("core.orphans", gettext_lazy("No row points at nothing"), find_orphan_rows)
register("core.damage", gettext_lazy("The database file can be read"), find_damage)
