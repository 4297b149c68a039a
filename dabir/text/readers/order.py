"""From the order in which signs are seen to the order in which they were typed.

The Unicode rules for text of both directions turn a typed order into a seen one; some seen orders
come from two typed ones. Where that is so the commoner reading is taken: `AMF 2014` inside a
Persian line is a name with its year, `1,250 USD` a number with its unit.
"""

from __future__ import annotations

import re
import unicodedata

PAIRS = ("()", "[]", "{}", "«»", "‹›", "<>")
NONE: frozenset[str] = frozenset()
_SEPARATORS = frozenset(".,:/٫٬،\u00a0")
_UNITS = frozenset(
    {"usd", "eur", "irr", "gbp", "cny", "jpy", "try", "rub", "aed", "km", "cm", "mm", "kg", "mb"}
    | {"gb", "tb", "kw", "mw", "ha", "million", "billion", "percent", "years", "months", "days"}
)


def logical_text(pieces: list[str], *, rtl: bool, mirrored: frozenset[str] = frozenset()) -> str:
    """The text as it was typed, from pieces in the order they are seen.

    `pieces` run from the side where the line begins; runs of the other direction in them are
    turned. In a line from right to left those are Latin words and numbers, in one from left to
    right Persian and Arabic words. `mirrored`: of these pairs the file names each bracket by its
    drawing, so among letters from right to left they are the wrong way round.
    """
    kinds = [_kind(piece) for piece in pieces]
    runs = _numbers_and_latin(pieces, kinds) if rtl else _right_to_left_runs(pieces, kinds)
    out: list[str] = []
    at = 0
    for start, end in runs:
        out += _bracketed(pieces[at:start], mirrored if rtl else NONE)
        run = _bracketed(pieces[start:end], NONE if rtl else mirrored)
        out += _turned(run, kinds[start:end], rtl=rtl)
        at = end
    out += _bracketed(pieces[at:], mirrored if rtl else NONE)
    text = re.sub(r" {2,}", " ", "".join(out)).strip()
    return re.sub("\u200c+(?=[ \t\u200c]|$)|(?<=[ \t])\u200c+|^\u200c+", "", text)


def closed_brackets(text: str, pair: str) -> int:
    """How many brackets of a kind open before they close, less those that do not."""
    good = open_now = 0
    for sign in text:
        if sign == pair[0]:
            open_now += 1
        elif sign == pair[1]:
            good += 1 if open_now else -1
            open_now = max(0, open_now - 1)
    return good


def _bracketed(pieces: list[str], pairs: frozenset[str]) -> list[str]:
    if not pairs:
        return pieces
    turned = {ord(p[n]): p[1 - n] for p in pairs for n in (0, 1)}
    return [piece.translate(turned) for piece in pieces]


def _turned(pieces: list[str], kinds: list[str], *, rtl: bool) -> list[str]:
    back, kinds = pieces[::-1], kinds[::-1]
    if rtl:
        return back
    out: list[str] = []
    at = 0
    for start, end in _numbers(back, kinds):  # numbers inside a turned run keep their direction
        out += [*back[at:start], *back[start:end][::-1]]
        at = end
    return out + back[at:]


def _kind(piece: str) -> str:
    """R, L, N (number) or - (takes the direction of its neighbours)."""
    kind = unicodedata.bidirectional(piece[0])
    if kind in ("R", "AL"):
        return "R"
    if kind == "L":
        return "L"
    return "N" if kind in ("EN", "AN") else "-"


def _numbers_and_latin(pieces: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Runs from left to right inside a line from right to left, as ranges of pieces.

    Pieces come right to left, so the first of a run is its last sign. A number right of a Latin
    word (before it here) belongs to its run: the word, then the number.
    """
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(pieces):
        if kinds[at] not in "LN":
            at += 1
            continue
        end = last = at
        has_latin = False
        while end < len(pieces) and kinds[end] != "R":
            if kinds[end] == "L":
                has_latin, last = True, end
            end += 1
        if has_latin:
            stop = _with_touching_number(pieces, kinds, last + 1)
            first = _latin_begins(pieces[at:stop], kinds[at:stop]) + at
            runs += [(s + at, e + at) for s, e in _numbers(pieces[at:first], kinds[at:first])]
            runs.append((first, stop))
            at = stop
        else:
            numbers = [(s + at, e + at) for s, e in _numbers(pieces[at:end], kinds[at:end])]
            runs += numbers
            at = end
    return runs


def _latin_begins(pieces: list[str], kinds: list[str]) -> int:
    """Where a run of Latin words begins after the numbers right of it, which may not be its own.

    One number after a word is its own (`AMF 2014`), unless the word is a unit (`1,250 USD`); of
    two, the first was typed before the word (`25 November 2014`).
    """
    latin = kinds.index("L")
    numbers = [r for r in _numbers(pieces[:latin], kinds[:latin]) if " " in pieces[r[1] : latin]]
    if not numbers:
        return 0
    end = latin
    while end < len(pieces) and kinds[end] == "L":
        end += 1
    word = "".join(pieces[latin:end][::-1]).lower()
    if word in _UNITS:
        return latin
    return numbers[-1][0] if len(numbers) > 1 else 0


def _with_touching_number(pieces: list[str], kinds: list[str], at: int) -> int:
    """Past the digits that touch a Latin word on its left: `4G`, `25/A`."""
    end = at
    while end < len(pieces) and (kinds[end] == "N" or pieces[end] in "-/._+@#&"):
        end += 1
    while end > at and kinds[end - 1] != "N":
        end -= 1
    return end


def _numbers(pieces: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Ranges of digits with single separators between them."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(pieces):
        if kinds[at] != "N":
            at += 1
            continue
        end = at + 1
        while end < len(pieces):
            if kinds[end] == "N":
                end += 1
            elif pieces[end] in _SEPARATORS and end + 1 < len(pieces) and kinds[end + 1] == "N":
                end += 2
            else:
                break
        runs.append((at, end))
        at = end
    return runs


def _right_to_left_runs(pieces: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """Runs of Persian or Arabic inside a line from left to right, as ranges of pieces."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(pieces):
        if kinds[at] != "R":
            at += 1
            continue
        end = last = at
        while end < len(pieces) and kinds[end] != "L":
            if kinds[end] == "R":
                last = end
            end += 1
        start = _with_eastern_number(pieces, kinds, at)
        runs.append((start, last + 1))
        at = last + 1
    return runs


def _with_eastern_number(pieces: list[str], kinds: list[str], at: int) -> int:
    """Back over a number in Persian or Arabic digits that stands left of a run."""
    start = at
    while start and (kinds[start - 1] == "N" or pieces[start - 1] == " "):
        if kinds[start - 1] == "N" and pieces[start - 1].isascii():
            return at
        start -= 1
    while start < at and pieces[start] == " ":
        start += 1
    return start
