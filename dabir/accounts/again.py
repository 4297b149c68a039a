"""Before a grave act on an account its owner proves once more who they are."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dabir.accounts.queries import factors_of, has_second_factor

View = Callable[..., HttpResponse]


def _proved(request: HttpRequest, method: str) -> bool:
    """Whether the signed-in person has proved it lately by that method, beyond signing in."""
    return any(
        record.get("reauthenticated")
        and record["method"] == method
        and time.time() - record["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        for record in get_authentication_records(request, request.user)
    )


def proved_again(view: View) -> View:
    """Ask for the second factor, or for the password where there is none, before this page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        has_factor = has_second_factor(request.user)  # type: ignore[arg-type]  # signed in, as the middleware asks
        if _proved(request, "mfa" if has_factor else "password"):
            return view(request, *args, **kwargs)
        page = "account_reauthenticate"
        if has_factor:
            has_codes = factors_of(request.user).filter(type="totp").exists()  # type: ignore[arg-type]  # as above
            page = "mfa_reauthenticate" if has_codes else "mfa_reauthenticate_webauthn"
        answer: HttpResponse = suspend_request(request, reverse(page))
        return answer

    return guarded
