"""Declarations and texts, clause by clause, with what became of each clause."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from dabir.core.slots import panels
from dabir.decisions.forms.decision import ClauseDecisionForm, NoActionForm
from dabir.decisions.forms.documents import ClauseForm, DocumentForm, ErratumForm
from dabir.decisions.places import crumbs_to_clause, crumbs_to_document, decision_url, document_url
from dabir.decisions.queries.chain import clause_views, documents_listed, worth_of
from dabir.decisions.queries.pages import document_page
from dabir.documents.models import Document, Node
from dabir.documents.states import SHOWN_BY_ACT
from dabir.registry.acting import act_page, needs


@needs("documents.view_document")
def documents(request: HttpRequest) -> HttpResponse:
    """Every declaration and text, oldest first; those whose words we lack by their facts."""
    rows = [
        {
            "document": document,
            "url": document_url(document),
            "clauses": len(document.nodes.all()),
            "decisions": len(document.decisions.all()),
            "versions": list(document.versions.all()),
        }
        for document in documents_listed()
    ]
    return render(request, "decisions/documents.html", {"rows": rows})


@needs("documents.view_document")
def document(request: HttpRequest, document: str) -> HttpResponse:
    """One document: every clause in both languages, and what became of it."""
    found, nodes = document_page(document)
    if found is None:
        raise Http404
    clauses = clause_views(nodes)
    context: dict[str, Any] = {
        "document": found,
        "versions": list(found.versions.all()),
        "standing": worth_of(found),
        "clauses": clauses,
        "open": sum(clause.is_open for clause in clauses),
        "is_shown_by_act": found.kind in SHOWN_BY_ACT,
        "may_publish": found.kind in SHOWN_BY_ACT
        and request.user.has_perm("documents.publish_text"),
        "panels": panels("decisions.document", request, found),
        "breadcrumbs": crumbs_to_document(found),
    }
    return render(request, "decisions/document.html", context)


def add_document(request: HttpRequest) -> HttpResponse:
    """Enter a document by hand."""
    return act_page(
        request,
        form_class=DocumentForm,
        record=None,
        back=reverse("decisions:documents"),
        breadcrumbs=crumbs_to_document(None),
    )


def add_clause(request: HttpRequest, document: str) -> HttpResponse:
    """Enter the next clause of a document."""
    found = get_object_or_404(Document, public_id=document)
    return act_page(
        request,
        form_class=ClauseForm,
        record=found,
        back=document_url(found),
        breadcrumbs=crumbs_to_document(found),
    )


CLAUSE_ACTS = {"decide": ClauseDecisionForm, "no-action": NoActionForm, "erratum": ErratumForm}


def clause_act(request: HttpRequest, document: str, node: str, act: str) -> HttpResponse:
    """Make a decision from a clause, say that none is needed, or correct its text."""
    form_class = CLAUSE_ACTS.get(act)
    if form_class is None:
        raise Http404
    found = get_object_or_404(
        Node.objects.select_related("document"), document__public_id=document, node_id=node
    )
    options = {}
    if act == "erratum":
        options["language"] = request.GET.get("language") or request.POST.get("language") or "fa"
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=decision_url(found.public_id),
        breadcrumbs=crumbs_to_clause(found),
        **options,
    )
