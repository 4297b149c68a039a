"""How far a repaired text is from the truth, and whether what is wrong was flagged.

White space is folded, a ZWNJ counts, one pair of braces is one symbol; a certain digit where the
truth has a set is wrong.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from dabir.text.repair import Repair

BRACES = re.compile(r"\{([^{}]*)\}")
NUMBER = re.compile(r"(?:\d|\{[0-9|]+\})+")
DIGIT = re.compile(r"\d|\{[0-9|]+\}")
LABEL = re.compile(r"(?m)^\s*(\d{1,2}|الف|[بجدهو])[.)] ")


@dataclass(frozen=True)
class Score:
    """Errors, the symbols of the truth, errors inside flags, flagged share, unproven numbers."""

    errors: int
    symbols: int
    flagged_errors: int
    flagged_share: float
    unproven: tuple[str, ...]

    @property
    def rate(self) -> float:
        """Character error rate."""
        return self.errors / self.symbols


def symbols_of(text: str) -> tuple[list[str], list[int]]:
    """The symbols of a text and where each starts."""
    symbols: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        braces = BRACES.match(text, at)
        if braces:
            symbols.append("{" + "|".join(sorted(braces[1].split("|"))) + "}")
            places.append(at)
            at = braces.end()
            continue
        if not text[at].isspace():
            symbols.append(text[at])
            places.append(at)
        elif symbols and symbols[-1] != " ":
            symbols.append(" ")
            places.append(at)
        at += 1
    while symbols and symbols[-1] == " ":
        symbols.pop()
        places.pop()
    return symbols, places


def unproven(text: str, truth: str) -> tuple[str, ...]:
    """Numbers of the text that no number of the truth allows."""

    def sets(number: str) -> list[frozenset[str]]:
        return [frozenset(one.strip("{}").split("|")) for one in DIGIT.findall(number)]

    rest = [sets(match[0]) for match in NUMBER.finditer(truth)]
    bad = []
    for match in NUMBER.finditer(text):
        got = sets(match[0])
        fits = [
            one
            for one in rest
            if len(one) == len(got) and all(t <= g for t, g in zip(one, got, strict=True))
        ]
        if fits:
            rest.remove(min(fits, key=lambda one: sum(map(len, got)) - sum(map(len, one))))
        else:
            bad.append(match[0])
    return tuple(bad)


def score(repair: Repair, truth: str) -> Score:
    """Compare a repair with the truth."""
    got, places = symbols_of(repair.text)
    want, _ = symbols_of(truth)
    flagged = bytearray(len(repair.text) + 1)
    for span in repair.spans:
        flagged[span.start : span.end] = b"\x01" * (span.end - span.start)
    errors = [edit.src_pos for edit in Levenshtein.editops(got, want)]
    inside = sum(
        any(flagged[places[k]] for k in (at - 1, at) if 0 <= k < len(places)) for at in errors
    )
    share = sum(flagged) / max(1, len(repair.text))
    return Score(len(errors), len(want), inside, share, unproven(repair.text, truth))


def labels_of(text: str) -> list[str]:
    """The clause labels at the starts of paragraphs, in order."""
    return [match[1] for match in LABEL.finditer(text)]
