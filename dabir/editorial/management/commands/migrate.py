"""Django's `migrate`, which makes Wagtail's tables before ours where there are none yet.

Wagtail brings about 140 migrations. Django rebuilds for each of them the models it knows by then: with
ours already among them a new database takes twice the time. Where tables are there already, nothing
is different.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as DjangosCommand
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

FIRST = ("wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs", "wagtailusers")


class Command(DjangosCommand):
    """See the module."""

    def handle(self, *args: Any, **options: Any) -> None:
        """As Django does, Wagtail's apps first in a new database."""
        of_all = options.get("app_label") is None and not any(
            options.get(name) for name in ("plan", "check_unapplied", "fake", "run_syncdb")
        )
        if of_all and not MigrationRecorder(connections[options["database"]]).applied_migrations():
            for label in FIRST:
                super().handle(*args, **(options | {"app_label": label}))
        super().handle(*args, **options)
