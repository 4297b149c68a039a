"""Changes sound files at random and has them read: text or a refusal comes out, nothing else.

    python -m tests.text.readers.fuzz --seconds 600 --seed 7

Each kind of file is changed where it hurts: a package inside its parts, then packed anew, a PDF
inside its objects. A case that ends in neither text nor a refusal, or takes too long, is printed
with its kind and seed: `fault_of(kind, seed)` does it again.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from dabir.text.readers import Limits, ReadingRefused, safe_name
from dabir.text.readers.formats import kind_of, refuse_wrong_name
from dabir.text.readers.pdf import read_pdf
from dabir.text.readers.plain import read_plain
from dabir.text.readers.word import read_word
from tests.text.readers import made

PATIENCE = 20  # seconds one small file may take
NUMBERS = (-1, 0, 1, 255, 65_536, 2**31, 2**63, 10**40)
LIMITS = Limits(most_characters=200_000, most_unpacked_bytes=5_000_000, most_pages=20)
NASTY = (
    b"<", b"&", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"\x00", b"\xff\xfe", b"../", b"%s", b"{",
    b"endobj", b"stream", b"[" * 300, b"<w:p>" * 50, "\u202e\u200c".encode(), b"\xed\xa0\x80",
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """A case that ended in neither text nor a refusal."""

    kind: str
    seed: int
    what: str


class TooSlow(Exception):
    """A small file took longer than anybody would wait."""


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """Stop what takes too long."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def mutated(data: bytes, chance: random.Random, most: int = 8) -> bytes:
    """The bytes with a few of them changed, left out, doubled, replaced by numbers or nastiness."""
    out = bytearray(data)
    for _ in range(chance.randint(1, most)):
        at = chance.randrange(len(out) + 1)
        size = chance.choice([1, 1, 2, 8, 40, 200])
        match chance.randrange(6):
            case 0 if at < len(out):
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = out[at : at + size] * chance.choice([1, 3, 30])
            case 3:
                out[at:at] = str(chance.choice(NUMBERS)).encode()
            case 4:
                out[at:at] = chance.choice(NASTY)
            case _:
                other = chance.randrange(len(out) + 1)
                out[at:at] = out[other : other + size]
    if chance.random() < 0.05:
        del out[chance.randrange(len(out) + 1) :]
    return bytes(out)


def numbered_list() -> str:
    """A paragraph that Word numbers itself, and a table."""
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    row = f"<w:tr><w:tc>{made.paragraph('الف')}</w:tc><w:tc>{made.paragraph('ب')}</w:tc></w:tr>"
    return f"{item}<w:r><w:t>بند</w:t></w:r></w:p><w:tbl>{row}</w:tbl>"


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="arabicAbjad"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def word_case(chance: random.Random) -> None:
    """A Word document, changed inside one of its parts or as a package."""
    parts = made.parts_of(
        made.word(made.paragraph("بند یک") + numbered_list(), numbering=NUMBERING)
    )
    name = chance.choice([one for one in parts if one != "[Content_Types].xml"])
    parts[name] = mutated(parts[name], chance)
    if chance.random() < 0.1:
        parts["../../" + name] = b"x"
    data = made.package(dict(parts))
    if chance.random() < 0.3:
        data = mutated(data, chance)
    if kind_of(data) == "docx":
        text, _ = read_word(data, LIMITS)
        sound(text)


def pdf_case(chance: random.Random) -> None:
    """A PDF, changed inside its objects."""
    data = mutated(chance.choice(pdfs()), chance, 20)
    text = read_pdf(data, LIMITS)
    sound("\n".join(text.paragraphs))


def plain_case(chance: random.Random) -> None:
    """A text in one of many encodings, changed, cut or mixed with another."""
    encodings = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"]
    data = b"\n".join(
        "بيان هايكو 2014\nنحن رؤساء البلديات".encode(chance.choice(encodings)) for _ in range(3)
    )
    data = mutated(data, chance)
    if kind_of(data) == "text":
        text, _ = read_plain(data, LIMITS)
        sound(text)
    name = mutated("../پوشه\\بیانیه.pdf".encode(), chance).decode("utf-8", "replace")
    shown = safe_name(name)
    if "/" in shown or "\\" in shown or "\x00" in shown:
        raise AssertionError(shown)
    refuse_wrong_name(shown, "text")


def sound(text: str) -> None:
    """What is read can be stored and shown."""
    if not text.strip():
        raise AssertionError("nothing was read, and nobody said so")
    text.encode()
    if "\x00" in text:
        raise AssertionError("a nought in the text")


_PDFS: list[bytes] = []


def pdfs() -> list[bytes]:
    """Sound PDF files: of a typesetter, and of raw objects whose streams are open to change."""
    if not _PDFS:
        words = b"BT /F 12 Tf 20 200 Td (The year 2014) Tj 0 -20 Td [(in) -300 (Haikou)] TJ ET"
        page = made.page("/Resources << /Font << /F 5 0 R >> >>")
        _PDFS.append(made.pdf([made.CATALOGUE, made.ONE_PAGE, page, made.stream(words), made.FONT]))
        _PDFS.append(made.typeset(["بند یک", "بند دو"]))
    return _PDFS


CASES: dict[str, tuple[Callable[[random.Random], None], int]] = {
    "word": (word_case, 6),
    "plain": (plain_case, 6),
    "pdf": (pdf_case, 3),
}


def fault_of(kind: str, seed: int) -> Fault | None:
    """What goes wrong with one case, if anything does."""
    case, _ = CASES[kind]
    try:
        with patience(PATIENCE):
            case(random.Random(f"{kind} {seed}"))
    except ReadingRefused:
        return None
    except Exception as fault:
        return Fault(kind, seed, f"{type(fault).__name__}: {fault}"[:300])
    return None


def faults(seconds: float, seed: int, most: int = 10**9) -> Iterator[Fault]:
    """Faults of case after case, until the time or the number of rounds is over."""
    end = time.monotonic() + seconds
    for turn in range(most):
        for kind, (_, share) in CASES.items():
            for each in range(share):
                if time.monotonic() > end:
                    return
                if fault := fault_of(kind, seed + turn * 100 + each):
                    yield fault


def main() -> None:
    """Look for faults for as long as somebody has time."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--seconds", type=float, default=60)
    reader.add_argument("--seed", type=int, default=0)
    told = reader.parse_args()
    for fault in faults(told.seconds, told.seed):
        sys.stdout.write(f"{fault.kind} {fault.seed}: {fault.what}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
