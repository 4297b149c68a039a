"""The rules in force on a date: what each article says, and which of them nobody has set."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dabir.core.components.words import language_name
from dabir.core.errors import Words
from dabir.core.words import say
from dabir.organs.models import Organ
from dabir.registry.acting import needs
from dabir.registry.forms import DayForm
from dabir.statutes.queries import rule_set_in_force, rule_sets
from dabir.statutes.reading import read_articles

SECTIONS: dict[str, Words] = {
    "general_assembly": gettext_lazy("General Assembly"),
    "executive_board": gettext_lazy("Executive Board"),
    "members": gettext_lazy("Members"),
    "texts": gettext_lazy("Texts"),
    "follow_up": gettext_lazy("Follow-up"),
    "treasurer": gettext_lazy("Treasurer"),
    "finance": gettext_lazy("Finance"),
}

# The words that a rule set writes its values in.
VALUES: dict[str, Words] = {
    "base": gettext_lazy("counted from"),
    "members": gettext_lazy("the members"),
    "votes cast": gettext_lazy("the votes cast"),
    "comparison": gettext_lazy("how many"),
    "more than": gettext_lazy("more than"),
    "at least": gettext_lazy("at least"),
    "fraction": gettext_lazy("share"),
}
ACTS: dict[str, Words] = {
    "recommended by": gettext_lazy("recommended by: %(who)s"),
    "approved by": gettext_lazy("approved by: %(who)s"),
    "endorsed by": gettext_lazy("endorsed by: %(who)s"),
}
PERIOD = re.compile(r"P(\d+)([YMD])")


@needs("statutes.view_rules")
def rules_in_force(request: HttpRequest) -> HttpResponse:
    """Every article in force on the day asked for, the unset ones named plainly."""
    day_form = DayForm(request.GET if "on" in request.GET else None)
    on = day_form.day()
    found = rule_set_in_force(on)
    articles = read_articles(found.text).values() if found else []
    named = {organ.key: say(organ.names) for organ in Organ.objects.all()}
    sections: dict[str, list[dict[str, Any]]] = {}
    for article in articles:
        section = article.key.partition(".")[0]
        name = str(SECTIONS.get(section) or section.replace("_", " "))
        sections.setdefault(name, []).append(
            {"article": article, "says": what_it_says(article.value, named)}
        )
    context: dict[str, Any] = {
        "day_form": day_form,
        "on": on,
        "rule_set": found,
        "sections": list(sections.items()),
        "unset": [article for article in articles if not article.is_set],
        "number": len(articles),
        "sets": rule_sets(),
    }
    return render(request, "office/rules_in_force.html", context)


def what_it_says(value: Any, named: dict[str, str]) -> list[str]:
    """The value of an article as lines that a person reads; organs by their names, unset: none."""
    if value is None:
        return []
    if isinstance(value, bool):
        return [_("yes") if value else _("no")]
    if isinstance(value, dict):
        return [
            f"{_word(key, named)}: {', '.join(what_it_says(part, named))}"
            for key, part in value.items()
        ]
    if isinstance(value, list):
        return [_(", ").join(line for part in value for line in what_it_says(part, named))]
    return [_word(value, named)]


def _word(value: Any, named: dict[str, str]) -> str:
    text = str(value)
    if text in named:
        return named[text]
    if text in VALUES:
        return str(VALUES[text])
    if text in dict(settings.LANGUAGES):
        return language_name(text)
    if found := PERIOD.fullmatch(text):
        return _period(int(found[1]), found[2])
    for act, words in ACTS.items():
        if text.startswith(f"{act} "):
            return str(words) % {"who": _word(text.removeprefix(f"{act} "), named)}
    return text.replace("_", " ")


def _period(number: int, unit: str) -> str:
    """A period as ISO 8601 writes it, such as P2Y, in words."""
    words = {
        "Y": ngettext("%(number)s year", "%(number)s years", number),
        "M": ngettext("%(number)s month", "%(number)s months", number),
        "D": ngettext("%(number)s day", "%(number)s days", number),
    }
    return words[unit] % {"number": number}
