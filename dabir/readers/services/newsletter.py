"""Writing a newsletter from what happened, and the second look that lets it go out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.numbering import next_number
from dabir.core.stepping import take_step
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import say
from dabir.readers.composing import issue_subject
from dabir.readers.models import Issue
from dabir.readers.queries.newsletter import no_longer_told, what_happened
from dabir.readers.states import ISSUES, IssueState


@transaction.atomic
def begin_issue(*, since: date, until: date, by: Actor, on: date, at: datetime) -> Issue:
    """Begin a newsletter about a period, with everything that happened in it."""
    if until < since:
        said = _("It ends before it begins.")
        raise InvalidInput(said, fields={"until": [said]})
    issue = Issue(
        number=f"N-{until.year}/{next_number(f'newsletters/{until.year}'):02d}",
        since=since,
        until=until,
        titles={},
        items=what_happened(since, until),
        written_by=by.as_dict(),
    )
    issue.titles = {code: issue_subject(issue, code) for code, _name in settings.LANGUAGES}
    check_record(issue)
    issue.save()
    record_act(
        "readers.begin_issue",
        target=issue.reference(),
        by=by,
        on=on,
        at=at,
        after={"number": issue.number, "since": since, "until": until},
    )
    return issue


@transaction.atomic
def edit_issue(
    *,
    issue: Issue,
    titles: dict[str, str],
    words: dict[str, str],
    chosen: list[str],
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Issue:
    """Choose what it tells and write one's own words; what happened meanwhile is found anew."""
    fresh = lock_record(issue, version=version)
    if fresh.state != IssueState.DRAFT:
        raise IllegalStep(
            _("It is no longer being written."), cure=_("Return it to writing first.")
        )
    fresh.titles, fresh.words = titles, words
    found = what_happened(fresh.since, fresh.until)
    fresh.items = [item for item in found if item["key"] in chosen]
    fresh.written_by = by.as_dict()
    fresh.version += 1
    check_record(fresh)
    fresh.save(update_fields=["titles", "words", "items", "written_by", "version"])
    record_act(
        "readers.edit_issue",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        after={"titles": titles, "words": words, "items": [item["key"] for item in fresh.items]},
    )
    return fresh


def _step(
    verb: str,
    *,
    issue: Issue,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
    reason: str = "",
    **changes: Any,
) -> Issue:
    return take_step(
        issue,
        verb,
        machine=ISSUES,
        act=f"readers.{verb}_issue",
        by=by,
        on=on,
        at=at,
        version=version,
        reason=reason,
        changes=changes,
        checked=True,
    )


@transaction.atomic
def submit_issue(
    *, issue: Issue, by: Actor, on: date, at: datetime, version: int | None = None
) -> Issue:
    """Ask for the second look. Every language needs a title, and something to tell."""
    missing = [name for code, name in settings.LANGUAGES if not issue.titles.get(code)]
    if missing:
        raise InvalidInput(_("It has no title in one of the languages: write it first."))
    if not issue.items and not all(issue.words.get(code) for code, _name in settings.LANGUAGES):
        raise InvalidInput(
            _("It tells nothing yet."),
            cure=_("Choose something that happened, or write words in every language."),
        )
    return _step("submit", issue=issue, by=by, on=on, at=at, version=version)


@transaction.atomic
def return_issue(
    *, issue: Issue, reason: str, by: Actor, on: date, at: datetime, version: int | None = None
) -> Issue:
    """Give it back to be written further, with what is to change."""
    return _step("return", issue=issue, by=by, on=on, at=at, version=version, reason=reason)


@transaction.atomic
def drop_issue(
    *, issue: Issue, reason: str, by: Actor, on: date, at: datetime, version: int | None = None
) -> Issue:
    """Let it be; nothing of it was sent."""
    return _step("drop", issue=issue, by=by, on=on, at=at, version=version, reason=reason)


@transaction.atomic
def approve_issue(
    *, issue: Issue, site: str, by: Actor, on: date, at: datetime, version: int | None = None
) -> Issue:
    """The second look: somebody else than who wrote it lets it go out, if all of it is still public."""
    if issue.written_by.get("id") == by.public_id:
        raise IllegalStep(_("Somebody else than who wrote it looks at it before it is sent."))
    gone = no_longer_told(issue)
    if gone:
        raise IllegalStep(
            _("Since it was written this was taken down or changed: %(names)s.")
            % {"names": _(", ").join(say(item["titles"]) for item in gone)},
            cure=_("Return it to writing; there what still stands can be chosen."),
        )
    return _step(
        "approve", issue=issue, by=by, on=on, at=at, version=version, approved_on=on, site=site
    )
