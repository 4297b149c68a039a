"""Take a document apart on the command line: python -m dabir.text.structure FILE --json."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from dabir.text.readers import ReadingRefused, read_document
from dabir.text.structure import Node, structure_text


def main(arguments: list[str] | None = None) -> int:
    """Print the parts of one document; 2 where it cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m dabir.text.structure", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="print the whole structure as JSON")
    options = parser.parse_args(arguments)
    try:
        reading = read_document(options.file)
    except ReadingRefused as refusal:
        sys.stderr.write(json.dumps(refusal.to_json(), ensure_ascii=False) + "\n")
        return 2
    structure = structure_text(reading.text, whole_paragraphs=reading.whole_paragraphs)
    if options.json:
        sys.stdout.write(json.dumps(structure.to_json(), ensure_ascii=False, indent=1) + "\n")
        return 0
    lines = [structure.title or "", *(_line(node) for node in structure.walk())]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _line(node: Node) -> str:
    kinds = ", ".join(found.value or "" for found in node.kinds)
    return f"{node.id}\t{kinds}\t{node.text[:72]}"


if __name__ == "__main__":
    sys.exit(main())
