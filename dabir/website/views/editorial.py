"""The pages that the secretariat writes, as everybody sees them."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dabir.core.kept import open_to_all
from dabir.core.words import reader_language
from dabir.editorial.public import (
    KINDS,
    PublicPage,
    as_shown,
    features_of,
    is_public_picture,
    page_at,
    page_lines,
    part_words,
    public_paper,
    small_picture,
)
from dabir.registry.public import public_association
from dabir.website.feeds import begin_feed, told
from dabir.website.pages import show
from dabir.website.structured import of_page
from dabir.website.views.home import draw_home

YEAR = 31_536_000
IN_FEED = 30


@open_to_all
def part(request: HttpRequest, kind: str) -> HttpResponse:
    """One part of the site: its pages, the newest first."""
    return draw_part(request, kind, part_words(kind, reader_language()))


def draw_part(request: HttpRequest, kind: str, words: str) -> HttpResponse:
    """The list of a part with what is said about it."""
    about = KINDS[kind]
    context = {"kind": kind, "heading_words": about.label, "words": words,
               "lines": page_lines(kind, reader_language()), "language": reader_language()}  # fmt: skip
    crumbs = [*_above(kind), (str(about.label), "")]
    return show(request, "website/part.html", about.door, context, crumbs=crumbs)


def _above(kind: str) -> list[tuple[str, str]]:
    door = {
        "news": (_("News"), "website:news"),
        "knowledge": (_("Knowledge"), "website:knowledge"),
        "forum": (_("The association"), "website:forum"),
    }
    label, view = door[KINDS[kind].door]
    return [(label, reverse(view))]


@open_to_all
def page(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """A page; where the reader's language lacks it, in another, and that is said."""
    found = page_at(kind, reader_language(), slug)
    if found is None:
        raise Http404
    own = found.versions.get(reader_language())
    if own and found.language != reader_language():
        return redirect(own)
    return draw_page(request, found)


def draw_page(request: HttpRequest, found: PublicPage) -> HttpResponse:
    """A page with its masthead and the way to it."""
    versions = {c: request.build_absolute_uri(url) for c, url in found.versions.items()}
    here = versions[found.language]
    context: dict[str, Any] = {
        "page": found,
        "is_foreign": found.language != reader_language(),
        "canonical": here,
        "alternates": [{"code": code, "url": url} for code, url in versions.items()],
        "structured": of_page(found, here, public_association()),
        "file_address": reverse("website:paper_file", args=[found.paper.pk, found.paper.filename])
        if found.paper
        else "",
    }
    kind = KINDS[found.kind]
    crumbs = list(_above(found.kind))
    if found.kind != "news":
        crumbs.append((str(kind.label), reverse(f"website:{found.kind}")))
    return show(
        request, "website/written.html", kind.door, context, crumbs=[*crumbs, (found.title, "")]
    )


@open_to_all
def feed(request: HttpRequest) -> HttpResponse:
    """The newest news items as an Atom feed, in the language of the address."""
    association = public_association()
    if association is None:
        raise Http404
    made = begin_feed(request, association, _("News"), reverse("website:news"))
    for line in page_lines("news", reader_language(), most=IN_FEED):
        address = request.build_absolute_uri(line.url)
        made.add_item(
            title=line.title,
            link=address,
            unique_id=address,
            description=line.intro,
            pubdate=line.published_at or datetime.combine(line.on, time.min, UTC),  # type: ignore[arg-type]  # news has a day
            updateddate=line.changed_at,
        )
    return told(made)


@login_not_required
@require_safe
def paper_file(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """A document, always as a download; strangers get only what a published page uses."""
    paper = public_paper(number, may_see_all=request.user.has_perm("editorial.write_page"))
    if paper is None or paper.filename != name:
        raise Http404
    answer = FileResponse(
        paper.file.open("rb"),
        as_attachment=True,
        filename=paper.filename,
        content_type=mimetypes.guess_type(paper.filename)[0] or "application/octet-stream",
    )
    return _harmless(answer)


@login_not_required
@require_safe
def picture_file(request: HttpRequest, name: str) -> HttpResponse:
    """A picture made smaller, under an address that changes with the picture; strangers get only what a
    published page uses.
    """
    is_public = is_public_picture(name)
    if not is_public and not request.user.has_perm("editorial.write_page"):
        raise Http404
    path = small_picture(name)
    if path is None:
        raise Http404
    kind = "image/webp" if path.suffix == ".webp" else mimetypes.guess_type(path.name)[0]
    answer = FileResponse(path.open("rb"), content_type=kind)
    kept = f"public, max-age={YEAR}, immutable"
    answer["Cache-Control"] = kept if is_public else "private, no-cache"
    return _harmless(answer)


def _harmless(answer: FileResponse) -> FileResponse:
    """Whatever the bytes are, no browser runs them."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def preview(request: HttpRequest, draft: Any) -> Iterable[HttpResponse]:
    """How a draft would look: answers what the editors' admin asks."""
    if hasattr(draft, "features"):
        yield draw_home(request, features=features_of(draft))
    elif hasattr(draft, "body"):
        yield draw_page(request, as_shown(draft))
    else:
        yield draw_part(request, draft.kind, draft.intro)
