"""One front door: no open registration; mail goes through the outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from dabir.accounts.mailing import deliver


class FrontDoor(DefaultAccountAdapter):
    """Accounts are opened by invitation only; letters of the front door wait in the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers by themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand the letter to whichever app carries letters."""
        message = self.render_mail(template_prefix, email, context)
        deliver(email=email, subject=message.subject, body=str(message.body), kind="recovery")
