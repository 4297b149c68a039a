"""The follow-up in public: the board of tasks, and the progress reports shown to everybody."""

from __future__ import annotations

from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.addresses import address
from dabir.core.fileanswer import file_answer
from dabir.core.kept import known, open_to_all
from dabir.decisions.public import (
    Steps,
    TasksAsked,
    counts_of,
    follow_up_lines,
    published_editions,
    published_file,
    tasks_by_day,
    texts_named,
)
from dabir.website.filters import FollowUpFilter
from dabir.website.pages import show
from dabir.website.tables import follow_up_rows, status_rows
from dabir.website.views.home import numbers_known


@open_to_all
def follow_up(request: HttpRequest) -> HttpResponse:
    """Every task of the public decisions, narrowed by status, declaration and words."""
    today = timezone.localdate()
    form = FollowUpFilter(request.GET or None, texts=known(request, "text names", texts_named))
    asked = form.asked()
    alike = TasksAsked("", asked.text, asked.words)

    def _steps() -> Steps:
        return known(request, alike, lambda: tasks_by_day(today, alike))

    page: Any = request.GET.get("page") or 1
    is_first = page == 1 and asked == TasksAsked()
    numbers = numbers_known(request, today) if is_first else counts_of(_steps())
    try:
        lines, page = follow_up_lines(today, asked, numbers, _steps, page)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "numbers": numbers,
        "rows": status_rows(numbers),
        "tasks": sum(numbers.values()),
        "lines": follow_up_rows(lines),
        "page_obj": page,
    }
    crumbs = [(_("Decisions"), address("website:texts")), (_("Follow-up"), "")]
    return show(request, "website/follow_up.html", "texts", context, crumbs=crumbs)


@open_to_all
def reports(request: HttpRequest) -> HttpResponse:
    """The progress reports that the Secretary General has shown to everybody."""
    crumbs = [(_("Decisions"), address("website:texts")), (_("Progress reports"), "")]
    context = {"editions": published_editions()}
    return show(request, "website/reports.html", "texts", context, crumbs=crumbs)


@open_to_all
def report_file(
    request: HttpRequest, report: str, number: int, language: str, fmt: str
) -> HttpResponse:
    """The frozen bytes of one file of a public edition."""
    found = published_file(report, number, language, fmt)
    if found is None:
        raise Http404
    inline = fmt not in ("docx", "json")
    answer = file_answer(found.content, found.media_type, found.name, inline=inline)
    if found.policy:
        answer["Content-Security-Policy"] = found.policy
    return answer
