"""Documents damaged by a generator, their truth known: the first four of two sets measured before.

Eight documents say little of a rate: the limits here only notice when something breaks. What all
thirty say is told by benchmarks/repair.py.
"""

import pytest

from dabir.text.repair import Repair, repair_text
from tests.text.repair.damage import MEASURED_BEFORE, Damaged, documents
from tests.text.repair.scoring import Score, labels_of, score

SAMPLE = (*MEASURED_BEFORE[:4], *MEASURED_BEFORE[30:34])


@pytest.fixture(scope="module")
def repaired() -> list[tuple[Damaged, Repair, Score]]:
    found = []
    for damaged in documents(SAMPLE):
        repair = repair_text(damaged.raw)
        found.append((damaged, repair, score(repair, damaged.truth)))
    return found


def test_repair_generated_reaches_the_error_rate(repaired) -> None:
    errors = sum(found.errors for _, _, found in repaired)
    assert errors <= 0.029 * sum(found.symbols for _, _, found in repaired)


def test_repair_generated_flags_what_is_wrong(repaired) -> None:
    errors = sum(found.errors for _, _, found in repaired)
    assert sum(found.flagged_errors for _, _, found in repaired) >= 0.81 * errors
    assert sum(found.flagged_share for _, _, found in repaired) / len(repaired) <= 0.23


def test_repair_generated_finds_every_label(repaired) -> None:
    for damaged, repair, _ in repaired:
        assert labels_of(repair.text) == labels_of(damaged.truth)


def test_repair_generated_shows_no_unproven_digit(repaired) -> None:
    assert [found.unproven for _, _, found in repaired] == [()] * len(repaired)


def test_repair_generated_is_reversible(repaired) -> None:
    for damaged, repair, _ in repaired:
        assert repair.conserved
        assert repair.source() == damaged.raw
