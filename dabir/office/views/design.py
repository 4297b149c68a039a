"""The living page of the design system, and the glossary."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from dabir.core import components
from dabir.core.components.glossary import GLOSSARY
from dabir.core.components.icons import sprite_address
from dabir.core.components.marks import MARKS

SCHEMES = {"light": gettext_lazy("Light"), "dark": gettext_lazy("Dark")}
SPRITE = Path(components.__file__).parent.parent / "static" / "core" / "icons.svg"
ICONS = [
    name
    for name in re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text())
    if not name.startswith(("mark-", "emblem"))
]

# An invented clause of an invented union: no word of it belongs to a real text.
CLAUSE = {
    "fa": "شهرهای عضو تا پایان سال ۲۰{2|3}۸ گزارش باغ‌های بام خود را به دبیرخانه می‌فرستند.",
    "en": "Member cities shall report on their roof gardens to the Secretariat by the end of "
    "20{2|3}8.",
}


class SampleForm(forms.Form):
    """Every kind of field once."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=80,
        help_text=gettext_lazy("As it stands in the minutes."),
    )
    account = forms.CharField(label=gettext_lazy("Account"), widget=forms.Textarea, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    due = forms.CharField(
        label=gettext_lazy("Deadline"),
        help_text=gettext_lazy("Either calendar: 1405/09/01 or 2026-11-22."),
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[
            ("one_off", gettext_lazy("One-off")),
            ("recurring", gettext_lazy("Recurring")),
        ],
    )
    priority = forms.ChoiceField(
        label=gettext_lazy("Organ"),
        widget=forms.RadioSelect,
        choices=[
            ("assembly", gettext_lazy("General Assembly")),
            ("board", gettext_lazy("Executive Board")),
        ],
    )
    evidence = forms.FileField(label=gettext_lazy("Evidence"), required=False)
    public = forms.BooleanField(label=gettext_lazy("Show it to everybody"), required=False)


class SampleFilters(forms.Form):
    """Filters of the invented register."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("Any")), *((k, m.label) for k, m in list(MARKS.items())[:7])],
    )
    delayed = forms.BooleanField(label=gettext_lazy("Delayed only"), required=False)


def _rows() -> list[dict[str, Any]]:
    states = ["under_way", "delayed", "done_accepted", "no_information", "done_claimed", "blocked"]
    return [
        {
            "code": f"practice-2023/{n}",
            "title": {"fa": f"تعهد ساختگی شمارهٔ {n}", "en": f"Invented commitment {n}"},
            "lead": {"fa": "شهر ساختگی نورآباد"}
            if n == 4
            else {"fa": "دبیرخانه", "en": "Secretariat"},
            "due": date(2027, n, 4 + n),
            "silence": 37 * n,
            "status": states[n % len(states)],
        }
        for n in range(1, 7)
    ]


def _timeline() -> list[dict[str, Any]]:
    return [
        {
            "on": date(2023, 5, 9), "status": "under_way",
            "by": {"fa": "دبیرخانه", "en": "Secretariat"},
            "title": {"fa": "کار آغاز شد", "en": "Work began"},
            "text": {"fa": "نخستین نشست کارگروه ساختگی برگزار شد."},
            "recorded_at": datetime(2023, 5, 11, 8, 30, tzinfo=UTC),
        },
        {
            "on": date(2024, 11, 25), "status": "done_claimed", "by": {"en": "City of Invention"},
            "title": {"fa": "گزارش انجام رسید", "en": "Reported as done"},
            "recorded_at": datetime(2024, 11, 25, 14, 5, tzinfo=UTC),
        },
        {"when": _("day unknown"), "title": {"fa": "پذیرفته شد", "en": "Accepted"},
         "status": "accepted"},
    ]  # fmt: skip


def _sample_context(request: HttpRequest, scheme: str) -> dict[str, Any]:
    here = request.path
    wrong = SampleForm({"title": "", "email": "name@", "kind": "one_off"}, auto_id="wrong_%s")
    sample = reverse("office:design_sample", args=[scheme])
    names = {"fa": "اتحادیهٔ ساختگی شهرها", "en": "Invented Union of Cities"}
    return {
        "scheme": scheme,
        "icons": ICONS,
        "sprite": sprite_address(),
        "marks": MARKS,
        "association": {"names": names, "practice": True},
        "brand": {"names": names},
        "navigation": [
            {
                "label": _("Desk"),
                "url": here,
                "icon": "desk",
                "current": True,
                "key": "d",
                "count": 7,
            },
            {"label": _("Follow-up")},
            {"label": _("Register"), "url": "#register", "icon": "register", "key": "r"},
            {"label": _("Progress reports"), "url": "#report", "icon": "report", "key": "p"},
            {"label": _("Institution")},
            {"label": _("Organs"), "url": "#organs", "icon": "organ", "key": "o"},
            {"label": _("Letters"), "url": "#letters", "icon": "letter", "count": 2},
        ],
        "new_items": [{"label": _("Decision"), "url": "#decision"}],
        "search_url": here,
        "breadcrumbs": [{"label": _("Desk"), "url": here}, {"label": _("Design system")}],
        "day": date(2026, 11, 22),
        "instant": datetime(2026, 11, 22, 8, 15, tzinfo=UTC),
        "clause_text": CLAUSE,
        "clause_standing": {"fa": "authentic", "en": "unofficial"},
        "rows": _rows(),
        "page": Paginator(range(1, 400), 20).page(7),
        "filter_form": SampleFilters(request.GET),
        "form": SampleForm(),
        "wrong": wrong,
        "entries": _timeline(),
        "only_persian": {"fa": "کمیتهٔ ساختگی باغ‌ها"},
        "counts": [
            {"status": "not_started", "number": 12, "url": "?status=not_started"},
            {"status": "under_way", "number": 1240, "url": "?status=under_way", "current": True},
            {"status": "done_accepted", "number": 31},
            {"status": "delayed", "number": 4},
        ],
        "bar": {
            "not_started": 12,
            "under_way": 20,
            "done_claimed": 5,
            "done_accepted": 31,
            "blocked": 2,
        },
        "stats": [
            {"label": _("Decisions"), "number": 68},
            {"label": _("Longest silence"), "number": 412, "note": _("days")},
        ],
        "tabs": [
            {"label": _("Facts"), "url": sample, "current": True},
            {"label": _("History"), "url": sample, "count": 14},
        ],
        "progress_words": _("Reading page 3 of 10"),
    }


@require_GET
def design(request: HttpRequest) -> HttpResponse:
    """The living page: every part, in every language, light and dark."""
    return render(request, "office/design.html", {"schemes": SCHEMES})


@require_GET
def design_sample(request: HttpRequest, scheme: str) -> HttpResponse:
    """Every part once, with invented data, in one language and one scheme."""
    if scheme not in SCHEMES:
        raise Http404
    messages.success(request, _("The deadline was moved."), extra_tags=f"undo:{request.path}")
    return render(request, "office/design_sample.html", _sample_context(request, scheme))


@require_GET
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the institution, explained."""
    terms = sorted(GLOSSARY.items(), key=lambda item: str(item[1].label))
    return render(request, "core/glossary.html", {"terms": terms})
