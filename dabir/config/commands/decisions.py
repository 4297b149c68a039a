"""Commands of the register: import decisions, make the progress report, send reminders.

What they do stands in `dabir.decisions.commands`; here is only how they are asked.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dabir.config.commands.asking import Run, add_command, day
from dabir.config.commands.speech import LANGUAGES
from dabir.config.commands.speech import gettext as _

if TYPE_CHECKING:
    from dabir.config.commands.asking import Commands


def _register(name: str) -> Run:
    """The function of that name in `dabir.decisions.commands`, loaded when it is run."""

    def run(asked: argparse.Namespace) -> int | None:
        from dabir.config.commands.ready import installation

        with installation():
            from dabir.decisions import commands

            done: int | None = getattr(commands, name)(asked)
            return done

    return run


def add_commands(commands: Commands) -> None:
    """The register's commands."""
    decisions = add_command(
        commands,
        "decisions",
        _("Work on the register of decisions from the command line."),
        example="dabir decisions import board-2026.xlsx --dry-run",
    )
    _add_import(decisions.add_subparsers(metavar=_("VERB"), required=True))
    report = add_command(
        commands,
        "report",
        _("Make a report."),
        example="dabir report progress --organ general-assembly --as-of 2014-11-25 -o report.pdf",
    )
    _add_progress(report.add_subparsers(metavar=_("REPORT"), required=True))
    remind = add_command(
        commands,
        "remind",
        _("Write the reminders that are due; a second time on the same day writes nothing new."),
        example="dabir remind --on 2026-11-22",
        run=_register("remind"),
    )
    remind.add_argument("--on", type=day, help=_("the day (else today), as YYYY-MM-DD"))


def _add_import(verbs: Commands) -> None:
    read = add_command(
        verbs,
        "import",
        _("Import decisions, owners, deadlines and past reports from a table (XLSX, CSV)."),
        example="dabir decisions import board-2026.xlsx --dry-run",
        run=_register("import_decisions"),
    )
    read.add_argument("file", type=Path, help=_("the table"))
    how = read.add_mutually_exclusive_group()
    how.add_argument(
        "--dry-run", action="store_true", help=_("only say what would change and what is refused")
    )
    how.add_argument("--confirm", action="store_true", help=_("enter it: all rows or none"))
    read.add_argument(
        "--leave-out-refused", action="store_true", help=_("enter the rest without refused rows")
    )
    read.add_argument("--json", action="store_true", help=_("answer for a machine"))


def _add_progress(reports: Commands) -> None:
    progress = add_command(
        reports,
        "progress",
        _("The progress report as of a date and as known at an instant."),
        example=(
            "dabir report progress --organ executive-board --as-of 2018-11-30 --language fa "
            "--format pdf -o report.pdf"
        ),
        run=_register("report_progress"),
    )
    progress.add_argument(
        "--organ",
        required=True,
        choices=("executive-board", "general-assembly"),
        help=_("for whom"),
    )
    progress.add_argument(
        "--as-of", type=day, required=True, help=_("state of what day, as YYYY-MM-DD")
    )
    progress.add_argument(
        "--known-at", help=_("as known at that instant, such as 2026-11-22T10:00+03:30 (else now)")
    )
    # Not --language: that one, before the command, is the language of the answers.
    progress.add_argument(
        "--language", dest="report_language", choices=LANGUAGES, help=_("language of the report")
    )
    progress.add_argument(
        "--format", choices=("json", "html", "pdf", "docx"), default="json", help=_("form")
    )
    progress.add_argument("-o", "--output", type=Path, help=_("file (else standard output)"))
