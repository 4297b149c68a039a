"""The folded words by which a text is found, one after the other, and the words one slip away.

Signs of Chinese and Japanese writing stand without spaces: each is a word of its own, and so is each
pair, so that 海, 海口 and 海口市 find 中国海口市. What is typed is cut into pairs, a single sign stays one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dabir.text.folding import fold, join_parts

LONGEST_WORD = 64
HALF_SPACE = "\u200c"
_PART = re.compile(f"[^{HALF_SPACE}]+")
# Letters that a slip can put in the place of another, by the writing of the word.
_ALPHABETS = (
    (re.compile(r"[a-z0-9]+"), "abcdefghijklmnopqrstuvwxyz0123456789"),
    (re.compile(r"[ء-ۿ]+"), "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"),
    (re.compile(r"[а-я]+"), "абвгдежзиклмнопрстуфхцчшщъыьэюя"),
    (re.compile(r"[α-ω]+"), "αβγδεζηθικλμνξοπρστυφχψω"),
)
# A slip is forgiven in words of so many letters: Persian and Arabic write few of their vowels.
_LONG_ENOUGH = (5, 4, 5, 5)
_SIGNS = re.compile(
    r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+"
)


@lru_cache(maxsize=32_768)
def folded_word(piece: str) -> str:
    """One word as it is compared; folded once, however often it is read."""
    return fold(piece)


def folded_text(text: str) -> str:
    """The same as `fold`, much faster for long texts: words return, and each is folded once."""
    pieces = (folded_word(p) if len(p) <= LONGEST_WORD else fold(p[:1000]) for p in text.split())
    return join_parts(" ".join(piece for piece in pieces if piece))


def tokens_of(text: str) -> list[str]:
    """Every word by which the text is found; of signs the single ones and the pairs.

    A word written with a half-space is found by its parts too, as many type a space there.
    """
    found = _cut(folded_text(text), every=True)
    if HALF_SPACE in text:
        joined = [piece for piece in text.split() if HALF_SPACE in piece]
        parts = [folded_word(piece[slice(*at)]) for piece in joined for at in parts_of(piece)]
        found += [word[:LONGEST_WORD] for part in parts for word in part.split() if len(word) > 1]
    return found


def parts_of(piece: str) -> list[tuple[int, int]]:
    """Start and end of each part of a word written with half-spaces that says something by itself."""
    spans = [found.span() for found in _PART.finditer(piece)]
    return [at for at in spans if len(folded_word(piece[slice(*at)])) > 1]


def tokens_asked(text: str) -> list[str]:
    """The words of a question; of signs the pairs, or the single one."""
    return _cut(folded_text(text), every=False)


def _cut(folded: str, *, every: bool) -> list[str]:
    words = folded.split()
    if folded.isascii() or not _SIGNS.search(folded):
        return [word[:LONGEST_WORD] for word in words]
    found: list[str] = []
    for word in words:
        last = 0
        for run in _SIGNS.finditer(word):
            if word[last : run.start()]:
                found.append(word[last : run.start()][:LONGEST_WORD])
            found += _of_signs(run[0], every=every)
            last = run.end()
        if word[last:]:
            found.append(word[last:][:LONGEST_WORD])
    return found


def _of_signs(run: str, *, every: bool) -> list[str]:
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return [*run, *pairs] if every or not pairs else pairs


def runs_of_signs(text: str) -> list[tuple[int, int]]:
    """Where signs of Chinese and Japanese writing stand in a text: start and end of each run."""
    return [run.span() for run in _SIGNS.finditer(text)]


def is_of_signs(word: str) -> bool:
    """Whether a word is written in signs, of which a single one already says something."""
    return bool(_SIGNS.match(word))


def one_slip_away(word: str) -> list[str]:
    """Every word that differs by one letter left out, put in, exchanged or turned with the next.

    Nothing for short words, for numbers, and for writings whose letters are not known here.
    """
    if word.isdigit():
        return []
    letters = next(
        (
            letters
            for (pattern, letters), least in zip(_ALPHABETS, _LONG_ENOUGH, strict=True)
            if least <= len(word) <= LONGEST_WORD and pattern.fullmatch(word)
        ),
        "",
    )
    if not letters:
        return []
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    turned = [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    left_out = [a + b[1:] for a, b in cuts if b]
    exchanged = [a + c + b[1:] for a, b in cuts if b for c in letters]
    put_in = [a + c + b for a, b in cuts for c in letters]
    found = dict.fromkeys([*turned, *left_out, *exchanged, *put_in])
    found.pop(word, None)
    return list(found)
