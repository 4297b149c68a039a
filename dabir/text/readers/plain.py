"""Plain text in whatever encoding it came."""

from __future__ import annotations

import codecs
import re

from dabir.text.readers.refusal import Limits, Notice, ReadingRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ARABIC = re.compile("[\u0600-\u06ff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_NOTHING = "\x00 \t\n\x0b\x0c\x85\xa0\u200b\u200c\u200d\u200e\u200f\u2028\u2029\ufeff"
_TWICE = re.compile("[ØÙÚÛ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Ã[\u0080-\u00bf]")


def read_plain(data: bytes, limits: Limits) -> tuple[str, list[Notice]]:
    """The text of bytes that are no other format, and what was noticed on the way.

    Raises ReadingRefused where they are no text.
    """
    text, notices = _decoded(data)
    text = re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff"))
    words = _CONTROL.sub("", text)
    if not text.strip(_NOTHING):
        raise ReadingRefused("empty")
    if not words.strip(_NOTHING) or len(_CONTROL.findall(text)) > 0.01 * len(text) + 2:
        raise ReadingRefused("binary")
    if len(text) > limits.most_characters:
        raise ReadingRefused("too_long", most=limits.most_characters)
    return _undoubled(words, notices)


def _decoded(data: bytes) -> tuple[str, list[Notice]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    try:
        return _not_wide(data.decode("utf-8"), data)
    except UnicodeDecodeError:
        pass
    if wide := _wide(data):
        return wide
    if b"\x00" in data:
        raise ReadingRefused("binary")
    lines = data.split(b"\n")
    good = [line for line in lines if line.isascii() or _is_utf8(line)]
    if any(not line.isascii() for line in good):
        rest = b"\n".join(line for line in lines if not _is_utf8(line))
        encoding = _legacy(rest)
        text = "\n".join(
            line.decode("utf-8") if _is_utf8(line) else line.decode(encoding, "replace")
            for line in lines
        )
        return text, [Notice("mixed_encoding", {}), *_lost(text)]
    encoding = _legacy(data)
    text = data.decode(encoding, "replace")
    return text, [Notice("encoding", {"encoding": encoding}), *_lost(text)]


def _marked(data: bytes, encoding: str) -> tuple[str, list[Notice]]:
    text = data.decode(encoding, "replace")
    notices = _lost(text)
    if notices and text.count("\ufffd") > 0.1 * len(text):
        raise ReadingRefused("binary")
    return text, notices


def _not_wide(text: str, data: bytes) -> tuple[str, list[Notice]]:
    """Valid UTF-8, unless it is UTF-16 of Latin letters, whose noughts are valid too."""
    if "\x00" in text:
        if wide := _wide(data):
            return wide
        raise ReadingRefused("binary")
    return text, []


def _wide(data: bytes) -> tuple[str, list[Notice]] | None:
    """UTF-16 without its mark: every other byte is the same few pages of letters."""
    if len(data) % 2 or len(data) < 8:
        return None
    for encoding, high in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        usual = sum(high.count(page) for page in (0x00, 0x06, 0x20))
        if usual > 0.9 * len(high) and high.count(0x00) < len(high):
            try:
                return data.decode(encoding), [Notice("encoding", {"encoding": encoding})]
            except UnicodeDecodeError:
                continue
        if high.count(0x00) == len(high):
            return data.decode(encoding), [Notice("encoding", {"encoding": encoding})]
    return None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _legacy(data: bytes) -> str:
    """The old code page of bytes that are not Unicode: Arabic Windows or western Windows."""
    high = sum(byte >= 0x80 for byte in data)
    arabic = len(_ARABIC.findall(data.decode("cp1256", "replace")))
    if high > 0.3 * len(data) or arabic > 0.5 * high:
        if arabic < 0.5 * high:
            raise ReadingRefused("binary")
        return "cp1256"
    return "cp1252"


def _lost(text: str) -> list[Notice]:
    count = text.count("\ufffd")
    return [Notice("unreadable_bytes", {"count": count})] if count else []


def _undoubled(text: str, notices: list[Notice]) -> tuple[str, list[Notice]]:
    """Take off the second of two encodings: UTF-8 that was once read as western Windows."""
    if len(_TWICE.findall(text)) < 5:
        return text, notices
    lines = [_undoubled_line(line) for line in text.split("\n")]
    if all(new == old for new, old in zip(lines, text.split("\n"), strict=True)):
        return text, notices
    return "\n".join(lines), [*notices, Notice("double_encoding", {})]


def _undoubled_line(line: str) -> str:
    if not _TWICE.search(line):
        return line
    single = bytearray()
    for letter in line:
        try:
            single += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return line
            single.append(ord(letter))
    try:
        return single.decode("utf-8")
    except UnicodeDecodeError:
        return line
