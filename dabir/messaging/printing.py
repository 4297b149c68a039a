"""Letters on the letterhead of the association."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pypdfium2

from dabir.core.words import as_words
from dabir.documents.typesetting.letters import letter_docx, letter_pdf
from dabir.messaging.models import Letter
from dabir.registry.queries import the_association

SECRETARIAT = {"fa": "دبیرخانه", "en": "Secretariat"}
PRINTED = ("fa", "en")


def letter_facts(letter: Letter) -> dict[str, Any]:
    """The letter as the typesetter takes it; an address is printed for letters that go by post."""
    association = the_association()
    by_post = letter.contact is not None and letter.contact.kind == "post"
    return {
        "association": {
            "names": as_words(association.names) if association else {},
            "practice": bool(association and association.is_practice),
            "lines": [as_words(association.seat)] if association and association.seat else [],
        },
        "number": letter.number,
        "date": letter.written_on.isoformat(),
        "written_at": letter.queued_at.isoformat(),
        "subject": {letter.language: letter.subject},
        "paragraphs": [
            {letter.language: part} for part in letter.body.split("\n\n") if part.strip()
        ],
        "recipient": {
            "name": letter.recipient["labels"],
            "post": {},
            "address": letter.contact.value.splitlines() if by_post and letter.contact else [],
        },
        "signature": _signature(letter, as_words(association.names) if association else {}),
        "enclosures": [{letter.language: file.name} for file in letter.attachments.all()],
        "copies": [],
        "links": [],
        "form": None,
    }


def _signature(letter: Letter, association: dict[str, str]) -> dict[str, Any]:
    """Who signed it by which post; what nobody signed comes from the secretariat."""
    if letter.signatory:
        return {"name": letter.signatory["names"], "post": letter.signatory["post_names"]}
    return {"name": SECRETARIAT, "post": association}


def print_letter(letter: Letter, fmt: str) -> bytes:
    """The letter as PDF or DOCX, in its own language where we print it, else in English."""
    language = letter.language if letter.language in PRINTED else "en"
    facts = letter_facts(letter)
    return letter_docx(facts, language) if fmt == "docx" else letter_pdf(facts, language)


def print_together(letters: Sequence[Letter]) -> bytes:
    """Several letters as one PDF for the printer, each beginning on a new page."""
    whole = pypdfium2.PdfDocument.new()
    try:
        for letter in letters:
            part = pypdfium2.PdfDocument(print_letter(letter, "pdf"))
            whole.import_pages(part)
            part.close()
        out = BytesIO()
        whole.save(out)
    finally:
        whole.close()
    return out.getvalue()
