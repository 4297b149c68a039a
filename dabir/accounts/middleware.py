"""Powers that a password alone must not open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from dabir.accounts.knowledge import lacks_second_factor
from dabir.accounts.models import User

Answer = Callable[[HttpRequest], HttpResponse]
# Where somebody without the needed factor may go: to set it up, to prove who they are, to leave.
OPEN = {
    "accounts:second_factor",
    "account_logout",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "registry:emblem",
    "set_language",
    "health",
}


class SecondFactorMiddleware:
    """Whose post has such powers and who has no second factor is led to set it up."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Asked once the address is known."""
        user, match = request.user, request.resolver_match
        if not isinstance(user, User) or (match and match.view_name in OPEN):
            return None
        return redirect("accounts:second_factor") if lacks_second_factor(user) else None
