"""The printed form on which a city reports without an account, as PDF or DOCX."""

from __future__ import annotations

from datetime import date
from typing import Any

from dabir.core.words import as_words, say
from dabir.decisions.models import Commitment
from dabir.documents.typesetting.letters import letter_docx, letter_pdf
from dabir.registry.queries import the_association

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def report_form_paper(
    commitment: Commitment, language: str, fmt: str, *, on: date
) -> tuple[bytes, str]:
    """The form for one commitment and its media type."""
    letter = _letter(commitment, on, language)
    if fmt == "docx":
        return letter_docx(letter, language), DOCX
    return letter_pdf(letter, language), "application/pdf"


def _letter(commitment: Commitment, on: date, language: str) -> dict[str, Any]:
    association = the_association()
    lead = commitment.leader
    names = as_words(lead.names) if lead else {}
    title = as_words(commitment.titles)
    return {
        "association": {
            "names": as_words(association.names) if association else {},
            "practice": bool(association and association.is_practice),
            "lines": [as_words(association.seat)] if association else [],
        },
        "number": commitment.public_id,
        "date": on.isoformat(),
        "written_at": f"{on.isoformat()}T00:00:00Z",
        "recipient": {"name": names, "post": {}, "address": []},
        "subject": title,
        "paragraphs": [],
        "signature": None,
        "enclosures": [],
        "links": [],
        "copies": [],
        "form": {
            "commitment": {"id": commitment.public_id, "titles": title},
            "decision": {
                "id": commitment.decision.public_id,
                "titles": as_words(commitment.decision.titles),
            },
            "city": names,
            "statuses": ["not_started", "under_way", "done_claimed", "blocked"],
            "return_to": say(association.seat, language) if association else "",
        },
    }
