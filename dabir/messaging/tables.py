"""The letter book as rows to print and to export."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from dabir.core.words import as_words, day_said, say
from dabir.documents.tabular.table import Column, Table
from dabir.messaging.models import IncomingLetter, Letter
from dabir.messaging.states import INCOMING_STATES, LETTER_STATES
from dabir.registry.models import Association


def letter_book(
    received: Iterable[IncomingLetter],
    sent: Iterable[Letter],
    *,
    first: date,
    last: date,
    language: str,
    association: Association,
    hidden: Iterable[int] = (),
) -> Table:
    """The book of a period: what arrived, then what left, each in the order of its numbers.

    Of the letters in `hidden` (primary keys of confidential ones) only the number is told.
    """
    secret = set(hidden)
    with override(language):
        columns = (
            Column("number", _("Number"), "identifier"),
            Column("direction", _("Direction"), "text", 0.7),
            Column("day", _("Date"), "date"),
            Column("party", _("From or to")),
            Column("subject", _("Subject"), "text", 2.0),
            Column("desk", _("On the desk of")),
            Column("state", _("State")),
        )
        rows = [_received(letter, language, letter.pk in secret) for letter in received]
        rows += [_sent(letter, language) for letter in sent]
        return Table(
            title=_("Letter book"),
            columns=columns,
            rows=rows,
            source=say(association.names, language),
            notes=[f"{day_said(first)} – {day_said(last)}"],
            practice=association.is_practice,
        )


def _received(letter: IncomingLetter, language: str, secret: bool) -> dict[str, Any]:
    return {
        "number": letter.number,
        "direction": _("received"),
        "day": letter.received_on,
        "party": _("confidential") if secret else say(letter.sender["labels"], language),
        "subject": _("confidential") if secret else letter.subject,
        "desk": say(as_words(letter.holder.names), language),
        "state": str(INCOMING_STATES[letter.state]),
    }


def _sent(letter: Letter, language: str) -> dict[str, Any]:
    return {
        "number": letter.number,
        "direction": _("sent"),
        "day": letter.written_on,
        "party": say(letter.recipient["labels"], language),
        "subject": letter.subject,
        "desk": "",
        "state": str(LETTER_STATES[letter.state]),
    }
