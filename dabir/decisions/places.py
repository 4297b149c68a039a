"""The addresses of decisions, commitments and documents in the office.

The permanent address of a clause, which anyone may cite, is the public one (`dabir.website`).
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from dabir.core.addresses import address
from dabir.core.words import say
from dabir.decisions.models import ActivityReport, Commitment, Decision
from dabir.documents.models import Document, Node


def decision_url(public_id: str) -> str:
    """The office page of a clause or decision, such as /en/office/decisions/haikou-2014/4.b/."""
    document, _slash, node = public_id.partition("/")
    return address("decisions:decision", document, node)


def document_url(document: Document) -> str:
    """The address of a document."""
    return address("decisions:document", document.public_id)


def commitment_url(commitment: Commitment | str) -> str:
    """The address of a commitment."""
    public_id = commitment if isinstance(commitment, str) else commitment.public_id
    document, _slash, rest = public_id.partition("/")
    node, _slash, number = rest.rpartition("/")
    return address("decisions:commitment", document, node, number)


def act_url(view: str, public_id: str, act: str) -> str:
    """The address of an act on a decision, clause or commitment."""
    return address(f"decisions:{view}", *_parts(view, public_id), act)


def _parts(view: str, public_id: str) -> list[str]:
    document, _slash, rest = public_id.partition("/")
    if view != "commitment_act":
        return [document, rest]
    node, _slash, number = rest.rpartition("/")
    return [document, node, number]


def crumbs_to_document(document: Document | None) -> list[dict[str, str]]:
    """The way from the list of texts to a document."""
    crumbs = [{"label": _("Declarations and texts"), "url": address("decisions:documents")}]
    if document:
        crumbs.append({"label": say(document.titles), "url": document_url(document)})
    return crumbs


def crumbs_to_decision(decision: Decision) -> list[dict[str, str]]:
    """The way to a decision."""
    return [
        *crumbs_to_document(decision.document),
        {"label": decision.public_id, "url": decision_url(decision.public_id)},
    ]


def crumbs_to_clause(node: Node) -> list[dict[str, str]]:
    """The way to a clause."""
    return [
        *crumbs_to_document(node.document),
        {"label": node.public_id, "url": decision_url(node.public_id)},
    ]


def crumbs_to_commitment(commitment: Commitment) -> list[dict[str, str]]:
    """The way to a commitment."""
    return [
        *crumbs_to_decision(commitment.decision),
        {"label": say(commitment.titles), "url": commitment_url(commitment)},
    ]


def report_act_url(report: ActivityReport, act: str) -> str:
    """The address of an act on an activity report."""
    return address("decisions:report_act", report.public_id, act)
