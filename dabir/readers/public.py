"""What a stranger may do here: write to the association, receive its newsletter, end it, read old ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from dabir.core.actors import Actor
from dabir.core.errors import Words
from dabir.core.reference import Reference
from dabir.readers.models import SUBSCRIBER, Enquiry, Issue
from dabir.readers.pages import path_of as path_of
from dabir.readers.queries.newsletter import Item, issues_sent, still_public
from dabir.readers.services import (
    ask_for_newsletter,
    confirm_newsletter,
    end_newsletter,
    newsletter_link,
    receive_enquiry,
    subscriber_to_stop,
)
from dabir.readers.states import ITEM_KINDS
from dabir.readers.tasks import send_confirmation

# The address of a clause on the website, whatever the language.
CLAUSE = re.compile(r"^/[a-z]{2}/decisions/(?P<document>[\w-]+)/(?P<node>[^/\s@]{1,40})/$")


@dataclass(frozen=True)
class Told:
    """One thing that a newsletter tells, and where it lies."""

    titles: dict[str, str]
    day: date | None
    precision: str
    view: str
    args: tuple[str, ...]


@dataclass(frozen=True)
class SentIssue:
    """A newsletter that went out: its words, and of what it told all that is still public."""

    key: str
    number: str
    titles: dict[str, str]
    since: date
    until: date
    sent_on: date
    words: dict[str, str]
    parts: tuple[tuple[Words, tuple[Told, ...]], ...]
    is_whole: bool


def sent_issues() -> list[SentIssue]:
    """The newsletters that went out, the newest first, without what they tell."""
    return [_sent(issue, ()) for issue in issues_sent()]


def sent_issue(key: str) -> SentIssue | None:
    """The newsletter with this key; what was taken down since is not told again."""
    issue = issues_sent().filter(number="/".join(key.rsplit("-", 1))).first()
    if issue is None:
        return None
    shown = still_public(issue.items)
    told = [item for item in issue.items if item["key"] in shown]
    parts = (
        (heading, tuple(_told(item) for item in told if item["kind"] == kind))
        for kind, heading in ITEM_KINDS.items()
    )
    return _sent(issue, tuple((heading, some) for heading, some in parts if some),
                 is_whole=len(told) == len(issue.items))  # fmt: skip


def _sent(
    issue: Issue, parts: tuple[tuple[Words, tuple[Told, ...]], ...], *, is_whole: bool = False
) -> SentIssue:
    return SentIssue(
        key=issue.number.replace("/", "-"),
        number=issue.number,
        titles=issue.titles,
        since=issue.since,
        until=issue.until,
        sent_on=issue.approved_on or issue.until,
        words=issue.words,
        parts=parts,
        is_whole=is_whole,
    )


def _told(item: Item) -> Told:
    day = date.fromisoformat(item["day"]) if item["day"] else None
    view, *args = item["view"]
    return Told(item["titles"], day, item.get("precision", "day"), view, tuple(args))


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


def ask_newsletter(
    address: str,
    *,
    language: str,
    address_of: Callable[[str, str, str], str],
    on: date,
    at: datetime,
) -> None:
    """Ask for the newsletter; a letter to the address says what is to be done. Nothing is told here."""
    letter = ask_for_newsletter(
        address=address, language=language, address_of=address_of, on=on, at=at
    )
    if letter is not None:
        send_confirmation.enqueue(letter.public_id)


def look_at_link(token: str, *, reader: object, on: date) -> None:
    """Raises a refusal that says why, when the link confirms nothing any more."""
    newsletter_link(token=token, on=on, reader=reader)


def confirm(token: str, *, reader: object, on: date, at: datetime) -> None:
    """Confirm by the link of the letter. Raises a refusal that says why not."""
    confirm_newsletter(token=token, reader=reader, on=on, at=at)


def can_be_stopped(token: str) -> bool:
    """Whether the link is one of ours."""
    return subscriber_to_stop(token) is not None


def stop(token: str, *, on: date, at: datetime) -> bool:
    """End the newsletter of whoever got this link; ended twice is ended."""
    row = subscriber_to_stop(token)
    if row is None:
        return False
    end_newsletter(subscriber=row, by=Actor("subscriber", row.public_id, SUBSCRIBER), on=on, at=at)
    return True
