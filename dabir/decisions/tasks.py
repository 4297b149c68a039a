"""Work of the register that is done later, with its progress told meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import TaskContext, task

from dabir.core.actors import Actor
from dabir.core.errors import Words
from dabir.core.work import QUEUE, newest_work, progress_of, tell_progress
from dabir.decisions.models import ProgressReport
from dabir.decisions.services.progress import freeze_report
from dabir.decisions.states import ReportState

LANGUAGE_WORDS = {"fa": gettext_lazy("Persian"), "en": gettext_lazy("English")}
FORMAT_WORDS = {
    "html": gettext_lazy("web page"),
    "pdf": gettext_lazy("PDF"),
    "docx": gettext_lazy("Word"),
    "json": gettext_lazy("data"),
}


def _printing(language: str, fmt: str) -> Words:
    """What is printed just now, in the language of whoever asks."""

    def said() -> str:
        given = {"language": LANGUAGE_WORDS[language], "format": FORMAT_WORDS[fmt]}
        return _("Printing: %(language)s, %(format)s") % given

    return lazy(said, str)()


@task(backend=QUEUE, takes_context=True)
def freeze_progress_report(
    context: TaskContext[Any, Any], public_id: str, by: dict[str, Any], on: str, reason: str
) -> int:
    """Freeze the signed report; a second attempt after a kill finds it frozen or does all of it.

    Returns the number of the edition.
    """
    report = ProgressReport.objects.select_related("organ", "since").get(public_id=public_id)
    if report.state == ReportState.FROZEN:
        return report.editions.count()
    work_id = str(context.task_result.id)

    def progress(done: int, total: int, name: str) -> None:
        language, fmt = name.split()
        tell_progress(work_id, done=done, total=total, words=_printing(language, fmt))

    edition = freeze_report(
        report=report,
        by=Actor.from_dict(by),
        on=date.fromisoformat(on),
        at=timezone.now(),
        reason=reason,
        progress=progress,
    )
    return edition.number


def begin_freezing(report: ProgressReport, *, by: Actor, on: date, reason: str = "") -> str:
    """Hand the freezing to the worker; the id of the piece of work. Twice is once."""
    known = freezing_of(report)
    if known and progress_of(known).state in ("waiting", "running"):
        return known
    result = freeze_progress_report.enqueue(report.public_id, by.as_dict(), on.isoformat(), reason)
    return str(result.id)


def freezing_of(report: ProgressReport) -> str | None:
    """The newest piece of work that freezes this report; None when none was handed over."""
    return newest_work(freeze_progress_report.module_path, report.public_id)
