"""Checks that need to know every app: migrations applied, stored files present and unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.config.installation import NewerDatabase, waiting_migrations
from dabir.core.checks import register
from dabir.core.errors import Words
from dabir.documents.models import StoredFile
from dabir.documents.services import file_path


def find_waiting_migrations() -> Iterable[Words]:
    """Changes of the tables that this code needs and the database has not had."""
    try:
        for app, name in sorted(waiting_migrations()):
            yield _("The database has not had the change %(name)s: `dabir init` makes it.") % {
                "name": f"{app}.{name}"
            }
    except NewerDatabase as fault:
        yield fault.message


def find_wrong_files() -> Iterable[Words]:
    """Stored files that are gone, or whose bytes are no longer those that were stored."""
    for file in StoredFile.objects.iterator(chunk_size=1000):
        path = file_path(file.sha256)
        words = {"name": file.name, "hash": file.sha256}
        if not default_storage.exists(path):
            yield _("The stored file “%(name)s” (%(hash)s) is missing.") % words
            continue
        with default_storage.open(path) as stream:
            digest = hashlib.sha256()
            for piece in stream.chunks():
                digest.update(piece)
        if digest.hexdigest() != file.sha256:
            yield _("The stored file “%(name)s” (%(hash)s) was changed.") % words


register("config.migrations", gettext_lazy("The tables fit this code"), find_waiting_migrations)
register("documents.files", gettext_lazy("Stored files are there, unchanged"), find_wrong_files)
