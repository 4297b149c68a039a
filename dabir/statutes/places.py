"""On which line of a rule set a value stands, so that a fault is named with its line. Pure.

Python's own reader of TOML (`tomllib`) says what stands in a file, not where. This walks over a file
that `tomllib` has accepted, and only notes lines; what is written wrong was refused before.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SKIP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_STRINGS = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}\n#]+")


class _Walk:
    """One walk over a file, its position, and the lines noted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def note(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, self.at) + 1)

    def skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def sees(self, sign: str) -> bool:
        return self.text.startswith(sign, self.at)

    def key(self) -> Path:
        """A key, dotted or not, bare or quoted."""
        parts: list[str] = []
        while True:
            self.skip(_BLANK)
            quoted = _STRINGS.match(self.text, self.at)
            found = quoted or _BARE.match(self.text, self.at)
            if found is None:
                return tuple(parts)
            parts.append(found[0][1:-1] if quoted else found[0])
            self.at = found.end()
            self.skip(_BLANK)
            if not self.sees("."):
                return tuple(parts)
            self.at += 1

    def value(self, path: Path) -> None:
        """A value of any kind, its parts noted too."""
        self.skip(_BLANK)
        self.note(path)
        if self.sees("["):
            self.array(path)
        elif self.sees("{"):
            self.inline_table(path)
        elif found := _STRINGS.match(self.text, self.at) or _PLAIN.match(self.text, self.at):
            self.at = found.end()

    def array(self, path: Path) -> None:
        self.at += 1
        number = 0
        while True:
            self.skip(_SKIP)
            if self.sees("]") or self.at >= len(self.text):
                self.at += 1
                return
            self.value((*path, number))
            number += 1
            self.skip(_SKIP)
            if self.sees(","):
                self.at += 1

    def inline_table(self, path: Path) -> None:
        self.at += 1
        while True:
            self.skip(_SKIP)
            if self.sees("}") or self.at >= len(self.text):
                self.at += 1
                return
            self.pair(path)
            self.skip(_SKIP)
            if self.sees(","):
                self.at += 1

    def pair(self, path: Path) -> None:
        """One `key = value` below a table."""
        start = self.at
        inner = self.key()
        for length in range(1, len(inner) + 1):
            place, self.at = self.at, start
            self.note((*path, *inner[:length]))
            self.at = place
        self.skip(_BLANK)
        self.at += 1  # the sign of equality
        self.value((*path, *inner))

    def header(self) -> Path:
        """`[table]` or `[[table]]`: the path below which the next pairs stand."""
        start = self.at
        doubled = self.sees("[[")
        self.at += 2 if doubled else 1
        path: Path = ()
        names = self.key()
        for place, name in enumerate(names):
            path = (*path, name)
            last = place == len(names) - 1
            if last and doubled:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        end, self.at = self.at, start
        for length in range(1, len(path) + 1):
            self.note(path[:length])
        self.at = end + (2 if doubled else 1)
        return path


def places(text: str) -> dict[Path, int]:
    """The line of every key and value of a readable TOML text, by its path; lines count from one."""
    walk = _Walk(text)
    table: Path = ()
    while True:
        walk.skip(_SKIP)
        if walk.at >= len(text):
            return walk.lines
        before = walk.at
        if walk.sees("["):
            table = walk.header()
        else:
            walk.pair(table)
        if walk.at <= before:  # never stand still, whatever comes
            walk.at = before + 1


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of a path, else of the nearest thing above it; nought where nothing is known."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 0)
