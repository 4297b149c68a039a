"""The organs: what they may do, who sits in them on a day, and by which decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.slots import panels
from dabir.core.words import as_words, say
from dabir.organs.models import Organ
from dabir.organs.queries import organs_listed, posts_of_organ, seats_in_force
from dabir.registry.acting import needs
from dabir.registry.forms import DayForm


@needs("organs.view_organ")
def organs(request: HttpRequest) -> HttpResponse:
    """Every organ with the seats held today, and by which decision it was founded."""
    today = timezone.localdate()
    rows = [
        {"organ": organ, "url": reverse("organs:organ", args=[organ.key]), "seats": seats}
        for organ, seats in organs_listed(on=today)
    ]
    return render(request, "organs/organs.html", {"rows": rows, "today": today})


@needs("organs.view_organ")
def organ(request: HttpRequest, key: str) -> HttpResponse:
    """One organ on a day: powers, seats, posts, and what the apps above know of it."""
    found = get_object_or_404(Organ, key=key)
    day_form = DayForm(request.GET if "on" in request.GET else None)
    on = day_form.day()
    context: dict[str, Any] = {
        "organ": found,
        "day_form": day_form,
        "on": on,
        "is_today": on == timezone.localdate(),
        "powers": _lines(found.powers),
        "notes": _lines(found.note),
        "seats": seats_in_force(organ=found, on=on),
        "posts": posts_of_organ(organ=found, on=on),
        "panels": panels("organs.organ", request, found),
        "breadcrumbs": [
            {"label": _("Organs"), "url": reverse("organs:organs")},
            {"label": say(found.names), "url": request.path},
        ],
    }
    return render(request, "organs/organ.html", context)


def _lines(words: Any) -> list[dict[str, str]]:
    """A text of several lines as one entry a line, each with all its languages."""
    parts = {language: text.splitlines() for language, text in as_words(words).items()}
    length = max((len(lines) for lines in parts.values()), default=0)
    return [
        {language: lines[i] for language, lines in parts.items() if i < len(lines)}
        for i in range(length)
    ]
