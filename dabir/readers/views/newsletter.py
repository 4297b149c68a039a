"""The newsletter in the office: what was sent, what is being written, how many receive it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dabir.core.history import history_of
from dabir.readers.composing import issue_text
from dabir.readers.forms.newsletter import ISSUE_ACTS, ApproveForm, BeginForm, EndForm
from dabir.readers.models import Issue
from dabir.readers.queries.newsletter import delivery_counts, receiver_counts
from dabir.readers.states import ISSUE_MARKS, ISSUES, IssueState
from dabir.readers.tasks import is_going_on, sending_of
from dabir.registry.acting import act_page, needs

PER_PAGE = 50


def issue_url(issue: Issue) -> str:
    """The page of a newsletter."""
    return reverse("readers:issue", args=[issue.public_id])


@needs("readers.write_newsletter")
def newsletter(request: HttpRequest) -> HttpResponse:
    """Every newsletter, the newest first, and how many receive it."""
    page = Paginator(Issue.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    numbers, names = receiver_counts(), dict(settings.LANGUAGES)
    context = {
        "page": page,
        "rows": [(row, issue_url(row), ISSUE_MARKS[row.state]) for row in page],
        "numbers": [
            (_(names[code]) if code else _("not confirmed yet"), n) for code, n in numbers.items()
        ],
    }
    return render(request, "readers/newsletter.html", context)


@needs("readers.write_newsletter")
def issue(request: HttpRequest, public_id: str) -> HttpResponse:
    """One newsletter as its readers get it, and what became of its letters."""
    shown = get_object_or_404(Issue, public_id=public_id)
    was_sent = shown.state in (IssueState.SENDING, IssueState.SENT)
    site = shown.site or request.build_absolute_uri("/").rstrip("/")
    preview = Issue(site=site, words=shown.words, items=shown.items)
    context: dict[str, Any] = {
        "issue": shown,
        "mark": ISSUE_MARKS[shown.state],
        "acts": _acts(request, shown),
        "texts": [
            (code, name, shown.titles.get(code, ""), issue_text(preview, code))
            for code, name in settings.LANGUAGES
        ],
        "letters": delivery_counts(shown) if was_sent else None,
        **_sending(shown),
        "history": history_of("newsletter", shown.public_id),
        "breadcrumbs": _crumbs(shown),
    }
    return render(request, "readers/issue.html", context)


def _sending(shown: Issue) -> dict[str, Any]:
    """How far the sending is; interrupted is only what no worker is at and none will take up."""
    work = sending_of(shown)
    is_sending = is_going_on(work)
    return {
        "work": work if is_sending else None,
        "is_interrupted": not is_sending and shown.state == IssueState.SENDING,
        "is_unclear": not is_sending,
    }


def _acts(request: HttpRequest, shown: Issue) -> list[dict[str, Any]]:
    """What can be done with it now."""
    found = []
    for name, form in ISSUE_ACTS.items():
        verb = "submit" if name == "edit" else name  # both while it is being written
        if ISSUES.allows(verb, shown.state) and request.user.has_perm(form.right):
            url = reverse("readers:issue_act", args=[shown.public_id, name])
            found.append({"label": form.title, "url": url, "primary": name in ("edit", "approve")})
    return found


def _crumbs(shown: Issue | None = None) -> list[dict[str, str]]:
    crumbs = [{"label": _("Newsletter"), "url": reverse("readers:newsletter")}]
    return [*crumbs, {"label": shown.number, "url": issue_url(shown)}] if shown else crumbs


def begin(request: HttpRequest) -> HttpResponse:
    """Begin a newsletter."""
    return _about_all(request, BeginForm)


def end(request: HttpRequest) -> HttpResponse:
    """End a subscription for somebody who asks."""
    return _about_all(request, EndForm)


def _about_all(request: HttpRequest, form_class: type[BeginForm | EndForm]) -> HttpResponse:
    back = reverse("readers:newsletter")
    return act_page(request, form_class=form_class, record=None, back=back, breadcrumbs=_crumbs())


def issue_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Take one act on a newsletter."""
    form_class = ISSUE_ACTS.get(act)
    if form_class is None:
        raise Http404
    shown = get_object_or_404(Issue, public_id=public_id)
    site = request.build_absolute_uri("/").rstrip("/")
    options = {"site": site} if form_class is ApproveForm else {}
    return act_page(
        request,
        form_class=form_class,
        record=shown,
        back=issue_url(shown),
        breadcrumbs=_crumbs(shown),
        facts=[{"label": _("State"), "value": shown.get_state_display()}],
        **options,
    )
