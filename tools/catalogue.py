"""Joins the Persian parts into the catalogue that Django reads, and compiles it.

Run after changing a part: `python tools/catalogue.py`. With `--check` nothing is written and the exit
status says whether the committed catalogue is what the parts make.
"""

from __future__ import annotations

import ast
import struct
import sys
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "dabir" / "locale" / "fa"
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
    "Language: fa\nPlural-Forms: nplurals=2; plural=(n > 1);\n"
)
Entry = dict[str, str]


def read_part(path: Path) -> list[Entry]:
    """The entries of one part: msgctxt, msgid, msgid_plural, msgstr, msgstr[n]."""
    entries: list[Entry] = []
    entry: Entry = {}
    key = ""
    for raw in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        line = raw.strip()
        if not line:
            if entry.get("msgid"):
                entries.append(entry)
            entry, key = {}, ""
        elif line.startswith("#"):
            continue
        elif line.startswith('"'):
            entry[key] += ast.literal_eval(line)
        else:
            word, _, text = line.partition(" ")
            if word in ("msgid", "msgctxt") and "msgstr" in "".join(entry):
                entries.append(entry)
                entry = {}
            key = word
            entry[key] = ast.literal_eval(text)
    return [e for e in entries if e.get("msgid")]


def joined() -> dict[str, Entry]:
    """Every entry of every part by its key; two parts may not disagree."""
    found: dict[str, Entry] = {}
    for path in sorted((LOCALE / "parts").glob("*.po")):
        for entry in read_part(path):
            key = entry.get("msgctxt", "") + "\x04" + entry["msgid"]
            found.setdefault(key, entry)
    return dict(sorted(found.items()))


def quoted(text: str) -> str:
    """A PO string on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def po_text(entries: dict[str, Entry]) -> str:
    """The catalogue as text."""
    blocks = ['msgid ""\nmsgstr ' + quoted(HEADER)]
    for entry in entries.values():
        blocks.append("\n".join(f"{key} {quoted(value)}" for key, value in entry.items()))
    return "# Made by tools/catalogue.py from the parts beside it: change those.\n" + "\n\n".join(blocks) + "\n"


def mo_bytes(entries: dict[str, Entry]) -> bytes:
    """The catalogue as GNU gettext reads it."""
    pairs: list[tuple[bytes, bytes]] = [(b"", HEADER.encode())]
    for entry in entries.values():
        context = entry.get("msgctxt", "")
        key = (context + "\x04" if context else "") + entry["msgid"]
        if "msgid_plural" in entry:
            key += "\0" + entry["msgid_plural"]
            value = "\0".join(entry.get(f"msgstr[{n}]", "") for n in range(2))
        else:
            value = entry.get("msgstr", "")
        if value.strip("\0"):
            pairs.append((key.encode(), value.encode()))
    pairs.sort()
    count = len(pairs)
    offset = 28 + 16 * count
    ids = b"".join(key + b"\0" for key, _ in pairs)
    texts = b"".join(value + b"\0" for _, value in pairs)
    id_table, text_table = [], []
    at_id, at_text = offset, offset + len(ids)
    for key, value in pairs:
        id_table += [len(key), at_id]
        text_table += [len(value), at_text]
        at_id += len(key) + 1
        at_text += len(value) + 1
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, offset)
    return head + struct.pack(f"<{4 * count}I", *id_table, *text_table) + ids + texts


def main() -> int:
    """Write the catalogue, or with `--check` compare it."""
    entries = joined()
    target = LOCALE / "LC_MESSAGES"
    wanted = {target / "django.po": po_text(entries).encode(), target / "django.mo": mo_bytes(entries)}
    if "--check" in sys.argv:
        stale = [p.name for p, data in wanted.items() if not p.exists() or p.read_bytes() != data]
        if stale:
            sys.stderr.write(f"stale: {', '.join(stale)}: run python tools/catalogue.py\n")
        return bool(stale)
    target.mkdir(parents=True, exist_ok=True)
    for path, data in wanted.items():
        path.write_bytes(data)
    sys.stdout.write(f"{len(entries)} entries\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
