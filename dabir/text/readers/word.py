"""Word documents (DOCX): paragraphs, tables and the numbers Word counts itself, in order."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import (  # type: ignore[import-untyped] # it ships no types
    DefusedXmlException,
)
from defusedxml.ElementTree import (  # type: ignore[import-untyped] # it ships no types
    fromstring,
)

from dabir.text.readers.refusal import Limits, Notice, ReadingRefused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
MOST_PARTS = 5_000
MOST_PACKING = 300
DEEPEST = 200
_ARABIC_ABJAD = "أ ب ج د هـ و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ"
_ARABIC_ALPHA = "أ ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي"


@dataclass
class _Level:
    """How one level of a list is counted and written."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass
class _Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """The next label of a list on a level."""
        levels = self.levels.get(number)
        if levels is None or level not in levels:
            return ""
        counts = self.counts.setdefault(number, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        text = levels[level].text
        for each in range(level + 1):
            one = levels.get(each, _Level())
            text = text.replace(f"%{each + 1}", _written(counts.get(each, one.start), one.form))
        return text


def read_word(data: bytes, limits: Limits) -> tuple[str, list[Notice]]:
    """The text of a Word document, one paragraph a line, and what was noticed.

    Raises ReadingRefused for bombs, entities, passwords and damage.
    """
    parts = _parts(data, limits)
    document = _xml(parts["word/document.xml"])
    numbering = _numbering(parts)
    styles = _style_numbers(parts)
    body = document.find(f"{_W}body")
    if body is None:
        raise ReadingRefused("damaged")
    text = "\n".join(_blocks(body, numbering, styles, 0))
    text = text.strip("\n")
    if not text.strip():
        pictures = any(name.startswith("word/media/") for name in parts)
        raise ReadingRefused("scanned" if pictures else "empty")
    if len(text) > limits.most_characters:
        raise ReadingRefused("too_long", most=limits.most_characters)
    return text, _notices(document)


def _notices(document: Element) -> list[Notice]:
    def has(*names: str) -> bool:
        return any(next(document.iter(f"{_W}{name}"), None) is not None for name in names)

    notices = [Notice("changes_tracked", {})] if has("del", "ins", "moveFrom") else []
    if has("txbxContent", "footnoteReference", "endnoteReference"):
        notices.append(Notice("notes_left_out", {}))
    return notices


def _parts(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The parts of the package that are read, unpacked within bounds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > MOST_PARTS or any(e.flag_bits & 1 for e in entries):
                raise ReadingRefused("hostile" if len(entries) > MOST_PARTS else "encrypted")
            wanted = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
            parts = {e.filename: b"" for e in entries if e.filename.startswith("word/media/")}
            for entry in entries:
                if entry.filename in wanted:
                    parts[entry.filename] = _unpacked(package, entry, limits)
    except _DAMAGE as fault:
        raise ReadingRefused("damaged") from fault
    if "word/document.xml" not in parts:
        raise ReadingRefused("damaged")
    return parts


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    packed = max(1, entry.compress_size)
    if entry.file_size > limits.most_unpacked_bytes or (
        entry.file_size > 1_000_000 and entry.file_size / packed > MOST_PACKING
    ):
        raise ReadingRefused("hostile")
    with package.open(entry) as part:
        data = part.read(limits.most_unpacked_bytes + 1)
    if len(data) > limits.most_unpacked_bytes:
        raise ReadingRefused("hostile")
    return data


def _xml(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise ReadingRefused("hostile") from fault
    except (ParseError, ValueError, LookupError) as fault:
        raise ReadingRefused("damaged") from fault
    except RecursionError as fault:
        raise ReadingRefused("hostile") from fault
    if root.tag.startswith(_STRICT):
        for element in root.iter():
            element.tag = element.tag.replace(_STRICT, _W)
            element.attrib.update({k.replace(_STRICT, _W): v for k, v in element.attrib.items()})
    return root


def _blocks(
    parent: Element, numbering: _Numbering, styles: dict[str, tuple[str, int]], depth: int
) -> Iterator[str]:
    """Paragraphs and table rows of a body or cell, in the order of the document."""
    if depth > DEEPEST:
        raise ReadingRefused("hostile")
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(child, numbering, styles)
        elif child.tag == f"{_W}tbl":
            yield from _table(child, numbering, styles, depth + 1)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(child, numbering, styles, depth + 1)


def _table(
    table: Element, numbering: _Numbering, styles: dict[str, tuple[str, int]], depth: int
) -> Iterator[str]:
    """Each row of a table as one line, its cells parted by tabs."""
    for row in table.iter(f"{_W}tr"):
        cells = []
        for cell in row.findall(f"{_W}tc"):
            lines = [line for line in _blocks(cell, numbering, styles, depth) if line.strip()]
            cells.append(" ".join(lines))
        if any(cells):
            yield "\t".join(cells)


def _paragraph(
    paragraph: Element, numbering: _Numbering, styles: dict[str, tuple[str, int]]
) -> str:
    pieces: list[str] = []
    _collect(paragraph, pieces, 0)
    text = "".join(pieces)
    label = _label(paragraph, numbering, styles) if text.strip() else ""
    return f"{label} {text}" if label else text


def _collect(element: Element, pieces: list[str], depth: int) -> None:
    """The words of a paragraph; deleted ones and words of fields' codes are no words of it."""
    if depth > DEEPEST:
        raise ReadingRefused("hostile")
    for child in element:
        name = child.tag.removeprefix(_W)
        if name == "t":
            pieces.append(child.text or "")
        elif name in ("tab", "br", "cr"):
            pieces.append("\t" if name == "tab" else "\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name not in ("del", "moveFrom", "instrText", "pPr", "rPr", "drawing", "pict"):
            _collect(child, pieces, depth + 1)


def _label(paragraph: Element, numbering: _Numbering, styles: dict[str, tuple[str, int]]) -> str:
    """The number Word shows before a paragraph, from its own properties or its style's."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return ""
    style = properties.find(f"{_W}pStyle")
    number, level = styles.get(style.get(f"{_W}val", ""), ("", 0)) if style is not None else ("", 0)
    own = properties.find(f"{_W}numPr")
    if own is not None:
        number, level = _number_of(own, number, level)
    return numbering.label(number, level) if number and number != "0" else ""


def _number_of(properties: Element, number: str, level: int) -> tuple[str, int]:
    found, deep = properties.find(f"{_W}numId"), properties.find(f"{_W}ilvl")
    if found is not None:
        number = found.get(f"{_W}val", number)
    if deep is not None:
        level = _integer(deep, level)
    return number, level


def _integer(element: Element | None, otherwise: int) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else otherwise


def _style_numbers(parts: dict[str, bytes]) -> dict[str, tuple[str, int]]:
    """Styles that number their paragraphs: style -> list, level."""
    if "word/styles.xml" not in parts:
        return {}
    numbers: dict[str, tuple[str, int]] = {}
    for style in _xml(parts["word/styles.xml"]).iter(f"{_W}style"):
        properties = style.find(f"{_W}pPr/{_W}numPr")
        if properties is not None:
            numbers[style.get(f"{_W}styleId", "")] = _number_of(properties, "", 0)
    return numbers


def _numbering(parts: dict[str, bytes]) -> _Numbering:
    numbering = _Numbering()
    if "word/numbering.xml" not in parts:
        return numbering
    root = _xml(parts["word/numbering.xml"])
    abstract: dict[str, dict[int, _Level]] = {}
    for definition in root.findall(f"{_W}abstractNum"):
        levels = {}
        for one in definition.findall(f"{_W}lvl"):
            depth = one.get(f"{_W}ilvl", "0")
            levels[int(depth) if depth.isdigit() else 0] = _level(one)
        abstract[definition.get(f"{_W}abstractNumId", "")] = levels
    for use in root.findall(f"{_W}num"):
        basis = use.find(f"{_W}abstractNumId")
        levels = dict(abstract.get(basis.get(f"{_W}val", ""), {})) if basis is not None else {}
        for override in use.findall(f"{_W}lvlOverride"):
            depth = override.get(f"{_W}ilvl", "0")
            at = int(depth) if depth.isdigit() else 0
            start = override.find(f"{_W}startOverride")
            if at in levels and start is not None:
                levels[at] = _Level(levels[at].form, levels[at].text, _integer(start, 1))
        numbering.levels[use.get(f"{_W}numId", "")] = levels
    return numbering


def _level(element: Element) -> _Level:
    form, text = element.find(f"{_W}numFmt"), element.find(f"{_W}lvlText")
    return _Level(
        form.get(f"{_W}val", "decimal") if form is not None else "decimal",
        text.get(f"{_W}val", "")[:40] if text is not None else "",
        _integer(element.find(f"{_W}start"), 1),
    )


def _written(number: int, form: str) -> str:
    """A number as a list writes it."""
    lists = {"arabicAbjad": _ARABIC_ABJAD, "arabicAlpha": _ARABIC_ALPHA}
    if form in lists:
        letters = lists[form].split(" ")
        return letters[(number - 1) % len(letters)]
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return _roman(number).lower() if form == "lowerRoman" else _roman(number)
    if form == "bullet":
        return "•"
    if form == "hindiNumbers":
        return "".join(chr(0x660 + int(digit)) for digit in str(number))
    return "" if form == "none" else str(number)


def _roman(number: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    out = ""
    for value, sign in zip(values, signs, strict=True):
        out += sign * (number // value)
        number %= value
    return out
