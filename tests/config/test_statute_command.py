"""`dabir statute` on files, without an installation: faults with their lines, summary, needs, templates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults.machine import Machine

pytestmark = pytest.mark.pure
BROKEN = Path(__file__).parents[1] / "statutes" / "fixtures" / "broken"


@pytest.fixture
def desk(tmp_path: Path) -> Machine:
    """A machine without an installation."""
    return Machine(tmp_path / "nowhere")


def test_check_of_a_broken_file_answers_in_both_languages_and_leaves_no_trace(
    desk: Machine,
) -> None:
    done = desk.dabir("statute", "check", BROKEN / "fees_gap.toml", "--json", code=1, anew=True)
    [finding] = json.loads(done.stdout)["findings"]
    assert (finding["line"], finding["kind"]) == (9, "fault")
    assert finding["words"]["en"]["message"].startswith("A gap in the fees")
    assert finding["words"]["fa"]["message"].startswith("شکافی در جدول حق عضویت")
    assert not desk.home.exists()


def test_template_is_written_checked_and_explained(desk: Machine, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    desk.dabir("statute", "template", "metropolis", "-o", file, anew=True)
    told = desk.dabir("statute", "check", file)
    assert "    – upper middle, exclusive, capital city: yes: 7,330" in told.stdout
    assert "متوسط رو به بالا" in told.stdout
    answer = json.loads(
        desk.dabir(
            "statute",
            "explain",
            file,
            "--act",
            "decide.general_assembly",
            "--on",
            "2025-11-28",
            "--json",
            anew=True,
        ).stdout
    )
    assert answer["unset"] == ["general_assembly.quorum", "general_assembly.weights"]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (("template", "nowhere"), "uclg"),
        (("check", "nowhere.toml"), "nowhere.toml"),
        (("explain", str(BROKEN / "not_toml.toml"), "--act", "decide"), "not_toml.toml"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    desk: Machine, asked: tuple[str, ...], named: str
) -> None:
    done = desk.dabir("statute", *asked, code=2)
    assert named in done.stderr
    assert "Traceback" not in done.stderr
