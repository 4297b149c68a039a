"""What can be found by the search of the office: each kind of record, its right, how it is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dabir.core.composed import Composed
from dabir.core.search import Found, Source, learn
from dabir.core.together import given
from dabir.core.words import as_words
from dabir.decisions.models import Commitment, Decision, Programme, ProgressReport
from dabir.decisions.places import commitment_url, decision_url, document_url
from dabir.documents.models import Document, Node, NodeText
from dabir.meetings.models import Meeting
from dabir.messaging.models import IncomingLetter, Letter
from dabir.messaging.rules import may_read_incoming, may_see_what_it_opens
from dabir.organs.models import Organ
from dabir.registry.models import City, CityFormerName, Person, Post
from dabir.registry.rights import held_mandates

Ids = Collection[str] | None
Row = TypeVar("Row", bound=Model)
FORGETTABLE = ("person", "enquiry")


def _chosen(rows: QuerySet[Row], ids: Ids, key: str = "public_id") -> Iterator[Row]:
    if ids is not None:
        return iter(rows.filter(**{f"{key}__in": ids}))
    return rows.order_by("pk").iterator(chunk_size=1000)


_READ = Decision.objects.only("public_id", "titles", "force")
_ONE = Composed(lambda: _READ.filter(public_id=given("id")))


def _decisions(ids: Ids) -> Iterable[Found]:
    one = ids is not None and len(ids) == 1
    for row in _ONE.read(id=next(iter(ids or ()))) if one else _chosen(_READ.all(), ids):
        names = as_words(row.titles)
        yield Found(row.public_id, names, decision_url(row.public_id), status=row.force)


def _clauses(ids: Ids) -> Iterable[Found]:
    rows = Node.objects.select_related("document").prefetch_related(
        Prefetch("texts", NodeText.objects.order_by("language", "revision"))
    )
    if ids is not None:
        wanted = Q(pk__in=[])
        for public_id in ids:
            document, _slash, node = public_id.partition("/")
            wanted |= Q(document__public_id=document, node_id=node)
        rows = rows.filter(wanted)
    for row in rows.order_by("pk"):
        yield Found(
            row.public_id,
            as_words(row.labels) or {"en": row.node_id},
            decision_url(row.public_id),
            texts={text.language: text.text for text in row.texts.all()},
            beside=as_words(row.document.titles),
        )


def _documents(ids: Ids) -> Iterable[Found]:
    for row in _chosen(Document.objects.all(), ids):
        yield Found(row.public_id, as_words(row.titles), document_url(row))


def _meetings(ids: Ids) -> Iterable[Found]:
    for row in _chosen(Meeting.objects.all(), ids):
        url = reverse("meetings:meeting", args=[row.public_id])
        yield Found(row.public_id, as_words(row.names), url, texts=as_words(row.theme))


def _organs(ids: Ids) -> Iterable[Found]:
    for row in _chosen(Organ.objects.all(), ids, "key"):
        yield Found(row.key, as_words(row.names), reverse("organs:organ", args=[row.key]))


def _people(ids: Ids) -> Iterable[Found]:
    for row in _chosen(Person.objects.filter(merged_into=None), ids):
        yield Found(
            row.public_id, as_words(row.names), reverse("office:person", args=[row.public_id])
        )


def _posts(ids: Ids) -> Iterable[Found]:
    for row in _chosen(Post.objects.all(), ids):
        yield Found(
            row.public_id, as_words(row.names), reverse("office:post", args=[row.public_id])
        )


def _cities(ids: Ids) -> Iterable[Found]:
    former = CityFormerName.objects.order_by("id")
    rows = City.objects.filter(merged_into=None).prefetch_related(
        Prefetch("former_names", former), "doubles"
    )
    for row in _chosen(rows, ids):
        earlier = [as_words(name.names) for name in row.former_names.all()]
        earlier += [as_words(double.names) for double in row.doubles.all()]
        texts = {"en": row.printed_as} if row.printed_as else {}
        for words in earlier:
            texts |= {
                c: f"{texts[c]} · {name}" if c in texts else name for c, name in words.items()
            }
        yield Found(
            row.public_id,
            as_words(row.names),
            reverse("office:city", args=[row.public_id]),
            texts=texts,
        )


def _programmes(ids: Ids) -> Iterable[Found]:
    for row in _chosen(Programme.objects.all(), ids):
        url = reverse("decisions:programme", args=[row.public_id])
        yield Found(row.public_id, as_words(row.titles), url)


def _reports(ids: Ids) -> Iterable[Found]:
    for row in _chosen(ProgressReport.objects.all(), ids):
        url = reverse("decisions:progress_report", args=[row.public_id])
        yield Found(row.public_id, as_words(row.titles), url, status=row.state)


def _letters(ids: Ids) -> Iterable[Found]:
    for row in _chosen(Letter.objects.all(), ids):
        recipient = row.recipient or {}
        labels = as_words(recipient.get("labels"))
        # The name of a person or reader stays out of the index: it can be forgotten, a letter cannot.
        named = labels if recipient.get("kind") not in FORGETTABLE else {}
        yield Found(
            row.public_id,
            {row.language: f"{row.number} {row.subject}"},
            reverse("messaging:letter", args=[row.public_id]),
            texts=named,
            beside=labels,
            record=row,
        )


def _incoming(ids: Ids) -> Iterable[Found]:
    for row in _chosen(IncomingLetter.objects.select_related("holder"), ids):
        yield Found(
            row.public_id,
            {row.language: f"{row.number} {row.subject}"},
            reverse("messaging:incoming_letter", args=[row.public_id]),
            texts=as_words(row.sender["labels"]) | {"": f"{row.their_number} {row.summary}"},
            beside=as_words(row.sender["labels"]),
            record=row,
        )


def _may_read_incoming(user: Any, found: Found) -> bool:
    return may_read_incoming(user, found.record)


def _may_read_letter(user: Any, found: Found) -> bool:
    return may_see_what_it_opens(user, found.record)


READERS: tuple[tuple[str, Any, str, str, Callable[[Ids], Iterable[Found]]], ...] = (
    ("decision", _("Decisions"), "decision", "decisions.view_register", _decisions),
    ("clause", _("Clauses"), "clause", "documents.view_document", _clauses),
    ("document", _("Texts"), "document", "documents.view_document", _documents),
    ("programme", _("Programmes"), "programme", "decisions.view_register", _programmes),
    ("progress_report", _("Progress reports"), "report", "decisions.view_register", _reports),
    ("meeting", _("Meetings"), "meeting", "meetings.view_meeting", _meetings),
    ("organ", _("Organs"), "organ", "organs.view_organ", _organs),
    ("person", _("People"), "people", "registry.view_people", _people),
    ("post", _("Posts"), "rights", "registry.view_people", _posts),
    ("city", _("Cities"), "city", "registry.view_places", _cities),
)


def learn_sources() -> None:
    """Tell the search of every kind of record, in the order in which they are shown."""
    for kind, label, icon, right, read in READERS:
        learn(Source(kind, label, icon, right, read))
    learn(
        Source(
            "letter", _("Letters"), "letter", "messaging.view_outbox", _letters, _may_read_letter
        )
    )
    learn(
        Source(
            "incoming_letter",
            _("Letters received"),
            "letter",
            "messaging.view_letter_book",
            _incoming,
            _may_read_incoming,
        )
    )


def commitments_for(user: Any) -> QuerySet[Commitment]:
    """The commitments that somebody may find: all for readers of the register, else one's own."""
    rows = Commitment.objects.select_related("decision")
    if user.has_perm("decisions.view_register"):
        return rows
    mandates = held_mandates(user)
    posts = [m.post_id for m in mandates]
    cities = [m.post.city_id for m in mandates if m.post.city_id]
    return rows.filter(Q(lead_post__in=posts) | Q(lead_city__in=cities))


def commitment_found(row: Commitment) -> Found:
    """A commitment as search shows it; it is found by its decision's words too."""
    return Found(
        row.public_id,
        as_words(row.titles),
        commitment_url(row),
        texts=as_words(row.decision.titles),
        status=row.status,
    )
