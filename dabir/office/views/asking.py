"""One shape for every small act: ask, do it, say so; a refusal stands above what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from dabir.accounts.models import User
from dabir.core.errors import DomainError, InvalidInput, Words
from dabir.registry.forms import tell
from dabir.registry.rights import actor_behind


@dataclass(frozen=True)
class Question:
    """What a page asks: its title, the verb on its button, and where one goes without doing it."""

    title: Words
    verb: Words
    cancel_url: str
    intro: Words = ""
    warning: Words = ""
    grave: bool = False


def stamp(request: HttpRequest) -> dict[str, Any]:
    """Who acts and when, as every service asks."""
    user = cast(User, request.user)
    return {"by": actor_behind(user), "on": timezone.localdate(), "at": timezone.now()}


def form_data(request: HttpRequest) -> dict[str, Any]:
    """What a form is made from: nothing before it is sent."""
    if request.method != "POST":
        return {}
    return {"data": request.POST, "files": request.FILES}


def ask(
    request: HttpRequest,
    form: forms.Form,
    question: Question,
    act: Callable[[dict[str, Any]], tuple[Words, str]],
) -> HttpResponse:
    """Show the form, or do `act` with its data; `act` gives what to say and where to go."""
    if form.is_bound and form.is_valid():
        try:
            said, address = act(form.cleaned_data)
        except InvalidInput as refusal:
            tell(form, refusal)
        except DomainError as refusal:
            form.add_error(None, f"{refusal.message} {refusal.cure}".strip())
        else:
            messages.success(request, str(said))
            return redirect(address)
    words = {
        "form": form,
        "title": question.title,
        "verb": question.verb,
        "cancel_url": question.cancel_url,
        "consequence": question.intro,
        "warning": question.warning,
        "grave": question.grave,
    }
    template = "core/confirm.html" if question.warning else "office/people_form.html"
    status = 422 if form.is_bound else 200
    return render(request, template, words, status=status)
