"""One front door: no open registration, mail through the outbox, the person's own language."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url

from dabir.accounts.mailing import deliver
from dabir.accounts.models import User
from dabir.accounts.public import asker_of
from dabir.accounts.queries import has_second_factor

# The only letter a stranger's request may cause, and only to an address that has an account.
CARRIED = {"account/email/password_reset_key": "recovery"}


class FrontDoor(DefaultAccountAdapter):
    """Accounts are opened by invitation only; letters of the front door wait in the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers by themselves."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """The subject as the template says it."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand a recovery letter to the app that carries letters; nothing else is written."""
        kind = CARRIED.get(template_prefix)
        if kind:
            message = self.render_mail(template_prefix, email, context)
            deliver(email=email, subject=message.subject, body=str(message.body), kind=kind)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address by which tries are counted here as everywhere."""
        return asker_of(request)

    def is_reauthentication_required(self, *, app: str, **details: Any) -> bool:
        """Whoever has a second factor and signed in a while ago proves who they are again."""
        user = self.request.user
        if app != "allauth.mfa" or not isinstance(user, User):
            return False
        signed_in_at = [r["at"] for r in get_authentication_records(self.request, user)][-1:]
        lately = any(
            time.time() - at < app_settings.REAUTHENTICATION_TIMEOUT for at in signed_in_at
        )
        return not lately and has_second_factor(user)

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Lead on in the language the person reads."""
        response: HttpResponse = super().post_login(request, user, **details)
        if response.has_header("Location"):
            response["Location"] = translate_url(response["Location"], user.language)
        return in_language_of(user, response)


def in_language_of(user: User, response: HttpResponse) -> HttpResponse:
    """Let the bare address lead to the person's language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.language,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response
