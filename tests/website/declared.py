"""A declaration with an open digit, hostile words, a task, public and private evidence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dabir.core.actors import Actor
from dabir.core.reference import Reference
from dabir.decisions.models import Commitment
from dabir.decisions.services import activity
from dabir.decisions.services.terms import block_commitment
from dabir.documents.models import Document
from dabir.documents.services import add_clause, add_document, add_version
from tests.decisions.reported import a_commitment, a_decision, two_organs
from tests.factories.people import AT, ON, SIGNED, a_person

HOSTILE = '<b>&"\u0007 ]]> </script>'
PRIVATE = ("shirin@example.org", "+98 21 555 0199", "not for strangers", "quiet reason")


def a_declaration(name: str = "azmoon-2026", **changes: Any) -> Document:
    """An adopted declaration of two clauses, one below the other, in both languages."""
    given: dict[str, Any] = {
        "kind": "declaration",
        "titles": {"fa": "بیانیهٔ آزمون", "en": "Test Declaration"},
        "organ": Reference("organ", "general-assembly", {"en": "General Assembly"}),
        "adopted_on": date(2026, 1, 10),
        "note": {"en": "not for strangers"},
    }
    document = add_document(public_id=name, **(given | changes), **SIGNED)
    for language, state in (("fa", "authentic"), ("en", "official")):
        add_version(document=document, language=language, state=state, **SIGNED)
    texts = {"fa": "با یادآوری سال ۲۰۱۴،", "en": f"Recalling 201{{4|5}}, {HOSTILE}"}
    add_clause(document=document, node_id="P1", texts=texts, **SIGNED)
    texts = {"fa": "درخت می‌کاریم:", "en": "We plant trees:"}
    first = add_clause(
        document=document, node_id="1", labels={"fa": "۱.", "en": "1."}, texts=texts, **SIGNED
    )
    texts = {"fa": "در هر شهر؛", "en": "in every city;"}
    add_clause(document=document, node_id="1.a", parent=first, texts=texts, **SIGNED)
    return document


def a_followed_declaration() -> Commitment:
    """The same, with a decision from clause 1, its task blocked for a reason, reports and evidence."""
    _board, assembly = two_organs()
    document = a_declaration()
    node = document.nodes.get(node_id="1")
    decision = a_decision(assembly, public_id="azmoon-2026/1", document=document, node=node)
    commitment = a_commitment(decision)
    writer = a_person("Writer").as_actor()
    told = {"language": "en", "text": f"Call {PRIVATE[1]} or write to {PRIVATE[0]}"}
    for verdict in (activity.accept_report, None):
        report = activity.file_report(commitment=commitment, by=writer, on=ON, at=AT, **told)
        word = "accepted" if verdict else "waiting"
        address = f"https://example.org/{word}"
        activity.attach_evidence(
            report=report, label=f"Photographs {word}", url=address, seen_on=ON, **SIGNED
        )
        if verdict:
            verdict(report=report, by=Actor("person", "second", {"en": "Second"}), on=ON, at=AT)
    later = SIGNED | {"at": AT + timedelta(hours=1)}
    commitment.refresh_from_db()
    block_commitment(commitment=commitment, reason="quiet reason", **later)
    return commitment
