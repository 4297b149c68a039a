"""Files changed at random are read or refused; what the fuzzer once found stays mended."""

from __future__ import annotations

import logging
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabir.text.readers import Limits, ReadingRefused, read_document, safe_name
from dabir.text.readers.formats import kind_of
from dabir.text.readers.pdf import read_pdf
from tests.text.readers import fuzz, made


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


def test_readers_give_text_or_a_refusal_for_whatever_is_changed() -> None:
    assert list(fuzz.faults(seconds=10, seed=40_000, most=8)) == []


def test_fuzzer_sees_a_reader_that_stumbles(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(chance: random.Random) -> None:
        raise ZeroDivisionError("of a test")

    monkeypatch.setitem(fuzz.CASES, "plain", (stumble, 1))
    fault = fuzz.fault_of("plain", 3)
    assert fault is not None
    assert (fault.kind, fault.seed, fault.what) == ("plain", 3, "ZeroDivisionError: of a test")


@pytest.mark.parametrize("width", ["1e9", "1e300", "99999999999999999999"])
def test_read_pdf_of_a_page_wider_than_any_paper_ends(width: str) -> None:
    page = made.page("/Resources << /Font << /F 5 0 R >> >>").replace("300 300", f"{width} 300")
    words = b"BT /F 12 Tf 20 200 Td (The year 2014) Tj ET"
    data = made.pdf([made.CATALOGUE, made.ONE_PAGE, page, made.stream(words), made.FONT])
    with fuzz.patience(10), suppress(ReadingRefused):
        assert "2014" in "".join(read_pdf(data, Limits()).paragraphs)


@pytest.mark.parametrize("place", ["99999999999999999999999", "-7"])
def test_read_pdf_whose_table_points_nowhere_is_refused(place: str) -> None:
    data = made.pdf([made.CATALOGUE, made.ONE_PAGE, made.page(""), made.stream(b"")])
    table = data.index(b"\n0000000000 65535 f") + 20
    changed = data[:table] + place.encode() + data[table + 10 :]
    with pytest.raises(ReadingRefused):
        read_pdf(changed, Limits())


def test_read_document_runs_no_script_and_follows_no_path() -> None:
    action = (
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
    )
    data = made.pdf([action, made.ONE_PAGE, made.page(""), made.stream(b"")])
    with pytest.raises(ReadingRefused) as refused:
        read_document(data, "a.pdf")
    assert refused.value.code == "empty"
    parts = made.parts_of(made.word(made.paragraph("بند یک")))
    away = made.package({**parts, "../../../tmp/away.xml": "x", "/etc/away": "x"})
    assert read_document(away, "../../a.docx").text == "بند یک"


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"%PDF-1.4", b"PK\x03\x04", b"{\\rtf", b"BM", b"RIFF"]),
)
@settings(max_examples=200, deadline=None)
def test_kind_of_any_bytes_is_a_kind_or_a_refusal(data: bytes, start: bytes) -> None:
    with suppress(ReadingRefused):
        assert kind_of(start + data) in ("pdf", "docx", "text")


@given(st.text(max_size=300))
def test_safe_name_of_anything_is_one_short_name(name: str) -> None:
    shown = safe_name(name)
    assert 0 < len(shown) <= 150
    assert not set(shown) & set("/\\\x00\n\u202e")
    assert safe_name(shown) == shown
