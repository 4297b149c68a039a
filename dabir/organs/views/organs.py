"""The organs: what they may do, who sits in them on a day, and by which decision."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.basis import basis_shown
from dabir.core.slots import panels
from dabir.core.words import as_words, say
from dabir.organs.articles import Articles, section
from dabir.organs.forms import ORGAN_ACTS
from dabir.organs.models import Appointment, Organ, OrganAct
from dabir.organs.queries.composition import Composition, Sitting, composition_on
from dabir.organs.queries.facts import reader_of_articles
from dabir.organs.queries.listing import organs_listed, posts_of_organ
from dabir.organs.saying import step_said
from dabir.organs.states import FUNCTIONS, ActKind, AppointmentState, OrganKind
from dabir.organs.tables import TABLE_FORMATS, export_composition
from dabir.registry.acting import needs
from dabir.registry.forms import DayForm

SEEN = "organs.view_organ"


@needs(SEEN)
def organs(request: HttpRequest) -> HttpResponse:
    """Every organ with the seats held today, and by which decision it was founded."""
    today = timezone.localdate()
    rows = [
        {
            "organ": organ,
            "url": organ.get_absolute_url(),
            "seats": seats,
            "basis": basis_shown(organ.basis),
            "is_gone": not organ.exists_on(today),
        }
        for organ, seats in organs_listed(on=today)
    ]
    return render(request, "organs/organs.html", {"rows": rows, "today": today})


@needs(SEEN)
def organ(request: HttpRequest, key: str) -> HttpResponse:
    """One organ on a day: powers, seats, posts, history, and what the apps above know of it."""
    found = get_object_or_404(Organ.objects.select_related("parent"), key=key)
    day_form = DayForm(request.GET if "on" in request.GET else None)
    on = day_form.day()
    reader = reader_of_articles()
    rows = list(_acts(found))
    composition = composition_on(found, rows, on, reader)
    fmt = request.GET.get("export", "")
    if fmt in TABLE_FORMATS:
        return export_composition(found, composition, on, fmt)
    is_today = on == timezone.localdate()
    context: dict[str, Any] = {
        "organ": found,
        "composition": composition,
        "day_form": day_form,
        "on": on,
        "is_today": is_today,
        "basis": basis_shown(found.basis),
        "abolished_basis": basis_shown(found.abolished_basis),
        "powers": _lines(composition.powers),
        "notes": _lines(found.note),
        "articles": _articles_shown(found, reader(on)),
        "sittings": _sittings(request, found, composition, editable=is_today),
        "posts": posts_of_organ(organ=found, on=on),
        "history": [_act_shown(request, found, row) for row in reversed(rows)],
        "appointments": _appointments(request, found),
        "parts": found.children.filter(is_annulled=False),
        "acts": organ_acts(request, found),
        "panels": panels("organs.organ", request, found),
        "breadcrumbs": crumbs(found),
    }
    return render(request, "organs/organ.html", context)


def _acts(organ: Organ) -> Any:
    rows = OrganAct.objects.filter(organ=organ).order_by("number")
    return rows.select_related("seat", "seat__city", "seat__post", "annuls", "annulled_by")


def crumbs(organ: Organ | None = None) -> list[dict[str, str]]:
    """The way to an organ."""
    way = [{"label": _("Organs"), "url": reverse("organs:organs")}]
    if organ is not None:
        way.append({"label": say(organ.names), "url": organ.get_absolute_url()})
    return way


def _lines(words: Any) -> list[dict[str, str]]:
    """A text of several lines as one entry a line, each with all its languages."""
    parts = {language: text.splitlines() for language, text in as_words(words).items()}
    length = max((len(lines) for lines in parts.values()), default=0)
    return [
        {language: lines[i] for language, lines in parts.items() if i < len(lines)}
        for i in range(length)
    ]


def _articles_shown(organ: Organ, articles: Articles) -> list[dict[str, Any]]:
    """The articles in force that speak of the organ, set or not."""
    prefix = f"{section(organ.key)}."
    return [
        {"article": article.article, "is_set": article.value is not None, "value": article.value}
        for key, article in articles.items()
        if key.startswith(prefix)
    ]


def _sittings(
    request: HttpRequest, organ: Organ, composition: Composition, *, editable: bool
) -> list[dict[str, Any]]:
    may = editable and request.user.has_perm("organs.fill_seat")
    return [
        {"sitting": sitting, "acts": _seat_acts(organ, sitting) if may else []}
        for sitting in composition.sittings
    ]


def _seat_acts(organ: Organ, sitting: Sitting) -> list[dict[str, str]]:
    """What can be done with a seat that is held today."""
    if sitting.seat.number is None:
        return []
    wanted = [("replace", _("Replace")), ("end", _("End")), ("entrust", _("Give a function"))]
    if sitting.functions:
        wanted.append(("relieve", _("End a function")))
    return [
        {
            "label": label,
            "url": reverse("organs:seat_act", args=[organ.key, sitting.seat.number, act]),
        }
        for act, label in wanted
    ]


def _act_shown(request: HttpRequest, organ: Organ, row: OrganAct) -> dict[str, Any]:
    """One act as the history shows it."""
    annulled_by = getattr(row, "annulled_by", None)
    may = request.user.has_perm("organs.annul_act")
    can = may and row.kind != ActKind.ANNUL and annulled_by is None
    holder = row.seat.holder() if row.seat else None
    return {
        "row": row,
        "holder": holder.labels if holder else {},
        "is_unknown_holder": row.seat is not None and holder is None,
        "function": FUNCTIONS.get(row.changes.get("function") or "", ""),
        "names": row.changes.get("names") or {},
        "seats": row.changes.get("seats_foreseen"),
        "basis": basis_shown(row.basis),
        "by": row.by.get("labels") or {},
        "annulled_by": annulled_by,
        "annul_url": reverse("organs:annul", args=[organ.key, row.number]) if can else "",
    }


def _appointments(request: HttpRequest, organ: Organ) -> list[dict[str, Any]]:
    rows = Appointment.objects.filter(organ=organ).select_related("post", "person")
    names = {o.key: as_words(o.names) for o in Organ.objects.all()} if rows else {}
    return [
        {
            "appointment": row,
            "steps": _steps(row, names),
            "acts": _appointment_acts(request, row),
        }
        for row in rows.prefetch_related("steps").order_by("-opened_on", "-id")
    ]


def _steps(appointment: Appointment, names: dict[str, Any]) -> list[dict[str, Any]]:
    taken = {step.position: step for step in appointment.steps.all()}
    return [
        {
            "number": number,
            "verb": step_said(wanted["verb"], names.get(wanted["organ"]) or wanted["organ"]),
            "taken": taken.get(number),
            "basis": basis_shown(taken[number].basis) if number in taken else None,
        }
        for number, wanted in enumerate(appointment.chain, start=1)
    ]


def _appointment_acts(request: HttpRequest, row: Appointment) -> list[dict[str, str]]:
    if row.state != AppointmentState.OPEN or not request.user.has_perm("organs.appoint"):
        return []
    labels = {"step": _("Record the next step"), "withdraw": _("Withdraw the appointment")}
    return [
        {"label": label, "url": reverse("organs:appointment_act", args=[row.public_id, act])}
        for act, label in labels.items()
    ]


def organ_acts(request: HttpRequest, organ: Organ) -> list[dict[str, Any]]:
    """The acts that the reader may take on an organ as it is today."""
    if not organ.exists_on(timezone.localdate()):
        return []
    return [
        {
            "label": form.title,
            "url": reverse("organs:act", args=[organ.key, name]),
            "primary": name == "fill",
        }
        for name, form in ORGAN_ACTS.items()
        if request.user.has_perm(form.right) and _fits(name, organ)
    ]


def _fits(act: str, organ: Organ) -> bool:
    """One is appointed to an office; several are elected to what has seats."""
    is_office = organ.kind == OrganKind.OFFICE
    return {"appoint": is_office, "elect": not is_office}.get(act, True)
