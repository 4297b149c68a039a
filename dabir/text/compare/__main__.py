"""Compare two versions on the command line: python -m dabir.text.compare A B --json."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from dabir.text.compare import Difference, compare_texts
from dabir.text.readers import ReadingRefused, read_document
from dabir.text.structure import Structure, structure_text


def main(arguments: list[str] | None = None) -> int:
    """Print where two versions differ; 0 however many places, 2 where one cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m dabir.text.compare", description=__doc__)
    parser.add_argument("left", type=Path)
    parser.add_argument("right", type=Path)
    parser.add_argument("--json", action="store_true", help="print the differences as JSON")
    options = parser.parse_args(arguments)
    try:
        left, right = (_structure(path) for path in (options.left, options.right))
    except ReadingRefused as refusal:
        sys.stderr.write(json.dumps(refusal.to_json(), ensure_ascii=False) + "\n")
        return 2
    differences = compare_texts(left, right)
    if options.json:
        found = [difference.to_json() for difference in differences]
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("".join(_line(difference) + "\n" for difference in differences))
    return 0


def _structure(path: Path) -> Structure:
    reading = read_document(path)
    return structure_text(reading.text, whole_paragraphs=reading.whole_paragraphs)


def _line(difference: Difference) -> str:
    sides = f"{difference.left or '—'}\t{difference.right or '—'}"
    return f"{difference.clause}\t{difference.what}\t{sides}"


if __name__ == "__main__":
    sys.exit(main())
