"""What of the domain everybody can find, and where each of it lies.

Whoever has more to be found joins in the same way: `dabir.core.publicsearch.join(Kind(…))` when the
app is ready, with a number from 10 on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_lazy as _

from dabir.core.publicsearch import Entry, Kind, join
from dabir.core.publicsearch.kinds import Owners, themselves
from dabir.decisions.public import (
    clauses_of_texts,
    reports_of_organs,
    searchable_clauses,
    searchable_reports,
    searchable_texts,
)
from dabir.editorial.public import searchable_pages
from dabir.meetings.public import meetings_in_cities, searchable_meetings
from dabir.membership.public import memberships_of, searchable_members
from dabir.organs.public import searchable_organs
from dabir.registry.public import posts_of_people, searchable_people

Read = Callable[[Owners], Iterable[Entry]]


def _at(read: Read, view: str) -> Read:
    """The entries, each at the page of its own record."""

    def entries(owners: Owners) -> Iterator[Entry]:
        return (replace(entry, view=view, args=(entry.owner,)) for entry in read(owners))

    return entries


def _on(read: Read, view: str) -> Read:
    """The entries, all on one page."""

    def entries(owners: Owners) -> Iterator[Entry]:
        return (replace(entry, view=view) for entry in read(owners))

    return entries


def _clauses(owners: Owners) -> Iterator[Entry]:
    for entry in searchable_clauses(owners):
        document, _slash, node = entry.owner.partition("/")
        yield replace(entry, view="website:clause", args=(document, node))


MEMBERSHIPS = {
    kind: partial(memberships_of, kind) for kind in ("city", "organisation", "person", "country")
}
FOUND = (
    Kind("text", 1, _("Declarations and pages"), _at(searchable_texts, "website:text"),
         {"document": themselves},
         {"session": _("in the session"), "organ": _("in the organ")}),
    Kind("clause", 2, _("Clauses and decisions"), _clauses,
         {"clause": themselves, "decision": themselves, "document": clauses_of_texts},
         {"text": _("in the text"), "label": _("in the label")}),
    Kind("organ", 3, _("Organs"), _at(searchable_organs, "website:organ"),
         {"organ": themselves}, {"powers": _("in its powers")}, depends_on_day=True),
    Kind("person", 4, _("People in office"), _on(searchable_people, "website:people"),
         {"post": themselves, "person": posts_of_people}, {"office": _("in the office")},
         depends_on_day=True),
    Kind("member", 5, _("Members"), _at(searchable_members, "membership:public_member"),
         {"member": themselves, **MEMBERSHIPS}, {"country": _("in the country")}),
    Kind("meeting", 6, _("Meetings"),
         _at(searchable_meetings, "website:session"),
         {"meeting": themselves, "city": meetings_in_cities},
         {"theme": _("in the theme"), "city": _("in the city")}),
    Kind("report", 7, _("Progress reports"), _on(searchable_reports, "website:reports"),
         {"progress_report": themselves, "organ": reports_of_organs}),
    Kind("page", 10, _("News and pages"), searchable_pages,
         {"editorial_page": themselves}, {"text": _("in the text")}),
)  # fmt: skip


def join_all() -> None:
    """Let everything of the domain that is public be found."""
    for kind in FOUND:
        join(kind)
