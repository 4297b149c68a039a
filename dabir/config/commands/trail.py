"""`dabir trail`: the sealed trail taken out, and verified, here or from the export alone."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from dabir.config.commands.asking import add_command
from dabir.config.commands.speech import Refused, note, tell, tell_json
from dabir.config.commands.speech import gettext as _

if TYPE_CHECKING:
    from dabir.config.commands.asking import Commands


def add_commands(commands: Commands) -> None:
    """Export and verification."""
    trail = add_command(
        commands,
        "trail",
        _("Export the sealed trail of all acts, or verify it."),
        example="dabir trail export -o trail.jsonl",
    )
    verbs = trail.add_subparsers(metavar=_("VERB"), required=True)
    export = add_command(
        verbs,
        "export",
        _("Write every act as one JSON object a line; personal values stay behind their digests."),
        example="dabir trail export -o trail.jsonl",
        run=run_export,
    )
    export.add_argument("-o", "--output", type=Path, help=_("file (else standard output)"))
    verify = add_command(
        verbs,
        "verify",
        _("Verify the chain of hashes: of this installation, or of an exported file alone."),
        example="dabir trail verify trail.jsonl",
        run=run_verify,
    )
    verify.add_argument("file", type=Path, nargs="?", help=_("an exported trail"))
    verify.add_argument("--json", action="store_true", help=_("answer for a machine"))


def run_export(asked: argparse.Namespace) -> int:
    """One act a line, in their order."""
    from dabir.config.commands.ready import installation

    with installation():
        from dabir.core.models import AuditEntry
        from dabir.core.trail import trail_head
        from dabir.core.trailexport import json_lines

        entries = AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000)
        if asked.output is None:
            for line in json_lines(entries):
                tell(line.rstrip("\n"))
            return 0
        unfinished = asked.output.with_name(f".{asked.output.name}.unfinished")
        with unfinished.open("w", encoding="utf-8") as stream:
            stream.writelines(json_lines(entries))
        unfinished.replace(asked.output)
        count, head = trail_head()
        note(_("%(count)s entries, head %(head)s") % {"count": count, "head": head or "–"})
    return 0


def run_verify(asked: argparse.Namespace) -> int:
    """Name each fault of the chain; 1 when there is one."""
    if asked.file:
        if not asked.file.is_file():
            raise Refused(_("There is no file %(file)s.") % {"file": asked.file})
        faults, count, head = _verify_file(asked.file)
    else:
        faults, count, head = _verify_here()
    if asked.json:
        tell_json({"clean": not faults, "entries": count, "head": head, "faults": faults})
    else:
        for words in faults:
            tell(words)
        tell(_("%(count)s entries, head %(head)s") % {"count": count, "head": head or "–"})
    return 1 if faults else 0


def _verify_here() -> tuple[list[str], int, str]:
    from dabir.config.commands.ready import installation

    with installation():
        from dabir.core.trail import trail_faults, trail_head

        return list(trail_faults()), *trail_head()


def _verify_file(path: Path) -> tuple[list[str], int, str]:
    """Recompute the chain from the file alone: no installation and no secret is needed."""
    from dabir.config.commands.ready import start_django

    with tempfile.TemporaryDirectory(prefix="dabir-verify-") as place:
        os.environ["DABIR_HOME"] = place  # what starting leaves behind is not wanted here
        start_django()
    from dabir.core.trail import entry_hash
    from dabir.core.trailexport import entry_of_line

    faults, previous, count = [], "", 0
    with path.open(encoding="utf-8") as stream:
        for count, line in enumerate(stream, 1):
            try:
                entry = entry_of_line(line)
                computed = entry_hash(entry)
            except (ValueError, KeyError, TypeError) as fault:
                raise Refused(
                    _("Line %(line)s of %(file)s is not an entry of the trail.")
                    % {"line": count, "file": path}
                ) from fault
            words = {"number": count}
            if entry.sequence != count:
                faults.append(_("Entry %(number)s is missing or out of its place.") % words)
            if entry.previous_hash != previous:
                faults.append(_("Entry %(number)s does not continue the one before it.") % words)
            if entry.hash != computed:
                faults.append(_("Entry %(number)s was changed.") % words)
            previous = entry.hash
    return faults, count, previous
