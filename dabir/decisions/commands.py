"""What the command line does with the register; how it is asked stands in `config`."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.actors import OPERATOR
from dabir.core.errors import InvalidInput
from dabir.core.words import reader_language
from dabir.decisions.queries.cut import cut_today
from dabir.decisions.report.building import ReportRequest, build_report
from dabir.decisions.report.rendering import render
from dabir.decisions.services.importing import DECISIONS
from dabir.decisions.services.reminders import send_reminders
from dabir.documents.importing import confirm_import, plan_table, try_import
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
    language = asked.report_language or reader_language()
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


def _line(told: dict[str, Any]) -> str:
    if told["refused"]:
        words = _(told["refused"]["text"]) % told["refused"]["params"]
        return f"{told['row']}: ✗ {words}"
    acts = [f"{_(act['kind'])} {act['id']}" for act in told["acts"]]
    return f"{told['row']}: {', '.join(acts) or _('nothing changes')}"


def _tell_plan(asked: Namespace, plan: dict[str, Any], state: str) -> None:
    if asked.json:
        answer = {"state": state, **plan}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=str) + "\n")
        return
    for warning in plan["warnings"]:
        sys.stderr.write(_(warning["text"]) % warning["params"] + "\n")
    sys.stdout.writelines(_line(told) + "\n" for told in plan["rows"])


def import_decisions(asked: Namespace) -> int:
    """Say what a table would change, and with `--confirm` enter all of it.

    2 when rows are refused and nobody said that they may be left out; then nothing is entered.
    """
    now = timezone.now()
    stamp: dict[str, Any] = {"by": OPERATOR, "on": timezone.localdate(now), "at": now}
    data, name = asked.file.read_bytes(), asked.file.name
    if not asked.confirm:
        plan = plan_table(DECISIONS, data=data, name=name, on=stamp["on"]).as_plan()
        _tell_plan(asked, plan, "tried")
        return 2 if plan["counts"]["refused"] else 0
    with transaction.atomic():
        run = try_import(
            DECISIONS, data=data, name=name, media_type="application/octet-stream", **stamp
        )
        if run.plan["counts"]["refused"] and not asked.leave_out_refused:
            _tell_plan(asked, run.plan, "refused")
            transaction.set_rollback(True)
            return 2
        confirm_import(run=run, leave_out_refused=asked.leave_out_refused, **stamp)
    _tell_plan(asked, run.plan, "confirmed")
    return 0
