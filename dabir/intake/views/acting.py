"""The acts of a review that have a page of their own."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as plain

from dabir.core.errors import IllegalStep, InvalidInput
from dabir.intake.forms.acting import ACTS, PART_ACTS, SettleForm, StepForm
from dabir.intake.forms.findings import FindingsForm
from dabir.intake.models import Receipt
from dabir.intake.queries.reviews import review_of
from dabir.intake.review.doubts import open_questions
from dabir.intake.services.confirming import OwnReview
from dabir.intake.services.reviewing import questions_of
from dabir.intake.states import RECEIPTS, VERBS, ReceiptState
from dabir.intake.views.receiving import crumbs
from dabir.intake.views.reviewing import KINDS
from dabir.intake.views.showing import question_url
from dabir.registry.acting import act_page, needs
from dabir.registry.rights import require

FORMS: dict[str, type[StepForm]] = {**PART_ACTS, "findings": FindingsForm}
VERB_OF = {
    "ready": "make_ready",
    "send-back": "send_back",
    "confirm": "confirm",
    "set-aside": "set_aside",
}


def _reviewed(public_id: str) -> Receipt:
    rows = Receipt.objects.select_related("reading", "document", "session", "organ")
    return get_object_or_404(rows, public_id=public_id)


def _crumbs(found: Receipt) -> list[dict[str, str]]:
    return crumbs({"label": found.name, "url": found.get_absolute_url()})


def _stands(found: Receipt) -> list[dict[str, Any]]:
    """What stands now, for whoever was overtaken: the state and the last step."""
    last = found.acts.order_by("-number").first()
    rows: list[dict[str, Any]] = [
        {"label": plain("State"), "value": {"en": str(found.get_state_display())}}
    ]
    if last:
        rows.append({"label": plain("Last step"), "value": {"en": str(VERBS[last.verb])}})
        rows.append({"label": plain("By"), "value": last.by["labels"]})
    return rows


@needs("intake.review_reading")
def part_act(request: HttpRequest, receipt: str, part: str, act: str) -> HttpResponse:
    """Divide, join, place or type a part, or say what it holds."""
    found = _reviewed(receipt)
    form_class = FORMS.get(act)
    if form_class is None or not hasattr(found, "reading"):
        raise Http404
    if found.state != ReceiptState.REVIEW:
        raise IllegalStep
    try:
        shown = review_of(found).part(part)
    except InvalidInput as gone:
        raise Http404 from gone
    key = f"f-{part}" if act == "findings" else ""
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=question_url(found, key) if key else f"{found.get_absolute_url()}#{part}",
        breadcrumbs=_crumbs(found),
        facts=_stands(found),
        part=shown,
    )


@needs("intake.review_reading")
def settle(request: HttpRequest, receipt: str, key: str) -> HttpResponse:
    """Settle one difference between two languages."""
    found = _reviewed(receipt)
    if not hasattr(found, "reading"):
        raise Http404
    _review, all_questions = questions_of(found)
    question = next((one for one in all_questions if one.key == f"c-{key}"), None)
    if question is None:
        raise Http404
    return act_page(
        request,
        form_class=SettleForm,
        record=found,
        back=question_url(found, question.key),
        breadcrumbs=_crumbs(found),
        facts=_stands(found),
        conflict=question.data,
    )


@needs("intake.view_receipt")
def act(request: HttpRequest, receipt: str, act: str) -> HttpResponse:
    """Say what the text is, that it is ready, confirm it, send it back or set it aside."""
    found = _reviewed(receipt)
    form_class = ACTS.get(act)
    if form_class is None:
        raise Http404
    require(request.user, form_class.right)
    if act in VERB_OF:
        RECEIPTS.target(VERB_OF[act], found.state)
    elif found.state != ReceiptState.REVIEW:
        raise IllegalStep
    if not request.user.has_perm(form_class.right, found):
        raise OwnReview
    if act == "ready" and request.method == "GET":
        _review, all_questions = questions_of(found)
        left = open_questions(all_questions)
        if left:
            words = {
                "receipt": found,
                "left": [
                    {"question": one, "kind": KINDS[one.kind], "url": question_url(found, one.key)}
                    for one in left
                ],
                "breadcrumbs": _crumbs(found),
            }
            return render(request, "intake/not_ready.html", words, status=409)
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=found.get_absolute_url(),
        breadcrumbs=_crumbs(found),
        facts=_stands(found),
    )
