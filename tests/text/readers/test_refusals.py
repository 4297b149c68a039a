"""Bad files: a clear message within bounded time and memory, nothing left behind."""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from dabir.text.readers import (
    REFUSALS,
    Limits,
    ReadingRefused,
    read_document,
    read_folder,
    safe_name,
)
from tests.text.readers import made
from tests.text.readers.fuzz import mutated

TEXT = made.typeset(["بند یک", "بند دو"])
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def refusal_of(data: bytes | Path, name: str | None, **limits: float) -> ReadingRefused:
    with pytest.raises(ReadingRefused) as refused:
        read_document(data, name, limits=Limits(**limits))  # type: ignore[arg-type] # of a test
    return refused.value


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty"),
        (made.empty_page(), "a.pdf", "empty"),
        (made.picture_only(), "a.pdf", "scanned"),
        (made.outlines_only(), "a.pdf", "no_text"),
        (made.locked(TEXT), "a.pdf", "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "old_word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "encrypted",
        ),
        (PNG, "a.png", "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "a.jpg", "picture"),
        (b"MZ" + bytes(400), "a.exe", "binary"),
        (bytes(range(256)) * 9, "a.txt", "binary"),
        (random.Random(1).randbytes(4_000), "a.txt", "binary"),
        (TEXT, "a.txt", "wrong_name"),
        (TEXT, "a.docx", "wrong_name"),
        (b"plain words", "a.pdf", "wrong_name"),
        (made.word(made.paragraph("x")), "a.pdf", "wrong_name"),
        (made.package({"xl/workbook.xml": "<x/>"}), "a.xlsx", "other_format"),
        (made.package({"a/b.txt": "x"}), "a.zip", "other_format"),
        (b"{\\rtf1 words}", "a.rtf", "other_format"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a.html", "other_format"),
        (b"%PDF-1.7 and nothing more", "a.pdf", "damaged"),
        (TEXT[:400], "a.pdf", "damaged"),
        (b"PK\x03\x04" + bytes(90), "a.docx", "damaged"),
    ],
)
def test_read_document_refuses_bad_files_in_words(data: bytes, name: str, code: str) -> None:
    refusal = refusal_of(data, name)
    assert refusal.code == code
    assert refusal.message == REFUSALS[code] % refusal.params
    assert refusal.to_json()["refused"] == code


@pytest.mark.parametrize(
    "made_file",
    [
        made.looping_pages,
        made.looping_form,
        made.looping_table,
        made.unpacking_bomb,
        made.sign_bomb,
        made.deep_arrays,
    ],
)
def test_read_document_ends_soon_with_files_built_to_harm(made_file: object) -> None:
    assert callable(made_file)
    data = made_file()
    start = time.monotonic()
    refusal = refusal_of(data, "a.pdf", seconds=20, memory_bytes=700_000_000)
    assert refusal.code in ("hostile", "damaged", "too_costly", "empty")
    assert time.monotonic() - start < 25


def test_read_document_stops_a_reader_that_takes_too_long() -> None:
    start = time.monotonic()
    refusal = refusal_of(made.sign_bomb(), "a.pdf", seconds=0.3)
    assert refusal.code == "too_costly"
    assert time.monotonic() - start < 5


def test_read_document_refuses_too_large_a_file_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    refusal = refusal_of(path, None)
    assert refusal.code == "too_large"
    assert "50 MB" in refusal.message


def test_read_document_refuses_too_many_pages() -> None:
    refusal = refusal_of(made.many_pages(2_000), "a.pdf")
    assert refusal.code == "too_many_pages"


def test_read_document_refuses_a_file_that_is_gone(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "none.pdf", None).code == "damaged"


def test_read_document_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_document(TEXT, "a.pdf")
    refusal_of(made.picture_only(), "a.pdf")
    refusal_of(made.sign_bomb(), "a.pdf", seconds=0.3)
    assert list(tmp_path.iterdir()) == []


def test_read_folder_gives_each_file_its_own_result(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(TEXT)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text("بند یک", "utf-8")
    (tmp_path / "inside").mkdir()
    (tmp_path / ".hidden").write_text("x", "utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "c.txt")
    heard: list[tuple[str, int, int]] = []
    results = dict(
        read_folder(tmp_path, progress=lambda path, page, of: heard.append((path.name, page, of)))
    )
    assert [path.name for path in results] == ["a.pdf", "b.txt", "c.txt"]
    kinds = [getattr(result, "kind", None) or result.code for result in results.values()]
    assert kinds == ["pdf", "empty", "text"]
    assert heard == [("a.pdf", 1, 1)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\بیانیه.pdf", "بیانیه.pdf"),
        ("a\x00\u202efdp.exe", "afdp.exe"),
        ("..", "file"),
        ("", "file"),
        ("x" * 400 + ".pdf", "x" * 150),
    ],
)
def test_safe_name_keeps_the_name_alone(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize("seed", range(4))
def test_read_document_of_a_mutated_pdf_is_text_or_a_refusal(seed: int) -> None:
    with suppress(ReadingRefused):
        reading = read_document(
            mutated(TEXT, random.Random(seed)), "a.pdf", limits=Limits(seconds=20)
        )
        assert reading.text.strip()
