"""The best readings of all lines of a damaged text: line by line, then paragraph by paragraph."""

from collections.abc import Callable, Collection

import numpy as np

from dabir.text.repair.alphabet import END, SPACE
from dabir.text.repair.candidates import Candidate
from dabir.text.repair.labels import Chosen, mark_title, number_labels
from dabir.text.repair.lines import RawLine
from dabir.text.repair.network import sign_network
from dabir.text.repair.ngram import language_model
from dabir.text.repair.page_search import searched_lines
from dabir.text.repair.paragraphs import Choice, choose
from dabir.text.repair.records import Repair
from dabir.text.repair.writing import written_out

Progress = Callable[[int, int], None]
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
        read.append(found)
        if progress:
            progress(len(read), len(lines))
    breaks = [line.before for line in lines]
    choice = choose(read, breaks, language_model())
    read = ranked_by_network(read, choice)
    return read, choose(read, breaks, language_model())


def ranked_by_network(read: list[list[Candidate]], choice: Choice) -> list[list[Candidate]]:
    """The best readings of each line with what the network says after the lines above it."""
    network = sign_network()
    end, space = np.array([END], dtype=np.uint8), np.array([SPACE], dtype=np.uint8)
    state = fresh = network.step(network.start(), end)
    found = []
    for line, pick, starts in zip(read, choice.picks, choice.starts, strict=True):
        state = fresh if starts else network.step(state, space)
        top = sorted(line, key=lambda one: -one.total)[:RERANKED]
        if line[pick] not in top:
            top.append(line[pick])
        for one, score in zip(top, network.score(state, [o.codes for o in top]), strict=True):
            one.network = float(score)
        state = network.read(state, line[pick].codes)
        found.append(top)
    return found
