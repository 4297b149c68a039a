from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dabir.text.structure.__main__ import main

FIXTURES = Path(__file__).parent / "fixtures"


def test_structure_prints_the_whole_document_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (FIXTURES / "haikou.truth.fa.txt").read_text("utf-8")
    path = tmp_path / "haikou.txt"
    path.write_text(re.sub(r"(?m)^\[[^\]]*\] ", "", text), "utf-8")
    assert main([str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["recitals"]) == 9
    assert [clause["id"] for clause in found["clauses"]] == [str(n) for n in range(1, 13)]
    assert found["clauses"][10]["children"][-1]["id"] == "11.note"


def test_structure_prints_a_line_for_each_part(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(FIXTURES / "lakeside.en.txt")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Lakeside Declaration")
    assert [line.split("\t")[0] for line in lines[1:4]] == ["P0", "P1", "P2"]


def test_structure_refuses_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"no pdf at all")
    assert main([str(path), "--json"]) == 2
    refusal = json.loads(capsys.readouterr().err)
    assert refusal["refused"] == "wrong_name"
    assert "PDF" in refusal["message"]
