"""What a stranger may do here: write to the association and learn the number under which it came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from dabir.core.reference import Reference
from dabir.readers.models import Enquiry
from dabir.readers.services import receive_enquiry

# The address of a clause on the website, whatever the language.
CLAUSE = re.compile(r"^/[a-z]{2}/decisions/(?P<document>[\w-]+)/(?P<node>[^/\s]{1,40})/$")


@dataclass(frozen=True)
class Received:
    """What the receipt says."""

    number: str
    received_on: date
    has_address: bool


@dataclass(frozen=True)
class Written:
    """What a reader typed."""

    kind: str
    text: str
    name: str = ""
    address: str = ""
    page: str = ""


def write_to_us(written: Written, *, language: str, on: date, at: datetime) -> str:
    """Take in what a reader wrote; returns its public id. Raises InvalidInput naming the fields."""
    enquiry = receive_enquiry(
        kind=written.kind,
        language=language,
        text=written.text,
        name=written.name,
        address=written.address,
        page=written.page,
        about=clause_of(written.page),
        on=on,
        at=at,
    )
    return enquiry.public_id


def clause_of(page: str) -> Reference | None:
    """The clause whose page it is."""
    found = CLAUSE.match(page)
    if found is None:
        return None
    name = f"{found['document']}/{found['node']}"
    return Reference("clause", name, {"en": name, "fa": name})


def received(public_id: str) -> Received | None:
    """The receipt of what was written."""
    row = Enquiry.objects.filter(public_id=public_id).first()
    return Received(row.number, row.received_on, bool(row.address)) if row else None
