"""The parts of the repair: shapes, records, models, search, conservation."""

import json
import math
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.text.repair import Repair, helping, page_search, repair_text
from dabir.text.repair.alphabet import END, LETTERS, OPEN, SIZE, codes_of, units_of
from dabir.text.repair.bonds import word_bonds
from dabir.text.repair.candidates import Candidate, candidates_of, solid
from dabir.text.repair.confidence import judgement
from dabir.text.repair.cutting import Line
from dabir.text.repair.document import searched_lines
from dabir.text.repair.draft import Draft
from dabir.text.repair.echo import Echo, estimated
from dabir.text.repair.forms import zwnj_proven
from dabir.text.repair.joins import Joins, Voice, weighed
from dabir.text.repair.lexicon import lexicon
from dabir.text.repair.moves import changes, common_order, expectations
from dabir.text.repair.network import sign_network
from dabir.text.repair.ngram import language_model, side_by_side
from dabir.text.repair.spacing import mended
from tests.text.repair.damage import broken

MODEL = Path(__file__).parents[3] / "dabir/text/model"


def test_models_fit_into_fifteen_megabytes() -> None:
    assert sum(path.stat().st_size for path in MODEL.iterdir() if path.is_file()) <= 15_000_000


def test_language_model_gives_probabilities() -> None:
    model = language_model()
    _, state = model.read(model.unknown(1), codes_of("\nشهردارا")[None, :])
    scores, _ = model.step(np.repeat(state, SIZE, axis=0), np.arange(SIZE, dtype=np.uint8))
    assert math.isclose(np.exp(scores).sum(), 1.0, abs_tol=0.05)
    assert scores.argmax() == codes_of("ن")[0]


def test_word_bonds_prefer_words_that_stand_together() -> None:
    bonds = word_bonds()
    assert bonds.score("توسعه پایدار شهرها") > 1.0 > bonds.score("شهرها پایدار توسعه")


def test_word_bonds_say_nothing_of_unknown_words() -> None:
    assert word_bonds().score("یانگهون کووآک") == word_bonds().score("") == 0.0
    assert word_bonds().score("شهرداران یانگهون شهرها") == 0.0


def test_network_gives_probabilities_and_agrees_with_itself() -> None:
    network = sign_network()
    line = codes_of("شهرداران آسیایی")
    state = network.step(network.start(), np.array([END], dtype=np.uint8))
    assert math.isclose(np.exp(network.next_signs(state)).sum(), 1.0, abs_tol=1e-4)
    alone = 0.0
    walk = state
    assert network.states_along([line], [[0, 4]])[0].shape == (2, network.units)
    for sign in line:
        alone += float(network.next_signs(walk)[0, sign])
        walk = network.step(walk, np.array([sign], dtype=np.uint8))
    readings = [[codes_of("شهرداری تهران")], [codes_of("شهرداری تهران"), line, line[:3]]]
    tree = network.score(np.repeat(state, 2, axis=0), readings)
    assert math.isclose(float(tree[1][1]), alone, rel_tol=1e-4)
    assert math.isclose(float(tree[0][0]), float(tree[1][0]), rel_tol=1e-4)


def test_models_side_by_side_say_what_each_says_alone() -> None:
    texts = ("مجمع شهرداران آسیایی تهران", "کمیته مالی و دبیرخانه دائمی در دوحه")
    models = [estimated([codes_of(f"{text} {n}") for n in range(5)]) for text in texts]
    whole, roots = side_by_side(models)
    line = codes_of("مجمع مالی شهرداران  دوحه")
    together, _ = whole.read(roots, np.stack([line, line]))
    for row, model in enumerate(models):
        alone, _ = model.read(model.unknown(1), line[None, :])
        assert np.allclose(alone[0], together[row], atol=1e-5)


def test_joins_score_what_reading_on_scores() -> None:
    model = language_model()
    raw = units_of("کنیم؛می موافقت باکو شهر میزبانی به 2044 اوت در")
    lines = [Line(raw, lexicon()), Line(units_of("بیانیه  بغداد"), lexicon())]
    joins = Joins(lines, [Voice(model, model.unknown(2))])
    memories = [codes_of("ن می\u200cکن"), codes_of("شهردار")]
    nodes = [np.concatenate([model.read(model.unknown(1), m[None, :])[1] for m in memories])]
    last = np.array([memory[-1] for memory in memories])
    rows = joins.prepare(np.array([0, 1]), np.array([2, 0]), nodes, last)
    for n, (line, row) in enumerate(zip(lines, rows, strict=True)):
        for place in range(2 if n == 0 else 0, len(line.starts)):
            wanted, _ = model.read(nodes[0][n : n + 1], line.heads[place][None, :])
            found = joins.sums[joins.base[row] + place, 0, 1:]
            assert np.allclose(found, np.cumsum(wanted[0]), atol=1e-3)


def test_echo_is_a_probability_and_knows_its_lines() -> None:
    lines = [codes_of(f"مجمع شهرداران آسیایی {word}") for word in ("تهران", "بانکوک", "هایکو")] * 4
    echo = estimated(lines)
    _, state = echo.read(echo.unknown(1), codes_of("مجمع شهر")[None, :])
    scores, _ = echo.step(np.repeat(state, 64, axis=0), np.arange(64, dtype=np.uint8))
    assert math.isclose(np.exp(scores).sum(), 1.0, abs_tol=1e-3)
    assert Echo(lines).weight(language_model()) == pytest.approx(0.3)
    plain, _ = language_model().read(language_model().unknown(1), lines[0][None, :])
    told, _ = echo.read(echo.unknown(1), lines[0][None, :])
    voices = [
        Voice(language_model(), language_model().unknown(1), 0.7),
        Voice(echo, echo.unknown(1), 0.3),
    ]
    found = weighed(voices, [plain, told])
    assert found.sum() > plain.sum()


@pytest.mark.parametrize(
    ("before", "after", "proven"),
    [
        ("ﺖ", "ﮔ", True),  # a joining letter in its final shape before an initial one
        ("ﺪ", "ﮔ", False),  # this letter never joins
        ("ﺗ", "ﻤ", False),  # initial before medial: joined
        ("ﻪ", "د", True),
        ("ﺖ", " ", False),
        ("ت", "گ", False),  # plain letters prove nothing
        ("ﺖ", "", False),
    ],
)
def test_zwnj_proven_by_shapes(before: str, after: str, proven: bool) -> None:
    assert zwnj_proven(before, after) is proven


def test_mended_needs_clear_evidence_and_spares_names() -> None:
    words = lexicon()
    assert mended("میشود", words, ()) == "می\u200cشود"
    assert mended("ازجانب", words, ()) == "از جانب"
    assert mended("ازجانب", words, ("ازجانب",)) is None
    for name in ("غلامزاده", "تاجخواه", "لیلیون", "قالیباف", "شهرداران"):
        assert mended(name, words, ()) is None


def test_candidates_hold_the_truth_and_no_other_letters() -> None:
    line = "کنیم؛می موافقت باکو شهر میزبانی به 2044 اوت در ابریشم جاده"
    found = candidates_of(units_of(line), language_model(), lexicon(), [END, OPEN])
    letters = solid(line)
    assert all(solid(one.text) == letters for one in found)
    assert max(found, key=lambda one: one.total).text.endswith("موافقت می\u200cکنیم؛")
    assert all("2044" in one.text for one in found)


def test_searched_lines_find_the_same_on_two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        units_of("کنیم؛می موافقت باکو شهر میزبانی به 2044 اوت در ابریشم جاده"),
        units_of("بیانیه بغداد"),
        units_of("ابریشم جاده شهرهای اتحادیه"),
    ]
    alone = list(searched_lines(lines, ()))
    monkeypatch.setattr(page_search, "SIDE_BY_SIDE", 1)
    together = list(searched_lines(lines, (), long=2))
    assert [[one.text for one in line] for line in alone] == [
        [one.text for one in line] for line in together
    ]


def test_searched_lines_go_on_when_the_other_process_dies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helping, "START", "raise SystemExit")
    monkeypatch.setattr(page_search, "SIDE_BY_SIDE", 1)
    lines = [units_of("بیانیه بغداد"), units_of("کنیم؛می موافقت"), units_of("جاده ابریشم")]
    found = list(searched_lines(lines, (), long=2))
    assert [line[0].text for line in found][::2] == ["بیانیه بغداد", "جاده ابریشم"]


@pytest.mark.parametrize(("count", "most"), [(37, 16), (200, 32), (800, 32)])
def test_batches_hold_every_line_once(count: int, most: int) -> None:
    found = page_search.batches_of([["ا"]] * count)
    assert [n for first, end in found for n in range(first, end)] == list(range(count))
    assert max(end - first for first, end in found) == most


def test_changes_tell_what_another_reading_would_move() -> None:
    assert common_order([3, 0, 1, 2]) == {0, 1, 2}
    assert changes([0, 1, 2, 3], [0, 1, 2, 3]).touched(4) == []
    assert changes([0, 1, 2, 3], [3, 0, 1, 2]).gone == [3]
    assert changes([0, 1, 2, 3], [0, 1, -3, 2, 3]).touched(4) == [1, 2]


def test_a_run_that_comes_from_elsewhere_counts_where_it_would_stand() -> None:
    lying = Candidate("ابپت", ((0, 4, False),), 0.0, codes_of("ابپت"))
    moved = Candidate("پتاب", ((2, 4, False), (0, 2, False)), 0.0, codes_of("پتاب"))
    weights = expectations(0, [lying, moved], np.array([[0.5, 0.5]]))
    errors, gone, beside = weights.errors()
    assert gone.sum() == pytest.approx(1.0)
    assert beside.max() == pytest.approx(1.0)
    assert errors.sum() == pytest.approx(1.0 + beside.sum() / 2)


def test_no_text_is_flagged_beyond_a_third() -> None:
    chances = np.linspace(0.5, 1.0, 100)
    assert (chances >= judgement().threshold(chances)).mean() <= 0.34


def test_draft_undone_gives_the_source() -> None:
    draft = Draft()
    draft.keep("الف")
    draft.change("\ue000", "", "junk_mark", "certain")
    draft.change("x", "yz", "digits", "certain")
    draft.change_inside("abcd", "abXd", "reversed_chunks", "probable")
    repair = Repair(draft.text, (), tuple(draft.edits))
    assert repair.text == "الفyzabXd"
    assert repair.source() == "الف\ue000xabcd"


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=LETTERS[:32] + " \n.،؛:12()a\u200c\u064e\ufee3\ufe96\ue001", max_size=300))
def test_repair_of_anything_is_reversible_and_conserves(text: str) -> None:
    repair = repair_text(text)
    assert repair.conserved
    assert repair.source() == text
    for span in repair.spans:
        assert 0 <= span.start < span.end <= len(repair.text)


def test_repair_with_protected_name_keeps_it_whole() -> None:
    chance = random.Random(7)
    name = "یانگهون کووآک"
    lines = [
        "تصمیم گرفتیم عضویت افتخاری مجمع را به پروفسور یانگهون کووآک رئیس سازمان شهرها بدهیم ",
        "از همه شهرهای عضو می‌خواهیم تا پایان سال 2016 برنامه خود را برای ما بفرستند؛ ",
        "با قدردانی از مردم و شهرداری شیراز برای میهمان‌نوازی گرم در سال 2012 و همکاری؛ ",
    ] * 3
    raw = "\n".join(broken(line, chance) for line in lines)
    repair = repair_text(raw, protected=(name,))
    assert repair.text.count(name) == 3


def test_progress_is_told_line_by_line() -> None:
    told: list[tuple[int, int]] = []
    raw = "2044بیانیه بغداد \nکنیم؛می موافقت باکو شهر میزبانی به2044 اوت در ابریشم جاده با .4\n" * 2
    repair_text(raw, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_command_prints_the_schema(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("ﺧﺰاﻧﻪدار ﻣﺠﻤﻊ", encoding="utf-8")
    command = [sys.executable, "-m", "dabir.text.repair", str(file), "--json"]
    printed = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert printed["text"] == "خزانه\u200cدار مجمع"
    assert set(printed) == {"text", "spans", "edits", "digits", "conserved"}
    assert set(printed["edits"][0]) == {"span", "before", "after", "rule", "class"}
    assert printed["digits"] == {"relation": {}, "occurrences": []}
    assert printed["conserved"] is True
