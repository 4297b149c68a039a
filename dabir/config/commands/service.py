"""`dabir serve` and `dabir work`: the pages, and the work done later."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from dabir.config.commands.asking import add_command, port
from dabir.config.commands.speech import Refused, note, tell
from dabir.config.commands.speech import gettext as _

if TYPE_CHECKING:
    from dabir.config.commands.asking import Commands

PORT = 8000


def add_commands(commands: Commands) -> None:
    """The two commands that stay until they are told to end."""
    serve = add_command(
        commands,
        "serve",
        _("Serve the pages and do the work that was put off, until Ctrl-C or SIGTERM."),
        example="dabir serve --port 8000",
        run=run_serve,
    )
    serve.add_argument(
        "--host",
        default="localhost",
        help=_(
            "address to listen at (localhost: only this machine); names that visitors use go into "
            "DABIR_HOSTS, the public address into DABIR_ADDRESS"
        ),
    )
    serve.add_argument(
        "--port",
        type=port,
        default=int(os.environ.get("DABIR_PORT") or PORT),
        help=_("port; when it is taken, the next free one (default: %(default)s)"),
    )
    serve.add_argument(
        "--no-worker",
        action="store_true",
        help=_("pages only; `dabir work` does the rest in another place"),
    )
    work = add_command(
        commands,
        "work",
        _("Do the work that was put off and the daily jobs, until Ctrl-C or SIGTERM."),
        example="dabir work",
        run=run_work,
    )
    work.add_argument(
        "--until-idle", action="store_true", help=_("end when nothing waits any more")
    )


def run_serve(asked: argparse.Namespace) -> int:
    """Web server and worker under one supervisor."""
    from dabir.config.commands.ready import installation
    from dabir.config.serving import Child, Supervisor, listening_sockets, run_web

    with installation(prepare=True):
        _refuse_strangers(asked.host)
        sockets, found = listening_sockets(asked.host, asked.port)
        if found != asked.port:
            ports = {"asked": asked.port, "found": found}
            note(_("Port %(asked)s is taken; %(found)s is free.") % ports)
        from django.db import connections

        from dabir.config import working, wsgi  # noqa: F401  loaded once, before the fork

        children = [Child(_("web server"), lambda: run_web(sockets))]
        if not asked.no_worker:
            children.append(Child(_("worker"), working.work))
        _tell_address(asked.host, found)
        connections.close_all()
        Supervisor(children).run()
    return 0


def _refuse_strangers(host: str) -> None:
    """Accounts whose passwords are printed for everybody are not put on a network."""
    from dabir.accounts.models import User
    from dabir.config.serving import is_loopback

    if is_loopback(host) or not User.objects.filter(is_demonstration=True).exists():
        return
    raise Refused(
        _("This installation has demonstration accounts; it is served on this machine only."),
        _("Leave out --host, or make an installation of your own with `dabir init`."),
    )


def _tell_address(host: str, port_found: int) -> None:
    from django.conf import settings

    from dabir.accounts.queries import first_run_code
    from dabir.config.serving import is_loopback
    from dabir.registry.queries import the_association

    name = "localhost" if is_loopback(host) else host
    tell(f"http://{name}:{port_found}")
    if settings.ADDRESS:
        tell(settings.ADDRESS)
    if the_association() is None:
        code = {"code": first_run_code()}
        tell(_("The first page asks for this set-up code: %(code)s") % code)
    note(_("Ctrl-C ends it."))


def run_work(asked: argparse.Namespace) -> int:
    """The worker alone."""
    from dabir.config.commands.ready import installation

    with installation(prepare=True):
        from dabir.config.working import work

        work(until_idle=asked.until_idle)
    return 0
