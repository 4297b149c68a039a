"""Writes the word list that ships beside the language model.

python -m dabir.text.training.words OUT.xz SENTENCES [SENTENCES ...]
"""

import argparse
import lzma
from pathlib import Path

from dabir.text.repair.lexicon import KNOWN_PAIR, KNOWN_PART
from dabir.text.training.corpus import sentences_in, words_of


def main() -> None:
    """Count the words of the named files and pack those that are not rare."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("out", type=Path)
    reader.add_argument("sentences", type=Path, nargs="+")
    told = reader.parse_args()
    lines = [line for path in told.sentences for line in sentences_in(path)]
    counts = words_of(lines, at_least=KNOWN_PART)
    counts = {w: c for w, c in counts.items() if " " not in w or c >= KNOWN_PAIR}
    rows = "\n".join(f"{word}\t{count}" for word, count in sorted(counts.items()))
    told.out.write_bytes(lzma.compress(rows.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))
    print(f"{told.out}: {len(counts)} words, {told.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
