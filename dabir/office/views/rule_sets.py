"""Rule sets as records: compared, taken away as files, handed in, checked and adopted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dabir.core.fileanswer import file_answer
from dabir.core.words import say
from dabir.office.views.rules_in_force import organ_names, unset_with_acts
from dabir.registry.acting import attempt, needs, stamp
from dabir.statutes.checking import Checked, check_text
from dabir.statutes.differences import differences
from dabir.statutes.faults import rule_said, say_cure, say_finding
from dabir.statutes.forms import CompareForm, RuleSetForm
from dabir.statutes.models import RuleSet
from dabir.statutes.queries import rule_sets, rules_on
from dabir.statutes.reading import read_rules
from dabir.statutes.services import adopt_rules
from dabir.statutes.starting import read_template, templates
from dabir.statutes.summary import summary


def _crumbs(*last: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": _("Rules in force"), "url": reverse("office:rules_in_force")}, *last]


@needs("statutes.view_rules")
def compare_rules(request: HttpRequest) -> HttpResponse:
    """Two rule sets side by side; the last two when nobody asked for others."""
    sets = rule_sets()
    choices = [(one.key, say(one.names)) for one in sets]
    asked = request.GET if {"before", "after"} <= set(request.GET) else None
    last_two = {"before": choices[-2][0], "after": choices[-1][0]} if len(choices) > 1 else {}
    form = CompareForm(asked or last_two or None, choices=choices)
    context: dict[str, Any] = {"form": form, "breadcrumbs": _crumbs(), "number": len(sets)}
    if form.is_valid():
        by_key = {one.key: one for one in sets}
        before, after = (by_key[form.cleaned_data[name]] for name in ("before", "after"))
        context |= {
            "before": before,
            "after": after,
            "differences": differences(
                read_rules(before.text), read_rules(after.text), organ_names()
            ),
        }
    return render(request, "office/compare_rules.html", context)


@needs("statutes.view_rules")
def rule_set_file(request: HttpRequest, key: str) -> HttpResponse:
    """One rule set as the file that was adopted."""
    return _as_file(get_object_or_404(RuleSet, key=key).text, key)


@needs("statutes.view_rules")
def rule_template(request: HttpRequest, name: str) -> HttpResponse:
    """A template, as a file to fill in."""
    try:
        return _as_file(read_template(name), name)
    except KeyError as unknown:
        raise Http404 from unknown


def _as_file(text: str, name: str) -> HttpResponse:
    return file_answer(text, "application/toml; charset=utf-8", f"{name}.toml")


@needs("statutes.adopt_rules")
def adopt_rule_set(request: HttpRequest) -> HttpResponse:
    """Hand a rule set in; see what is wrong with it, or what it says and changes; then adopt it."""
    form = RuleSetForm(request.POST or None, request.FILES or None)
    checked: Checked | None = None
    if request.method == "POST" and form.is_valid():
        checked = check_text(form.cleaned_data["text"])
        if not checked.faults:
            if "adopt" not in request.POST:
                return _second_look(request, form, checked)
            done = attempt(form, lambda: _adopt(request, form))
            if done is not None:
                messages.success(request, _("The rule set is adopted."))
                day = done.in_force_from.isoformat()
                return redirect(f"{reverse('office:rules_in_force')}?on={day}")
    context = {
        "form": form,
        "findings": [_finding(each) for each in checked.findings] if checked else [],
        "templates": templates(),
        "breadcrumbs": _crumbs(),
    }
    refused = form.is_bound and (not form.is_valid() or checked is not None)
    return render(request, "office/adopt_rules.html", context, status=422 if refused else 200)


def _finding(finding: Any) -> dict[str, Any]:
    return {
        "line": finding.line,
        "is_fault": finding.is_fault,
        "key": finding.key,
        "rule": rule_said(finding),
        "says": say_finding(finding),
        "cure": say_cure(finding),
    }


def _second_look(request: HttpRequest, form: RuleSetForm, checked: Checked) -> HttpResponse:
    """What it says and what it changes, in plain words, before it is adopted."""
    data = form.cleaned_data
    named = organ_names()
    sections = summary(checked.rules, named)
    before = rules_on(data["in_force_from"])
    kept = {
        name: request.POST.get(name, "") for name in form.fields if name not in ("file", "text")
    }
    context = {
        "kept": kept | {"text": data["text"]},
        "names": form.names(),
        "in_force_from": data["in_force_from"],
        "basis": data["basis"],
        "sections": sections,
        "unset": unset_with_acts(checked.rules, sections),
        "remarks": [_finding(each) for each in checked.findings],
        "differences": differences(before, checked.rules, named) if before.articles else [],
        "has_before": bool(before.articles),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "office/adopt_rules_look.html", context)


def _adopt(request: HttpRequest, form: RuleSetForm) -> RuleSet:
    data = form.cleaned_data
    return adopt_rules(
        key=_free_key(f"statute-{data['in_force_from'].isoformat()}"),
        names=form.names(),
        text=data["text"],
        in_force_from=data["in_force_from"],
        basis=data["basis"],
        **stamp(request),
    )


def _free_key(wanted: str) -> str:
    """The key, with a number behind it when a rule set of that day is there already."""
    taken = set(RuleSet.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (wanted, *numbered) if key not in taken)
