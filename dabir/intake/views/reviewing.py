"""The review: original beside reading, every doubt in turn, decided by a key or a press."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from dabir.core.errors import DomainError
from dabir.intake.forms.acting import ACTS
from dabir.intake.models import Receipt
from dabir.intake.queries.names import registry_names
from dabir.intake.review.doubts import Question, open_questions
from dabir.intake.review.findings import proposal
from dabir.intake.services.reviewing import questions_of, take_back, take_step
from dabir.intake.states import (
    RECEIPTS,
    STATE_MARKS,
    VERBS,
    ReceiptState,
)
from dabir.intake.views.receiving import crumbs, refusal_said, waiting_page
from dabir.intake.views.showing import first_open, part_rows, question_shown, question_url
from dabir.registry.acting import needs, stamp
from dabir.text.digits import to_latin
from dabir.text.readers import NOTICES

REVIEW = "intake.review_reading"
STEPS = {
    "about": None,
    "ready": "make_ready",
    "send-back": "send_back",
    "confirm": "confirm",
    "set-aside": "set_aside",
}


def _receipt(public_id: str) -> Receipt:
    rows = Receipt.objects.select_related("reading", "document", "organ", "session", "file")
    return get_object_or_404(rows, public_id=public_id)


@needs("intake.view_receipt")
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """A received text: how far its reading is, why it was refused, or its review."""
    found = _receipt(receipt)
    if found.state == ReceiptState.WAITING:
        return waiting_page(request, found)
    if not hasattr(found, "reading"):
        words = {
            "receipt": found,
            "why": refusal_said(found),
            "acts": acts_for(request, found),
            "mark": STATE_MARKS[ReceiptState(found.state)],
            "breadcrumbs": crumbs({"label": found.name}),
        }
        return render(request, "intake/refused.html", words)
    return review_page(request, found, request.GET.get("doubt", ""))


def review_page(
    request: HttpRequest, found: Receipt, key: str, refusal: DomainError | None = None
) -> HttpResponse:
    """The page of a review with the question in hand; a refusal stands above it."""
    review, all_questions = questions_of(found)
    left = open_questions(all_questions)
    key = key or first_open(all_questions)
    names = registry_names()
    is_open = found.state == ReceiptState.REVIEW and request.user.has_perm(REVIEW)
    acts = list(found.acts.order_by("-number")[:8])
    words: dict[str, Any] = {
        "receipt": found,
        "mark": STATE_MARKS[ReceiptState(found.state)],
        "rows": part_rows(found, review, all_questions, key, names),
        "shown": question_shown(found, review, all_questions, key, names) if is_open else None,
        "left": len(left),
        "total": len(all_questions),
        "decided": len(all_questions) - len(left),
        "kinds": _by_kind(left, found),
        "conflicts": _conflicts(all_questions, found),
        "last": review.last,
        "last_said": VERBS.get(review.last.verb, "") if review.last else "",
        "is_open": is_open,
        "refusal": refusal,
        "acts": acts_for(request, found),
        "history": [(act, VERBS.get(act.verb, act.verb)) for act in acts],
        "notices": notices_said(found),
        "conserved": found.reading.repair.get("conserved", True),
        "pages": range(1, found.reading.reading["pages"] + 1) if _is_pdf(found) else [],
        "breadcrumbs": crumbs({"label": found.name}),
    }
    status = refusal.status if refusal else 200
    return render(request, "intake/review.html", words, status=status)


def notices_said(found: Receipt) -> list[str]:
    """What is to be known about how the text was read, in the reader's language."""
    rows = found.reading.reading.get("notices", [])
    return [plain(NOTICES[row["code"]]) % row["params"] for row in rows]


def _is_pdf(found: Receipt) -> bool:
    return bool(found.reading.reading["kind"] == "pdf")


KINDS = {
    "about": _("what the text is"),
    "words": _("words"),
    "number": _("open digits"),
    "place": _("places"),
    "findings": _("what parts hold"),
    "conflict": _("differences of languages"),
}


def _by_kind(left: list[Question], found: Receipt) -> list[dict[str, Any]]:
    """How many of each kind are left, each with the address of the first."""
    rows = []
    for kind, label in KINDS.items():
        of_kind = [one for one in left if one.kind == kind]
        if of_kind:
            url = question_url(found, of_kind[0].key)
            rows.append({"label": label, "number": len(of_kind), "url": url})
    return rows


def _conflicts(all_questions: list[Question], found: Receipt) -> list[dict[str, Any]]:
    return [
        {"question": one, "url": question_url(found, one.key)}
        for one in all_questions
        if one.kind == "conflict"
    ]


def acts_for(request: HttpRequest, found: Receipt) -> list[dict[str, Any]]:
    """The acts on a received text that are possible now; one that may not be done says why."""
    rows = []
    for name, form in ACTS.items():
        step = STEPS[name]
        if step is None or not RECEIPTS.allows(step, found.state):
            continue
        if not request.user.has_perm(form.right):
            continue
        allowed = request.user.has_perm(form.right, found)
        rows.append(
            {
                "label": form.title,
                "url": reverse("intake:act", args=[found.public_id, name]),
                "primary": name in ("ready", "confirm"),
                "refusal": ""
                if allowed
                else _("Nobody confirms a review in which they took part: a second person has to."),
            }
        )
    return rows


class StepForm(forms.Form):
    """A step that needs no page of its own."""

    verb = forms.ChoiceField(
        choices=[
            (verb, verb)
            for verb in (
                "keep_words",
                "choose_words",
                "retype_words",
                "choose_number",
                "leave_open",
                "set_findings",
            )
        ]
    )
    part = forms.CharField(max_length=40)
    key = forms.CharField(max_length=60)
    choice = forms.IntegerField(required=False, min_value=0)
    value = forms.CharField(required=False, max_length=40)
    text = forms.CharField(required=False, max_length=20000, strip=False)
    reason = forms.CharField(required=False, max_length=2000)
    version = forms.IntegerField()
    next = forms.CharField(required=False, max_length=60)

    def data_of_step(self, found: Receipt) -> dict[str, Any]:
        """What the step's row keeps."""
        given = self.cleaned_data
        verb, data = given["verb"], {"part": given["part"]}
        if verb == "set_findings":
            review, _all = questions_of(found)
            kinds, values = proposal(review.part(given["part"]), registry_names())
            return data | {"kinds": kinds, "found": values}
        if verb in ("choose_number", "leave_open"):
            return data | {"number": given["key"], "value": to_latin(given["value"]).strip()}
        data |= {"doubt": given["key"]}
        if verb == "choose_words":
            return data | {"choice": given["choice"] or 0}
        return data | ({"text": " ".join(given["text"].split())} if verb == "retype_words" else {})


@require_POST
@needs(REVIEW)
def step(request: HttpRequest, receipt: str) -> HttpResponse:
    """Take one step and go on to the next doubt; a refusal comes back with the doubt in hand."""
    found = _receipt(receipt)
    form = StepForm(request.POST)
    if not form.is_valid():
        return review_page(request, found, request.POST.get("key", ""), DomainError())
    given = form.cleaned_data
    current = f"f-{given['part']}" if given["verb"] == "set_findings" else given["key"]
    try:
        take_step(
            receipt=found,
            verb=given["verb"],
            data=form.data_of_step(found),
            reason=given["reason"],
            version=given["version"],
            **stamp(request),
        )
    except DomainError as refusal:
        found.refresh_from_db()
        return review_page(request, found, current, refusal)
    return redirect(question_url(found, given["next"]) if given["next"] else found)


@require_POST
@needs(REVIEW)
def undo(request: HttpRequest, receipt: str) -> HttpResponse:
    """Take the last step back and show where it was."""
    found = _receipt(receipt)
    version = request.POST.get("version", "")
    review, _all = questions_of(found)
    last = review.last
    try:
        take_back(
            receipt=found, version=int(version) if version.isdecimal() else None, **stamp(request)
        )
    except DomainError as refusal:
        found.refresh_from_db()
        return review_page(request, found, "", refusal)
    messages.success(request, _("The last step is taken back."))
    data = last.data if last else {}
    key = data.get("doubt") or data.get("number") or (f"f-{data['part']}" if "part" in data else "")
    return redirect(question_url(found, key) if key else found)
