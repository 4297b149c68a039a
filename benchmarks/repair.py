"""Prints how well damaged documents are repaired, beside what other libraries make of them.

    python benchmarks/repair.py [--documents 10]

Generated documents are those of the measuring part of the tests' generator; nothing was tuned on
them. The two received documents are known to the developers and prove nothing about others. A peer
that is not installed is named and left out.
"""

import argparse
import importlib.util
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dabir.text.repair import Repair, repair_text  # noqa: E402 - after the path is set
from tests.text.repair.damage import MEASURING, documents  # noqa: E402 - as above
from tests.text.repair.scoring import Score, labels_of, score  # noqa: E402 - as above

LINES_A_PAGE = 27


def peers() -> dict[str, Callable[[str], str]]:
    """The libraries that are installed here."""
    found: dict[str, Callable[[str], str]] = {"untouched": lambda text: text}
    if importlib.util.find_spec("ftfy"):
        import ftfy

        found["ftfy"] = ftfy.fix_text
    if importlib.util.find_spec("hazm"):
        import hazm

        found["hazm"] = hazm.Normalizer().normalize
    if importlib.util.find_spec("bidi"):
        from bidi.algorithm import get_display

        found["python-bidi"] = lambda text: "\n".join(map(get_display, text.split("\n")))
    return found


def missing() -> list[str]:
    """Peers that cannot be measured on this machine."""
    names = {"ftfy": "ftfy", "hazm": "hazm", "bidi": "python-bidi"}
    return [shown for name, shown in names.items() if not importlib.util.find_spec(name)]


def show(name: str, found: list[Score], seconds: float, lines: int) -> None:
    """One line of the table."""
    errors = sum(one.errors for one in found)
    rate = errors / sum(one.symbols for one in found)
    inside = sum(one.flagged_errors for one in found) / max(1, errors)
    share = sum(one.flagged_share * one.symbols for one in found)
    share /= sum(one.symbols for one in found)
    wrong = sum(len(one.unproven) for one in found)
    page = seconds * LINES_A_PAGE / max(1, lines)
    print(f"{name:14} {rate:8.2%} {inside:10.1%} {share:8.1%} {wrong:8d} {page:10.2f}", flush=True)


def measure(title: str, pairs: list[tuple[str, str]]) -> None:
    """Ours and the peers' on the same pairs of damaged text and truth."""
    lines = sum(1 for raw, _ in pairs for line in raw.splitlines() if line.strip())
    print(f"\n{title}: {len(pairs)} documents, {lines} lines")
    print(f"{'':14} {'errors':>8} {'in flags':>10} {'flagged':>8} {'unproven':>8} {'s/page':>10}")
    began = time.perf_counter()
    repairs = [repair_text(raw) for raw, _ in pairs]
    spent = time.perf_counter() - began
    scores = [score(one, truth) for one, (_, truth) in zip(repairs, pairs, strict=True)]
    show("dabir", scores, spent, lines)
    for name, mend in peers().items():
        began = time.perf_counter()
        texts = [mend(raw) for raw, _ in pairs]
        spent = time.perf_counter() - began
        results = [
            score(Repair(text), truth) for text, (_, truth) in zip(texts, pairs, strict=True)
        ]
        show(name, results, spent, lines)
    right = sum(
        labels_of(one.text) == labels_of(truth)
        for one, (_, truth) in zip(repairs, pairs, strict=True)
    )
    print(f"all labels found in {right} of {len(pairs)}")


def received(name: str, truth: str) -> tuple[str, str]:
    """One of the association's own documents with our corrected text."""
    raw = (ROOT / f"dabir/examples/forum/received/{name}.fa.txt").read_text("utf-8")
    want = (ROOT / f"tests/text/fixtures/{truth}.truth.fa.txt").read_text("utf-8")
    return raw, re.sub(r"(?m)^\[[^\]]*\] ", "", want)


def main() -> None:
    """Print the whole table."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--documents", type=int, default=10)
    told = reader.parse_args()
    began = time.perf_counter()
    repair_text("مجمع شهرداران آسیایی\n2014نوامبر در سال چین هایکو شهر در")
    print(f"models loaded in {time.perf_counter() - began:.1f} s")
    measure("the page as received", [received("secretariat-page", "secretariat-page")])
    measure("the declaration as received", [received("haikou-declaration", "haikou")])
    seeds = range(MEASURING.start, MEASURING.start + told.documents)
    measure("generated, measuring part", [(one.raw, one.truth) for one in documents(seeds)])
    print("\nnot installed here, so not measured:", ", ".join(missing()) or "none")


if __name__ == "__main__":
    main()
