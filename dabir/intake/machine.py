"""The machine's reading of a received text: read, repaired, taken apart; the same bytes once.

Reading a damaged declaration takes a while. So what a version of the reading program made of some
bytes is kept in a folder, under a name that holds both: a second reading of the same bytes by the
same program, also after a killed worker, finds it. The folder may be emptied at any time.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

import dabir.text
from dabir.intake.review.parts import parts_of
from dabir.text.readers import Reading, read_document
from dabir.text.repair import repair_text
from dabir.text.structure import structure_text

Progress = Callable[[str, int, int], None]
SCHEMA = "1"


@lru_cache(maxsize=1)
def engine() -> str:
    """Which program reads: a digest over its code and its models."""
    digest = hashlib.sha256(SCHEMA.encode())
    root = Path(dabir.text.__file__).parent
    shape = Path(__file__).parent / "review" / "parts.py"
    files = [p for p in root.rglob("*") if p.is_file() and p.suffix != ".pyc"]
    for path in [*sorted(files), shape]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def machine_reading(
    *,
    data: bytes,
    name: str,
    protected: Collection[str] = (),
    cities: Mapping[str, Collection[str]] | None = None,
    progress: Progress = _silent,
) -> dict[str, Any]:
    """What the machine makes of the bytes: reading, repair, structure and parts, as plain values.

    Raises ReadingRefused for what cannot be read. `progress` hears pages, then lines.
    """
    asked = [
        hashlib.sha256(data).hexdigest(),
        name,
        sorted(protected),
        sorted((cities or {}).items()),
    ]
    key = hashlib.sha256(json.dumps([engine(), *asked]).encode()).hexdigest()
    folder = Path(settings.READINGS)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _turn(folder / f"{key}.turn"):
        kept = folder / f"{key}.json.gz"
        if kept.exists():
            found: dict[str, Any] = json.loads(gzip.decompress(kept.read_bytes()))
            return found
        made = _read(data, name, protected, cities, progress)
        unfinished = kept.with_suffix(".unfinished")
        unfinished.write_bytes(gzip.compress(json.dumps(made, ensure_ascii=False).encode()))
        unfinished.replace(kept)
    return made


def _read(
    data: bytes,
    name: str,
    protected: Collection[str],
    cities: Mapping[str, Collection[str]] | None,
    progress: Progress,
) -> dict[str, Any]:
    reading: Reading = read_document(data, name, progress=lambda n, of: progress("pages", n, of))
    repair = repair_text(
        reading.text, protected=protected, progress=lambda n, of: progress("lines", n, of)
    )
    structure = structure_text(
        repair.text, cities=cities, whole_paragraphs=reading.whole_paragraphs
    )
    progress("parts", 1, 1)
    return {
        "engine": engine(),
        "reading": reading.to_json(),
        "repair": repair.to_json(),
        "structure": structure.to_json(),
        "parts": parts_of(structure, repair),
    }


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """One process at a time reads the same bytes; the next one finds the work done."""
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
    path.unlink(missing_ok=True)
