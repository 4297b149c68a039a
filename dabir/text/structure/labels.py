"""The signs in front of a clause or item: 4., ۴-, ماده ۴, (b), ج), iii., 1bis, •."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dabir.text.structure.located import level

_DIGIT = r"(?:[0-9]|\{[0-9](?:\|[0-9])*\})"
_CLOSE = r"[.):\]\-–—ـ/]"
_BIS = r"(?:[ \u200c]?(bis|ter|quater|مکرر))?"
_NUMBER = re.compile(
    rf"\s*([(\[]?)\s*({_DIGIT}{{1,3}}(?:[.\-–/]{_DIGIT}{{1,2}}){{0,3}}){_BIS}\s*"
    rf"({_CLOSE}{{1,2}})(?=\s|$|[^\W\d_]|[\"“«(])"
)
_ORDINALS_FA = (
    "اول|یکم|نخست دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم "
    "شانزدهم هفدهم هجدهم نوزدهم بیستم"
)
_ORDINALS_AR = (
    "الاولی|الاول|اولا الثانیه|الثانی|ثانیا الثالثه|الثالث|ثالثا الرابعه|الرابع|رابعا "
    "الخامسه|الخامس|خامسا السادسه|السادس|سادسا السابعه|السابع|سابعا الثامنه|الثامن|ثامنا "
    "التاسعه|التاسع|تاسعا العاشره|العاشر|عاشرا"
)
_ORDINALS_EN = (
    "first|firstly|one second|secondly|two third|thirdly|three fourth|four fifth|five sixth|six "
    "seventh|seven eighth|eight ninth|nine tenth|ten eleventh twelfth"
)
ORDINALS: dict[str, int] = {
    word: n
    for line in (_ORDINALS_FA, _ORDINALS_AR, _ORDINALS_EN)
    for n, words in enumerate(line.split(), 1)
    for word in level(words).split("|")
}
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_CLAUSE_WORD = "ماده|بند|اصل|article|clause|section|paragraph|art|الماده|البند|الفقره|ماده"
_NAMED = re.compile(
    rf"\s*({_CLAUSE_WORD})\.?\s*[(\[]?\s*({_DIGIT}{{1,3}}|{_ORDINAL}|[ivx]+\b)\s*[)\]]?{_BIS}"
    rf"\s*({_CLOSE}{{1,2}}(?=\s|$|\w)|$)"
)
_WRITTEN = re.compile(rf"\s*({_ORDINAL})ً?\s*([:.\-–—)])(?=\s)")
_LETTER = re.compile(
    rf"\s*([(\[]?)\s*(الف|[ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی]ـ?|[a-z]|[ivx]{{1,5}}|[а-я])\s*"
    rf"({_CLOSE}{{1,2}})(?=\s|$|[^\W\d_]|[\"“«(])"
)
_BULLET = re.compile(r"\s*([•●▪◦‣∙·*✓➢\uf0b7\uf0a7]|[\-–—](?=\s))\s*(?=\S)")


def _words(line: str) -> list[str]:
    return line.split()


ABJAD = "الف ب ج د ه و ز ح ط ی ک ل م ن س ع ف ص ق ر ش ت"
_SEQUENCES: dict[str, list[str]] = {
    "abjad": _words(ABJAD),
    "persian": _words("الف ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی"),
    "arabic": _words("ا ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ک ل م ن ه و ی"),
    "latin": list("abcdefghijklmnopqrstuvwxyz"),
    "cyrillic": list("абвгдежзиклмнопрст"),
    "roman": _words("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"),
}
_PLACES: dict[str, dict[str, int]] = {}
for _series, _signs in _SEQUENCES.items():
    for _n, _sign in enumerate(_signs, 1):
        _PLACES.setdefault(_sign, {})[_series] = _n
_PLACES["ا"] = {**_PLACES["ا"], "abjad": 1, "persian": 1}


@dataclass(frozen=True)
class Label:
    """A sign in front of a paragraph and every place in a series it may stand for.

    `places` maps a series (number, named, abjad, latin, roman, …) to the places in it that the
    sign can mean: one, or several where its digits are open. `end` is where the text begins.
    """

    raw: str
    end: int
    style: str
    places: dict[str, frozenset[int]]
    suffix: str = ""

    @property
    def numbers_clauses(self) -> bool:
        """Whether the sign can number a clause, not only an item."""
        return bool(self.places.keys() & {"number", "named", "ordinal"})


def read_label(text: str) -> Label | None:
    """The label a paragraph starts with, or None."""
    levelled = level(text)
    for read in (_named, _number, _written, _letter, _bullet):
        if label := read(levelled, text):
            return label
    return None


def _values(digits: str) -> frozenset[int]:
    values = {""}
    for one in re.findall(_DIGIT, digits):
        values = {v + d for v in values for d in one.strip("{}").split("|")}
    return frozenset(int(v) for v in values)


def _suffix(found: str | None) -> str:
    return "bis" if found == "مکرر" else (found or "")


def _number(levelled: str, text: str) -> Label | None:
    found = _NUMBER.match(levelled)
    if not found:
        return None
    opened, digits, bis, closed = found.groups()
    raw = text[found.start(2) : found.end(3) if bis else found.end(2)].strip()
    steps = re.split(r"[.\-–/]", digits)
    if len(steps) > 1:
        places = {"decimal": _values(steps[-1])}
        if len(steps) == 2:  # Persian numbers run 1-4 as often as 4-1
            places["decimal_reversed"] = _values(steps[0])
    else:
        places = {"number": _values(digits)}
    return Label(raw, found.end(), f"{opened}{closed[0]}", places, _suffix(bis))


def _named(levelled: str, text: str) -> Label | None:
    found = _NAMED.match(levelled)
    if not found:
        return None
    word, number, bis, _closed = found.groups()
    if number in ORDINALS:
        values = frozenset({ORDINALS[number]})
    elif number in _PLACES and "roman" in _PLACES[number]:
        values = frozenset({_PLACES[number]["roman"]})
    elif re.match(_DIGIT, number):
        values = _values(number)
    else:
        return None
    raw = text[found.start(1) : found.end(3) if bis else found.end(2)].strip()
    return Label(raw, found.end(), f"named {word}", {"named": values}, _suffix(bis))


def _written(levelled: str, text: str) -> Label | None:
    found = _WRITTEN.match(levelled)
    if not found:
        return None
    places = {"ordinal": frozenset({ORDINALS[found[1]]})}
    return Label(text[found.start(1) : found.end(1)], found.end(), "ordinal", places)


def _letter(levelled: str, text: str) -> Label | None:
    found = _LETTER.match(levelled)
    if not found:
        return None
    opened, letter, closed = found.groups()
    known = _PLACES.get(letter.rstrip("ـ"))
    if known is None:
        return None
    raw = text[found.start(2) : found.end(2)]
    places = {series: frozenset({n}) for series, n in known.items()}
    return Label(raw, found.end(), f"{opened}{closed[0]}", places)


def _bullet(levelled: str, text: str) -> Label | None:
    found = _BULLET.match(levelled)
    if not found:
        return None
    mark = text[found.start(1) : found.end(1)]
    return Label(mark, found.end(), f"bullet {mark}", {"bullet": frozenset()})
