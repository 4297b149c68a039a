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
from dabir.editorial.models import Paper, Picture


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
        words = {"name": file.name, "hash": file.sha256}
        found = _digest_of(file_path(file.sha256), "sha256")
        if found is None:
            yield _("The stored file “%(name)s” (%(hash)s) is missing.") % words
        elif found != file.sha256:
            yield _("The stored file “%(name)s” (%(hash)s) was changed.") % words


def _digest_of(path: str, method: str) -> str | None:
    """The hash of the bytes that are kept at a path; None where there are none."""
    if not default_storage.exists(path):
        return None
    digest = hashlib.new(method)
    with default_storage.open(path) as stream:
        for piece in stream.chunks():
            digest.update(piece)
    return digest.hexdigest()


def find_wrong_page_files() -> Iterable[Words]:
    """Pictures and documents of pages that are gone, or whose bytes are no longer those brought in."""
    for model in (Picture, Paper):
        for file in model._default_manager.iterator(chunk_size=1000):
            words = {"name": file.title, "file": file.file.name}
            found = _digest_of(file.file.name, "sha1")
            if found is None:
                yield _("“%(name)s” (%(file)s), a file of the website's pages, is missing.") % words
            elif file.file_hash and found != file.file_hash:
                yield (
                    _("“%(name)s” (%(file)s), a file of the website's pages, was changed.") % words
                )


register("config.migrations", gettext_lazy("The tables fit this code"), find_waiting_migrations)
register("documents.files", gettext_lazy("Stored files are there, unchanged"), find_wrong_files)
register(
    "editorial.files",
    gettext_lazy("Pictures and documents of the pages are there, unchanged"),
    find_wrong_page_files,
)
