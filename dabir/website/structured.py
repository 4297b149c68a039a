"""What search engines read beside a page: schema.org as JSON-LD, data that no browser runs."""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from dabir.core.words import say
from dabir.decisions.public import ClausePage, Text
from dabir.editorial.public import PublicPage
from dabir.meetings.public import PublicMeeting
from dabir.registry.public import PublicAssociation

CONTEXT = "https://schema.org"


def block(data: dict[str, Any]) -> SafeString:
    """The data as a block in the page; no sign in it can end the block."""
    told = json.dumps({"@context": CONTEXT, **data}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        told = told.replace(sign, f"\\u{ord(sign):04x}")
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(told),  # noqa: S308  # every sign that HTML could read was replaced
    )


def of_association(association: PublicAssociation | None, url: str) -> SafeString | str:
    """The association itself."""
    if association is None:
        return ""
    names = association.names
    others = [name for name in names.values() if name != say(names)]
    data = {"@type": "Organization", "name": say(names), "alternateName": others, "url": url}
    return block(data)


def of_text(text: Text, url: str) -> SafeString:
    """A text, with its languages."""
    return block(_legislation(text) | {"url": url})


def _legislation(text: Text) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Legislation" if text.is_declaration else "CreativeWork",
        "identifier": text.public_id,
        "name": say(text.titles),
        "inLanguage": [version.language for version in text.versions],
    }
    if text.organ:
        data["legislationPassedBy"] = {"@type": "Organization", "name": say(text.organ)}
    if text.adopted_on and text.precision == "day" and not text.possible_days:
        data["legislationDate"] = text.adopted_on.isoformat()
    return (
        data if text.is_declaration else {k: v for k, v in data.items() if k[:11] != "legislation"}
    )


def of_clause(page: ClausePage, name: str, url: str, text_url: str) -> SafeString:
    """A clause, as part of its text."""
    data: dict[str, Any] = {
        "@type": "Legislation",
        "identifier": page.public_id,
        "legislationIdentifier": page.public_id,
        "name": name,
        "url": url,
        "isPartOf": _legislation(page.text) | {"url": text_url},
    }
    if page.clause and not page.clause.is_fact_only:
        data["text"] = say(page.clause.texts)
    return block(data)


def of_session(meeting: PublicMeeting, url: str) -> SafeString | str:
    """A session as an event; one whose day is not known is none yet."""
    if not meeting.has_day or meeting.starts_on is None:
        return ""
    status = "EventCancelled" if meeting.state == "cancelled" else "EventScheduled"
    data: dict[str, Any] = {
        "@type": "Event",
        "name": say(meeting.names),
        "url": url,
        "startDate": meeting.starts_on.isoformat(),
        "endDate": (meeting.ends_on or meeting.starts_on).isoformat(),
        "eventStatus": f"{CONTEXT}/{status}",
        "organizer": {"@type": "Organization", "name": say(meeting.organ)},
    }
    if meeting.city:
        data["location"] = {"@type": "City", "name": say(meeting.city)}
    return block(data)


TYPES = {
    "news": "NewsArticle",
    "views": "OpinionNewsArticle",
    "events": "Event",
    "galleries": "ImageGallery",
    "papers": "DigitalDocument",
    "plain": "WebPage",
}


def of_page(page: PublicPage, url: str, association: PublicAssociation | None) -> SafeString:
    """A page that the secretariat wrote."""
    data: dict[str, Any] = {
        "@type": TYPES[page.kind],
        "name": page.title,
        "description": page.intro,
        "inLanguage": page.language,
        "url": url,
    }
    if page.kind == "events":
        data |= {"startDate": page.on.isoformat()} if page.on else {}
        data |= {"endDate": page.ends_on.isoformat()} if page.ends_on else {}
        data |= {"location": {"@type": "Place", "name": page.place}} if page.place else {}
        return block(data)
    if page.kind in ("news", "views"):
        data["headline"] = page.title
    if page.published_at and page.changed_at:
        data["datePublished"] = page.published_at.isoformat()
        data["dateModified"] = page.changed_at.isoformat()
    if page.author:
        data["author"] = {"@type": "Person", "name": page.author}
    if association:
        data["publisher"] = {"@type": "Organization", "name": say(association.names)}
    return block(data)
