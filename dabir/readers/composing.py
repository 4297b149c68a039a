"""The words of a newsletter in a language, as they are shown before and as they are sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from dabir.core.words import partial_day_said, say
from dabir.readers.models import Issue, Subscriber
from dabir.readers.states import ITEM_KINDS
from dabir.text.calendars import format_both

STOP_SALT = "dabir.newsletter.stop"


def stop_token(subscriber: Subscriber) -> str:
    """What stands in the link by which somebody ends the newsletter; it does not run out."""
    return signing.Signer(salt=STOP_SALT).sign(subscriber.public_id)


def issue_subject(issue: Issue, language: str) -> str:
    """The title that is proposed."""
    with override(language):
        return _("News from %(since)s to %(until)s") % {
            "since": format_both(issue.since, language),
            "until": format_both(issue.until, language),
        }


def issue_text(issue: Issue, language: str, subscriber: Subscriber | None = None) -> str:
    """The whole text; without a subscriber it ends with an example of how it is ended."""
    with override(language):
        parts = [issue.words[language].strip()] if issue.words.get(language, "").strip() else []
        for kind, heading in ITEM_KINDS.items():
            lines = [_line(issue, item, language) for item in issue.items if item["kind"] == kind]
            if lines:
                parts.append("\n".join([str(heading), *lines]))
        token = stop_token(subscriber) if subscriber else "..."
        parts.append(
            "—\n"
            + _("You receive this because you asked for it and confirmed it. To end it:")
            + "\n"
            + stop_url(issue.site, token, language)
        )
    return "\n\n".join(parts)


def _line(issue: Issue, item: dict[str, Any], language: str) -> str:
    day = ""
    if item["day"]:  # issues of before told whole days only
        day = partial_day_said(date.fromisoformat(item["day"]), item.get("precision", "day"))
    view, *given = item["view"]
    parts = [say(item["titles"], language), *([day] if day else [])]
    return f"– {' · '.join(parts)}\n  {issue.site}{reverse(view, args=given)}"


def stop_url(site: str, token: str, language: str) -> str:
    """The address by which a reader ends it."""
    with override(language):
        return f"{site}{reverse('website:newsletter_stop', args=[token])}"
