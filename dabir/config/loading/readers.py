"""What readers of the website write to the practice union, and what is sent to them."""

from __future__ import annotations

from typing import Any

from dabir.messaging.services import record_letter_printed
from dabir.readers import services
from dabir.readers.public import clause_of

Act = dict[str, Any]


class Readers:
    """The acts of a history that are done by readers and for them."""

    written: dict[str, Any]

    def _reader_writes(self, act: Act, stamp: Act) -> None:
        """Somebody sends a form of the website."""
        page = act.get("page", "")
        self.written[act["id"]] = services.receive_enquiry(
            kind=act["kind"],
            language=act["language"],
            text=act["text"],
            name=act.get("name", ""),
            address=act.get("address", ""),
            page=page,
            about=clause_of(page),
            on=stamp["on"],
            at=stamp["at"],
        )

    def _reader_taken(self, act: Act, stamp: Act) -> None:
        self.written[act["of"]] = services.take_enquiry(enquiry=self.written[act["of"]], **stamp)

    def _reader_answered(self, act: Act, stamp: Act) -> None:
        """The answer is written; the letter leaves."""
        letter = services.answer_enquiry(
            enquiry=self.written[act["of"]], subject=act["subject"], body=act["body"], **stamp
        )
        record_letter_printed(letter=letter, **stamp)
