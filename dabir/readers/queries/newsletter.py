"""Questions to the newsletter: what happened, who receives it, what became of the letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from dabir.core.words import as_words
from dabir.decisions.models import Decision
from dabir.decisions.public import published_editions
from dabir.documents.public import is_public_text
from dabir.meetings.public import public_meetings
from dabir.meetings.states import MeetingState
from dabir.messaging.models import Letter
from dabir.messaging.states import LetterState
from dabir.readers.composing import stop_token, stop_url
from dabir.readers.models import Issue, Subscriber
from dabir.readers.states import IssueState
from dabir.registry.models import Person

Item = dict[str, Any]


def what_happened(since: date, until: date) -> list[Item]:
    """What a period brought that everybody may see, and the sessions that are to come after it."""
    return [*_decisions(since, until), *_editions(since, until), *_meetings(since, until)]


def _item(
    kind: str,
    public_id: str,
    titles: Any,
    day: date | None,
    view: list[str],
    precision: str = "day",
) -> Item:
    return {
        "key": f"{kind}:{public_id}",
        "kind": kind,
        "titles": as_words(titles),
        "day": day.isoformat() if day else "",
        "precision": precision,
        "view": view,
    }


def no_longer_told(issue: Issue) -> list[Item]:
    """What an issue tells and nobody may see any more, or what has become otherwise since."""
    keys = {item["key"] for item in what_happened(issue.since, issue.until)}
    return [item for item in issue.items if item["key"] not in keys]


def still_public(items: Iterable[Item]) -> set[str]:
    """The keys of those that everybody can still look at, whatever has become of them since."""
    asked: dict[str, set[str]] = {}
    for item in items:
        kind, _colon, public_id = item["key"].partition(":")
        asked.setdefault(kind, set()).add(public_id)
    decisions = Decision.objects.filter(
        is_public_text("document__"), public_id__in=asked.get("decision", ())
    )
    meetings = {meeting.public_id for meeting in public_meetings()}
    shown = {
        "decision": set(decisions.values_list("public_id", flat=True)),
        "edition": {f"{edition.report}/{edition.number}" for edition in published_editions()},
        "held": meetings,
        "to_come": meetings,
    }
    return {f"{kind}:{name}" for kind, names in asked.items() for name in names & shown[kind]}


def issues_sent() -> QuerySet[Issue]:
    """What went out to everybody, the newest first."""
    return Issue.objects.filter(state=IssueState.SENT).order_by("-approved_on", "-id")


def _decisions(since: date, until: date) -> list[Item]:
    rows = Decision.objects.filter(
        is_public_text("document__"), decided_on__gte=since, decided_on__lte=until
    )
    return [
        _item(
            "decision",
            row.public_id,
            row.titles,
            row.decided_on,
            ["website:clause", *_parts(row)],
            row.precision,
        )
        for row in rows.order_by("decided_on", "document_id", "node__position", "id")
    ]


def _parts(row: Decision) -> list[str]:
    document, _slash, node = row.public_id.partition("/")
    return [document, node]


def _editions(since: date, until: date) -> list[Item]:
    found = []
    for edition in published_editions():
        day = timezone.localdate(edition.published_at)
        if since <= day <= until:
            public_id = f"{edition.report}/{edition.number}"
            found.append(_item("edition", public_id, edition.titles, day, ["website:reports"]))
    return found


def _meetings(since: date, until: date) -> list[Item]:
    found = []
    for meeting in public_meetings():
        kind = ""
        if meeting.state == MeetingState.HELD and meeting.starts_on:
            kind = "held" if since <= meeting.starts_on <= until else ""
        elif meeting.is_to_come and meeting.starts_on and meeting.starts_on > until:
            kind = "to_come"
        if kind:
            view = ["website:session", meeting.public_id]
            found.append(
                _item(
                    kind,
                    meeting.public_id,
                    meeting.names,
                    meeting.starts_on,
                    view,
                    meeting.precision,
                )
            )
    return found


def receivers() -> QuerySet[Subscriber]:
    """Everybody who confirmed and has not ended it."""
    return Subscriber.objects.filter(confirmed_on__isnull=False, ended_on=None).order_by("pk")


def not_written_to(issue: Issue) -> QuerySet[Subscriber]:
    """Who has yet to get a letter of this issue."""
    return receivers().exclude(deliveries__issue=issue)


def receiver_counts() -> dict[str, int]:
    """How many receive it in each language, and how many have yet to confirm."""
    found = dict(receivers().order_by().values_list("language").annotate(number=Count("id")))
    counts = {code: found.get(code, 0) for code, _name in settings.LANGUAGES}
    return counts | {"": Subscriber.objects.filter(confirmed_on=None, ended_on=None).count()}


def delivery_counts(issue: Issue) -> dict[str, int]:
    """What became of the letters of an issue; `unclear` was given to the mail server and not told of."""
    gone, queued = [LetterState.SENT, LetterState.PRINTED], Q(letter__state=LetterState.QUEUED)
    counts: dict[str, int] = issue.deliveries.aggregate(
        letters=Count("id"),
        left=Count("id", filter=Q(letter__state__in=gone)),
        waiting=Count("id", filter=queued & Q(tried_at=None)),
        failed=Count("id", filter=Q(letter__state=LetterState.FAILED)),
        unclear=Count("id", filter=queued & Q(tried_at__isnull=False)),
    )
    return counts


def issues_to_check() -> QuerySet[Issue]:
    """What waits for a second look, the oldest first."""
    return Issue.objects.filter(state=IssueState.CHECKING).order_by("id")


def issues_half_sent() -> QuerySet[Issue]:
    """What was let out and has not reached everybody, the oldest first."""
    return Issue.objects.filter(state=IssueState.SENDING).order_by("id")


def address_of_subscriber(kind: str, public_id: str) -> Iterable[str]:
    """Where a letter to a reader of the newsletter goes; nowhere once it has ended."""
    if kind == "subscriber":
        yield from Subscriber.objects.filter(public_id=public_id, ended_on=None).values_list(
            "address", flat=True
        )


def headers_of(letter: Letter) -> Iterable[tuple[str, str]]:
    """By which mail programs offer to end it with one press (RFC 2369 and RFC 8058)."""
    about = letter.about or {}
    if letter.recipient["kind"] != "subscriber" or about.get("kind") != "newsletter":
        return
    issue = Issue.objects.filter(public_id=about["id"]).first()
    subscriber = Subscriber.objects.filter(public_id=letter.recipient["id"]).first()
    if issue and subscriber:
        stop = stop_url(issue.site, stop_token(subscriber), letter.language)
        yield "List-Unsubscribe", f"<{stop}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def subscriptions_of(person: Person, addresses: set[str]) -> list[Subscriber]:
    """What is sent to an address of this person."""
    rows = Subscriber.objects.filter(ended_on=None).order_by("id")
    return [row for row in rows if row.address.lower() in addresses] if addresses else []
