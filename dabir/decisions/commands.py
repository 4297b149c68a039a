"""What the command line does with the register; how it is asked stands in `config`."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dabir.core.actors import OPERATOR
from dabir.core.errors import InvalidInput
from dabir.decisions.queries.cut import cut_today
from dabir.decisions.report.building import ReportRequest, build_report
from dabir.decisions.report.rendering import render
from dabir.decisions.services.reminders import send_reminders
from dabir.organs.models import Organ


def _known_at(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as fault:
        raise InvalidInput(
            _("“%(text)s” is not an instant such as 2026-11-22T10:00+03:30.") % {"text": text}
        ) from fault
    return instant if timezone.is_aware(instant) else timezone.make_aware(instant)


def report_progress(asked: Namespace) -> int:
    """Print the progress report as of a day; the same question gives the same bytes again."""
    organ = Organ.objects.filter(key=asked.organ).first()
    if organ is None:
        raise InvalidInput(
            _("There is no organ “%(key)s” here.") % {"key": asked.organ},
            cure=_("Enter the organ first, or load an example."),
        )
    known_at = _known_at(asked.known_at)
    if known_at and known_at > timezone.now():
        raise InvalidInput(_("Nothing is known yet of an instant to come."))
    with transaction.atomic():
        data = build_report(ReportRequest(organ, cut_today(asked.as_of, known_at)))
    language = asked.report_language or (get_language() or "en")[:2]
    content = render(data, language, asked.format)
    if asked.output is None or str(asked.output) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return 0
    unfinished = asked.output.with_name(f".{asked.output.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(asked.output)
    return 0


def remind(asked: Namespace) -> int:
    """Write the reminders owed on a day; again on the same day writes nothing new."""
    now = timezone.now()
    letters = send_reminders(by=OPERATOR, on=asked.on or timezone.localdate(now), at=now)
    for letter in letters:
        sys.stdout.write(f"{letter.number}  {letter.subject}\n")
    sys.stderr.write(_("%(count)s letters written to the outbox") % {"count": len(letters)} + "\n")
    return 0


def tell_json(data: Any) -> None:
    """An answer for machines."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")
