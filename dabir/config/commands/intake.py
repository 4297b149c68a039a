"""`dabir intake`: read damaged texts, take them apart, compare languages; needs no installation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dabir.config.commands.asking import Run, add_command
from dabir.config.commands.speech import Refused, note, tell, tell_json
from dabir.config.commands.speech import gettext as _

if TYPE_CHECKING:
    from dabir.config.commands.asking import Commands

Answer = tuple[Any, str]  # for a machine, for a reader


def add_commands(commands: Commands) -> None:
    """Repair, structure, comparison."""
    intake = add_command(
        commands,
        "intake",
        _("Read texts as they were received: repair, structure, comparison of languages."),
        example="dabir intake repair declaration.pdf --json",
    )
    verbs = intake.add_subparsers(metavar=_("VERB"), required=True)
    _add(
        verbs,
        "repair",
        _("The best reading of a damaged text, with every doubt marked."),
        _of_each(_repair),
    )
    _add(
        verbs,
        "structure",
        _("Recitals, clauses and items, and what their words suggest; repairs first if need be."),
        _of_each(_structure),
    )
    compare = _add(
        verbs,
        "compare",
        _("Where two language versions of a text differ in numbers, dates, names or clauses."),
        run_compare,
    )
    compare.epilog = f"{_('Example:')}\n  dabir intake compare haikou.fa.txt haikou.en.txt --json"


def _add(verbs: Commands, name: str, words: str, run: Run) -> argparse.ArgumentParser:
    verb = add_command(verbs, name, words, example=f"dabir intake {name} letter.pdf", run=run)
    verb.add_argument("files", nargs="+", type=Path, help=_("PDF, DOCX or text; or a folder"))
    verb.add_argument("--json", action="store_true", help=_("answer for a machine"))
    return verb


def _read(path: Path) -> Any:
    """The text of one file; raises Refused in the reader's words."""
    from dabir.text.readers import REFUSALS, ReadingRefused, read_document

    if not path.exists():
        raise Refused(_("There is no file %(file)s.") % {"file": path})
    try:
        return read_document(path, progress=_progress(path))
    except ReadingRefused as refusal:
        words = _(REFUSALS[refusal.code]) % refusal.params
        raise Refused(f"{path}: {words}") from refusal


def _progress(path: Path) -> Callable[[int, int], None]:
    """Tell how far a long file is, to somebody who looks on."""

    def tell_progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done >= total else ""
            sys.stderr.write(f"\r{path.name}: {done}/{total}{end}")
            sys.stderr.flush()

    return tell_progress


def _repair(path: Path) -> Answer:
    from dabir.text.repair import repair_text

    repair = repair_text(_read(path).text, progress=_progress(path))
    return repair.to_json(), repair.text


def _structured(path: Path) -> Any:
    from dabir.text.repair import repair_text
    from dabir.text.structure import structure_text

    reading = _read(path)
    repair = repair_text(reading.text, progress=_progress(path))
    return structure_text(repair.text, whole_paragraphs=reading.whole_paragraphs)


def _structure(path: Path) -> Answer:
    structure = _structured(path)
    lines = [structure.title or ""]
    lines += [f"{node.id}\t{' '.join(node.text.split())}" for node in structure.walk()]
    return structure.to_json(), "\n".join(lines)


def _of_each(answer: Callable[[Path], Answer]) -> Run:
    """One file gives its answer; several, or a folder, give each its own answer or refusal."""

    def run(asked: argparse.Namespace) -> int:
        if len(asked.files) == 1 and not asked.files[0].is_dir():
            data, text = answer(asked.files[0])
            tell_json(data) if asked.json else tell(text)
            return 0
        results, refused = [], 0
        for path in _all_files(asked.files):
            try:
                data, text = answer(path)
            except Refused as refusal:
                note(refusal.message)
                results.append({"file": str(path), "refused": refusal.message})
                refused = 2
                continue
            results.append({"file": str(path), "result": data})
            if not asked.json:
                tell(f"== {path}\n{text}")
        if asked.json:
            tell_json(results)
        return refused

    return run


def _all_files(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [one for one in inside if path == one or one.is_file()]
    return found


def run_compare(asked: argparse.Namespace) -> int:
    """The differences of two versions; an empty list when there is none."""
    from dabir.text.compare import compare_texts

    if len(asked.files) != 2:
        raise Refused(_("Two files are compared: one for each language."))
    left, right = (_structured(path) for path in asked.files)
    differences = [one.to_json() for one in compare_texts(left, right)]
    if asked.json:
        tell_json(differences)
    else:
        for one in differences:
            tell(f"{one['clause']}\t{one['what']}\t{one['left']}\t{one['right']}")
    return 0
