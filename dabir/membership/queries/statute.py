"""What the statute in force says of members: their categories, and the articles that acts rest on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.errors import InvalidInput, RuleNotSet, Words
from dabir.core.words import as_words, say
from dabir.statutes.queries import rules_on
from dabir.statutes.reading import Rules

CATEGORIES = "members.categories"
# The article that each decided step rests on; while it is unset the step is refused by its name.
ARTICLES = {
    "admit": "members.admission",
    "admit_provisionally": "members.provisional",
    "refuse": "members.admission",
    "suspend": "members.suspension",
    "lift": "members.suspension",
    "lapse": "members.exclusion",
    "end": "members.exclusion",
    "return": "members.admission",
    "honour": "members.honorary",
}
# Words that are the same in every association; a rule set may say them otherwise or add its own.
USUAL: dict[str, Words] = {
    "full": _("full member"),
    "associate": _("associate member"),
    "honorary": _("honorary member"),
    "partner": pgettext_lazy("membership", "partner"),
    "observer": _("observer"),
}


def _named(value: Any) -> dict[str, Words]:
    """The categories of an article, each with its name."""
    return {
        str(told["key"]): say(as_words(told.get("names"))) or USUAL.get(told["key"], told["key"])
        for told in value or ()
    }


def category_labels(rules: Rules) -> dict[str, Words]:
    """The categories that the rules name, in their order; the usual ones where they are silent."""
    return _named(rules.get(CATEGORIES)) or dict(USUAL)


def category_label(key: str, rules: Rules | None = None) -> Words:
    """The word of one category, whatever rule set it came from."""
    labels = category_labels(rules) if rules is not None else USUAL
    return labels.get(key) or USUAL.get(key, key)


def checked_category(key: str, *, on: date) -> str:
    """A category that the statute in force knows; raises RuleNotSet while it names none."""
    known = _named(rules_on(on).value(CATEGORIES))
    if key not in known:
        names = "، ".join(str(label) for label in known.values())
        raise InvalidInput(
            _("The statute in force knows no category “%(key)s”.") % {"key": category_label(key)},
            cure=_("Its categories are: %(names)s.") % {"names": names},
            fields={"category": [_("Choose a category of the statute in force.")]},
        )
    return key


def require_article(verb: str, *, on: date) -> None:
    """Go on only when the article that this step rests on is set; raises RuleNotSet, naming it."""
    if verb not in ARTICLES:
        return
    rules = rules_on(on)
    value = rules.value(ARTICLES[verb])
    if verb == "admit_provisionally" and value in (False, "none"):
        raise InvalidInput(
            _("The statute in force knows no provisional membership (%(article)s).")
            % {"article": say(rules.article(ARTICLES[verb]))},
            cure=_("Record the admission itself, or the refusal."),
            code="not_in_statute",
        )


def article_missing(verb: str, rules: Rules) -> RuleNotSet | None:
    """Why a step is not possible under the rules, for a button; None when it is."""
    key = ARTICLES.get(verb)
    if key is None or rules.is_set(key):
        return None
    return RuleNotSet(key, rules.article(key))


def category_names(rules: Rules) -> dict[str, dict[str, str]]:
    """The names of the categories in both languages, for papers and machines."""
    names: dict[str, dict[str, str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for key in {**USUAL, **category_labels(rules)}:
                names.setdefault(key, {})[language] = str(category_label(key, rules))
    return names
