"""What all Atom feeds of the website begin with."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from dabir.core.words import reader_language, say
from dabir.registry.public import PublicAssociation


def begin_feed(
    request: HttpRequest, association: PublicAssociation, about: str, page: str
) -> Atom1Feed:
    """A feed of the association about something that has this page, in the reader's language."""
    name = say(association.names)
    return Atom1Feed(
        title=f"{name} · {about}",
        link=request.build_absolute_uri(page),
        feed_url=request.build_absolute_uri(request.path),
        description="",
        language=reader_language(),
        author_name=name,
    )


def told(feed: Atom1Feed) -> HttpResponse:
    """The feed as an answer."""
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
