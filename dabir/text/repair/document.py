"""The best readings of all lines of a damaged text: line by line, then paragraph by paragraph."""

from collections.abc import Callable, Collection, Mapping

import numpy as np

from dabir.text.repair.alphabet import END, OPEN, SPACE, codes_of
from dabir.text.repair.candidates import Candidate, candidates_of
from dabir.text.repair.echo import Echo, Mixture
from dabir.text.repair.labels import Chosen, mark_title, number_labels
from dabir.text.repair.lexicon import KNOWN, lexicon
from dabir.text.repair.lines import RawLine
from dabir.text.repair.network import sign_network
from dabir.text.repair.ngram import language_model
from dabir.text.repair.paragraphs import Choice, choose
from dabir.text.repair.records import Repair
from dabir.text.repair.writing import written_out

Progress = Callable[[int, int], None]
RERANKED = 40  # readings of a line that the network looks at
LEAST_ECHO = 0.03


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
    model, words = language_model(), guarded_words(protected)
    read: list[list[Candidate]] = []
    echo = Echo([codes_of(line.units) for line in lines])
    share = echo.weight(model)
    for number, line in enumerate(lines):
        mixed = Mixture(model, echo.without(number), share) if share > LEAST_ECHO else model
        read.append(candidates_of(line.units, mixed, words, [END, OPEN], protected))
        if progress:
            progress(number + 1, len(lines))
    breaks = [line.before for line in lines]
    choice = choose(read, breaks, model)
    read = ranked_by_network(read, choice)
    return read, choose(read, breaks, model)


def guarded_words(protected: Collection[str]) -> Mapping[str, int]:
    """The lexicon with every part of a protected name: a known word is not cut."""
    parts = {part: KNOWN for name in protected for part in name.split()}
    return {**lexicon(), **parts} if parts else lexicon()


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
