"""How natural the order of the words of a reading is, judged with what stands before and after.

The other models read from left to right and ask how likely the next sign is. This one was taught on
whole lines and the wrong orders that this damage makes of them, to tell the one from the others: an
encoder over words that looks both ways. For every joint between two words it says what the joint
adds to the reading, and whether the two words belong together.
"""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt

from dabir.text.repair.alphabet import LETTERS, SIGNS, ZWNJ_SIGN, code
from dabir.text.repair.bonds import single_words
from dabir.text.repair.candidates import Candidate
from dabir.text.repair.lexicon import lexicon
from dabir.text.repair.paragraphs import Choice

Floats = npt.NDArray[np.float32]
Words = npt.NDArray[
    np.int32
]  # a row a word: itself, its beginning, its end, what parts it from the last
NOTHING, NEW_PARAGRAPH, NEW_LINE, UNKNOWN = range(4)
FIRST_NUMBER, LATIN, OTHER, FIRST_WORD = 4, 8, 9, 10  # numbers of one to four digits and more
LONGEST_NUMBER = 4
AFFIXES = 2048
TOUCHING, SPACED, JOINED = range(3)
TOKEN = re.compile(f"[{LETTERS}]+|\\d+|[A-Za-z]+|[^\\s{ZWNJ_SIGN}]")
FOLDED = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", ",": "،", ";": "؛", "?": "؟", "[": "(", "]": ")"}
)
BEFORE, AFTER = 8, 6  # words of the neighbouring lines that are looked at
NEAREST, MOST = 16.0, 16  # readings of a line that are judged: nats behind the best, and how many
TOGETHER = 400  # rows read at once
STEP = 8  # rows of about the same length are read together
FARTHEST = 16  # words apart from which distance says no more


class Tokens:
    """Turns a text into the numbers of its words; a word it does not know is its ends."""

    def __init__(self, words: Iterable[str]) -> None:
        known = list(words)
        listed = set(known)
        known += [sign for sign in SIGNS if sign not in listed]
        self.number = {word: FIRST_WORD + n for n, word in enumerate(known)}
        self.codes = {letter: code(letter) for letter in LETTERS}
        self._known: dict[str, tuple[int, int, int]] = {}

    def of(self, text: str) -> tuple[Words, list[int]]:
        """The words of a text, and where each starts."""
        rows: list[tuple[int, int, int, int]] = []
        starts: list[int] = []
        last = 0
        for match in TOKEN.finditer(text.translate(FOLDED)):
            gap = text[last : match.start()]
            parted = JOINED if ZWNJ_SIGN in gap else SPACED if gap or not rows else TOUCHING
            rows.append((*self._numbers(match[0]), parted))
            starts.append(match.start())
            last = match.end()
        return np.array(rows, dtype=np.int32).reshape(-1, 4), starts

    def _numbers(self, word: str) -> tuple[int, int, int]:
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = self._looked_up(word)
        return found

    def _looked_up(self, word: str) -> tuple[int, int, int]:
        if word[0].isdigit():
            return FIRST_NUMBER + min(len(word), LONGEST_NUMBER) - 1, 0, 0
        if word[0] in self.codes:
            signs = [self.codes[letter] for letter in word]
            return self.number.get(word, UNKNOWN), affix(signs[:3]), affix(signs[:-4:-1])
        if word in self.number:
            return self.number[word], 0, 0
        return LATIN if word.isascii() and word.isalpha() else OTHER, 0, 0


def affix(signs: Sequence[int]) -> int:
    """The number of a word's first or last three letters."""
    first, second, third = (*signs, 0, 0)[:3]
    return 1 + ((first * 64 + second) * 64 + third) % (AFFIXES - 1)


def border(kind: int) -> Words:
    """What stands where a line or a paragraph ends."""
    return np.array([[kind, 0, 0, SPACED]], dtype=np.int32)


Row = tuple[Words, Words, Words]  # what stands before a line, the line, what stands after it


class WordOrder:
    """An encoder of a few layers over words; all that is stored are arrays of numbers."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]], words: Iterable[str]) -> None:
        self.tokens = Tokens(words)
        weights = {name: array.astype(np.float32) for name, array in arrays.items()}
        for name in [name for name in weights if name.endswith("_steps")]:
            weights[name.removesuffix("_steps")] *= weights.pop(name)
        self._weights = weights
        self.layers = sum(name.endswith("_rel") for name in weights)
        # the first layer of all is linear, so it is done once for all words
        inward = weights["inp_weight"].T
        self._tables = [
            weights[f"{name}_weight"] @ inward for name in ("word", "pre", "suf", "att", "seg")
        ]

    def judged(self, rows: Sequence[Row]) -> list[Floats]:
        """For each joint of each line, from before its first word to after its last: what it is
        worth to the reading, and ln of the odds that the two belong together.
        """
        sizes = [sum(map(len, row)) for row in rows]
        found: list[Floats] = [np.zeros((0, 2), dtype=np.float32)] * len(rows)
        for width in sorted({-(-size // STEP) * STEP for size in sizes}):
            chosen = [n for n, size in enumerate(sizes) if -(-size // STEP) * STEP == width]
            words = np.zeros((len(chosen), width, 5), dtype=np.int32)
            for row, n in enumerate(chosen):
                at = 0
                for part, signs in enumerate(rows[n]):
                    words[row, at : at + len(signs), :4] = signs
                    words[row, at : at + len(signs), 4] = part
                    at += len(signs)
            joints = self._read(words)
            for row, n in enumerate(chosen):
                before, own, _ = rows[n]
                found[n] = joints[row, len(before) : len(before) + len(own) + 1]
        return found

    def _read(self, words: Words) -> Floats:
        """Both numbers for every word of rows of one width."""
        live = words[:, :, 0] != NOTHING
        state = sum(table[words[:, :, n]] for n, table in enumerate(self._tables))
        state = (state + self._weights["inp_bias"]) * live[:, :, None]
        near = self._levelled(state, "nc") * live[:, :, None]
        beside = np.zeros((*near.shape[:2], 3 * near.shape[2]), dtype=np.float32)
        size = near.shape[2]
        beside[:, 1:, :size] = near[:, :-1]
        beside[:, :, size : 2 * size] = near
        beside[:, :-1, 2 * size :] = near[:, 1:]
        state = state + self._two_layers(beside, "c1", "c2")
        hidden = np.where(live, np.float32(0), np.float32(-1e4))[:, None, None, :]
        for number in range(self.layers):
            state = self._layer(state, hidden, f"layers_{number}")
        return self._through(self._levelled(state, "no"), "out")

    def _layer(self, state: Floats, hidden: Floats, name: str) -> Floats:
        """One layer: every word looks at all others of its row, then thinks for itself."""
        rows, width, size = state.shape
        bias = self._weights[f"{name}_rel"]
        heads = len(bias)
        mixed = self._through(self._levelled(state, f"{name}_n1"), f"{name}_qkv")
        split = mixed.reshape(rows, width, 3, heads, size // heads).transpose(2, 0, 3, 1, 4)
        query, key, value = (np.ascontiguousarray(part) for part in split)
        apart = np.arange(width)[None, :] - np.arange(width)[:, None]
        near = bias[:, np.clip(apart, -FARTHEST, FARTHEST) + FARTHEST]
        looks = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(size // heads))
        looks += near[None] + hidden
        looks = np.exp(looks - looks.max(axis=3, keepdims=True))
        looks /= looks.sum(axis=3, keepdims=True)
        heard = (looks @ value).transpose(0, 2, 1, 3).reshape(rows, width, size)
        state = state + self._through(heard, f"{name}_o")
        return state + self._two_layers(
            self._levelled(state, f"{name}_n2"), f"{name}_f1", f"{name}_f2"
        )

    def _through(self, state: Floats, name: str) -> Floats:
        """A linear layer."""
        flat = state.reshape(-1, state.shape[-1]) @ self._weights[f"{name}_weight"].T
        flat += self._weights[f"{name}_bias"]
        return flat.reshape(*state.shape[:-1], -1)

    def _two_layers(self, state: Floats, first: str, second: str) -> Floats:
        """Two linear layers; between them what is negative is nothing."""
        inner = self._through(state, first)
        return self._through(np.maximum(inner, 0, out=inner), second)

    def _levelled(self, state: Floats, name: str) -> Floats:
        """Each word's numbers brought to the same mean and spread."""
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-5))
        scaled = centred / spread * self._weights[f"{name}_weight"]
        return np.asarray(scaled + self._weights[f"{name}_bias"])


@functools.cache
def word_order() -> WordOrder:
    """The encoder that ships with the library; read once."""
    with resources.files("dabir.text.model").joinpath("order.npz").open("rb") as stored:
        values = np.load(stored)
        arrays = {name: values[name] for name in values.files}
    return WordOrder(arrays, single_words(lexicon()))


def surroundings(read: Sequence[list[Candidate]], choice: Choice) -> list[tuple[Words, Words]]:
    """What stands before and after each line where all lines read as they were chosen."""
    tokens = word_order().tokens
    lines = [tokens.of(line[pick].text)[0] for line, pick in zip(read, choice.picks, strict=True)]
    found = []
    for n, starts in enumerate(choice.starts):
        last = n + 1 == len(lines) or choice.starts[n + 1]
        above = [] if starts or not n else [lines[n - 1][-BEFORE:]]
        below = [] if last else [lines[n + 1][:AFTER]]
        before = np.concatenate([*above, border(NEW_LINE if above else NEW_PARAGRAPH)])
        after = np.concatenate([border(NEW_PARAGRAPH if last else NEW_LINE), *below])
        found.append((before, after))
    return found


def judge_orders(read: Sequence[list[Candidate]], choice: Choice) -> None:
    """Give the good readings of each line what their order is worth; the others get the least."""
    tokens = word_order().tokens
    rows: list[Row] = []
    owners: list[Candidate] = []
    near = []
    for line, scores, (before, after) in zip(
        read, choice.scores, surroundings(read, choice), strict=True
    ):
        ranked = np.argsort(-scores, kind="stable")[:MOST].tolist()
        near.append([line[n] for n in ranked if scores[n] >= scores[ranked[0]] - NEAREST])
        owners += near[-1]
        rows += [(before, tokens.of(one.text)[0], after) for one in near[-1]]
    for one, joints in zip(owners, judged_in_parts(rows), strict=True):
        one.order = float(joints[:, 0].sum())
    for line, judged in zip(read, near, strict=True):
        least = min(one.order for one in judged)
        known = {id(one) for one in judged}
        for one in line:
            if id(one) not in known:
                one.order = least


def judged_in_parts(rows: Sequence[Row]) -> list[Floats]:
    """Rows as `WordOrder.judged` reads them, some hundred at a time."""
    found: list[Floats] = []
    for at in range(0, len(rows), TOGETHER):
        found += word_order().judged(rows[at : at + TOGETHER])
    return found


@dataclass(frozen=True)
class Joints:
    """What the encoder says of the chosen reading of a line, joint by joint."""

    starts: list[int]  # of its words
    worth: Floats
    together: Floats


def joints_of(read: Sequence[list[Candidate]], choice: Choice) -> list[Joints]:
    """The joints of every line as it was chosen."""
    tokens = word_order().tokens
    rows: list[Row] = []
    places = []
    for line, pick, (before, after) in zip(
        read, choice.picks, surroundings(read, choice), strict=True
    ):
        words, starts = tokens.of(line[pick].text)
        rows.append((before, words, after))
        places.append(starts)
    return [
        Joints(starts, joints[:, 0], joints[:, 1])
        for starts, joints in zip(places, judged_in_parts(rows), strict=True)
    ]
