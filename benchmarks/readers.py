"""Error rates and seconds a page of PDF readers, on the same generated pages.

    .venv/bin/python benchmarks/readers.py [--sentences FILE] [--keep FOLDER]

Pages are printed by typst, by Chromium (where there is one) and by cairo (poppler's pdftocairo),
in every font of the list that this machine has. White space is folded, direction marks and soft
hyphens are left out, ZWNJ counts; the other readers' presentation forms are folded for them.
`--sentences` measures on a text of your own (one sentence a line) beside the fixtures.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdf
import pypdfium2
import typst
from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dabir.text.readers import ReadingRefused, read_document  # noqa: E402 - after the path is set

FIXTURES = ROOT / "tests" / "text" / "fixtures"
VAZIRMATN = ROOT / "dabir" / "core" / "static" / "vendor" / "vazirmatn"
FONTS = ("Vazirmatn", "Noto Naskh Arabic", "Noto Sans Arabic", "Noto Kufi Arabic", "DejaVu Sans")
MIXED = [
    "نشانی: https://example.org/2014 و رایانامه info@example.org است.",
    "شماره AMF/2014/25-A در تاریخ 25/11/2014 (۴ آذر ۱۳۹۳) ثبت شد؛ مبلغ 1,250.50 USD پرداخت شد.",
    "The Asian Mayors Forum (مجمع شهرداران آسیایی) met in Haikou on 25 November 2014.",
    "إعلان هايكو: نحن رؤساء البلديات في آسيا، إذ اجتمعنا في ٢٥ نوفمبر ٢٠١٤.",
]


def texts(sentences: Path | None) -> dict[str, list[str]]:
    """The paragraphs to print, by name."""
    declaration = re.sub(r"(?m)^\[[^\]]*\] ", "", (FIXTURES / "haikou.truth.fa.txt").read_text())
    declaration = re.sub(r"\{(\d)[^}]*\}", r"\1", declaration)
    page = (FIXTURES / "secretariat-page.truth.fa.txt").read_text()
    found = {
        "declaration": [line for line in declaration.splitlines() if line.strip()],
        "page": [line for line in page.splitlines() if line.strip()],
        "mixed": MIXED,
    }
    if sentences:
        lines = [line.strip() for line in sentences.read_text().splitlines() if line.strip()]
        random.Random(5).shuffle(lines)
        found["sentences"] = [" ".join(lines[n : n + 3]) for n in range(0, 180, 3)]
    return found


def print_with_typst(paragraphs: list[str], font: str, out: Path) -> None:
    """Print paragraphs, justified, with typst."""
    source = (
        f'#set page(paper: "a4", margin: 2.2cm)\n#set par(justify: true)\n'
        f'#set text(font: ("{font}", "DejaVu Sans"), lang: "fa", dir: rtl, size: 12pt)\n'
        "#for p in json(bytes(sys.inputs.p)) [#par(text(p))]\n"
    )
    made = typst.compile(
        source.encode(),
        font_paths=[str(VAZIRMATN), "/usr/share/fonts"],
        sys_inputs={"p": json.dumps(paragraphs, ensure_ascii=False)},
    )
    out.write_bytes(made)


def print_with_chromium(paragraphs: list[str], font: str, out: Path) -> None:
    """Print paragraphs, justified, with Chromium."""
    face = f"@font-face{{font-family:Vazirmatn;src:url(file://{VAZIRMATN}/Vazirmatn-Regular.ttf)}}"
    style = f'{face} body{{font:16px "{font}","DejaVu Sans";text-align:justify}}'
    body = "".join(f"<p>{html.escape(p)}" for p in paragraphs)
    page = out.with_suffix(".html")
    page.write_text(f"<html dir=rtl lang=fa><meta charset=utf-8><style>{style}</style>{body}")
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    subprocess.run(
        ["chromium", *quiet, "--no-pdf-header-footer", f"--print-to-pdf={out}", str(page)],
        capture_output=True,
        check=True,
    )


def again_with_cairo(source: Path, out: Path) -> None:
    """Draw a PDF again with cairo."""
    subprocess.run(["pdftocairo", "-pdf", str(source), str(out)], capture_output=True, check=True)


def read_with_pdfium(path: Path) -> str:
    """What pypdfium2 reads."""
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def read_with_pypdf(path: Path) -> str:
    """What pypdf reads."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def read_with_pdftotext(path: Path) -> str:
    """What poppler's pdftotext reads."""
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def read_with_dabir(path: Path) -> str:
    """What this project reads."""
    try:
        return read_document(path).text
    except ReadingRefused as refusal:
        return f"refused: {refusal.code}"


READERS: dict[str, Callable[[Path], str]] = {
    "dabir": read_with_dabir,
    "pypdfium2": read_with_pdfium,
    "pypdf": read_with_pypdf,
    "pdftotext": read_with_pdftotext,
}


def folded(text: str, *, forms: bool) -> str:
    """Text with white space folded and invisible marks left out."""
    if forms:
        text = unicodedata.normalize("NFKC", text)
    text = re.sub("[\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    return re.sub(r"\s+", " ", text).strip()


def printed(folder: Path, sentences: Path | None) -> list[tuple[str, str, str, Path, str]]:
    """Producer, font, name, file and truth of every page printed."""
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=False)
    fonts = [font for font in FONTS if font == "Vazirmatn" or font in listed.stdout]
    pages = []
    for name, paragraphs in texts(sentences).items():
        truth = folded("\n".join(paragraphs), forms=False)
        for n, font in enumerate(fonts):
            made = {"typst": folder / f"{name}-{n}-typst.pdf"}
            print_with_typst(paragraphs, font, made["typst"])
            if shutil.which("chromium"):
                made["chromium"] = folder / f"{name}-{n}-chromium.pdf"
                print_with_chromium(paragraphs, font, made["chromium"])
            if shutil.which("pdftocairo"):
                for first in tuple(made):
                    made[f"{first}+cairo"] = folder / f"{name}-{n}-{first}-cairo.pdf"
                    again_with_cairo(made[first], made[f"{first}+cairo"])
            pages += [(producer, font, name, path, truth) for producer, path in made.items()]
    return pages


def main() -> None:
    """Print, read with every reader, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="readers-"))
    folder.mkdir(exist_ok=True)
    pages = printed(folder, options.sentences)
    readers = {n: r for n, r in READERS.items() if n != "pdftotext" or shutil.which("pdftotext")}
    results: dict[str, list[tuple[str, str, str, float, float, float]]] = {n: [] for n in readers}
    for producer, font, name, path, truth in pages:
        with pypdfium2.PdfDocument(path) as document:
            count = len(document)
        for reader, read in readers.items():
            start = time.perf_counter()
            got = folded(read(path), forms=reader != "dabir")
            seconds = (time.perf_counter() - start) / count
            letters = 100 * Levenshtein.distance(got, truth) / len(truth)
            words = 100 * Levenshtein.distance(got.split(), truth.split()) / len(truth.split())
            results[reader].append((producer, font, name, letters, words, seconds))
    _report(results, len(pages))
    if not options.keep:
        shutil.rmtree(folder)


def _report(
    results: dict[str, list[tuple[str, str, str, float, float, float]]], files: int
) -> None:
    print(f"{files} files; CER and WER in %, least - mean - most; seconds a page, mean")
    for reader, rows in results.items():
        for label, kept in (
            ("all", rows),
            *(
                (name, [r for r in rows if r[2] == name])
                for name in dict.fromkeys(r[2] for r in rows)
            ),
            *(
                (f"by {p}", [r for r in rows if r[0] == p])
                for p in dict.fromkeys(r[0] for r in rows)
            ),
        ):
            cer, wer = [r[3] for r in kept], [r[4] for r in kept]
            mean = sum(r[5] for r in kept) / len(kept)
            print(
                f"{reader:10} {label:16} CER {min(cer):6.3f} {sum(cer) / len(cer):7.3f} "
                f"{max(cer):7.3f}  WER {min(wer):6.2f} {sum(wer) / len(wer):7.2f} {max(wer):7.2f}"
                f"  {mean:.2f} s"
            )


if __name__ == "__main__":
    main()
