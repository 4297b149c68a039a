"""The shapes of news, events and the other pages of the secretariat in the answers."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, Field

from dabir.website.api.telling import Address, Coded, Day, Words, told

SAMPLE_KEY = "0b5c1a7e-3f0e-4d6a-9a55-5f3f6f0f9c11"
Addressed = Annotated[
    dict[str, Address], Field(examples=[{"en": "https://example.org/en/news/harbour/"}])
]


class EditorialPage(BaseModel):
    __doc__ = _("A page that the secretariat has published, in all its languages.")

    id: Annotated[str, told(_("Permanent id, the same in every language."), SAMPLE_KEY)]
    kind: Annotated[
        Coded, told(_("News, opinion, event, gallery, document or page about the association."))
    ]
    titles: Annotated[Words, told(_("Title, by language."))]
    summaries: Annotated[Words, told(_("What it says in two sentences, by language."))]
    on: Annotated[
        Day | None, told(_("Day of the news, first day of the event; null for a lasting page."))
    ]
    until: Annotated[Day | None, told(_("Last day of an event of several days."))]
    places: Annotated[Words, told(_("Where an event takes place, by language."))]
    authors: Annotated[Words, told(_("Whose opinion it is, by language."))]
    sources: Annotated[Words, told(_("Where it can be looked up, by language."))]
    published_at: Annotated[
        str, told(_("When it was first published, with its offset."), "2026-11-25T09:00:00+00:00")
    ]
    changed_at: Annotated[
        str, told(_("When it was last published anew."), "2026-11-26T09:00:00+00:00")
    ]
    self: Annotated[Address, told(_("This page in the API."))]
    urls: Annotated[Addressed, told(_("Its pages for readers, by language."))]


class ShownPicture(BaseModel):
    __doc__ = _("A picture of a page, in words.")

    language: Annotated[str, told(_("Language of these words, ISO 639-1."), "en")]
    shows: Annotated[str, told(_("What the picture shows."), "Cyclists on a new lane")]
    caption: Annotated[str, told(_("What stands below it; empty where nothing."), "Opening day")]


class PageFile(BaseModel):
    __doc__ = _("A file to take along.")

    language: Annotated[str, told(_("Language of the page on which it stands, ISO 639-1."), "en")]
    title: Annotated[str, told(_("What it is called."), "Study of routes")]
    url: Annotated[Address, told(_("Where the file lies."))]


class WholePage(EditorialPage):
    __doc__ = _("A page with its words, its pictures in words, and its files.")

    texts: Annotated[Words, told(_("Everything the page says, without its layout, by language."))]
    pictures: Annotated[list[ShownPicture], told(_("What its pictures show, by language."))]
    files: Annotated[list[PageFile], told(_("The files it gives, by language."))]
