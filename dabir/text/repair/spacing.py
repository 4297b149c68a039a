"""Words of a page stored by shape that lost a ZWNJ or a space; proposals, always flagged.

Only what the training sentences write far more often is proposed, never inside a short line (names
and headings stand there) and never for a protected word.
"""

from collections.abc import Collection, Mapping

from dabir.text.repair.alphabet import NON_JOINING

PREPOSITIONS = ("از", "بر", "در")
PARTICIPLES = ("شده", "کرده")
OFTEN = 8
FREQUENT_HALF = 40
LEAST_WORDS = 5


def mended(word: str, words: Mapping[str, int], protected: Collection[str]) -> str | None:
    """The word as it was probably typed, or nothing where that is not clear."""
    if word in protected or not word.isalpha():
        return None
    joined = words.get(word, 0)
    best: tuple[int, str] = (0, "")
    for place in range(2, len(word) - 1):
        first, second = word[:place], word[place:]
        if first[-1] not in NON_JOINING:
            form, least = f"{first}\u200c{second}", 5 * joined
            count = words.get(form, 0)
        else:
            form, least = f"{first} {second}", 2 * joined
            count = pair_count(first, second, joined, words)
        if count >= max(OFTEN, least):
            best = max(best, (count, form))
    return best[1] or None


def pair_count(first: str, second: str, joined: int, words: Mapping[str, int]) -> int:
    """How often the two stood apart; only prepositions and participles are ever split off."""
    if first in PREPOSITIONS:
        return words.get(f"{first} {second}", 0)
    if second in PARTICIPLES and not joined:
        halves = words.get(first, 0), words.get(second, 0)
        return min(halves) if min(halves) >= FREQUENT_HALF else 0
    return 0
