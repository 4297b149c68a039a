"""`dabir init` and `dabir demo`: an installation of one's own, or one to look at."""

from __future__ import annotations

import argparse
import os
import secrets
from typing import TYPE_CHECKING

from dabir.config.commands.asking import add_command
from dabir.config.commands.speech import Refused, note, tell
from dabir.config.commands.speech import gettext as _

if TYPE_CHECKING:
    from dabir.config.commands.asking import Commands

EXAMPLES = ("forum", "practice")
FOUNDING = ("name_fa", "name_en", "abbreviation", "admin_email")


def add_commands(commands: Commands) -> None:
    """The commands of the first day."""
    _add_init(commands)
    demo = add_command(
        commands,
        "demo",
        _("Load an example to look at, and print its sign-ins; loading it again changes nothing."),
        example="dabir demo --example forum\n  dabir demo code secretary_general",
        run=run_demo,
    )
    demo.add_argument(
        "--example",
        choices=EXAMPLES,
        default="forum",
        help=_("forum: the Asian Mayors Forum, facts only; practice: an invented union"),
    )
    verbs = demo.add_subparsers(metavar=_("VERB"))
    code = add_command(
        verbs,
        "code",
        _("Print the present second-factor code of a demonstration account."),
        example="dabir demo code secretary_general",
        run=run_code,
    )
    code.add_argument("role", help=_("role, as `dabir demo` prints it"))


def _add_init(commands: Commands) -> None:
    init = add_command(
        commands,
        "init",
        _(
            "Make an empty installation, or bring one up to date. With the options below the "
            "association is founded at once; without them, in the browser."
        ),
        example=(
            'dabir init --name-fa "…" --name-en "Union of River Cities" --abbreviation URC '
            "--admin-email clerk@example.org"
        ),
        run=run_init,
    )
    init.add_argument("--name-fa", help=_("name of the association in Persian"))
    init.add_argument("--name-en", help=_("name of the association in English"))
    init.add_argument("--abbreviation", help=_("its abbreviation"))
    init.add_argument("--seat-fa", help=_("its seat in Persian"))
    init.add_argument("--seat-en", help=_("its seat in English"))
    init.add_argument(
        "--languages",
        default="fa,en",
        help=_("its languages, first one first (default: %(default)s)"),
    )
    init.add_argument(
        "--calendars",
        default="solar_hijri,gregorian",
        help=_("its calendars, first one first (default: %(default)s)"),
    )
    init.add_argument("--admin-email", help=_("address of the first administrator"))
    init.add_argument("--admin-name-fa", help=_("their name in Persian"))
    init.add_argument("--admin-name-en", help=_("their name in English"))


def run_init(asked: argparse.Namespace) -> int:
    """Home, secrets, database, static files; and the association, when it is described."""
    from dabir.config.commands.ready import installation

    founding = [name for name in FOUNDING if getattr(asked, name)]
    if founding and not (asked.abbreviation and asked.admin_email):
        raise Refused(
            _("To found an association, its abbreviation and an administrator are needed too."),
            _("Add --abbreviation and --admin-email, or leave all of it to the browser."),
        )
    if founding and not (asked.name_fa or asked.name_en):
        raise Refused(
            _("To found an association, its name is needed."), _("Add --name-fa or --name-en.")
        )
    with installation(prepare=True):
        from django.conf import settings

        from dabir.accounts.queries import first_run_code
        from dabir.registry.queries import the_association

        if founding:
            _found(asked)
        tell(_("The installation lies in %(folder)s.") % {"folder": settings.HOME})
        association = the_association()
        if association:
            tell(_("It belongs to: %(name)s. Start it with `dabir serve`.") % {"name": association})
            return 0
        tell(_("Start it with `dabir serve` and open the address that it prints."))
        tell(_("The first page asks for this set-up code: %(code)s") % {"code": first_run_code()})
    return 0


def _named(**words: str | None) -> dict[str, str]:
    return {language: text for language, text in words.items() if text}


def _found(asked: argparse.Namespace) -> None:
    """The first day without a browser; the password is made here and told once."""
    from django.db import transaction
    from django.utils import timezone

    from dabir.core.actors import OPERATOR
    from dabir.registry.services import appoint_administrator, found_association

    now = timezone.now()
    today = timezone.localdate(now)
    password = os.environ.get("DABIR_ADMIN_PASSWORD") or secrets.token_urlsafe(12)
    languages = [word.strip() for word in asked.languages.split(",") if word.strip()]
    with transaction.atomic():
        found_association(
            names=_named(fa=asked.name_fa, en=asked.name_en),
            abbreviation=asked.abbreviation,
            languages=languages,
            calendars=[word.strip() for word in asked.calendars.split(",") if word.strip()],
            seat=_named(fa=asked.seat_fa, en=asked.seat_en),
            by=OPERATOR,
            on=today,
            at=now,
        )
        appoint_administrator(
            names=_named(fa=asked.admin_name_fa, en=asked.admin_name_en)
            or {"en": asked.admin_email.partition("@")[0]},
            email=asked.admin_email,
            password=password,
            language=languages[0],
            by=OPERATOR,
            on=today,
            at=now,
        )
    tell(_("Administrator: %(email)s") % {"email": asked.admin_email})
    if not os.environ.get("DABIR_ADMIN_PASSWORD"):
        tell(_("Password, told only now: %(password)s") % {"password": password})


def run_demo(asked: argparse.Namespace) -> int:
    """Load the example through the services that a person would use."""
    from dabir.config.commands.ready import installation

    with installation(prepare=True):
        from dabir.config.examples import load_example
        from dabir.registry.queries import the_association

        association = the_association()
        if association and association.example != asked.example:
            raise Refused(
                _("This installation belongs to: %(name)s.") % {"name": association},
                _("Load the example into another folder: DABIR_HOME=/path dabir demo …"),
            )
        if not association:
            note(_("The example is loaded…"))
        loaded = load_example(asked.example)
        tell(_("Sign-ins (each role, its address and its password):"))
        width = max(len(one.role) for one in loaded.sign_ins)
        for one in loaded.sign_ins:
            tell(f"  {one.role:<{width}}  {one.email}  {one.password}")
        tell(_("Second factor: `dabir demo code ROLE` prints the present code."))
        for path in loaded.papers:
            tell(_("Report: %(path)s") % {"path": path})
    return 0


def run_code(asked: argparse.Namespace) -> int:
    """The code that an authenticator app would show now."""
    from dabir.config.commands.ready import installation

    with installation():
        from dabir.accounts.services import demonstration_code

        tell(demonstration_code(asked.role.replace("-", "_")))
    return 0
