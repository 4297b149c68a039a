"""The same facts for programs: JSON, Akoma Ntoso, Atom, iCalendar, the map of the site."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from dabir.core.kept import open_to_all
from dabir.core.words import day_as_known, reader_language, say
from dabir.decisions.public import Clause, Text, newest_decisions, public_addresses, public_text
from dabir.editorial.public import page_addresses
from dabir.meetings.public import PublicMeeting, public_meetings
from dabir.organs.public import people_in_office, public_organs
from dabir.readers.public import sent_issues
from dabir.registry.public import PublicAssociation, cities_named, public_association
from dabir.website.akn import Publisher, expression, has_akn
from dabir.website.feeds import OLDEST, begin_feed, told
from dabir.website.popolo import popolo
from dabir.website.tables import clause_url

FEED_LENGTH = 50
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _asked(document: str) -> tuple[Text, list[Clause]]:
    found = public_text(document, timezone.localdate())
    if found is None:
        raise Http404
    return found


def _association() -> PublicAssociation:
    found = public_association()
    if found is None:
        raise Http404
    return found


@open_to_all
def text_json(request: HttpRequest, document: str) -> HttpResponse:
    """A text with every clause, its languages and what came of it, as JSON."""
    text, clauses = _asked(document)
    data = {
        "id": text.public_id,
        "url": request.build_absolute_uri(reverse("website:text", args=[document])),
        "kind": text.kind,
        "titles": text.titles,
        "adopted_by": text.organ,
        "session": text.session,
        "adopted_on": None if text.possible_days else day_as_known(text.adopted_on, text.precision),
        "possible_days": list(text.possible_days),
        "text_is_held": text.is_held,
        "source": text.source,
        "versions": [{"language": v.language, "state": v.state} for v in text.versions],
        "clauses": [_clause_data(request, clause) for clause in clauses],
    }
    return _told(data)


def _clause_data(request: HttpRequest, clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.public_id,
        "url": request.build_absolute_uri(clause_url(clause.public_id)),
        "parent": f"{clause.document}/{clause.parent}" if clause.parent else None,
        "labels": clause.labels,
        "texts": clause.texts,
        "words_are_held": not clause.is_fact_only,
        "asks_nothing": clause.asks_nothing,
        "decisions": [asdict(outcome) for outcome in clause.outcomes],
    }


def _told(data: Any) -> HttpResponse:
    content = json.dumps(data, ensure_ascii=False, indent=1)
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@open_to_all
def popolo_json(request: HttpRequest) -> HttpResponse:
    """Organs, people in office and who sits where today, as Popolo."""
    today = timezone.localdate()
    organs = public_organs(today)
    _offices, others = people_in_office(today)
    cities = cities_named(seat.city for organ in organs for seat in organ.seats if seat.city)
    return _told(popolo(public_association(), organs, others, cities))


@open_to_all
def text_akn(request: HttpRequest, document: str) -> HttpResponse:
    """An adopted text in the language of the address, as Akoma Ntoso 3."""
    text, clauses = _asked(document)
    language = reader_language()
    if not has_akn(text, language):
        raise Http404
    association = _association()
    publisher = Publisher(
        association.abbreviation.lower() or "association",
        say(association.names, "en"),
        timezone.localdate(),
    )
    content = expression(text, clauses, language, publisher)
    answer = HttpResponse(content, content_type="application/akn+xml; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@open_to_all
def feed(request: HttpRequest) -> HttpResponse:
    """The newest decisions as an Atom feed in the reader's language."""
    made = begin_feed(request, _association(), _("Decisions"), reverse("website:texts"))
    for row in newest_decisions(FEED_LENGTH):
        address = request.build_absolute_uri(clause_url(row.public_id))
        made.add_item(
            title=say(row.titles),
            link=address,
            unique_id=address,
            description=f"{say(row.text)} · {row.public_id}",
            pubdate=datetime.combine(row.decided_on, time.min, UTC),
            updateddate=row.recorded_at or OLDEST,
        )
    return told(made)


@open_to_all
def calendar(request: HttpRequest) -> HttpResponse:
    """The sessions whose day is known, as a calendar (RFC 5545)."""
    name = f"{say(_association().names)} · {_('Meetings')}"
    return calendar_of(request, [m for m in public_meetings() if m.has_day], name)


def calendar_of(request: HttpRequest, meetings: list[PublicMeeting], name: str) -> HttpResponse:
    """These sessions as a calendar of this name."""
    made = Calendar()
    made.add("prodid", "-//Dabir//meetings//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for meeting in meetings:
        made.add_component(_event(request, meeting))
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(request: HttpRequest, meeting: PublicMeeting) -> Event:
    starts = meeting.starts_on or timezone.localdate()
    event = Event()
    event.add("uid", f"{meeting.public_id}@{request.get_host()}")
    event.add("dtstamp", datetime.combine(starts, time.min, UTC))
    event.add("dtstart", starts)
    event.add("dtend", (meeting.ends_on or starts) + timedelta(days=1))
    event.add("summary", say(meeting.names))
    event.add("status", "CANCELLED" if meeting.state == "cancelled" else "CONFIRMED")
    if meeting.city:
        event.add("location", say(meeting.city))
    page = reverse("website:session", args=[meeting.public_id])
    event.add("url", request.build_absolute_uri(page))
    return event


@open_to_all
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages; the office is behind its door anyway."""
    lines = ["User-agent: *"]
    for code, _name in settings.LANGUAGES:
        lines += [f"Disallow: /{code}/{part}/" for part in ("office", "account", "search")]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


PLACES = (
    "home", "forum", "organs", "people", "history", "rules", "texts", "follow_up", "reports",
    "hosts", "knowledge", "news", "api", "views", "events", "galleries", "papers", "plain",
    "newsletter_issues",
)  # fmt: skip


@open_to_all
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in every language, each with the others beside it."""
    texts, clauses = public_addresses()
    wanted: list[tuple[str, list[str]]] = [(f"website:{name}", []) for name in PLACES]
    wanted += [("membership:cities", [])]
    wanted += [("website:organ", [organ.key]) for organ in public_organs(timezone.localdate())]
    wanted += [("website:session", [meeting.public_id]) for meeting in public_meetings()]
    wanted += [("website:newsletter_issue", [issue.key]) for issue in sent_issues()]
    wanted += [("website:text", [public_id]) for public_id in texts]
    wanted += [("website:clause", public_id.split("/", 1)) for public_id in clauses]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<urlset xmlns="{SITEMAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    written = [
        {code: request.build_absolute_uri(url) for code, url in versions.items()}
        for versions in page_addresses()
    ]
    for addresses in [*(_in_all_languages(request, *one) for one in wanted), *written]:
        beside = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(url)}"/>'
            for code, url in addresses.items()
        )
        lines += [f"<url><loc>{escape(url)}</loc>{beside}</url>" for url in addresses.values()]
    content = "\n".join([*lines, "</urlset>"])
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


def _in_all_languages(request: HttpRequest, view: str, parts: list[str]) -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = request.build_absolute_uri(reverse(view, args=parts))
    return found
