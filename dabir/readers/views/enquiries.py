"""What readers wrote: the list, one of them, and the acts on it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dabir.core.history import history_of
from dabir.readers.forms.enquiries import ENQUIRY_ACTS, EnquiryFilter
from dabir.readers.models import Enquiry
from dabir.readers.pages import path_of
from dabir.readers.queries.enquiries import enquiries_listed, enquiry_counts
from dabir.readers.states import ENQUIRIES, MARKS
from dabir.registry.acting import act_page, needs
from dabir.registry.rights import person_of

PER_PAGE = 50


def enquiry_url(enquiry: Enquiry) -> str:
    """The page of an enquiry."""
    return reverse("readers:enquiry", args=[enquiry.public_id])


@needs("readers.view_enquiries")
def enquiries(request: HttpRequest) -> HttpResponse:
    """What readers wrote, by state and kind, the newest first."""
    form = EnquiryFilter(request.GET or None)
    page = Paginator(form.narrowed(enquiries_listed()), PER_PAGE).get_page(request.GET.get("page"))
    states = enquiry_counts()
    context = {
        "form": form,
        "page": page,
        "rows": [(row, enquiry_url(row), MARKS[row.state]) for row in page],
        "counts": [
            {
                "label": Enquiry(state=state).get_state_display(),
                "number": number,
                "url": f"?state={state}",
                "current": request.GET.get("state") == state,
            }
            for state, number in states.items()
        ],
    }
    return render(request, "readers/enquiries.html", context)


@needs("readers.view_enquiries")
def enquiry(request: HttpRequest, public_id: str) -> HttpResponse:
    """One of them: what was written, about which page, what was done."""
    shown = get_object_or_404(enquiries_listed().select_related("answer"), public_id=public_id)
    context: dict[str, Any] = {
        "enquiry": shown,
        "mark": MARKS[shown.state],
        "page_url": path_of(shown.page),
        "acts": _acts(request, shown),
        "history": history_of("enquiry", shown.public_id),
        "breadcrumbs": _crumbs(shown),
    }
    return render(request, "readers/enquiry.html", context)


def _acts(request: HttpRequest, shown: Enquiry) -> list[dict[str, Any]]:
    """What can be done with it now."""
    if not request.user.has_perm("readers.answer_enquiry"):
        return []
    person = person_of(request.user)
    found = []
    for name, form in ENQUIRY_ACTS.items():
        possible = name == "erase" or ENQUIRIES.allows(name, shown.state)
        if name == "answer":
            possible = possible and bool(shown.address)
        if name == "take":
            possible = possible and (person is None or shown.holder_id != person.pk)
        if name in ("erase", "reopen"):
            possible = possible and shown.erased_on is None
        if possible:
            url = reverse("readers:enquiry_act", args=[shown.public_id, name])
            primary = name == ("answer" if shown.address else "close")
            found.append({"label": form.title, "url": url, "primary": primary})
    return found


def _crumbs(shown: Enquiry) -> list[dict[str, str]]:
    return [
        {"label": _("From readers"), "url": reverse("readers:enquiries")},
        {"label": shown.number, "url": enquiry_url(shown)},
    ]


def enquiry_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Take one act on what a reader wrote."""
    form_class = ENQUIRY_ACTS.get(act)
    if form_class is None:
        raise Http404
    shown = get_object_or_404(enquiries_listed(), public_id=public_id)
    return act_page(
        request,
        form_class=form_class,
        record=shown,
        back=enquiry_url(shown),
        breadcrumbs=_crumbs(shown),
        facts=[{"label": _("State"), "value": shown.get_state_display()}],
    )
