"""What a paper of the association is made of: the same parts for print, word processor and web."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one language and one style.

    `style` is "", "strong", "quiet", "code" (an identifier: never flipped, its digits stay Latin),
    "open" (digits that the source leaves open) or "status" (`mark` names the state that is drawn).
    """

    text: str
    style: str = ""
    language: str | None = None
    link: str | None = None
    mark: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered place in the contents."""

    level: int
    runs: tuple[Run, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in its role.

    `role` is body, lead, note, absence, quote, recipient, right (a signature) or caption.
    """

    runs: tuple[Run, ...]
    role: str = "body"
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one under the other."""

    rows: tuple[tuple[str, tuple[Run, ...]], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: `kind`: text, number, date, status, identifier; `weight`: its width."""

    label: str
    kind: str = "text"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose head is repeated on every page it reaches."""

    caption: str
    heads: tuple[Head, ...]
    rows: Sequence[tuple[tuple[Run, ...], ...]]
    ruled: bool = False
    """Drawn with lines to be filled in by hand."""
    numbered_rows: bool = True
    """The first cell of each row names the row."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with the table that says the same in figures."""

    svg: str
    words: str
    """What a reader who does not see the drawing is told."""
    caption: str
    table: Grid | None = None
    style: str = ""
    """The sheet that colours the drawing's classes where no page does."""

    def styled_svg(self) -> str:
        """The drawing with its colours inside, for print."""
        head, rest = self.svg.split(">", 1)
        return f"{head}><style>{self.style}</style>{rest}" if self.style else self.svg


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Facts | Grid | Picture | PageBreak


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: whose paper it is, what it is, for whom and as of when."""

    names: tuple[tuple[str, str], ...]
    """(language, name) of the association, the reader's language first."""
    title: str
    subtitle: str
    facts: Facts
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper, ready for any format; equal papers give equal bytes."""

    language: str
    title: str
    author: str
    written_at: datetime
    """The instant printed in the file's own properties: never the clock's."""
    blocks: Sequence[Block]
    cover: Cover | None = None
    running_title: str = ""
    contents: str = ""
    """The heading of the contents; empty: none."""
    practice: str = ""
    """The word that an invented association prints on every page."""
    landscape: bool = False
    letterhead: tuple[tuple[str, str], ...] = ()
    """(language, name) at the top of the first page, for a paper without a cover."""
    letterhead_notes: tuple[str, ...] = field(default=())
    emblem: str = ""
    """The association's own emblem as SVG; empty: the mark of Dabir."""


def plain_text(runs: Sequence[Run]) -> str:
    """The runs as one string, for properties, captions and spoken text."""
    return "".join(run.text for run in runs)


def is_right_to_left(language: str | None) -> bool:
    """Whether the language is written from the right."""
    return (language or "").split("-")[0] in {"fa", "ar", "ur", "ps", "he", "ckb", "dv", "sd", "ug"}
