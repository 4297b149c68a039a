"""An invented declaration as the machine would read it, damaged in all the ways that matter."""

from __future__ import annotations

from typing import Any

from dabir.core.actors import Actor
from dabir.intake.models import Receipt
from dabir.intake.review.parts import parts_of
from dabir.intake.services.receiving import Nature, keep_reading, receive_text
from dabir.intake.services.reviewing import Wish, questions_of, take_steps
from dabir.text.repair import Digits, Edit, Occurrence, Repair, Span
from dabir.text.structure import structure_text
from tests.factories.people import SIGNED

REVIEWER = Actor("person", "mina", {"fa": "مینا", "en": "Mina"})
SECOND = Actor("person", "omid", {"fa": "امید", "en": "Omid"})
BY_REVIEWER: dict[str, Any] = SIGNED | {"by": REVIEWER}
BY_SECOND: dict[str, Any] = SIGNED | {"by": SECOND}
TEXT = """بیانیه آزمون

ما شهرداران شهرهای عضو؛

از دبیرخانه سپاسگزاریم؛

1. شهرهای عضو را تشویق می‌کنیم نقشه گرما بکشند؛

2. بودجه سالانه دبیرخانه را تا سال 201{4|5|8} تصویب می‌کنیم:

الف. بودجه جاری؛

ب. بودجه عمرانی.
"""


def a_repair(text: str = TEXT) -> Repair:
    """A repair with a probable and an ambiguous place, and one open number."""
    words, order = text.index("سپاسگزاریم"), text.index("نقشه گرما")
    year = text.index("201{4|5|8}")
    return Repair(
        text,
        spans=(
            Span(words, words + 10, "probable", (), "reversed_chunks", "another order (10%)"),
            Span(order, order + 9, "ambiguous", ("گرما نقشه",), "reversed_chunks", "other (40%)"),
        ),
        edits=(Edit(order, order + 9, "گرما نقشه", "نقشه گرما", "reversed_chunks", "probable"),),
        digits=Digits(
            {"2": ("4", "5", "8")},
            (
                Occurrence(
                    "5102", "201{4|5|8}", ("2014", "2015"), "open", "labels", year, year + 10
                ),
            ),
        ),
    )


def a_machine_reading(text: str = TEXT, repair: Repair | None = None) -> dict[str, Any]:
    """What the machine would store of it."""
    repair = repair or (a_repair(text) if "{" in text else Repair(text))
    structure = structure_text(repair.text)
    return {
        "engine": "0" * 64,
        "reading": {"kind": "text", "pages": 1, "notices": [], "text": repair.source()},
        "repair": repair.to_json(),
        "structure": structure.to_json(),
        "parts": parts_of(structure, repair),
    }


def a_receipt(nature: Nature | None = None, text: str = TEXT) -> Receipt:
    """A received text that nobody has read yet."""
    given = nature or Nature("fa")
    return receive_text(data=text.encode(), name="azmoon.txt", nature=given, **SIGNED)


def a_review(nature: Nature | None = None, text: str = TEXT) -> Receipt:
    """A received text that was read and waits for its reviewer."""
    return keep_reading(receipt=a_receipt(nature, text), machine=a_machine_reading(text), **SIGNED)


ABOUT = {
    "public_id": "azmoon-2026",
    "kind": "declaration",
    "titles": {"fa": "بیانیهٔ آزمون", "en": "Test Declaration"},
    "adopted_on": "2026-10-02",
    "adopted_precision": "day",
    "adopted_candidates": [],
    "state": "received",
    "note": {},
    "source": "the file as received",
}


def settle_all(receipt: Receipt, **signed: Any) -> Receipt:
    """Decide everything that is open: words stand, numbers stay open, proposals are accepted."""
    wishes = []
    for one in questions_of(receipt)[1]:
        if not one.is_open:
            continue
        if one.kind == "about":
            wishes.append(Wish("set_about", dict(ABOUT)))
        elif one.kind == "words":
            wishes.append(Wish("keep_words", {"part": one.part, "doubt": one.data["key"]}))
        elif one.kind == "number":
            wishes.append(Wish("leave_open", {"part": one.part, "number": one.data["key"]}))
        elif one.kind == "findings":
            wishes.append(Wish("set_findings", {"part": one.part, "kinds": [], "found": {}}))
    return take_steps(receipt=receipt, wishes=wishes, **(signed or BY_REVIEWER))
