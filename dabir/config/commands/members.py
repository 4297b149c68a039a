"""Commands about members. What they do stands in `dabir.membership.commands`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dabir.config.commands.asking import add_command, day
from dabir.config.commands.speech import gettext as _

if TYPE_CHECKING:
    from dabir.config.commands.asking import Commands


def add_commands(commands: Commands) -> None:
    """The standing of a city."""
    standing = add_command(
        commands,
        "standing",
        _(
            "May this city vote, stand for election and speak on a day: with reason, article and cure."
        ),
        example="dabir standing tamrinshahr --on 2027-05-12 --json",
        run=tell_standing,
    )
    standing.add_argument("city", help=_("key of the city, or its name in any language"))
    standing.add_argument(
        "--on", type=day, help=_("the day, past or to come (else today), as YYYY-MM-DD")
    )
    standing.add_argument(
        "--rules", type=Path, help=_("a rule set to ask instead of the one in force (TOML)")
    )
    standing.add_argument("--json", action="store_true", help=_("answer for a machine"))


def tell_standing(asked: argparse.Namespace) -> int:
    """Ask the installation."""
    from dabir.config.commands.ready import installation

    with installation():
        from dabir.membership.commands import tell_standing as tell

        return tell(asked)
