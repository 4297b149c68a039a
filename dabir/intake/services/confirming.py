"""A second person confirms a reviewed reading; only then it enters the register, as a whole."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput, SamePerson
from dabir.core.trail import record_act
from dabir.documents.models import Document, Node
from dabir.documents.services import add_clause, add_document, add_text, add_version, hold_text
from dabir.intake.models import ConfirmedReading, Receipt
from dabir.intake.queries.reviews import reviewers_of
from dabir.intake.review.doubts import open_questions
from dabir.intake.review.findings import entered_findings
from dabir.intake.review.fold import Review, is_entered
from dabir.intake.services.reviewing import DoubtsLeft, questions_of
from dabir.intake.states import RECEIPTS, Purpose, Role


class OwnReview(SamePerson):
    """Whoever worked on a review would also confirm it."""

    message = _("Nobody confirms a review in which they took part: a second person has to do this.")
    cure = _("Ask a colleague with the right to confirm who did not work on this text.")


@transaction.atomic
def confirm_reading(
    *, receipt: Receipt, by: Actor, on: date, at: datetime, version: int | None = None
) -> ConfirmedReading:
    """Enter a reviewed text in the register: document, language version and every clause, or nothing.

    Raises OwnReview for anybody whose own work the review is, whatever posts they hold.
    """
    fresh = lock_record(receipt, version=version)
    target = RECEIPTS.target("confirm", fresh.state)
    if by.public_id in reviewers_of(fresh):
        raise OwnReview
    review, found = questions_of(fresh)
    if left := open_questions(found):
        raise DoubtsLeft(left)
    content = confirmed_content(fresh, review)
    entering = _Entering(fresh, content, by=by, on=on, at=at)
    document = entering.enter()
    confirmed = ConfirmedReading.objects.create(
        receipt=fresh, document=document, content=content, on=on, at=at, by=by.as_dict()
    )
    fresh.document, fresh.state = document, target
    fresh.version += 1
    fresh.save(update_fields=["document", "state", "version"])
    record_act(
        "intake.confirm",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "state": target,
            "document": document.public_id,
            "clauses": [clause["id"] for clause in content["clauses"]],
            "steps": len(review.steps),
        },
    )
    return confirmed


def confirmed_content(receipt: Receipt, review: Review) -> dict[str, Any]:
    """The reviewed reading as it is entered and kept: what it is, its clauses, its other parts."""
    names = {part["key"]: part["name"] for part in review.parts}
    clauses, others, heading = [], [], ""
    for part in review.parts:
        if part["role"] == Role.HEADING:
            heading = f"{heading}\n{part['text']}".strip()
            continue
        if not is_entered(part):
            others.append({"role": part["role"], "text": part["text"], "key": part["key"]})
            continue
        kinds, found = entered_findings(part)
        is_section = part["role"] == Role.SECTION
        clauses.append(
            {
                "key": part["key"],
                "id": part["name"],
                "parent": names.get(part["parent"] or "") or None,
                "role": part["role"],
                "label": part["label"],
                "heading": part["text"] if is_section else heading,
                "text": "" if is_section else part["text"],
                "kinds": kinds,
                "found": found,
            }
        )
        heading = ""
    about = {k: v for k, v in (review.about or {}).items() if k not in ("by", "at", "act")}
    return {
        "about": about,
        "language": receipt.language,
        "clauses": clauses,
        "others": others,
        "settled": list(review.settled.values()),
    }


class _Entering:
    """Puts a confirmed reading into the register by the services that everybody uses."""

    def __init__(
        self, receipt: Receipt, content: dict[str, Any], *, by: Actor, on: date, at: datetime
    ) -> None:
        self.receipt, self.content = receipt, content
        self.about: dict[str, Any] = content["about"]
        self.language = receipt.language
        self.stamp: dict[str, Any] = {"by": by, "on": on, "at": at}

    def enter(self) -> Document:
        """The document with its version and clauses."""
        document = self.receipt.document or self._new_document()
        add_version(
            document=document,
            language=self.language,
            state=self.about.get("state") or "received",
            note=self.about.get("version_note") or {},
            source=self.about.get("source") or self.receipt.name,
            **self.stamp,
        )
        known = {node.node_id: node for node in Node.objects.filter(document=document)}
        for clause in self.content["clauses"]:
            known[clause["id"]] = self._clause(document, clause, known)
        if self.receipt.purpose == Purpose.WORDS:
            order = [clause["id"] for clause in self.content["clauses"]]
            document = hold_text(document=document, order=order, **self.stamp)
        return document

    def _new_document(self) -> Document:
        about = self.about
        if Document.objects.filter(public_id=about["public_id"]).exists():
            raise InvalidInput(
                _("The permanent name %(name)s is given already.") % {"name": about["public_id"]},
                cure=_("Send the review back and choose another name."),
            )
        organ, session = self.receipt.organ, self.receipt.session
        adopted = about.get("adopted_on")
        return add_document(
            public_id=about["public_id"],
            kind=about.get("kind") or self.receipt.kind,
            titles=about["titles"],
            organ=organ.reference() if organ else None,
            session=session.reference() if session else None,
            adopted_on=date.fromisoformat(adopted) if adopted else None,
            adopted_precision=about.get("adopted_precision") or "unknown",
            adopted_candidates=about.get("adopted_candidates") or [],
            note=about.get("note") or {},
            source=about.get("document_source") or about.get("source") or self.receipt.name,
            **self.stamp,
        )

    def _clause(self, document: Document, clause: dict[str, Any], known: dict[str, Node]) -> Node:
        node = known.get(clause["id"])
        labels = {self.language: clause["label"]} if clause["label"] else {}
        if node is None:
            return add_clause(
                document=document,
                node_id=clause["id"],
                parent=known.get(clause["parent"] or ""),
                labels=labels,
                kinds=clause["kinds"],
                texts={self.language: clause["text"]} if clause["text"] else {},
                found=clause["found"],
                **self.stamp,
            )
        node.document = document
        given = {"node": node, "language": self.language, "labels": labels, **self.stamp}
        if node.found.get("fact_only"):
            given |= {"kinds": clause["kinds"], "found": clause["found"]}
        if clause["text"]:
            add_text(text=clause["text"], **given)
        return node
