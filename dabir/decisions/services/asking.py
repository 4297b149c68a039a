"""Asking the lead of a commitment for a report, by a letter with a signed link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput
from dabir.core.words import say
from dabir.decisions.models import Commitment
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.services import issue_link, write_letter
from dabir.registry.queries import contact_for_city, contact_for_post
from dabir.text.calendars import format_both

REPORT_PURPOSE = "report"


@dataclass(frozen=True)
class Asked:
    """A request for a report: its link, the address to open, and the letter that carries it."""

    link: SignedLink
    address: str
    letter: Letter


@transaction.atomic
def ask_for_report(
    *,
    commitment: Commitment,
    language: str,
    days: int,
    address_of: Callable[[str], str],
    by: Actor,
    on: date,
    at: datetime,
) -> Asked:
    """Give the lead a link by which to report without an account, and put its letter into the outbox."""
    holder = commitment.leader
    if holder is None:
        raise InvalidInput(
            _("Nobody leads this commitment yet."), cure=_("Assign it to a lead first.")
        )
    link, token = issue_link(
        purpose=REPORT_PURPOSE,
        target=commitment.reference(),
        recipient=holder.reference(),
        language=language,
        days=days,
        by=by,
        on=on,
        at=at,
    )
    address = address_of(token)
    with override(language):
        title = say(commitment.titles, language)
        subject = plain("Please report: %(title)s") % {"title": title}
        body = plain(
            "Please tell us what was done on “%(title)s” (%(number)s).\n\n"
            "Open this address until %(day)s; no account is needed:\n%(address)s"
        ) % {
            "title": title,
            "number": commitment.public_id,
            "day": format_both(link.expires_on, language),
            "address": address,
        }
    contact = None
    if commitment.lead_city:
        contact = contact_for_city(city=commitment.lead_city)
    elif commitment.lead_post:
        contact = contact_for_post(post=commitment.lead_post, on=on)
    letter, _is_new = write_letter(
        key=f"report-request/{link.public_id}",
        kind="report_request",
        language=language,
        recipient=holder.reference(),
        contact=contact,
        subject=subject,
        body=body,
        about=commitment.reference(),
        by=by,
        on=on,
        at=at,
    )
    return Asked(link, address, letter)
