"""Refusals of the front door."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import DomainError


class InvitationRefused(DomainError):
    """An invitation that is unknown, used, withdrawn or past its day."""

    code = "invitation_refused"
    status = 410
    message = _("This invitation is no longer valid.")
    cure = _("Ask the secretariat for a new one.")


class FirstRunRefused(DomainError):
    """Somebody without the set-up code would found the association."""

    code = "first_run_refused"
    status = 403
    message = _("The set-up code is not right.")
    cure = _("It was printed where Dabir was started; the command “dabir init” prints it again.")


class AddressLinkRefused(DomainError):
    """The link of a new address that is unknown, used, taken back or past its day."""

    code = "address_link_refused"
    status = 410
    message = _("This link confirms no address any more.")
    cure = _("Sign in with your former address and ask again, or ask the secretariat.")
