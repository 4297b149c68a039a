"""How a command is described: what it does, an example, what runs it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from dabir.config.commands.speech import gettext as _

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Run = Callable[[argparse.Namespace], int | None]


def add_command(
    commands: Commands, name: str, words: str, *, example: str, run: Run | None = None
) -> argparse.ArgumentParser:
    """A command with one line about it and an example below its options."""
    parser = commands.add_parser(
        name,
        help=words,
        description=words,
        epilog=f"{_('Example:')}\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    if run:
        parser.set_defaults(run=run)
    return parser


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(
            _("“%(text)s” is not a date such as 2014-11-25") % {"text": text}
        ) from fault


def port(text: str) -> int:
    """The number of a port."""
    if text.isdecimal() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(
        _("“%(text)s” is not a port: a number from 1 to 65535") % {"text": text}
    )
