"""The words of the training sentences and how often each stood there."""

import functools
import lzma
from collections.abc import Mapping
from importlib import resources

KNOWN = 5  # a word this frequent is cut only between two known halves
KNOWN_PART = 3
KNOWN_PAIR = 8


@functools.cache
def lexicon() -> Mapping[str, int]:
    """Word -> count, for words that stood at least three times in the sentences."""
    packed = resources.files("dabir.text.model").joinpath("words.xz").read_bytes()
    counts: dict[str, int] = {}
    for line in lzma.decompress(packed).decode("utf-8").splitlines():
        word, count = line.split("\t")
        counts[word] = int(count)
    return counts
