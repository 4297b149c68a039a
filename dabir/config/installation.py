"""An installation brought to the state that this code needs: database, migrations, static files.

Everything here answers at once when there is nothing to do: a second start asks the database for
the names of its migrations, where Django's own question builds the whole graph first.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from dabir.config.empty import Migration, unpack_database
from dabir.config.indexes import renew_indexes
from dabir.config.occupancy import in_turn
from dabir.core.errors import DomainError

Tell = Callable[[str], object]


class NewerDatabase(DomainError):
    """The database was last used by a newer Dabir than this one."""

    code = "newer_database"


def embedded_database() -> Path | None:
    """The file of the embedded database, None on PostgreSQL."""
    own = settings.DATABASES["default"]
    return Path(own["NAME"]) if own["ENGINE"].endswith("sqlite3") else None


def installation_exists() -> bool:
    """Whether there is a database to look at."""
    embedded = embedded_database()
    if embedded is not None and not embedded.exists():
        return False
    return bool(MigrationRecorder(connection).applied_migrations())


def make_database_file() -> bool:
    """Lay the empty embedded database with write-ahead logging, set once; False when it is there.

    It has its name when all of that is done, so that a start that was killed is begun anew.
    """
    path = embedded_database()
    if path is None or path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f"{path.name}.unfinished")
    unpack_database(unfinished, known=known_migrations())
    with closing(sqlite3.connect(unfinished)) as made:
        made.execute("PRAGMA journal_mode=WAL")
    unfinished.chmod(0o600)
    unfinished.replace(path)
    return True


def known_migrations() -> set[Migration]:
    """Every migration of the installed apps, by the files that lie there."""
    return {
        (app.label, path.stem)
        for app in apps.get_app_configs()
        for path in Path(app.path, "migrations").glob("[!_]*.py")
    }


def waiting_migrations() -> set[Migration]:
    """Migrations that the database has not had; raises NewerDatabase for ours not known here."""
    known = known_migrations()
    applied = set(MigrationRecorder(connection).applied_migrations())
    own = {app.label for app in apps.get_app_configs() if app.name.startswith("dabir.")}
    foreign = sorted(f"{app}.{name}" for app, name in applied - known if app in own)
    if foreign:
        raise NewerDatabase(
            _("This database was changed by another version of Dabir: %(names)s.")
            % {"names": ", ".join(foreign)},
            cure=_("Start the version that made it, or restore a backup of this version."),
        )
    return known - applied


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static_files() -> bool:
    """Lay style sheets, fonts and scripts where the server takes them; False when none changed."""
    mark = Path(settings.HOME) / "static.fingerprint"
    fingerprint = _static_fingerprint()
    if mark.exists() and mark.read_text() == fingerprint and Path(settings.STATIC_ROOT).is_dir():
        return False
    mark.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(fingerprint)
    return True


def renew_database(tell: Tell) -> None:
    """Give the tables what this code needs of them, and both searches what they find by this code."""
    if waiting_migrations():
        tell(_("The database is brought up to date…"))
        call_command("migrate", interactive=False, verbosity=0)
    renew_indexes(tell)  # also where an earlier start was killed between the two


def prepare_installation(tell: Tell) -> None:
    """Make what is missing and renew what changed; whoever comes second waits and finds it done."""
    with in_turn(Path(settings.HOME), "prepare"):
        if make_database_file():
            tell(_("A new database is made in %(folder)s.") % {"folder": settings.HOME})
        renew_database(tell)
        collect_static_files()
