"""The doors into the installation: the entrance, its health, and the first day."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from dabir.accounts.errors import FirstRunRefused
from dabir.accounts.models import User
from dabir.accounts.queries import is_first_run_code
from dabir.core.actors import OPERATOR
from dabir.core.errors import InvalidInput
from dabir.core.words import reader_language
from dabir.office.views.asking import form_data
from dabir.registry.forms import FirstRunForm, tell, words_from
from dabir.registry.queries import the_association
from dabir.registry.services import appoint_administrator, found_association
from dabir.registry.views import sign_in


@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """Whether the installation answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
def entrance(request: HttpRequest) -> HttpResponse:
    """The bare address leads the signed-in to their desk, others to the public first page.

    The language is the reader's: chosen here before, else the browser's, else the association's.
    """
    if request.user.is_authenticated:
        return redirect(reverse("office:desk"))
    with override(_language_of_stranger(request)):
        answer = redirect(reverse("website:home"))
    patch_vary_headers(answer, ("Accept-Language", "Cookie"))
    return answer


def _language_of_stranger(request: HttpRequest) -> str:
    known = [code for code, _name in settings.LANGUAGES]
    asked = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    asked += [code for code, weight in accepted if weight > 0]
    association = the_association()
    asked += association.languages if association else []
    return next((code[:2] for code in asked if code[:2] in known), settings.LANGUAGE_CODE)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again", "code")
def first_run(request: HttpRequest) -> HttpResponse:
    """The first day: name the association and its first administrator, then sign in.

    Whoever reaches the address first could do it, so it asks for the code that the operator saw.
    """
    if the_association() is not None:
        return redirect("office:desk")
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="first_run")
    if limited:
        return limited
    language = reader_language()
    form = FirstRunForm(
        **form_data(request), initial={"first_language": language, "language": language}
    )
    if form.is_bound and form.is_valid():
        try:
            user = _found(form, language)
        except InvalidInput as refusal:
            tell(form, refusal)
        except FirstRunRefused as refusal:
            form.add_error("code", f"{refusal.message} {refusal.cure}")
        else:
            return sign_in(request, user)
    status = 422 if form.is_bound else 200
    return render(request, "office/first_run.html", {"form": form}, status=status)


@transaction.atomic
def _found(form: FirstRunForm, language: str) -> User:
    """Association and administrator together, or neither."""
    given = form.cleaned_data
    if not is_first_run_code(given["code"]):
        raise FirstRunRefused
    signed: dict[str, Any] = {
        "by": OPERATOR,
        "on": timezone.localdate(),
        "at": timezone.now(),
    }
    found_association(
        names=words_from(given, "names"),
        abbreviation=given["abbreviation"],
        seat=words_from(given, "seat"),
        languages=form.languages_in_order(),
        calendars=given["calendars"],
        emblem=form.emblem_bytes(),
        **signed,
    )
    return appoint_administrator(
        names=words_from(given, "person"),
        email=given["email"],
        password=given["password"],
        language=language,
        **signed,
    )
