"""Applications: those that wait, one with its examination point by point, and what was decided."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.documents.downloads import stored_answer
from dabir.membership.forms.applications import (
    APPLICATION_ACTS,
    EXAMINE,
    ChecklistForm,
    ExamineForm,
    ReceiveForm,
)
from dabir.membership.models import Application, ChecklistItem, Examination
from dabir.membership.places import application_url, crumbs_to, crumbs_to_members, member_url
from dabir.membership.queries.examination import lacking_of, points_of
from dabir.membership.queries.members import BESIDE, applications_open
from dabir.membership.queries.statute import article_missing, category_labels
from dabir.membership.states import MARKS, MEMBER_STATES, MEMBERS
from dabir.membership.views.members import step_entry
from dabir.registry.acting import act_page, needs
from dabir.statutes.queries import rules_on

OUTCOME_MARKS = {"met": "accepted", "not_met": "returned", "not_needed": "not_applicable"}


def _found(public_id: str) -> Application:
    beside = [f"member__{name}" for name in BESIDE]
    rows = Application.objects.select_related("member", "letter", "signer", *beside)
    return get_object_or_404(rows, public_id=public_id)


@needs("membership.view_members")
def applications(request: HttpRequest) -> HttpResponse:
    """The applications that nobody has decided yet."""
    labels = category_labels(rules_on(timezone.localdate()))
    rows = [
        {
            "application": application,
            "url": application_url(application),
            "category": labels.get(application.category, application.category),
            "mark": MARKS[application.member.state],
            "state": MEMBER_STATES[application.member.state],
        }
        for application in applications_open()
    ]
    context = {
        "rows": rows,
        "may_receive": request.user.has_perm(EXAMINE),
        "breadcrumbs": [*crumbs_to_members(), {"label": _("Applications"), "url": request.path}],
    }
    return render(request, "membership/applications.html", context)


@needs("membership.view_members")
def application(request: HttpRequest, public_id: str) -> HttpResponse:
    """One application: the letter, each point of its examination, what was decided."""
    found = _found(public_id)
    today = timezone.localdate()
    labels = category_labels(rules_on(today))
    points = [_point_row(request, found, point) for point in points_of(found, on=today)]
    context: dict[str, Any] = {
        "application": found,
        "member": found.member,
        "member_url": member_url(found.member),
        "category": labels.get(found.category, found.category),
        "mark": MARKS[found.member.state],
        "state": MEMBER_STATES[found.member.state],
        "points": points,
        "lacking": lacking_of(found, on=today) if found.is_open else [],
        "steps": [step_entry(step, labels) for step in found.steps.order_by("-on", "-at", "-id")],
        "acts": _acts(request, found),
        "breadcrumbs": [
            *crumbs_to(found.member),
            {"label": _("Application"), "url": request.path},
        ],
    }
    return render(request, "membership/application.html", context)


def _point_row(request: HttpRequest, found: Application, point: Any) -> dict[str, Any]:
    may = found.is_open and request.user.has_perm(EXAMINE)
    seen = point.examination
    mark = "vacant" if point.hinders else "accepted"
    words = _("still to be examined") if point.hinders else _("in order")
    if point.is_doubtful and seen is None:
        mark, words = "ambiguous", _("in doubt")
    if not point.is_settled and not point.hinders:
        mark, words = "not_started", _("not examined; not required")
    if seen is not None:
        mark, words = OUTCOME_MARKS[seen.outcome], str(seen.get_outcome_display())
    address = reverse("membership:examine", args=[found.public_id, point.key])
    return {
        "point": point,
        "mark": mark,
        "words": words,
        "seen": seen,
        "url": address if may else "",
    }


def _acts(request: HttpRequest, found: Application) -> list[dict[str, Any]]:
    if not found.is_open:
        return []
    rules = rules_on(timezone.localdate())
    acts = []
    for name, (verb, form) in APPLICATION_ACTS.items():
        if MEMBERS.allows(verb, found.member.state) and request.user.has_perm(form.right):
            missing = article_missing(verb, rules)
            acts.append(
                {
                    "label": form.title,
                    "url": reverse("membership:decide", args=[found.public_id, name]),
                    "primary": name == "admit",
                    "refusal": f"{missing.message} {missing.cure}" if missing else "",
                }
            )
    return acts


def receive(request: HttpRequest) -> HttpResponse:
    """Keep a letter of application."""
    return act_page(
        request,
        form_class=ReceiveForm,
        record=None,
        back=reverse("membership:applications"),
        breadcrumbs=crumbs_to_members(),
    )


def examine(request: HttpRequest, public_id: str, point: str) -> HttpResponse:
    """Say what was found on one point."""
    found = _found(public_id)
    points = {p.key: p for p in points_of(found, on=timezone.localdate())}
    if point not in points:
        raise Http404
    return act_page(
        request,
        form_class=ExamineForm,
        record=found,
        back=application_url(found),
        breadcrumbs=[*crumbs_to(found.member), {"label": str(points[point].label)}],
        facts=[{"label": _("Point"), "value": str(points[point].label)}],
        point=point,
    )


def decide(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Record what was decided on an application."""
    if act not in APPLICATION_ACTS:
        raise Http404
    found = _found(public_id)
    _verb, form_class = APPLICATION_ACTS[act]
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=application_url(found),
        breadcrumbs=[
            *crumbs_to(found.member),
            {"label": _("Application"), "url": application_url(found)},
        ],
        facts=[{"label": _("State"), "value": MEMBER_STATES[found.member.state]}],
    )


@needs("membership.view_members")
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """The letter of application as it came."""
    found = _found(public_id)
    if found.letter is None:
        raise Http404
    return stored_answer(found.letter)


@needs("membership.view_members")
def evidence(request: HttpRequest, key: int) -> HttpResponse:
    """What shows a finding."""
    found = get_object_or_404(Examination.objects.select_related("evidence"), pk=key)
    if found.evidence is None:
        raise Http404
    return stored_answer(found.evidence)


@needs("membership.view_members")
def checklist(request: HttpRequest) -> HttpResponse:
    """The points by which applications are examined."""
    context = {
        "items": ChecklistItem.objects.order_by("-is_used", "position", "id"),
        "may_change": request.user.has_perm(EXAMINE),
        "breadcrumbs": [*crumbs_to_members(), {"label": _("Checklist"), "url": request.path}],
    }
    return render(request, "membership/checklist.html", context)


def checklist_item(request: HttpRequest, key: str = "") -> HttpResponse:
    """Add a point to the checklist, or change one."""
    item = get_object_or_404(ChecklistItem, key=key) if key else None
    return act_page(
        request,
        form_class=ChecklistForm,
        record=item,
        back=reverse("membership:checklist"),
        breadcrumbs=[
            *crumbs_to_members(),
            {"label": _("Checklist"), "url": reverse("membership:checklist")},
        ],
    )
