"""Writes a paper as one self-contained HTML file: style, font and drawings inside, no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path

from dabir.documents.typesetting import marks
from dabir.documents.typesetting.blocks import (
    Block,
    Cover,
    Facts,
    Grid,
    Heading,
    Paper,
    Paragraph,
    Picture,
    Run,
    is_right_to_left,
    plain_text,
)
from dabir.documents.typesetting.emblem import emblem_svg
from dabir.documents.typesetting.press import EMBLEM_WORDS, anchors_of, may_be_followed
from dabir.documents.typesetting.typesetter import FONTS

_SHEET = Path(__file__).resolve().parent / "templates" / "paper.css"
_COLOURS = {
    marks.INK: "ink",
    marks.LAPIS: "lapis",
    marks.SAFFRON: "saffron",
    marks.JADE: "jade",
    marks.BRICK: "brick",
    marks.STONE: "stone",
}
_SHAPES = {
    "ring": '<circle cx="5" cy="5" r="4.2" fill="none" stroke="currentColor" stroke-width="1.3"/>',
    "disc": '<circle cx="5" cy="5" r="4.8" fill="currentColor"/>',
    "half": '<circle cx="5" cy="5" r="4.2" fill="none" stroke="currentColor" stroke-width="1.3"/>'
    '<path d="M.8 5a4.2 4.2 0 0 1 8.4 0z" fill="currentColor"/>',
    "diamond": '<path d="M5 .4 9.6 5 5 9.6.4 5z" fill="none" stroke="currentColor" '
    'stroke-width="1.3"/>',
    "triangle": '<path d="M5 .5 9.8 9.5H.2z" fill="currentColor"/>',
    "bar": '<path d="M.6.6h8.8v8.8H.6z" fill="currentColor"/>',
    "square": '<path d="M1 1h8v8H1z" fill="none" stroke="currentColor" stroke-width="1.3"/>',
    "dots": '<circle cx="5" cy="5" r="4.2" fill="none" stroke="currentColor" stroke-width="1.4" '
    'stroke-dasharray="1.1 1.54"/>',
    "dash": '<path d="M.5 4h9v2h-9z" fill="currentColor"/>',
}
_SKIP = {"fa": "رفتن به متن", "en": "Skip to the text"}


def write_html(paper: Paper) -> bytes:
    """The paper as HTML; equal papers give equal bytes."""
    return "".join(_parts(paper)).encode()


def content_policy() -> str:
    """The policy to serve such a file under: its own style and fonts, nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _style() -> str:
    faces = []
    for name, weight in (("Regular", 400), ("Bold", 700)):
        packed = base64.b64encode((FONTS / f"Vazirmatn-{name}.woff2").read_bytes()).decode()
        faces.append(
            f"@font-face{{font-family:Vazirmatn;font-weight:{weight};font-display:swap;"
            f"src:url(data:font/woff2;base64,{packed}) format('woff2')}}"
        )
    return "".join(faces) + _SHEET.read_text(encoding="utf-8")


def _parts(paper: Paper) -> Iterator[str]:
    direction = "rtl" if is_right_to_left(paper.language) else "ltr"
    yield f'<!DOCTYPE html>\n<html lang="{paper.language}" dir="{direction}">\n'
    yield '<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(content_policy())}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="robots" content="noindex">\n'
    yield f'<meta name="author" content="{escape(paper.author)}">\n'
    yield f'<meta name="date" content="{paper.written_at.isoformat()}">\n'
    yield f"<title>{escape(paper.title)}</title>\n<style>{_style()}</style>\n</head>\n<body>\n"
    skip = _SKIP.get(paper.language, _SKIP["en"])
    yield f'<a class="skip" href="#text">{skip}</a>\n{_symbols()}\n'
    if paper.practice:
        word = escape(paper.practice)
        yield f'<aside class="practice" aria-label="{word}">{word}</aside>\n'
    writer = _Writer(paper)
    if paper.cover:
        yield writer.cover(paper.cover)
    elif paper.letterhead:
        yield f"<header>{writer.names(paper.letterhead)}</header>\n"
    if paper.contents:
        yield writer.contents(paper)
    yield '<main id="text">\n'
    yield from writer.sections(paper.blocks)
    yield "</main>\n</body>\n</html>\n"


def _symbols() -> str:
    drawn = "".join(
        f'<symbol id="mark-{name}" viewBox="0 0 10 10">{shape}</symbol>'
        for name, shape in _SHAPES.items()
    )
    return f'<svg width="0" height="0" aria-hidden="true" focusable="false">{drawn}</svg>'


class _Writer:
    """Turns blocks into HTML; keeps which anchors are used and which section is open."""

    def __init__(self, paper: Paper) -> None:
        self.language = paper.language
        self.rtl = is_right_to_left(paper.language)
        self.anchors = anchors_of(paper)
        self.used: set[str] = set()
        self.count = 0

    def names(self, names: Iterable[tuple[str, str]]) -> str:
        shown = "".join(
            f'<{tag} lang="{code}" dir="{_direction(code)}">{escape(name)}</{tag}>'
            for tag, (code, name) in zip(("strong", "span", "span", "span"), names, strict=False)
        )
        label = EMBLEM_WORDS.get(self.language, EMBLEM_WORDS["en"])
        svg = emblem_svg().replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
        return f'<div class="letterhead">{svg}<div>{shown}</div></div>'

    def cover(self, cover: Cover) -> str:
        subtitle = f'<p class="subtitle">{escape(cover.subtitle)}</p>' if cover.subtitle else ""
        notice = f'<p class="note">{escape(cover.notice)}</p>' if cover.notice else ""
        return (
            f'<header class="cover">{self.names(cover.names)}'
            f"<div><h1>{escape(cover.title)}</h1>{subtitle}</div>"
            f"<div>{self.facts(cover.facts)}{notice}</div></header>\n"
        )

    def contents(self, paper: Paper) -> str:
        items = []
        for number, block in enumerate(b for b in paper.blocks if isinstance(b, Heading)):
            if block.level <= 2:
                mark = ' class="sub"' if block.level == 2 else ""
                target = escape(block.anchor or f"s{number}")
                items.append(
                    f'<li{mark}><a href="#{target}">{escape(plain_text(block.runs))}</a></li>'
                )
        label = escape(paper.contents)
        return f'<nav aria-label="{label}"><h2>{label}</h2><ol>{"".join(items)}</ol></nav>\n'

    def sections(self, blocks: Iterable[Block]) -> Iterator[str]:
        open_levels: list[int] = []
        for block in blocks:
            if isinstance(block, Heading):
                while open_levels and open_levels[-1] >= block.level:
                    open_levels.pop()
                    yield "</section>\n"
                open_levels.append(block.level)
                yield "<section>\n"
            yield self.block(block)
        yield "</section>\n" * len(open_levels)

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            return self.heading(block)
        if isinstance(block, Paragraph):
            return self.paragraph(block)
        if isinstance(block, Facts):
            return self.facts(block) + "\n"
        if isinstance(block, Grid):
            return self.grid(block)
        if isinstance(block, Picture):
            return self.picture(block)
        return ""

    def heading(self, block: Heading) -> str:
        anchor = block.anchor or f"s{self.count}"
        self.count += 1
        named = "" if anchor in self.used else f' id="{escape(anchor)}"'
        self.used.add(anchor)
        tag = f"h{min(block.level + 1, 6)}"
        return f"<{tag}{named}>{self.runs(block.runs)}</{tag}>\n"

    def paragraph(self, block: Paragraph) -> str:
        spoken = (
            f' lang="{block.language}" dir="{_direction(block.language)}"' if block.language else ""
        )
        body = self.runs(block.runs)
        if block.role == "quote":
            return f"<blockquote{spoken}><p>{body}</p></blockquote>\n"
        mark = f' class="{block.role}"' if block.role != "body" else ""
        return f"<p{mark}{spoken}>{body}</p>\n"

    def facts(self, block: Facts) -> str:
        rows = "".join(
            f"<dt>{escape(label)}</dt><dd>{self.runs(runs)}</dd>" for label, runs in block.rows
        )
        return f"<dl>{rows}</dl>"

    def grid(self, block: Grid, label: str = "") -> str:
        caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
        kinds = [' class="number"' if head.kind == "number" else "" for head in block.heads]
        head = "".join(
            f'<th scope="col"{kind}>{escape(h.label)}</th>'
            for h, kind in zip(block.heads, kinds, strict=True)
        )
        body: list[str] = []
        write: Callable[[tuple[Run, ...]], str] = self.runs
        for row in block.rows:
            body.append("<tr>")
            for place, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
                if place == 0 and block.numbered_rows:
                    body.append(f'<th scope="row"{kind}>{write(cell)}</th>')
                else:
                    body.append(f"<td{kind}>{write(cell)}</td>")
            body.append("</tr>\n")
        named = escape(block.caption or label or block.heads[0].label)
        wide = f' tabindex="0" role="group" aria-label="{named}"' if len(block.heads) > 4 else ""
        return (
            f'<div class="wide"{wide}><table>{caption}<thead><tr>{head}</tr></thead>\n'
            f"<tbody>{''.join(body)}</tbody></table></div>\n"
        )

    def picture(self, block: Picture) -> str:
        table = self.grid(block.table, block.caption) if block.table else ""
        caption = escape(block.caption)
        drawn = (
            f'<div class="wide" tabindex="0" role="group" aria-label="{caption}">{block.svg}</div>'
        )
        return f"<figure><figcaption>{caption}</figcaption>{drawn}</figure>\n{table}"

    def runs(self, runs: tuple[Run, ...]) -> str:
        return "".join([self.run(run) for run in runs])

    def run(self, run: Run) -> str:
        body = escape(run.text)
        if "\n" in body:
            body = body.replace("\n", "<br>")
        if not (run.style or run.language or run.link or run.anchor):
            return body
        body = self.styled(run, body)
        if run.anchor and run.anchor not in self.used:
            self.used.add(run.anchor)
            body = f'<span id="{escape(run.anchor)}">{body}</span>'
        link = run.link
        if link and may_be_followed(link, self.anchors):
            body = f'<a href="{escape(link)}">{body}</a>'
        return body

    def styled(self, run: Run, body: str) -> str:
        if run.language:
            body = f'<span lang="{run.language}" dir="{_direction(run.language)}">{body}</span>'
        if run.style == "strong":
            return f"<strong>{body}</strong>"
        if run.style == "quiet":
            return f'<span class="quiet">{body}</span>'
        if run.style == "code":
            return f'<bdi class="code" dir="ltr">{body}</bdi>'
        if run.style == "open":
            return f'<bdi class="open" dir="ltr">{body}</bdi>'
        if run.style == "status" and run.mark:
            shape, colour = marks.MARKS[run.mark]
            return (
                f'<span class="status"><svg class="mark c-{_COLOURS[colour]}" aria-hidden="true">'
                f'<use href="#mark-{shape}"/></svg>{body}</span>'
            )
        return body


def _direction(code: str | None) -> str:
    return "rtl" if is_right_to_left(code) else "ltr"
