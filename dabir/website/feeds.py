"""What all Atom feeds of the website begin with."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from dabir.core.words import reader_language, say
from dabir.registry.public import PublicAssociation

OLDEST = datetime(1970, 1, 1, tzinfo=UTC)  # of what nobody knows when it changed


class Feed(Atom1Feed):
    """A feed that is the same bytes as long as nothing new stands in it, empty or not."""

    def latest_post_date(self) -> datetime:
        """When the newest entry was put in or changed; long ago while there is none."""
        return super().latest_post_date() if self.items else OLDEST


def begin_feed(request: HttpRequest, association: PublicAssociation, about: str, page: str) -> Feed:
    """A feed of the association about something that has this page, in the reader's language."""
    name = say(association.names)
    return Feed(
        title=f"{name} · {about}",
        link=request.build_absolute_uri(page),
        feed_url=request.build_absolute_uri(request.path),
        description="",
        language=reader_language(),
        author_name=name,
    )


def told(feed: Feed) -> HttpResponse:
    """The feed as an answer."""
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
