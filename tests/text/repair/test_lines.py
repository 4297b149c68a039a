"""Physical lines: shapes that meet at a cut, lines without end."""

import resource
import time

import pytest

from dabir.text.repair import document, repair_text
from dabir.text.repair.alphabet import END, OPEN, codes_of, units_of
from dabir.text.repair.candidates import candidates_of_lines
from dabir.text.repair.cutting import Line, cut_places
from dabir.text.repair.joins import Voice
from dabir.text.repair.lexicon import lexicon
from dabir.text.repair.lines import LONGEST, SAME, lines_of
from dabir.text.repair.ngram import language_model

FINAL_YEH, INITIAL_SHEEN = "\ufbfd", "\ufeb7"
DAMAGED = "2044بیانیه بغداد \nکنیم؛می موافقت باکو شهر میزبانی به2044 اوت در ابریشم جاده با .4\n" * 2
SENTENCE = "شهرداران از همه شهرهای عضو می‌خواهند که برنامه خود را بفرستند و "


def test_joint_that_shapes_prove_stands_unless_the_line_is_cut_there() -> None:
    [raw] = lines_of(f"م{FINAL_YEH}{INITIAL_SHEEN}ود")
    assert raw.clean == "می\u200cشود"
    line = Line(raw.units, lexicon())
    assert 2 in line.starts
    assert line.written(((0, 5, False),)) == "می\u200cشود"
    assert line.written(((2, 5, False), (0, 2, False))) == "شودمی"


def test_repair_reads_reversed_pieces_stored_by_shape() -> None:
    plain = repair_text(DAMAGED)
    assert "می\u200cکنیم؛" in plain.text
    raw = DAMAGED.replace("کنیم؛می موافقت", f"کن{FINAL_YEH}م؛م{FINAL_YEH} موافقت")
    raw = raw.replace("میزبانی به", f"م{FINAL_YEH}{INITIAL_SHEEN}هر")
    repair = repair_text(raw)
    assert repair.source() == raw
    assert repair.conserved
    assert {edit.rule for edit in repair.edits} >= {"reversed_chunks"}


def test_label_that_makes_a_word_with_the_piece_before_it_can_be_cut_off() -> None:
    units = units_of("سبز؛ کارد. همکاری با")
    assert 8 in cut_places(units, codes_of(units), lexicon())


def test_long_line_is_read_in_stretches() -> None:
    lines = lines_of(SENTENCE * 20)
    assert all(len(line.units) <= LONGEST for line in lines)
    assert "".join(line.source for line in lines) == SENTENCE * 20
    assert [line.before for line in lines[1:]] == [SAME] * (len(lines) - 1)
    assert [len(line.source) for line in lines_of("ب" * 1000)] == [LONGEST, LONGEST, 200]


def test_repair_of_a_line_without_end_takes_bounded_time_and_memory() -> None:
    raw = DAMAGED + SENTENCE.replace("\u200c", "") * 8 + "ب" * 200
    repair_text(DAMAGED)
    most, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    repair = repair_text(raw)
    spent = time.process_time() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most
    assert repair.source() == raw
    assert any(span.rule == "long_line" for span in repair.spans)
    assert (spent < 20, grown < 150_000) == (True, True), (spent, grown)


def test_repair_keeps_a_reading_chosen_from_beyond_those_the_network_looks_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(document, "RERANKED", 1)
    assert repair_text(DAMAGED).source() == DAMAGED


def test_label_with_a_bracket_is_put_before_its_text() -> None:
    units = units_of("را ستودند؛) اعضا تصمیم شهرداری بغداد٣")
    line = Line(units, lexicon())
    assert line.far_label == len(units) - 1
    assert [units[start] for start, mark in zip(line.starts, line.marks, strict=True) if mark] == [
        ")"
    ]
    model = language_model()
    [found] = candidates_of_lines(
        [units], [Voice(model, model.unknown(1))], lexicon(), [END, OPEN], ()
    )
    assert found[0].text == "٣) اعضا تصمیم شهرداری بغدادرا ستودند؛"


def test_label_whole_before_its_text_is_seen() -> None:
    line = Line(units_of("شدند؛ب) اعضا"), lexicon())
    assert [start for start, one in zip(line.starts, line.labels, strict=True) if one] == [5]
