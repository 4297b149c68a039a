"""Who may do what: made from the table that the doors and buttons ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.errors import Words
from dabir.registry.queries import holders_by_power
from dabir.registry.rights import GUARDED, POWERS, RIGHTS, Right, require

AREAS: dict[str, Words] = {
    "decisions": _("Decisions"),
    "documents": _("Documents"),
    "meetings": _("Meetings"),
    "organs": _("Organs"),
    "messaging": _("Letters"),
    "statutes": _("Rules"),
    "registry": _("People, posts and places"),
    "accounts": _("Accounts"),
    "office": _("Trail and checks"),
}


@dataclass(frozen=True)
class Row:
    """One right, with yes or no for each power."""

    right: Right
    cells: list[tuple[Words, bool]]


def _groups() -> list[tuple[str, Words, list[Row]]]:
    """The rights by the app that declares them, in the order of the areas above."""
    found: dict[str, list[Row]] = {}
    for name, right in RIGHTS.items():
        cells = [(label, power in right.powers) for power, label in POWERS.items()]
        found.setdefault(name.partition(".")[0], []).append(Row(right, cells))
    order = {area: place for place, area in enumerate(AREAS)}
    return [
        (area, AREAS.get(area) or apps.get_app_config(area).verbose_name, found[area])
        for area in sorted(found, key=lambda area: (order.get(area, len(order)), area))
    ]


def rights(request: HttpRequest) -> HttpResponse:
    """Each act, the powers that may do it, and who holds these powers today."""
    require(request.user, "registry.view_rights")
    today = timezone.localdate()
    held = holders_by_power(today)
    see_people = request.user.has_perm("registry.view_people")
    holders: list[dict[str, Any]] = [
        {
            "label": label,
            "guarded": power in GUARDED,
            "mandates": held.get(power, []) if see_people else [],
            "count": len(held.get(power, [])),
        }
        for power, label in POWERS.items()
    ]
    words = {
        "groups": _groups(),
        "powers": POWERS,
        "holders": holders,
        "today": today,
        "see_people": see_people,
    }
    return render(request, "office/rights.html", words)
