"""The rules in force on a date: what each article says, and which of them nobody has set."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dabir.core.words import say
from dabir.organs.models import Organ
from dabir.registry.acting import needs
from dabir.registry.forms import DayForm
from dabir.statutes.acts import blocked_acts
from dabir.statutes.queries import rule_set_in_force, rule_sets
from dabir.statutes.reading import Rules, read_rules
from dabir.statutes.starting import templates
from dabir.statutes.summary import summary


def organ_names() -> dict[str, str]:
    """The organs of the association by key, as the reader calls them."""
    return {organ.key: say(organ.names) for organ in Organ.objects.all()}


@needs("statutes.view_rules")
def rules_in_force(request: HttpRequest) -> HttpResponse:
    """Every article in force on the day asked for, the unset ones named plainly."""
    day_form = DayForm(request.GET if "on" in request.GET else None)
    on = day_form.day()
    found = rule_set_in_force(on)
    rules = read_rules(found.text) if found else Rules()
    sections = summary(rules, organ_names())
    context: dict[str, Any] = {
        "day_form": day_form,
        "on": on,
        "rule_set": found,
        "sections": sections,
        "unset": unset_with_acts(rules, sections),
        "sets": rule_sets(),
        "templates": templates(),
        "may_adopt": request.user.has_perm("statutes.adopt_rules"),
    }
    return render(request, "office/rules_in_force.html", context)


def unset_with_acts(rules: Rules, sections: list[Any]) -> list[dict[str, Any]]:
    """Each rule that is named and unset, and the acts that are refused for want of it."""
    blocked: dict[str, list[str]] = {}
    for need in blocked_acts(rules):
        blocked.setdefault(need.key, []).append(str(need.act.names))
    return [
        {"entry": entry, "section": section.name, "acts": blocked.get(entry.key, [])}
        for section in sections
        for entry in section.entries
        if not entry.is_set
    ]
