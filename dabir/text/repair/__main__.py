"""python -m dabir.text.repair FILE [--json]"""

import argparse
import json
import sys
from pathlib import Path

from dabir.text.repair import repair_text


def main() -> None:
    """Repair one file of plain text and print the result."""
    reader = argparse.ArgumentParser(prog="python -m dabir.text.repair")
    reader.add_argument("file", type=Path)
    reader.add_argument("--json", action="store_true", help="text, spans, edits and digits")
    told = reader.parse_args()
    repair = repair_text(told.file.read_text(encoding="utf-8-sig"))
    if told.json:
        sys.stdout.write(json.dumps(repair.to_json(), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(repair.text)


if __name__ == "__main__":
    main()
