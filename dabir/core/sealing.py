"""Append-only tables, kept so by the database itself on SQLite and PostgreSQL.

`SealTable` is a migration step: after it, UPDATE and DELETE (and TRUNCATE) on the table are refused
also to raw SQL. Django rebuilds a SQLite table when a column changes and drops its triggers then,
so a migration that alters a sealed table must seal it again; `missing_seals` finds a lost one.
Source of the approach: the trail must be tamper-evident whichever program writes.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class AppendOnly(models.Model):
    """A record that is written once; the database refuses to change or remove it."""

    class Meta:
        abstract = True


def sealed_models() -> list[type[models.Model]]:
    """Every model whose table must be append-only."""
    return [m for m in apps.get_models() if issubclass(m, AppendOnly)]


def trigger_names(table: str) -> list[str]:
    """The triggers that keep `table` append-only."""
    return [f"seal_update_{table}", f"seal_delete_{table}"]


def _statements(vendor: str, table: str) -> list[str]:
    update, delete = trigger_names(table)
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for name, verb in ((update, "UPDATE"), (delete, "DELETE"))
        ]
    refuse = "EXECUTE FUNCTION dabir_refuse_change()"
    return [
        (
            "CREATE OR REPLACE FUNCTION dabir_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
            "USING ERRCODE = 'restrict_violation'; END $$"
        ),
        f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER seal_truncate_{table} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    ]


def seal(connection: BaseDatabaseWrapper, table: str) -> None:
    """Make `table` append-only; harmless when it already is."""
    unseal(connection, table)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, table):
            cursor.execute(statement)


def unseal(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the guard off `table`: only for migrations and for the erasing of personal values."""
    suffix = "" if connection.vendor == "sqlite" else f" ON {table}"
    with connection.cursor() as cursor:
        for name in [*trigger_names(table), f"seal_truncate_{table}"]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def missing_seals(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables that ought to be append-only and are not guarded."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    tables = [model._meta.db_table for model in sealed_models()]
    return [t for t in tables if not set(trigger_names(t)) <= present]


class SealTable(Operation):
    """Migration step: from here on the table of `model` is append-only."""

    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models do not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        seal(schema_editor.connection, table)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        unseal(schema_editor.connection, table)

    def describe(self) -> str:
        return f"Make {self.model} append-only"
