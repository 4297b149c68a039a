"""The list of members, the page of one, and the acts on a membership."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.basis import basis_shown
from dabir.core.slots import panels
from dabir.core.words import as_words, day_said, reader_language
from dabir.documents.downloads import table_answer
from dabir.documents.tabular.export import MEDIA_TYPES
from dabir.membership.filters import MembersFilter, in_order
from dabir.membership.forms.acting import MEMBER_ACTS, RECORD, HonourForm
from dabir.membership.forms.dues import AccreditForm, DuesForm, PlanForm
from dabir.membership.models import Member, Step
from dabir.membership.places import application_url, crumbs_to, crumbs_to_members, member_url
from dabir.membership.queries.dues import balances, year_accounts
from dabir.membership.queries.members import (
    deciding_step,
    member_with_all,
    members_listed,
    states_counted,
)
from dabir.membership.queries.statute import article_missing, category_labels
from dabir.membership.services.certificates import step_to_certify
from dabir.membership.states import APPLYING, BELONGING, GONE, MARKS, MEMBER_STATES, MEMBERS, VERBS
from dabir.membership.tables import member_row, members_table
from dabir.registry.acting import act_page, needs
from dabir.registry.queries import the_association
from dabir.statutes.queries import rules_on

PER_PAGE = 50


@needs("membership.view_members")
def members(request: HttpRequest) -> HttpResponse:
    """Everybody who belongs, belonged or asked to."""
    asked = MembersFilter(request.GET or None)
    rows = asked.apply(members_listed())
    keys = in_order(rows, request.GET.get("sort", ""))
    fmt = request.GET.get("export")
    if fmt in MEDIA_TYPES:
        return _export(keys, fmt, asked)
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    shown = members_listed().in_bulk(list(page.object_list))
    context: dict[str, Any] = {
        "filter": asked,
        "page": page,
        "rows": [member_row(shown[key], asked.labels) for key in page.object_list],
        "counts": _counts(request),
        "may_record": request.user.has_perm(RECORD),
        "today": timezone.localdate(),
    }
    return render(request, "membership/members.html", context)


def _counts(request: HttpRequest) -> list[dict[str, Any]]:
    """How many belong, rest, ask and are gone; each card leads to those."""
    numbers = states_counted(Member.objects.all())
    groups = (
        ("belonging", _("Belong today"), BELONGING),
        ("applying", _("Ask to be admitted"), APPLYING),
        ("suspended", _("Suspended"), ("suspended",)),
        ("gone", _("No longer members"), GONE),
    )
    return [
        {
            "label": label,
            "number": sum(numbers.get(state, 0) for state in states),
            "url": f"?state={key}",
            "current": request.GET.get("state") == key,
        }
        for key, label, states in groups
    ]


def _export(keys: list[int], fmt: str, asked: MembersFilter) -> HttpResponse:
    association = the_association()
    assert association is not None  # noqa: S101  no page is reached before the first day
    language = reader_language()
    found = members_listed().in_bulk(keys)
    today = timezone.localdate()
    table = members_table(
        [found[key] for key in keys],
        labels=asked.labels,
        language=language,
        association=association,
        notes=[_("As of %(day)s") % {"day": day_said(today)}],
    )
    return table_answer(table, fmt, language, f"members-{today}")


def step_entry(step: Step, labels: dict[str, Any]) -> dict[str, Any]:
    """A step of a membership in the line of its life."""
    basis = basis_shown(step.basis)
    title = str(VERBS.get(step.verb, step.verb))
    if step.verb == "enter":
        title = f"{title}: {MEMBER_STATES[step.state]}"
    return {
        "on": step.on,
        "recorded_at": step.at,
        "title": title,
        "category": labels.get(step.category, step.category),
        "by": as_words(step.by.get("labels")),
        "text": step.reason,
        "basis": basis,
        "source": step.source,
        "mark": MARKS[step.state],
        "state": MEMBER_STATES[step.state],
    }


@needs("membership.view_members")
def member(request: HttpRequest, public_id: str) -> HttpResponse:
    """One member: what it is today and by which decision, its life, what it owes, and its acts."""
    found = member_with_all(public_id)
    if found is None:
        raise Http404
    today = timezone.localdate()
    rules = rules_on(today)
    labels = category_labels(rules)
    steps = list(found.steps.all())
    decided = deciding_step(steps)
    entries = list(found.dues.all())
    context: dict[str, Any] = {
        **member_row(found, labels),
        "steps": [step_entry(step, labels) for step in steps],
        "basis": basis_shown(decided.basis) if decided else None,
        "applications": [
            {"application": a, "url": application_url(a)} for a in found.applications.all()
        ],
        "dues": year_accounts(entries),
        "balances": balances(entries),
        "sources": sorted({entry.source for entry in entries}),
        "plans": list(found.plans.all()),
        "certificates": list(found.certificates.all()),
        "may_certify": _may_certify(request, found),
        "acts": member_acts(request, found),
        "panels": panels("membership.member", request, found),
        "today": today,
        "breadcrumbs": crumbs_to(found),
    }
    return render(request, "membership/member.html", context)


def _may_certify(request: HttpRequest, found: Member) -> bool:
    """Whether the present membership has no certificate yet and the reader may print it."""
    step = step_to_certify(found)
    if step is None or found.number is None or not request.user.has_perm(RECORD):
        return False
    return step.pk not in {certificate.step_id for certificate in found.certificates.all()}


def member_acts(request: HttpRequest, found: Member) -> list[dict[str, Any]]:
    """The acts possible in the present state; one whose article is unset is shown with why not."""
    rules = rules_on(timezone.localdate())
    acts = []
    for name, form in MEMBER_ACTS.items():
        if MEMBERS.allows(name, found.state) and request.user.has_perm(form.right):
            missing = article_missing(name, rules)
            acts.append(
                {
                    "label": form.title,
                    "url": reverse("membership:act", args=[found.public_id, name]),
                    "refusal": f"{missing.message} {missing.cure}" if missing else "",
                }
            )
    for name, other in OTHER_ACTS.items():
        if request.user.has_perm(other.right) and (name == "dues" or found.belongs):
            url = reverse("membership:act", args=[found.public_id, name])
            acts.append({"label": other.title, "url": url, "refusal": ""})
    return acts


OTHER_ACTS = {"accredit": AccreditForm, "dues": DuesForm, "plan": PlanForm}


def act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Take one act on a membership."""
    form_class = MEMBER_ACTS.get(act) or OTHER_ACTS.get(act)
    if form_class is None:
        raise Http404
    found = get_object_or_404(members_listed(), public_id=public_id)
    facts: list[dict[str, Any]] = [
        {"label": _("State"), "value": MEMBER_STATES[found.state]},
        {"label": _("Since"), "value": found.state_since, "kind": "day"},
    ]
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=member_url(found),
        breadcrumbs=crumbs_to(found),
        facts=facts,
    )


def honour(request: HttpRequest) -> HttpResponse:
    """Record an honorary membership by decision."""
    return act_page(
        request,
        form_class=HonourForm,
        record=None,
        back=reverse("membership:members"),
        breadcrumbs=crumbs_to_members(),
    )
