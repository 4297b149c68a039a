"""The best readings of all lines of a damaged text: line by line, then paragraph by paragraph."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import numpy as np

from dabir.text.repair.alphabet import END, SPACE, Codes
from dabir.text.repair.bonds import word_bonds
from dabir.text.repair.candidates import Candidate
from dabir.text.repair.helping import Helper
from dabir.text.repair.labels import Chosen, mark_title, number_labels
from dabir.text.repair.lines import RawLine
from dabir.text.repair.network import Floats, sign_network
from dabir.text.repair.ngram import language_model
from dabir.text.repair.order import judge_orders
from dabir.text.repair.page_search import LineSearch, Units, batches_of
from dabir.text.repair.paragraphs import Choice, Seams, choose, seams_of
from dabir.text.repair.records import Repair
from dabir.text.repair.sequence import labels_in_order
from dabir.text.repair.writing import written_out

Progress = Callable[[int, int], None]
LONG = 40  # lines from which a second process pays for its start
NUMBERED_TEXT = 4  # labelled paragraphs from which a text counts as numbered
EXPECTED = 16.0  # nats for the label that comes next there
USUAL_FORM = 4.0  # and for one written like most: 9) rather than 9 )
TOGETHER = 24  # lines that the network looks at side by side
THREADS = 2  # that ask the network side by side
RERANKED = 40  # readings of a line that the network looks at


def repair_lines(
    text: str, lines: list[RawLine], protected: Collection[str], progress: Progress | None
) -> Repair:
    """Put the chunks of every line back in order and say what remains doubtful."""
    read, choice = best_readings(lines, protected, progress)
    chosen = [
        Chosen(line, found, pick, starts)
        for line, found, pick, starts in zip(lines, read, choice.picks, choice.starts, strict=True)
    ]
    relation = number_labels(chosen)
    mark_title(chosen)
    return written_out(text, chosen, choice, relation)


def best_readings(
    lines: list[RawLine], protected: Collection[str], progress: Progress | None
) -> tuple[list[list[Candidate]], Choice]:
    """The readings of every line that are worth a look, and the choice among them."""
    read: list[list[Candidate]] = []
    for found in searched_lines([line.units for line in lines], tuple(protected)):
        for one in found:
            one.bonds = word_bonds().score(one.text)
        read.append(found)
        if progress:
            progress(len(read), len(lines))
    breaks = [line.before for line in lines]
    choice = choose(seams_of(read, breaks, language_model()))
    picked = [line[pick] for line, pick in zip(read, choice.picks, strict=True)]
    read = ranked_by_network(read, picked, choice)
    seams = seams_of(read, breaks, language_model())
    judge_orders(read, choose(seams))
    expect_labels(seams)
    return read, choose(seams)


def expect_labels(seams: Seams) -> None:
    """Where paragraphs are numbered, a reading with the label that comes next is likelier."""
    wanted = labels_in_order(seams)
    if sum(label is not None for label in wanted) < NUMBERED_TEXT:
        return
    labelled = [
        (one, one.label_form)
        for label, line in zip(wanted, seams.lines, strict=True)
        for one in line
        if label is not None and one.label == label
    ]
    usual, _ = Counter(form for _, form in labelled).most_common(1)[0]
    for one, form in labelled:
        one.rules += EXPECTED + USUAL_FORM * (form == usual)


def searched_lines(
    lines: Sequence[Units], protected: tuple[str, ...], *, long: int = LONG
) -> Iterator[list[Candidate]]:
    """The readings of each line, in order; from `long` lines on with the help of a process."""
    batches = batches_of(lines)
    if len(lines) < long or not sys.executable or (os.cpu_count() or 1) < 2:
        search = LineSearch(lines, protected)
        for batch in batches:
            yield from search.readings(*batch)
        return
    helper = Helper(lines, protected)
    try:
        yield from helper.results(LineSearch(lines, protected), batches)
    finally:
        helper.close()


def ranked_by_network(
    read: list[list[Candidate]], picked: list[Candidate], choice: Choice
) -> list[list[Candidate]]:
    """The best readings of each line with what the network says after the lines above it."""
    network = sign_network()
    states = states_before(picked, choice)
    found = []
    for line, one in zip(read, picked, strict=True):
        top = sorted(line, key=lambda one: -one.total)[:RERANKED]
        found.append(top if any(one is other for other in top) else [*top, one])

    def told(at: int) -> list[Floats]:
        lines = found[at : at + TOGETHER]
        return network.score(
            states[at : at + TOGETHER], [[one.codes for one in line] for line in lines]
        )

    with ThreadPoolExecutor(
        max_workers=THREADS
    ) as readers:  # numpy lets the others go on meanwhile
        parts = list(readers.map(told, range(0, len(found), TOGETHER)))
    for line, scores in zip(found, chain.from_iterable(parts), strict=True):
        for one, score in zip(line, scores.tolist(), strict=True):
            one.network = score
    return found


def states_before(chosen: list[Candidate], choice: Choice) -> Floats:
    """What the network remembers at the start of each line: its paragraph as it was chosen."""
    runs: list[list[Codes]] = []
    marks: list[list[int]] = []
    for one, starts in zip(chosen, choice.starts, strict=True):
        if starts:
            runs.append([])
            marks.append([])
        runs[-1].append(np.array([END if starts else SPACE], dtype=np.uint8))
        marks[-1].append(sum(map(len, runs[-1])))
        runs[-1].append(one.codes)
    return np.concatenate(sign_network().states_along([np.concatenate(run) for run in runs], marks))
