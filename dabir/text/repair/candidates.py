"""The likeliest readings of one damaged line, over all modes of damage."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dabir.text.repair.alphabet import LETTERS, ZWNJ, ZWNJ_SIGN, Codes, codes_of
from dabir.text.repair.cutting import SPACES, Chunk, Line
from dabir.text.repair.joins import Voice, weighed
from dabir.text.repair.lexicon import KNOWN_PART
from dabir.text.repair.ngram import CharacterModel
from dabir.text.repair.noise import (
    BORDERS,
    INTACT_PRIOR,
    MODES,
    ONLY_PRICED,
    UNCUT_REST,
    Border,
)
from dabir.text.repair.search import Search, searched, uncut_prices

MOST = 80  # readings of a line that are looked at closely
PER_MODE = 60
# Fitted on the tuning part of the generated documents, the declaration looked at beside them.
NOISE_WEIGHT = 1.7  # for each unit of what language models say
NETWORK_WEIGHT = 0.8
BOND_WEIGHT = 1.0
ORDER_WEIGHT = 1.0
NAME_BONUS = 4.0  # nats for a name of the registry that stands whole
UNKNOWN_WORD = -4.0
LEADING_SPACE, DOUBLE_SPACE, TRAILING_SPACE = -6.0, -6.0, -3.0
MARKED = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
WORD = re.compile(f"[{LETTERS}{ZWNJ_SIGN}]+")
ENDINGS = frozenset(
    [
        "ها",
        "های",
        "هایی",
        "هایش",
        "هایشان",
        "هایم",
        "هایمان",
        "هایتان",
        "ای",
        "اش",
        "شان",
        "مان",
        "تان",
        "ام",
        "ایم",
        "اید",
        "اند",
        "است",
        "تر",
        "ترین",
        "گان",
        "گانی",
        "گر",
        "گری",
        "سازی",
        "گذاری",
        "پذیر",
        "پذیری",
    ]
)
BEGINNINGS = frozenset(["می", "نمی", "بی", "نا", "هم", "پیش", "باز"])
LABEL = re.compile(r"\s*(?P<label>\d{1,2}|الف|[ابپتجدهوزحطی])\s?[.)-](?=\s)")
BRACKETED = re.compile(r"^(?P<label>\d{1,2}|الف|[ابپتجدهوزحطی])[)-](?=\s)")  # read like a point
LONE_SEMICOLON = re.compile(r"[؛;](?=\s*\S)")
STARTS_WITH_SIGN = re.compile(r"\s*[.،؛:؟!)»/]")
SPACE_BEFORE_SIGN = re.compile(r"(?<=\S)\s[.،؛:؟!)»]")
NO_SPACE_AFTER = re.compile(r"[.،؛:؟!)»](?=[^\W\d])")
DIGIT_TOUCHES_LETTER = re.compile(r"\d(?=[^\W\d])|(?<=[^\W\d])\d")


@dataclass
class Candidate:
    """A reading of a line: its text, its chunks, what language, damage and rules say of it."""

    text: str
    chunks: tuple[Chunk, ...]
    noise: float
    codes: Codes = field(repr=False)
    rules: float = 0.0
    language: float = 0.0
    network: float = 0.0
    bonds: float = 0.0
    order: float = 0.0

    @property
    def total(self) -> float:
        """Everything known of the line by itself, in nats."""
        heard = NETWORK_WEIGHT * (self.network != 0)
        language = self.language + NETWORK_WEIGHT * self.network
        language += BOND_WEIGHT * self.bonds + ORDER_WEIGHT * self.order
        return language + (1 + heard) * NOISE_WEIGHT * self.noise + self.rules

    @property
    def numbered(self) -> bool:
        """Whether the reading starts with the number of a clause."""
        return (self.label or "").isdigit()

    @property
    def label_form(self) -> str:
        """How the label is written but for itself: what stands after it."""
        found = LABEL.match(self.text)
        return found[0].strip().removeprefix(found["label"]) if found else ""

    @property
    def label(self) -> str | None:
        """The clause label the reading starts with."""
        found = LABEL.match(self.text)
        return found["label"] if found else None


def rule_score(text: str) -> float:
    """What the habits of declarations say of a line, in nats."""
    score = -4.0 * len(LONE_SEMICOLON.findall(text))
    score -= 3.0 * bool(STARTS_WITH_SIGN.match(text))
    score -= 2.0 * len(SPACE_BEFORE_SIGN.findall(text))
    score -= 3.0 * len(NO_SPACE_AFTER.findall(text))
    score -= 6.0 * len(DIGIT_TOUCHES_LETTER.findall(text))
    score += spare_space_score(text)
    label = LABEL.match(text)
    if label:
        score += 1.0 if " " in label[0].strip() else 5.0
    return score


def spare_space_score(text: str) -> float:
    """What spaces cost that no author types: most often they were moved there by a wrong order."""
    body = text.strip(" ")
    ahead = len(text) - len(text.lstrip(" "))
    behind = max(0, len(text) - len(text.rstrip(" ")) - 1)
    doubled = len(SPACES.findall(body))
    return LEADING_SPACE * ahead + DOUBLE_SPACE * doubled + TRAILING_SPACE * behind


def candidates_of(
    units: list[str],
    model: CharacterModel,
    words: Mapping[str, int],
    contexts: list[int],
    protected: Collection[str] = (),
) -> list[Candidate]:
    """Up to `MOST` distinct readings of a line, best first; the raw line is always among them."""
    voices = [Voice(model, model.unknown(1))]
    return candidates_of_lines([units], voices, words, contexts, protected)[0]


def candidates_of_lines(
    lines: Sequence[list[str]],
    voices: Sequence[Voice],
    words: Mapping[str, int],
    contexts: list[int],
    protected: Collection[str] = (),
) -> list[list[Candidate]]:
    """The readings of several lines; each voice has one root a line."""
    raw = [Line(units, words) for units in lines]
    cut = [
        n for n, line in enumerate(raw) if len(line.starts) > 1 and not (line.codes == ZWNJ).any()
    ]
    searches: dict[int, list[Search]] = {}
    if cut:
        own = [Voice(voice.model, voice.roots[cut], voice.share) for voice in voices]
        found = searched([raw[n] for n in cut], MODES, contexts, own)
        searches = dict(zip(cut, found, strict=True))
    best = [likeliest(line, searches.get(n, [])) for n, line in enumerate(raw)]
    measure(best, voices)
    for one in (one for candidates in best for one in candidates):
        one.rules = rule_score(one.text) + word_score(one.text, words)
        one.rules += NAME_BONUS * sum(name in one.text for name in protected)
    return [sorted(candidates, key=lambda one: -one.total) for candidates in best]


def likeliest(line: Line, searches: Sequence[Search]) -> list[Candidate]:
    """The best readings over all modes, each with the mode that damages it most cheaply."""
    whole = ((0, line.size, False),)
    text = line.written(whole)
    found = {gist_of(text): Candidate(text, whole, intact_price(line), line.codes)}
    rank = {gist_of(text): 1e9}
    others = [Search(line, mode, uncut_prices(line, mode), 0) for mode in ONLY_PRICED]
    for search in searches:
        prior = search.mode.prior
        for reading in search.best(PER_MODE):
            noise = prior + search.noise_of(reading.chunks)
            for other in others:
                noise = max(noise, other.mode.prior + other.noise_of(reading.chunks))
            gist = gist_of(reading.text)
            known = found.get(gist)
            if known is None or noise > known.noise:
                found[gist] = Candidate(reading.text, reading.chunks, noise, line.codes)
                rank[gist] = max(rank.get(gist, -1e9), reading.score + prior)
    ranked = sorted(found, key=lambda gist: -rank[gist])[:MOST]
    letters = solid(text)
    return [found[gist] for gist in ranked if solid(found[gist].text) == letters]


def word_score(text: str, words: Mapping[str, int]) -> float:
    """What unknown words and unknown ZWNJ compounds cost: a wrong order makes them, in nats."""
    score = 0.0
    for match in WORD.finditer(text):
        word = match[0].strip(ZWNJ_SIGN)
        if not word or words.get(word, 0) >= KNOWN_PART:
            continue
        parts = word.split(ZWNJ_SIGN)
        strange = [p for p in parts if words.get(p, 0) < KNOWN_PART and p not in ENDINGS]
        score += UNKNOWN_WORD * len(strange)
        if len(parts) > 1 and parts[-1] not in ENDINGS and parts[0] not in BEGINNINGS:
            score += UNKNOWN_WORD
    return score


def solid(text: str) -> list[str]:
    """The letters and signs of a reading, sorted: what no repair may add to or take from."""
    return sorted(text.replace(" ", "").replace(ZWNJ_SIGN, ""))


def gist_of(text: str) -> str:
    """A reading without the places of spare spaces."""
    return SPACES.sub(" ", text.strip())


def intact_price(line: Line) -> float:
    """What it costs to believe that the line was not cut at all."""
    borders = BORDERS[line.codes[:-1], line.codes[1:]]
    kept = int(((borders == Border.DIGIT) | (borders == Border.DOUBLE)).sum())
    return INTACT_PRIOR + UNCUT_REST[0] * kept


def measure(lines: Sequence[list[Candidate]], voices: Sequence[Voice]) -> None:
    """Give each reading of each line its signs, and its language score after an unknown start."""
    every = [one for candidates in lines for one in candidates]
    owner = np.repeat(np.arange(len(lines)), [len(candidates) for candidates in lines])
    for one in every:
        one.codes = codes_of_text(BRACKETED.sub(r"\g<label>.", gist_of(one.text)))
    width = max(len(one.codes) for one in every)
    signs = np.zeros((len(every), width), dtype=np.uint8)
    for row, one in enumerate(every):
        signs[row, : len(one.codes)] = one.codes
    scores = weighed(voices, [voice.model.read(voice.roots[owner], signs)[0] for voice in voices])
    for row, one in enumerate(every):
        one.language = float(scores[row, : len(one.codes)].sum())


def codes_of_text(text: str) -> Codes:
    """The signs of a text, marks on letters left out."""
    if text.isascii() or not MARKED.search(text):
        return codes_of(text)
    return codes_of("".join(c for n, c in enumerate(text) if not (n and unicodedata.combining(c))))
