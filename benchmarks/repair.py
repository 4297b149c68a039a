"""Prints how well damaged documents are repaired, beside what other libraries make of them.

    python -m venv PEERS; PEERS/bin/pip install -r benchmarks/peers.txt
    python benchmarks/repair.py [--documents 30] [--peers PEERS]
    python benchmarks/repair.py --pages 20     # only how long a file of so many pages takes

Generated documents are those of the measuring part of the tests' generator: other sentences, other
ways of cutting lines, other digits and letters than the part that was tuned on. The two received
documents are known to the developers and prove nothing about others. A peer that is not installed
is named and left out. How other programs read PDF files: benchmarks/readers.py.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dabir.text.repair import Repair, repair_text  # noqa: E402 - after the path is set
from dabir.text.structure import structure_text  # noqa: E402 - as above
from tests.text.repair.damage import MEASURING, TUNING, Damaged, documents  # noqa: E402 - as above
from tests.text.repair.grammar import LETTERS  # noqa: E402 - as above
from tests.text.repair.scoring import Score, labels_of, score  # noqa: E402 - as above

LINES_A_PAGE = 40
PEERS = ("ftfy", "hazm", "python-bidi")
CHANCE = re.compile(r"\((\d+)%\)")
LEVELS = (0, 5, 10, 20, 40)
Pairs = list[tuple[str, str]]


def show(name: str, found: list[Score], seconds: float, lines: int) -> None:
    """One line of the table."""
    errors, symbols, share = totals(found)
    inside = sum(one.flagged_errors for one in found) / max(1, errors)
    wrong = sum(len(one.unproven) for one in found)
    page = seconds * LINES_A_PAGE / max(1, lines)
    print(
        f"{name:14} {errors / symbols:8.2%} {inside:10.1%} {share:8.1%} {wrong:8d} {page:10.2f}",
        flush=True,
    )


def totals(found: Sequence[Score]) -> tuple[int, int, float]:
    """Errors, symbols, share of the text flagged over all documents."""
    symbols = sum(one.symbols for one in found)
    flagged = sum(one.flagged_share * one.symbols for one in found)
    return sum(one.errors for one in found), symbols, flagged / symbols


def peer(name: str, home: Path | None, texts: list[str]) -> tuple[list[str], float] | None:
    """What another library makes of the texts, and the seconds it took; None where it is not."""
    python = home / "bin" / "python" if home else Path(sys.executable)
    ran = subprocess.run(
        [python, Path(__file__).with_name("peers.py"), name],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode == 3:
        return None
    ran.check_returncode()
    answer = json.loads(ran.stdout)
    return answer["texts"], answer["seconds"]


def measure(title: str, pairs: Pairs, home: Path | None) -> list[Repair]:
    """Ours and the peers' on the same pairs of damaged text and truth."""
    lines = sum(1 for raw, _ in pairs for line in raw.splitlines() if line.strip())
    print(f"\n{title}: {len(pairs)} documents, {lines} lines")
    print(
        f"{'':14} {'errors':>8} {'in flags':>10} {'flagged':>8} {'unproven':>8} {'cpu s/page':>10}"
    )
    texts = [raw for raw, _ in pairs]
    began, work = time.perf_counter(), cpu_seconds()
    repairs = [repair_text(raw) for raw in texts]
    work, waited = cpu_seconds() - work, time.perf_counter() - began
    show("dabir", scored(repairs, pairs), work, lines)
    show("untouched", scored([Repair(raw) for raw in texts], pairs), 0.0, lines)
    missing = []
    for name in PEERS:
        answer = peer(name, home, texts)
        if answer is None:
            missing.append(name)
        else:
            show(name, scored([Repair(text) for text in answer[0]], pairs), answer[1], lines)
    print(f"dabir took {waited:.1f} s by the clock, {work:.1f} s of processor time")
    if missing:
        print("not installed, so not measured:", ", ".join(missing))
    right = sum(
        labels_of(one.text) == labels_of(truth)
        for one, (_, truth) in zip(repairs, pairs, strict=True)
    )
    print(f"all labels found in {right} of {len(pairs)}")
    return repairs


def cpu_seconds() -> float:
    """Processor time of this process and of those it started and that ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def scored(repairs: Sequence[Repair], pairs: Pairs) -> list[Score]:
    """The score of each repair."""
    return [score(one, truth) for one, (_, truth) in zip(repairs, pairs, strict=True)]


def calibration(repairs: Sequence[Repair], pairs: Pairs) -> None:
    """How much of the text, and how much of what is wrong, lies in flags of at least a chance."""
    print(
        f"\n{'chance said':>12} {'of the text':>12} {'of what is wrong':>17} {'wrong inside':>13}"
    )
    for level in LEVELS:
        kept = [
            replace(
                one, spans=tuple(span for span in one.spans if chance_of(span.evidence) >= level)
            )
            for one in repairs
        ]
        found = scored(kept, pairs)
        errors, symbols, share = totals(found)
        inside = sum(one.flagged_errors for one in found)
        dense = inside / max(1.0, share * symbols)
        print(
            f"{f'from {level} %':>12} {share:12.1%} {inside / max(1, errors):17.1%} {dense:13.1%}"
        )


def chance_of(evidence: str) -> int:
    """The chance of being wrong that a span tells, in percent; 0 where it tells none."""
    told = CHANCE.search(evidence)
    return int(told[1]) if told else 0


def structures(made: Sequence[Damaged], repairs: Sequence[Repair]) -> None:
    """Identifiers of clauses found and wrongly found, and the kinds proposed for clauses."""
    print(f"\n{'structure of':14} {'found':>8} {'right':>8} {'kinds':>8} {'a clause':>9}")
    for shown, texts in (
        ("the truth", [one.truth for one in made]),
        ("the repair", [one.text for one in repairs]),
    ):
        hits = wanted = given = kinds = known = proposed = clauses = 0
        for one, text in zip(made, texts, strict=True):
            nodes = nodes_of(structure_text(text).to_json())
            ids = {identifier(name) for name in one.ids if name[0].isdigit()}
            found = {name for name in nodes if name[0].isdigit()}
            hits, wanted, given = hits + len(ids & found), wanted + len(ids), given + len(found)
            for name, kind in one.kinds.items():
                own = nodes.get(name, [])
                clauses, proposed = clauses + 1, proposed + len(own)
                known, kinds = known + bool(kind), kinds + bool(kind and kind in own)
        print(
            f"{shown:14} {hits / wanted:8.1%} {hits / max(1, given):8.1%} {kinds / known:8.1%}"
            f" {proposed / clauses:9.2f}"
        )


def identifier(name: str) -> str:
    """The stable identifier of a clause or item of the generator: 4, 4.a, 4.b ..."""
    clause, _, letter = name.partition(".")
    return f"{clause}.{'abcdef'[LETTERS.index(letter)]}" if letter else clause


def nodes_of(told: dict) -> dict[str, list[str]]:
    """Every identifier of a structure with the kinds proposed for it."""
    found: dict[str, list[str]] = {}
    waiting = [*told["recitals"], *told["clauses"]]
    while waiting:
        node = waiting.pop()
        found[node["id"]] = [kind["value"] for kind in node["kinds"]]
        waiting += node["children"]
    return found


def received(name: str, truth: str) -> tuple[str, str]:
    """One of the association's own documents with our corrected text."""
    raw = (ROOT / f"dabir/examples/forum/received/{name}.fa.txt").read_text("utf-8")
    want = (ROOT / f"tests/text/fixtures/{truth}.truth.fa.txt").read_text("utf-8")
    return raw, re.sub(r"(?m)^\[[^\]]*\] ", "", want)


def long_file(pages: int) -> None:
    """How long a damaged file of so many pages takes, and how often progress is told."""
    lines: list[str] = []
    for seed in TUNING:
        if sum(1 for line in lines if line.strip()) < pages * LINES_A_PAGE:
            lines += documents(range(seed, seed + 1))[0].raw.splitlines()
    while sum(1 for line in lines if line.strip()) > pages * LINES_A_PAGE:
        lines.pop()
    told: list[float] = []
    began, work, own = time.perf_counter(), cpu_seconds(), time.process_time()
    repair_text("\n".join(lines), progress=lambda done, total: told.append(time.perf_counter()))
    waited, work = time.perf_counter() - began, cpu_seconds() - work
    own = time.process_time() - own
    gaps = [after - before for before, after in pairwise([began, *told])]
    print(
        f"{pages} pages, {pages * LINES_A_PAGE} lines: {waited:.1f} s by the clock, {work:.1f} s of"
        f" processor time, {own:.1f} s of it in this process and the rest in its helper; progress"
        f" told {len(told)} times, never later than {max(gaps):.1f} s"
    )


def main() -> None:
    """Print the whole table."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--documents", type=int, default=len(MEASURING))
    reader.add_argument("--peers", type=Path, help="environment in which the peers are installed")
    reader.add_argument("--pages", type=int, help="only time one file of so many pages")
    told = reader.parse_args()
    if told.pages:
        long_file(told.pages)
        return
    began = time.perf_counter()
    repair_text("مجمع شهرداران آسیایی\n2014نوامبر در سال چین هایکو شهر در")
    print(f"models loaded in {time.perf_counter() - began:.1f} s")
    measure("the page as received", [received("secretariat-page", "secretariat-page")], told.peers)
    measure("the declaration as received", [received("haikou-declaration", "haikou")], told.peers)
    made = documents(range(MEASURING.start, MEASURING.start + told.documents))
    pairs = [(one.raw, one.truth) for one in made]
    repairs = measure("generated, measuring part", pairs, told.peers)
    calibration(repairs, pairs)
    structures(made, repairs)


if __name__ == "__main__":
    main()
