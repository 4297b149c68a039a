"""The rows of a long paper, each as one line of text, every cell after the name of its column.

What a line is made of recurs by the thousand: days, states, names of columns. Each such phrase is set
once for the whole paper and placed wherever it is said; no line breaks inside it. What remains has no
shades and no lines of its own, since each change of style costs the typesetter time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from unicodedata import bidirectional

from dabir.documents.typesetting.blocks import Head, Run

Cell = tuple[Run, ...]

_LONGEST = 48
"""Signs of a phrase, two fifths of a line; a longer one is broken like any text."""
UNBROKEN = 28
"""Signs of an identifier; in a longer one a line may break."""
_STOP = " · "
_OFTEN = 5
"""Times that a table says what is a phrase for that alone."""
_SHORTEST = 3
"""Signs of a phrase; fewer are set in the text around them with less work."""
_EDGES = re.compile(r"([\s·]*)(.*?)([\s·]*)", re.DOTALL)


class Lines:
    """Writes rows as lines and keeps the phrases they are made of, in the order of their first use."""

    def __init__(self, encode: Callable[[Run], Any], *, rtl: bool) -> None:
        self.encode = encode
        self.rtl = rtl
        self.phrases: list[tuple[str, str, str]] = []
        """Text, style and mark; a line names a phrase by its place."""
        self._places: dict[tuple[str, str, str], int] = {}
        self._pared: dict[str, tuple[str, str, str]] = {}

    def write(self, rows: Sequence[tuple[Cell, ...]], heads: tuple[Head, ...]) -> list[list[Any]]:
        """The rows as text, places of phrases, and runs as the template reads them."""
        said = Counter(cell[0].text for row in rows for cell in row if len(cell) == 1)
        often = {text for text, times in said.items() if times >= _OFTEN}
        return [self._line(row, heads, often) for row in rows]

    def _line(self, row: tuple[Cell, ...], heads: tuple[Head, ...], often: set[str]) -> list[Any]:
        out: list[Any] = []
        for place, (head, cell) in enumerate(zip(heads, row, strict=True)):
            if place:
                self._say(out, _STOP)
                # A state and an identifier say by their shape what they are.
                if head.kind not in {"status", "identifier"}:
                    self._hold(out, f"{head.label}:", "quiet")
                    self._say(out, "\u00a0")
            whole = head.kind in {"date", "status"} or (len(cell) == 1 and cell[0].text in often)
            for run in cell:
                self._write_run(out, run, whole=whole)
        return out

    def _write_run(self, out: list[Any], run: Run, *, whole: bool) -> None:
        text = run.text.replace("\n", _STOP)
        plain = not (run.language or run.link or run.anchor)
        if run.style == "status" and not run.link:
            if plain and len(text) <= _LONGEST:
                self._hold(out, text, mark=run.mark or "")
            else:
                self._turn_back(out)
                out.append(self.encode(Run("", "mark", mark=run.mark)))
                self._add(out, self.encode(Run(f"\u00a0{text}", language=run.language)))
        elif plain and (run.style == "quiet" or (whole and not run.style)):
            self._hold(out, text)
        elif plain and not run.style:
            self._say(out, text)
        elif run.style == "code" and run.link and len(text) <= UNBROKEN:
            self._lead(out, run)
        else:
            style = "" if run.style == "quiet" else run.style
            self._add(
                out, self.encode(Run(text, style, run.language, run.link, run.mark, run.anchor))
            )

    def _hold(self, out: list[Any], text: str, style: str = "", mark: str = "") -> None:
        """A phrase, with what is only between phrases left outside of it."""
        if text not in self._pared:
            found = _EDGES.fullmatch(text)
            held = found and len(text) <= _LONGEST and len(found[2]) >= _SHORTEST
            said = found.groups() if found and held else (text, "", "")
            before, core, after = (self.encode(Run(each)) for each in said)
            self._pared[text] = before, core, after
        before, core, after = self._pared[text]
        self._add(out, before)
        if core:
            self._turn_back(out)
            out.append(self._place((core, style, mark)))
        self._add(out, after)

    def _lead(self, out: list[Any], run: Run) -> None:
        """An identifier that leads to its decision: a phrase under a link."""
        what = self.encode(run)
        if "u" not in what or "a" in what or "l" in what:
            out.append(what)
            return
        said = f"\u2066{what['t']}\u2069" if what.get("d") == "ltr" else what["t"]
        out.append({"p": self._place((said, "code", "")), "u": what["u"]})

    def _turn_back(self, out: list[Any]) -> None:
        """After letters of the other direction the paper's own goes on: a phrase shows it no letters."""
        if out and isinstance(out[-1], str):
            for sign in reversed(out[-1]):
                turned = bidirectional(sign)
                if turned in {"L", "R", "AL"}:
                    if (turned == "L") == self.rtl:
                        out[-1] += "\u200f" if self.rtl else "\u200e"
                    return

    def _say(self, out: list[Any], text: str) -> None:
        self._add(out, self.encode(Run(text)))

    def _add(self, out: list[Any], what: Any) -> None:
        """One more piece; text goes on in text, and a stop belongs to the phrase before it.

        So nothing stands between most phrases that would be set by itself.
        """
        if out and isinstance(what, str):
            last = out[-1]
            if isinstance(last, int) and what.startswith(_STOP):
                text, style, mark = self.phrases[last]
                out[-1] = self._place((text + _STOP, style, mark))
                what = what.removeprefix(_STOP)
            elif isinstance(last, str):
                out[-1] = last + what
                return
        if what != "":
            out.append(what)

    def _place(self, phrase: tuple[str, str, str]) -> int:
        found = self._places.get(phrase)
        if found is None:
            found = self._places[phrase] = len(self.phrases)
            self.phrases.append(phrase)
        return found
