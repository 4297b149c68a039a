"""Django started and the installation looked at, before a command does its work."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from dabir.config.commands.speech import LANGUAGES, LOCALE, Refused, note
from dabir.config.commands.speech import gettext as _
from dabir.config.home import home_folder
from dabir.config.occupancy import Occupied, used
from dabir.config.restoring import finish_restore
from dabir.core.uncollected import uncollected


def start_django() -> None:
    """Load the apps and speak the command's language."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabir.config.settings")
    import django
    from django.utils import translation

    with uncollected():
        django.setup()
    translation.activate(os.environ.get("DABIR_COMMAND_LANGUAGE", "en"))


def start_words() -> None:
    """Only the words in the command's language: for rules read from a file, without an installation."""
    import django
    from django.conf import settings
    from django.utils import translation

    if not settings.configured:
        settings.configure(
            LOCALE_PATHS=[LOCALE],
            LANGUAGE_CODE="en",
            LANGUAGES=[(each, each) for each in LANGUAGES],
        )
        django.setup()
    translation.activate(os.environ.get("DABIR_COMMAND_LANGUAGE", "en"))


@contextmanager
def installation(*, prepare: bool = False, as_it_is: bool = False) -> Iterator[None]:
    """The installation of this home, made first with `prepare`, else refused when there is none.

    Refused too while its tables are behind the code, unless it is to be looked at `as_it_is`.
    """
    home = home_folder()
    if not prepare and not os.environ.get("DATABASE_URL") and not home.is_dir():
        raise _nothing_here()
    try:
        finish_restore(home)
        with used(home):
            start_django()
            from dabir.config.installation import (
                installation_exists,
                prepare_installation,
                waiting_migrations,
            )

            if prepare:
                prepare_installation(note)
            elif not installation_exists():
                raise _nothing_here()
            elif not as_it_is and waiting_migrations():
                raise Refused(
                    _("The database in %(folder)s is behind this version.") % {"folder": home},
                    _("Bring it up to date with `dabir init`; make a backup before."),
                )
            yield
    except Occupied as fault:
        raise Refused(
            _("A restore is going on in %(folder)s.") % {"folder": home},
            _("Try again when it has ended."),
        ) from fault


def _nothing_here() -> Refused:
    return Refused(
        _("There is no installation in %(folder)s.") % {"folder": home_folder()},
        _("Make one with `dabir init`, or say where it is: DABIR_HOME=/path dabir …"),
    )
