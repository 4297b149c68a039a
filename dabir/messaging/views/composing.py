"""Letters written by people: from a model or freely, to one or to many, seen before they are written."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.numbering import new_public_id
from dabir.core.words import number_said, say
from dabir.documents.forms import stored
from dabir.documents.models import StoredFile
from dabir.messaging.forms.composing import (
    MODELS,
    TEMPLATE_ACTS,
    WRITE,
    ComposeForm,
    SignForm,
    TemplateForm,
    hold_files,
    words_of,
)
from dabir.messaging.models import IncomingLetter, Letter, LetterTemplate
from dabir.messaging.queries.recipients import addressed
from dabir.messaging.services import compose_letters, worded
from dabir.registry.acting import act_page, attempt, needs, stamp
from dabir.registry.rights import require

SHOWN = 20


@needs(WRITE)
def compose(request: HttpRequest) -> HttpResponse:
    """Write a letter: take a model's words, look at what each recipient gets, then write all."""
    answers = _answered(request)
    back = reverse("messaging:outbox")
    if request.method != "POST":
        form = ComposeForm(initial=_initial(request, answers))
        return _page(request, form, answers, [])
    if request.POST.get("act") == "fill":
        return _page(request, _with_model(request), answers, [])
    form = ComposeForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, answers, [], status=422)
    files = form.held_files() + [
        stored(upload, at=timezone.now()) for upload in form.cleaned_data["files"]
    ]
    if request.POST.get("act") == "write":
        letters = _write(request, form, answers, files)
        if letters is not None:
            messages.success(request, _said(letters))
            one = len(letters) == 1
            there = reverse("messaging:letter", args=[letters[0].public_id]) if one else back
            return redirect(there)
        return _page(request, form, answers, files, status=422)
    form.data = form.data.copy()
    form.data["held"] = hold_files(files)
    return _page(request, form, answers, files, seen=_seen(form))


def _answered(request: HttpRequest) -> IncomingLetter | None:
    """The letter that is being answered, for somebody who may read it."""
    public_id = request.GET.get("answers") or request.POST.get("answers")
    if not public_id:
        return None
    letter = get_object_or_404(IncomingLetter.objects.select_related("holder"), public_id=public_id)
    require(request.user, "messaging.answer_letter", letter)
    return letter


def _initial(request: HttpRequest, answers: IncomingLetter | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"key": new_public_id("write"), "group": request.GET.get("group", "")}
    if answers is not None:
        known = answers.sender["id"]
        initial["recipient"] = known or say(answers.sender["labels"])
        initial["subjects"] = {answers.language: answers.subject}
    return initial


def _with_model(request: HttpRequest) -> ComposeForm:
    """The form as it stands, with the words of the chosen model in it."""
    model = LetterTemplate.objects.filter(public_id=request.POST.get("template", "")).first()
    given = ComposeForm(request.POST)
    initial = {name: request.POST.get(name, "") for name in ("group", "recipient", "signatory")}
    initial |= {"key": request.POST.get("key", ""), "held": request.POST.get("held", "")}
    for name in ("subjects", "bodies"):
        initial[name] = given[name].value()
    if model is not None:
        initial |= words_of(model) | {"template": model.public_id}
    return ComposeForm(initial=initial)


def _write(
    request: HttpRequest,
    form: ComposeForm,
    answers: IncomingLetter | None,
    files: list[StoredFile],
) -> list[Letter] | None:
    data = form.cleaned_data
    return attempt(
        form,
        lambda: compose_letters(
            recipients=form.recipients(),
            subjects=data["subjects"],
            bodies=data["bodies"],
            signatory=data["signatory"],
            key=data["key"],
            attachments=files,
            answers=answers,
            only_addressed=data["only_addressed"],
            **stamp(request),
        ),
    )


def _said(letters: list[Letter]) -> str:
    if letters[0].state == "drafted":
        text = _("%(count)s letters are written and wait for the signature.")
    else:
        text = _("%(count)s letters are written and wait in the outbox.")
    return text % {"count": number_said(len(letters))}


def _seen(form: ComposeForm) -> dict[str, Any]:
    """What each recipient would get: address, language and words; how many have no address."""
    data = form.cleaned_data
    chosen = addressed(form.recipients(), offered=list(data["bodies"]))
    words = {
        "subjects": data["subjects"],
        "bodies": data["bodies"],
        "signatory": data["signatory"],
        "on": timezone.localdate(),
    }
    rows = []
    for one in chosen[:SHOWN]:
        subject, body = worded(one, **words)
        rows.append({"to": one, "subject": subject, "body": body})
    without = [one for one in chosen if one.contact is None]
    return {"rows": rows, "number": len(chosen), "without": without, "more": len(chosen) - SHOWN}


def _page(
    request: HttpRequest,
    form: ComposeForm,
    answers: IncomingLetter | None,
    files: list[StoredFile],
    *,
    seen: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "answers": answers,
        "files": files,
        "seen": seen,
        "has_models": LetterTemplate.objects.filter(retired_on=None).exists(),
        "may_keep": request.user.has_perm(MODELS),
        "breadcrumbs": [
            {"label": _("Outbox"), "url": reverse("messaging:outbox")},
            {"label": _("Write a letter")},
        ],
    }
    return render(request, "messaging/compose.html", context, status=status)


def sign(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sign a letter that was drafted for one's post."""
    letter = get_object_or_404(Letter.objects.select_related("contact"), public_id=public_id)
    return act_page(
        request,
        form_class=SignForm,
        record=letter,
        back=reverse("messaging:letter", args=[letter.public_id]),
        breadcrumbs=[
            {"label": _("Outbox"), "url": reverse("messaging:outbox")},
            {"label": letter.number, "url": reverse("messaging:letter", args=[letter.public_id])},
        ],
    )


@needs(WRITE)
def models(request: HttpRequest) -> HttpResponse:
    """The model letters, those no longer offered last."""
    rows = LetterTemplate.objects.prefetch_related("wordings").order_by("retired_on", "public_id")
    shown = [
        {"model": row, "url": reverse("messaging:model", args=[row.public_id]), "last": words[-1]}
        for row in rows
        if (words := list(row.wordings.all()))
    ]
    context = {"rows": shown, "may_keep": request.user.has_perm(MODELS)}
    return render(request, "messaging/models.html", context)


@needs(WRITE)
def model(request: HttpRequest, public_id: str) -> HttpResponse:
    """One model letter with every wording it had."""
    found = get_object_or_404(LetterTemplate, public_id=public_id)
    wordings = list(found.wordings.order_by("-revision"))
    context = {
        "model": found,
        "wordings": wordings,
        "acts": [
            {
                "label": form.title,
                "url": reverse("messaging:model_act", args=[public_id, name]),
                "primary": name == "reword",
            }
            for name, form in TEMPLATE_ACTS.items()
            if not found.retired_on and request.user.has_perm(form.right)
        ],
        "breadcrumbs": _model_crumbs(found),
    }
    return render(request, "messaging/model.html", context)


def _model_crumbs(found: LetterTemplate | None) -> list[dict[str, str]]:
    crumbs = [{"label": _("Model letters"), "url": reverse("messaging:models")}]
    if found is not None:
        url = reverse("messaging:model", args=[found.public_id])
        crumbs.append({"label": say(found.names), "url": url})
    return crumbs


def add_model(request: HttpRequest) -> HttpResponse:
    """Enter a model letter."""
    return act_page(
        request,
        form_class=TemplateForm,
        record=None,
        back=reverse("messaging:models"),
        breadcrumbs=_model_crumbs(None),
    )


def model_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Change the words of a model letter, or stop offering it."""
    form_class = TEMPLATE_ACTS.get(act)
    if form_class is None:
        raise Http404
    found = get_object_or_404(LetterTemplate, public_id=public_id)
    return act_page(
        request,
        form_class=form_class,
        record=found,
        back=reverse("messaging:model", args=[public_id]),
        breadcrumbs=_model_crumbs(found),
    )
