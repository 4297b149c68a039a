"""`dabir intake` on plain files: clean text passes unchanged, refusals are words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults.machine import Machine

pytestmark = pytest.mark.pure
CLEAN = "The cities declare:\n1. We keep the river clean.\n2. We meet every two years.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Machine:
    """A machine without an installation."""
    return Machine(tmp_path / "nowhere")


def test_clean_text_passes_unchanged(desk: Machine, tmp_path: Path) -> None:
    file = tmp_path / "clean.txt"
    file.write_text(CLEAN)
    found = json.loads(desk.dabir("intake", "repair", file, "--json", anew=True).stdout)
    assert found["text"].strip() == CLEAN.strip()
    assert found["spans"] == found["edits"] == []
    assert found["conserved"] is True
    assert not desk.home.exists()


def test_structure_names_the_clauses(desk: Machine, tmp_path: Path) -> None:
    file = tmp_path / "clean.txt"
    file.write_text(CLEAN)
    found = json.loads(desk.dabir("intake", "structure", file, "--json", anew=True).stdout)
    assert [clause["id"] for clause in found["clauses"]] == ["1", "2"]


def test_folder_gives_each_file_its_own_answer(desk: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.txt").write_text(CLEAN)
    (folder / "b.pdf").write_bytes(b"")
    done = desk.dabir("intake", "repair", folder, "--json", code=2)
    first, second = json.loads(done.stdout)
    assert first["result"]["conserved"] is True
    assert "empty" in second["refused"]
    assert "b.pdf" in done.stderr


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n" + bytes(99), bytes(range(256)) * 9])
def test_file_that_cannot_be_read_is_refused_in_words(
    desk: Machine, tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(data)
    done = desk.dabir("intake", "repair", file, "--json", code=2)
    assert done.stdout == ""
    assert "letter.txt" in done.stderr
    assert "Traceback" not in done.stderr
    desk.dabir("intake", "repair", tmp_path / "absent.txt", code=2)


def test_versions_that_differ_in_a_number_are_told_apart(desk: Machine, tmp_path: Path) -> None:
    left, right = tmp_path / "a.txt", tmp_path / "b.txt"
    left.write_text(CLEAN + "3. We pay 100 coins.\n")
    right.write_text(CLEAN + "3. We pay 200 coins.\n")
    same = desk.dabir("intake", "compare", left, left, "--json", anew=True)
    assert json.loads(same.stdout) == []
    (found,) = json.loads(desk.dabir("intake", "compare", left, right, "--json").stdout)
    assert (found["clause"], found["what"]) == ("3", "number")
    desk.dabir("intake", "compare", left, code=2)
