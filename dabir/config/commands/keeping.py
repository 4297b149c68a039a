"""`dabir check`, `backup` and `restore`: that nothing is lost, and that it can be shown."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dabir.config.commands.asking import add_command
from dabir.config.commands.speech import Refused, note, tell, tell_json
from dabir.config.commands.speech import gettext as _

if TYPE_CHECKING:
    from dabir.config.commands.asking import Commands

TOLD_AFTER = 5000


def add_commands(commands: Commands) -> None:
    """The three commands that look after what is there."""
    check = add_command(
        commands,
        "check",
        _("Check the trail, the seals, the stored files and the tables; name every fault."),
        example="dabir check --json",
        run=run_check,
    )
    check.add_argument("--json", action="store_true", help=_("answer for a machine"))
    add_command(
        commands,
        "reindex",
        _(
            "Make the words anew by which records are found, in the office and in public; only "
            "needed when `dabir check` says so."
        ),
        example="dabir reindex",
        run=run_reindex,
    )
    backup = add_command(
        commands,
        "backup",
        _(
            "Write the whole installation into one archive: database, files and secrets. The "
            "server may go on meanwhile. Keep the archive as you keep the secrets in it."
        ),
        example="dabir backup /backups/dabir-2026-11-22.tar.gz",
        run=run_backup,
    )
    backup.add_argument("file", type=Path, help=_("the archive (.tar, or .tar.gz to compress it)"))
    restore = add_command(
        commands,
        "restore",
        _(
            "Put an archive in the place of this installation, all of it or nothing. "
            "Stop the server first."
        ),
        example="DABIR_HOME=/srv/dabir dabir restore /backups/dabir-2026-11-22.tar.gz",
        run=run_restore,
    )
    restore.add_argument("file", type=Path, help=_("the archive"))
    restore.add_argument(
        "--yes", action="store_true", help=_("replace the installation that is there")
    )


def run_reindex(_asked: argparse.Namespace) -> int:
    """Every record is found by its present words again."""
    from dabir.config.commands.ready import installation

    with installation():
        from dabir.core import publicsearch
        from dabir.core.search import rebuild
        from dabir.decisions.services.finding import refold_commitments

        number, wrong = rebuild(), refold_commitments()
        public = publicsearch.rebuild(_telling())
    said = _("%(number)s records are found by their words; %(wrong)s commitments were put right.")
    tell(said % {"number": number, "wrong": wrong})
    tell(_("%(number)s entries are found by everybody.") % {"number": public})
    return 0


def _telling() -> Callable[[str, int], None]:
    """Who says how far it is, each time another few thousand entries are done."""
    said = 0

    def far(kind: str, number: int) -> None:
        nonlocal said
        if number - said >= TOLD_AFTER:
            said = number
            note(_("%(number)s entries so far (%(kind)s)") % {"number": number, "kind": kind})

    return far


def run_check(asked: argparse.Namespace) -> int:
    """Ask every check; 1 when any of them finds a fault."""
    from dabir.config.commands.ready import installation

    with installation(as_it_is=True):
        import dabir.config.check  # noqa: F401  registers its checks
        from dabir.core.checks import run_checks
        from dabir.core.trail import trail_head

        findings = run_checks()
        sequence, head = trail_head()
        faults = [words for finding in findings for words in finding.faults]
        if asked.json:
            checks = [{"name": f.name, "label": f.label, "faults": f.faults} for f in findings]
            chain = {"entries": sequence, "head": head}
            tell_json({"clean": not faults, "chain": chain, "checks": checks})
            return 1 if faults else 0
    for finding in findings:
        tell(f"{'✗' if finding.faults else '✓'} {finding.label}")
        for words in finding.faults:
            tell(f"    {words}")
    tell(_("Trail: %(count)s entries, head %(head)s") % {"count": sequence, "head": head or "–"})
    return 1 if faults else 0


def run_backup(asked: argparse.Namespace) -> int:
    """Write the archive; 1 when stored files were missing, which then the archive lacks."""
    from dabir.config.backup import write_backup
    from dabir.config.commands.ready import installation
    from dabir.config.home import home_folder
    from dabir.config.restoring import home_database

    if asked.file.is_dir() or not asked.file.resolve().parent.is_dir():
        raise Refused(
            _("%(file)s cannot be written there.") % {"file": asked.file},
            _("Name a file in a folder that exists."),
        )
    home = home_folder()
    with installation(as_it_is=True):
        manifest = write_backup(home, asked.file, home_database(home))
    size = asked.file.stat().st_size / 1_000_000
    tell(
        _("%(file)s: %(size).1f MB, %(count)s files, trail of %(entries)s entries, head %(head)s")
        % {
            "file": asked.file,
            "size": size,
            "count": len(manifest.members) - 1,
            "entries": manifest.chain[0],
            "head": manifest.chain[1] or "–",
        }
    )
    if os.environ.get("DABIR_SECRET_KEY") or os.environ.get("DABIR_DIGEST_KEY"):
        note(_("Secrets that come from the environment are not in the archive: keep them too."))
    for name in manifest.missing:
        note(_("The stored file %(name)s is missing or was changed.") % {"name": name})
    return 1 if manifest.missing else 0


def run_restore(asked: argparse.Namespace) -> int:
    """Put the archive back, then check what stands now."""
    from dabir.config.home import home_folder
    from dabir.config.occupancy import Occupied
    from dabir.config.restoring import restore_backup

    home = home_folder()
    if not asked.file.is_file():
        raise Refused(_("There is no archive %(file)s.") % {"file": asked.file})
    try:
        manifest = restore_backup(home, asked.file, replace=asked.yes)
    except Occupied as fault:
        raise Refused(
            _("The installation in %(folder)s is in use.") % {"folder": home},
            _("Stop `dabir serve` and `dabir work` first; nothing was changed."),
        ) from fault
    note(
        _("Restored into %(folder)s: the state of %(at)s.")
        % {"folder": home, "at": manifest.made_at}
    )
    # A process of its own: what is loaded here may still know the secrets that were replaced.
    return subprocess.run(
        [sys.executable, "-m", "dabir.config.cli", "check"], check=False
    ).returncode
