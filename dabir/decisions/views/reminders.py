"""Reminders: what is owed today, and writing it now rather than tonight."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.words import number_said
from dabir.decisions.places import commitment_url
from dabir.decisions.services.reminders import reminders_owed, send_reminders
from dabir.registry.acting import needs, stamp


@needs("decisions.ask_for_report")
def reminders(request: HttpRequest) -> HttpResponse:
    """What would be written today; the button writes it, and twice writes nothing new."""
    if request.method == "POST":
        written = send_reminders(**stamp(request))
        text = _("%(count)s letters are written and wait in the outbox.") % {
            "count": number_said(len(written))
        }
        messages.success(request, text)
        return redirect("messaging:outbox")
    owed = reminders_owed(on=timezone.localdate())
    words = {
        "rows": [(one, commitment_url(one.commitment)) for one in owed if not one.is_written],
        "written": sum(one.is_written for one in owed),
    }
    return render(request, "decisions/reminders.html", words)
