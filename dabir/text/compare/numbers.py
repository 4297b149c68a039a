"""Numbers of a clause in figures and words, in Persian, English and Arabic."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from dabir.text.structure import Node, Span
from dabir.text.structure.located import level

_D = r"(?:[0-9]|\{[0-9](?:\|[0-9])*\})"
_FIGURES = re.compile(rf"(?<![\w.{{|}}]){_D}+(?:[,٬]{_D}{{3}})*(?:[.٫]{_D}+)?(?![{{|}}]|\.?{_D})")
MOST_READINGS = 512


def _numbered(words: str, start: int = 1, step: int = 1) -> dict[str, int]:
    return {
        word: start + n * step
        for n, group in enumerate(level(words).split())
        for word in group.split("|")
    }


_UNITS = {
    **_numbered("دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده", 2),
    **_numbered("شانزده هفده هجده|هیجده نوزده", 16),
    **_numbered("two three four five six seven eight nine ten eleven twelve thirteen", 2),
    **_numbered("fourteen fifteen sixteen seventeen eighteen nineteen", 14),
    **_numbered("اثنان|اثنین|اثنتان ثلاثه|ثلاث اربعه|اربع خمسه|خمس سته|ست سبعه|سبع", 2),
    **_numbered("ثمانیه|ثمان تسعه|تسع عشره|عشر", 8),
}
_TENS = {
    **_numbered("بیست سی چهل پنجاه شصت هفتاد هشتاد نود", 20, 10),
    **_numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    **_numbered("عشرون|عشرین ثلاثون|ثلاثین اربعون|اربعین خمسون|خمسین", 20, 10),
}
_HUNDREDS = {"صد": 100, "hundred": 100, "مایه": 100, "هزار": 1000, "thousand": 1000, "الف": 1000}
_ORDINALS = {
    **_numbered("دوم|دومین سوم|سومین چهارم|چهارمین پنجم|پنجمین ششم|ششمین هفتم|هفتمین", 2),
    **_numbered("هشتم|هشتمین نهم|نهمین دهم|دهمین یازدهم|یازدهمین دوازدهم|دوازدهمین", 8),
    **_numbered("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", 2),
    **_numbered("الثانی|الثانیه الثالث|الثالثه الرابع|الرابعه الخامس|الخامسه السادس|السادسه", 2),
    **_numbered("السابع|السابعه الثامن|الثامنه التاسع|التاسعه العاشر|العاشره", 7),
    "اول": 1,
    "اولین": 1,
    "نخستین": 1,
    "first": 1,
    "الاول": 1,
    "الاولی": 1,
}
_PLAIN = {**_UNITS, **_TENS}
_WORD = "|".join(sorted({*_PLAIN, *_ORDINALS}, key=len, reverse=True))
_TEN = "|".join(sorted(_TENS, key=len, reverse=True))
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_WORDS = re.compile(
    rf"(?<![\w\u200c])(?:(?P<ten>{_TEN})(?:[ \u200c]و[ \u200c]|[ -])(?P<unit>{_UNIT})"
    rf"|(?P<one>{_WORD}))"
    rf"(?P<big> (?:صد|هزار|hundred|thousand))?(?![\w\u200c])"
)
_ORDINAL_FIGURE = re.compile(r"(?<!\w)([0-9]{1,3})(?:st|nd|rd|th)(?!\w)")
# "both", "two-sided" and the like count nothing.
_NO_COUNT = re.compile(
    r"(?:هر[ \u200c]$)|(?:^[ \u200c]?(?:جانبه|سویه|طرفه|گانه|جانبه|sided|fold|of all|quarters))"
)


@dataclass(frozen=True)
class Number:
    """A number of a clause: every value it may have, its words and place."""

    values: frozenset[str]
    words: str
    span: Span
    in_figures: bool


def numbers_in(node: Node, *, outside: Iterable[Span]) -> list[Number]:
    """The numbers of a node that stand in none of the given places (dates, references)."""
    levelled = level(node.text)
    taken = {place for span in outside for place in range(span.start, span.end)}
    found: list[Number] = []
    for form, in_figures in ((_ORDINAL_FIGURE, True), (_FIGURES, True), (_WORDS, False)):
        for match in form.finditer(levelled):
            start, end = match.span()
            span = node.body.span(start, end)
            if not taken.isdisjoint(range(span.start, span.end)):
                continue
            values = _figures(match) if in_figures else _in_words(match, levelled)
            if values:
                taken.update(range(span.start, span.end))
                found.append(Number(values, node.text[start:end], span, in_figures))
    return sorted(found, key=lambda number: number.span.start)


def _figures(match: re.Match[str]) -> frozenset[str]:
    written = match[1] if match.re is _ORDINAL_FIGURE else match[0]
    signs = re.findall(rf"{_D}|[.٫]", re.sub("[,٬]", "", written))
    sets = [sign.strip("{}").split("|") for sign in signs]
    readings = itertools.islice(itertools.product(*sets), MOST_READINGS)
    return frozenset("".join(one).replace("٫", ".").lstrip("0") or "0" for one in readings)


def _in_words(match: re.Match[str], levelled: str) -> frozenset[str]:
    before, after = levelled[: match.start()], levelled[match.end() :]
    if re.search(_NO_COUNT, before[-4:]) or re.match(_NO_COUNT, after[:12]):
        return frozenset()
    if match["ten"]:
        value = _TENS[match["ten"]] + _UNITS[match["unit"]]
    else:
        value = _PLAIN.get(match["one"]) or _ORDINALS[match["one"]]
    if match["big"]:
        value *= _HUNDREDS[match["big"].strip()]
    return frozenset({str(value)})
