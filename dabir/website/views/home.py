"""The first page, and the doors to cities, knowledge and news."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dabir.core.addresses import address
from dabir.core.components.words import amount
from dabir.core.kept import known, open_to_all
from dabir.core.words import reader_language
from dabir.decisions.public import (
    Text,
    counts_by_status,
    newest_decisions,
    newest_declarations,
    published_editions,
)
from dabir.editorial.public import KINDS, front_features, page_lines
from dabir.meetings.public import PublicMeeting, meetings_to_come, public_meetings
from dabir.registry.public import public_association
from dabir.website.pages import show
from dabir.website.structured import of_association
from dabir.website.tables import clause_url, status_rows
from dabir.website.views.declarations import texts_known

SHOWN = 5


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """What was decided, what came of it, what is next: in one screen."""
    return draw_home(request, features=front_features(reader_language()))


def draw_home(request: HttpRequest, *, features: SafeString) -> HttpResponse:
    """The first page with what the secretariat puts above the three answers."""
    today = timezone.localdate()
    texts, number_of_texts = known(
        request, ("newest declarations", reader_language()), newest_declarations
    )
    about = known(request, "about", public_association)
    numbers = numbers_known(request, today)
    context: dict[str, Any] = {
        "features": features,
        "language": reader_language(),
        "news_lines": page_lines("news", reader_language(), most=3),
        "newest": texts[:1],
        "texts": texts[1:],
        "number_of_texts": number_of_texts,
        "numbers": numbers,
        "rows": status_rows(numbers),
        "tasks": sum(numbers.values()),
        "to_come": meetings_to_come(today)[:SHOWN],
        "editions": published_editions()[:1],
        "structured": of_association(about, request.build_absolute_uri("/")),
        **_front_words(texts[0] if texts else None, number_of_texts),
    }
    return show(request, "website/home.html", "", context)


def numbers_known(request: HttpRequest, today: date) -> dict[str, int]:
    """How many of all public tasks stand how."""
    return known(request, "tasks by status", lambda: counts_by_status(today))


def _front_words(newest: Text | None, texts: int) -> dict[str, str]:
    """How many decisions the newest declaration has, and how many declarations there are."""
    decided = newest.number_of_decisions if newest else 0
    recorded = ngettext(
        "%(number)s decision recorded from it", "%(number)s decisions recorded from it", decided
    )
    every = ngettext(
        "The declaration, clause by clause", "All %(number)s declarations, clause by clause", texts
    )
    return {
        "recorded": recorded % {"number": amount(decided)},
        "every_text": every % {"number": amount(texts)},
    }


@open_to_all
def hosts(request: HttpRequest) -> HttpResponse:
    """The cities that hosted or are to host sessions."""
    found: dict[str, dict[str, Any]] = {}
    for meeting in public_meetings():
        if meeting.city and meeting.state != "cancelled":
            key = str(sorted(meeting.city.items()))
            row = found.setdefault(key, {"names": meeting.city, "held": [], "to_come": []})
            row["to_come" if meeting.is_to_come else "held"].append(meeting)
    context = {"hosts": list(found.values())}
    return show(request, "website/hosts.html", "forum", context, crumbs=[(_("Host cities"), "")])


@open_to_all
def knowledge(request: HttpRequest) -> HttpResponse:
    """What can be taken along as data, and what is not published yet."""
    language = reader_language()
    papers = page_lines("papers", language, most=SHOWN)
    context = {"texts": texts_known(request), "papers": papers, "language": language}
    crumbs = [(_("Knowledge"), "")]
    return show(request, "website/knowledge.html", "knowledge", context, crumbs=crumbs)


@open_to_all
def news(request: HttpRequest) -> HttpResponse:
    """What was decided last, which reports came out, which sessions are to come."""
    today = timezone.localdate()
    meetings: list[PublicMeeting] = meetings_to_come(today)
    language = reader_language()
    context = {
        "lines": page_lines("news", language, most=20),
        "language": language,
        "parts": [
            (KINDS[k].label, address(f"website:{k}")) for k in ("views", "events", "galleries")
        ],
        "decided": [(row, clause_url(row.public_id)) for row in newest_decisions(20)],
        "editions": published_editions()[:SHOWN],
        "to_come": meetings,
    }
    return show(request, "website/news.html", "news", context, crumbs=[(_("News"), "")])
