"""The page of one clause or decision: what led to it, what came of it, what comes next."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from dabir.core.composed import Composed
from dabir.core.together import given
from dabir.decisions.forms.commitment import CommitmentForm
from dabir.decisions.forms.decision import DECISION_ACTS, FORCE_ACTS, RecordDecisionForm
from dabir.decisions.models import Decision
from dabir.decisions.places import (
    act_url,
    crumbs_to_clause,
    crumbs_to_decision,
    decision_url,
)
from dabir.decisions.queries.chain import (
    clause_views,
    earlier_texts,
    timeline_of_decision,
    worth_of,
)
from dabir.decisions.queries.pages import decision_page
from dabir.decisions.queries.suggestions import suggestion_for
from dabir.decisions.queries.themes import named_themes
from dabir.decisions.states import FORCE_STEPS
from dabir.decisions.tables import commitment_lines, trail_lines
from dabir.registry.acting import act_page, needs

ACTED_UPON = Composed(
    lambda: Decision.objects.select_related("document", "organ", "node__document").filter(
        public_id=given("id")
    )
)


@needs("decisions.view_register")
def decision(request: HttpRequest, document: str, node: str) -> HttpResponse:
    """A decision by its permanent address; a clause without one shows what may be done with it."""
    public_id, today = f"{document}/{node}", timezone.localdate()
    page = decision_page(document, node, today)
    found = page.decision
    clause = next(iter(clause_views([page.clause] if page.clause else [])), None)
    if found is None and clause is None:
        raise Http404
    context: dict[str, Any] = {
        "public_id": public_id,
        "clause": clause,
        "earlier_texts": earlier_texts(clause) if clause else [],
        "standing": worth_of(page.clause.document) if page.clause else {},
        "clause_trail": trail_lines(page.clause_trail),
    }
    if found is None:
        context["breadcrumbs"] = crumbs_to_clause(page.clause)
        context["suggestion"] = suggestion_for(page.clause)
        return render(request, "decisions/clause.html", context)
    days = [s.due for s in page.standings.values() if s.due and s.is_open]
    return render(
        request,
        "decisions/decision.html",
        context
        | {
            "decision": found,
            "themes": named_themes(found.themes, page.themes),
            "number": len(page.commitments),
            "lines": commitment_lines(page.commitments, page.standings),
            "next_day": min((d for d in days if d >= today), default=None),
            "before": [
                (r, decision_url(r.earlier.public_id)) for r in found.relations_to_earlier.all()
            ],
            "after": [(r, decision_url(r.later.public_id)) for r in found.relations_to_later.all()],
            "timeline": timeline_of_decision(found),
            "trail": trail_lines(page.trail),
            "acts": decision_acts(request, found),
            "breadcrumbs": crumbs_to_decision(found),
        },
    )


def decision_acts(request: HttpRequest, decision: Decision) -> list[dict[str, Any]]:
    """The acts that the reader may take on a decision in its present force."""
    found = []
    if request.user.has_perm(CommitmentForm.right):
        url = act_url("decision_act", decision.public_id, "commit")
        found.append({"label": CommitmentForm.title, "url": url, "primary": True})
    for name, form in DECISION_ACTS.items():
        step = FORCE_ACTS.get(name)
        possible = step is None or FORCE_STEPS.allows(step, decision.force)
        if possible and request.user.has_perm(form.right):
            url = act_url("decision_act", decision.public_id, name)
            found.append({"label": form.title, "url": url, "primary": False})
    return found


def decision_act(request: HttpRequest, document: str, node: str, act: str) -> HttpResponse:
    """Take one act on a decision."""
    form_class = CommitmentForm if act == "commit" else DECISION_ACTS.get(act)
    if form_class is None:
        raise Http404
    found = next(iter(ACTED_UPON.read(id=f"{document}/{node}")), None)
    if found is None:
        raise Http404
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=decision_url(found.public_id),
        breadcrumbs=crumbs_to_decision(found),
    )


def record_decision(request: HttpRequest) -> HttpResponse:
    """Type in a decision."""
    return act_page(
        request,
        form_class=RecordDecisionForm,
        record=None,
        back=reverse("decisions:documents"),
        breadcrumbs=[],
    )
