"""Acts on documents: enter a text clause by clause, correct it by an erratum, keep files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import as_words
from dabir.documents.models import (
    Document,
    LanguageVersion,
    Node,
    NodeText,
    StoredFile,
    TextPublication,
)
from dabir.documents.states import CLAUSE_KINDS, SHOWN_BY_ACT

Words = Mapping[str, str]


def file_path(sha256: str) -> str:
    """Where the store keeps the bytes with this hash."""
    return f"{sha256[:2]}/{sha256}"


@transaction.atomic
def store_file(*, data: bytes, name: str, media_type: str, at: datetime) -> StoredFile:
    """Keep bytes under their SHA-256; the same bytes are kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = StoredFile.objects.filter(sha256=sha256).first()
    path = file_path(sha256)
    if default_storage.exists(path) and default_storage.size(path) != len(data):
        default_storage.delete(path)  # half of it, left by a process that was killed
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    return known or StoredFile.objects.create(
        sha256=sha256, size=len(data), media_type=media_type, name=name[:255], stored_at=at
    )


def read_file(file: StoredFile) -> bytes:
    """The bytes of a stored file; raises InvalidInput when they are no longer what was stored."""
    with default_storage.open(file_path(file.sha256)) as stream:
        data: bytes = stream.read()
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise InvalidInput(_("The stored file “%(name)s” was changed.") % {"name": file.name})
    return data


@transaction.atomic
def add_document(
    *,
    public_id: str,
    kind: str,
    titles: Words,
    by: Actor,
    on: date,
    at: datetime,
    organ: Reference | None = None,
    session: Reference | None = None,
    adopted_on: date | None = None,
    adopted_precision: str = "day",
    adopted_candidates: Sequence[str] = (),
    text_held: bool = True,
    note: Words | None = None,
    source: str = "",
) -> Document:
    """Enter a declaration, resolution or page in the register of texts."""
    document = Document(
        public_id=public_id,
        kind=kind,
        titles=dict(titles),
        organ=organ.as_dict() if organ else None,
        session=session.as_dict() if session else None,
        adopted_on=adopted_on,
        adopted_precision=adopted_precision,
        adopted_candidates=list(adopted_candidates),
        text_held=text_held,
        note=dict(note or {}),
        source=source,
    )
    check_record(document)
    document.save()
    record_act(
        "documents.add_document",
        target=document.reference(),
        by=by,
        on=on,
        at=at,
        after={"kind": kind, "titles": dict(titles), "source": source},
    )
    return document


@transaction.atomic
def add_version(
    *,
    document: Document,
    language: str,
    state: str,
    by: Actor,
    on: date,
    at: datetime,
    note: Words | None = None,
    source: str = "",
) -> LanguageVersion:
    """Say that the document exists in this language and what that text is worth."""
    version = LanguageVersion(
        document=document, language=language, state=state, note=dict(note or {}), source=source
    )
    check_record(version)
    version.save()
    record_act(
        "documents.add_version",
        target=document.reference(),
        by=by,
        on=on,
        at=at,
        after={"language": language, "state": state, "source": source},
    )
    return version


@transaction.atomic
def add_clause(
    *,
    document: Document,
    node_id: str,
    texts: Words,
    by: Actor,
    on: date,
    at: datetime,
    parent: Node | None = None,
    labels: Words | None = None,
    kinds: Sequence[str] = (),
    found: Mapping[str, Any] | None = None,
) -> Node:
    """Enter the next clause of a document in the order of the text; its id never changes."""
    unknown = [kind for kind in kinds if kind not in CLAUSE_KINDS]
    if unknown:
        raise InvalidInput(_("Unknown kinds of clause: %(kinds)s.") % {"kinds": ", ".join(unknown)})
    last = document.nodes.order_by("-position").values_list("position", flat=True).first()
    node = Node(
        document=document,
        node_id=node_id,
        parent=parent,
        position=(last or 0) + 1,
        labels=dict(labels or {}),
        kinds=list(kinds),
        found=dict(found or {}),
    )
    check_record(node)
    node.save()
    NodeText.objects.bulk_create(
        NodeText(node=node, language=language, revision=1, text=text, on=on, at=at, by=by.as_dict())
        for language, text in texts.items()
    )
    record_act(
        "documents.add_clause",
        target=Reference("clause", node.public_id, as_words(node.labels)),
        by=by,
        on=on,
        at=at,
        after={"kinds": list(kinds), "texts": dict(texts)},
    )
    return node


@transaction.atomic
def add_text(
    *,
    node: Node,
    language: str,
    text: str,
    by: Actor,
    on: date,
    at: datetime,
    kinds: Sequence[str] | None = None,
    found: Mapping[str, Any] | None = None,
    labels: Words | None = None,
) -> NodeText:
    """Enter the words of a clause in a language that it lacked, or that only its facts were known in.

    What is given of kinds, findings and labels stands from then on; labels add to those there are.
    """
    lock_record(node.document)
    facts_only = bool(node.found.get("fact_only"))
    last = node.texts.filter(language=language).order_by("-revision").first()
    if last and not facts_only:
        raise InvalidInput(
            _("Clause %(clause)s has its words in this language already.")
            % {"clause": node.public_id},
            cure=_("Correct them by an erratum."),
        )
    before = {"kinds": node.kinds, "found": node.found}
    new = NodeText(
        node=node,
        language=language,
        revision=last.revision + 1 if last else 1,
        text=text,
        reason=_FACTS_FIRST if last else "",
        on=on,
        at=at,
        by=by.as_dict(),
    )
    node.labels = as_words(node.labels) | dict(labels or {})
    node.kinds = list(node.kinds if kinds is None else kinds)
    node.found = dict(node.found if found is None else found)
    check_record(new)
    check_record(node)
    new.save()
    node.save(update_fields=["labels", "kinds", "found"])
    record_act(
        "documents.add_text",
        target=Reference("clause", node.public_id, as_words(node.labels)),
        by=by,
        on=on,
        at=at,
        before=before,
        after={"language": language, "text": text, "kinds": node.kinds, "found": node.found},
    )
    return new


_FACTS_FIRST = "Known by its facts only until now; these are its words."


@transaction.atomic
def hold_text(
    *, document: Document, order: Sequence[str], by: Actor, on: date, at: datetime
) -> Document:
    """Say that the words of a document known by its facts are held here now, in this order of clauses.

    Clauses that the order does not name stay behind the others.
    """
    fresh = lock_record(document)
    nodes = list(fresh.nodes.order_by("position"))
    places = {node_id: place for place, node_id in enumerate(order)}
    nodes.sort(key=lambda node: (places.get(node.node_id, len(places)), node.position))
    for shift in (len(nodes), 0):  # first out of the way, since each place is taken once
        for place, node in enumerate(nodes, start=1):
            node.position = place + shift
        Node.objects.bulk_update(reversed(nodes) if shift else nodes, ["position"], batch_size=1)
    fresh.text_held = True
    fresh.version += 1
    fresh.save(update_fields=["text_held", "version"])
    record_act(
        "documents.hold_text",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={"text_held": document.text_held},
        after={"text_held": True, "clauses": [node.node_id for node in nodes]},
    )
    return fresh


@transaction.atomic
def correct_text(
    *, node: Node, language: str, text: str, reason: str, by: Actor, on: date, at: datetime
) -> NodeText:
    """Issue an erratum to a clause: the new text stands, the old one stays visible."""
    if not reason.strip():
        raise InvalidInput(
            _("A correction of a text needs a reason."),
            fields={"reason": [_("Say what was wrong and how it is known.")]},
        )
    lock_record(node.document)
    last = node.texts.filter(language=language).order_by("-revision").first()
    if last and last.text == text:
        raise InvalidInput(_("The text is the same as before."))
    new = NodeText(
        node=node,
        language=language,
        revision=last.revision + 1 if last else 1,
        text=text,
        reason=reason,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(new)
    new.save()
    record_act(
        "documents.correct_text",
        target=Reference("clause", node.public_id, as_words(node.labels)),
        by=by,
        on=on,
        at=at,
        before={"text": last.text if last else None, "language": language},
        after={"text": text, "language": language, "revision": new.revision},
        reason=reason,
    )
    return new


@transaction.atomic
def publish_text(
    *, document: Document, by: Actor, on: date, at: datetime, version: int | None = None
) -> TextPublication:
    """Show a resolution or minutes to everybody, with the decisions recorded from them."""
    fresh = lock_record(document, version=version)
    if fresh.kind not in SHOWN_BY_ACT:
        raise InvalidInput(_("Declarations and pages are public by themselves once adopted."))
    if fresh.is_shown:
        raise InvalidInput(_("Everybody can read this text already."))
    if not fresh.nodes.exists():
        raise InvalidInput(_("Enter the clauses of the text first: there is nothing to show."))
    return _shown("publish_text", fresh, is_public=True, by=by, on=on, at=at)


@transaction.atomic
def take_text_down(
    *,
    document: Document,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> TextPublication:
    """Show a resolution or minutes no longer; who kept them keeps them."""
    fresh = lock_record(document, version=version)
    if not fresh.is_shown:
        raise InvalidInput(_("This text is not public by an act."))
    return _shown(
        "take_text_down", fresh, is_public=False, reason=reason.strip(), by=by, on=on, at=at
    )


def _shown(
    act: str, document: Document, *, is_public: bool, by: Actor, on: date, at: datetime,
    reason: str = "",
) -> TextPublication:  # fmt: skip
    row = TextPublication(
        document=document, is_public=is_public, reason=reason, on=on, at=at, by=by.as_dict()
    )
    check_record(row)
    row.save()
    document.is_shown = is_public
    document.version += 1
    document.save(update_fields=["is_shown", "version"])
    record_act(
        f"documents.{act}",
        target=document.reference(),
        by=by,
        on=on,
        at=at,
        after={"public": is_public},
        reason=reason,
    )
    return row
