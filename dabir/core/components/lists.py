"""Parts made from data: figures, pages, filters, time, clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from functools import lru_cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.template import Context
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.components.blocks import drawn
from dabir.core.components.icons import icon_html
from dabir.core.components.marks import MARKS
from dabir.core.components.places import changed_query, query_of
from dabir.core.components.words import (
    amount,
    day_in,
    digits,
    direction,
    knownday,
    language_name,
    localized_for,
    moment_in,
    opendigits,
    status,
)
from dabir.core.errors import Words
from dabir.core.escaping import escaped, shown
from dabir.core.words import as_words, reader_language

register = template.Library()

_status = status
Told = tuple[tuple[tuple[str, Any], ...], ...]
KEPT_BESIDE_FILTERS = ("sort", "view")
EXPORT_WORDS = {"xlsx": "Excel", "csv": "CSV", "pdf": "PDF", "json": "JSON", "docx": "Word"}


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], *, name: str = "page") -> SafeString:
    """Page numbers that work; nothing where one page holds all."""
    if page.paginator.num_pages < 2:
        return mark_safe("")  # a constant
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    links = [
        {"number": n, "url": changed_query(context, {name: n}) if isinstance(n, int) else "",
         "current": n == page.number}
        for n in numbers
    ]  # fmt: skip
    before = page.previous_page_number() if page.has_previous() else None
    after = page.next_page_number() if page.has_next() else None
    return drawn(
        "pagination",
        {
            "links": links,
            "before": changed_query(context, {name: before}) if before else "",
            "after": changed_query(context, {name: after}) if after else "",
            "summary": digits(
                _("%(first)s to %(last)s of %(all)s")
                % {
                    "first": page.start_index(),
                    "last": page.end_index(),
                    "all": page.paginator.count,
                }
            ),
        },
    )


def _chosen_words(field: forms.BoundField, value: str) -> str:
    choices = getattr(field.field, "choices", None)
    for key, label in choices or ():
        if isinstance(label, list | tuple):
            for inner, inner_label in label:
                if str(inner) == value:
                    return str(inner_label)
        elif str(getattr(key, "value", key)) == value:
            return str(label)
    return "" if isinstance(field.field, forms.BooleanField) else value


@register.simple_tag(takes_context=True)
def filters(context: Context, form: forms.BaseForm, *, label: Words = "") -> SafeString:
    """The filters of a list, kept in the address, with a chip for each that is applied."""
    vars(form)["is_filter"] = True
    query = query_of(context)
    chips = []
    for field in form:
        chosen = [v for v in query.getlist(field.html_name) if v]
        for value in chosen:
            rest = query.copy()
            rest.setlist(field.html_name, [v for v in chosen if v != value])
            rest.pop("page", None)
            chips.append(
                {"label": field.label, "value": _chosen_words(field, value),
                 "url": "?" + rest.urlencode()}
            )  # fmt: skip
    kept = [(k, query[k]) for k in KEPT_BESIDE_FILTERS if k in query and k not in form.fields]
    return drawn("filters", {"form": form, "chips": chips, "kept": kept, "label": label})


@register.simple_tag(takes_context=True)
def table_tools(context: Context, *, formats: str = "", density: bool = True) -> SafeString:
    """Export of exactly what is shown, and the choice of density."""
    exports = [
        {"label": EXPORT_WORDS[f], "url": changed_query(context, {"export": f, "page": None})}
        for f in formats.split()
    ]
    return drawn("table_tools", {"exports": exports, "density": density})


@register.simple_tag
def tabs(items: Iterable[Mapping[str, Any]], *, label: Words = "") -> SafeString:
    """Neighbouring pages of one record."""
    return drawn("tabs", {"items": items, "label": label})


@register.simple_tag
def rail(items: Iterable[Mapping[str, Any]] | Told | None) -> SafeString:
    """The areas open to the reader; drawn once for all who have the same ones."""
    return _for_equals("rail", items)


@register.simple_tag
def rail_keys(items: Iterable[Mapping[str, Any]] | Told | None) -> SafeString:
    """The keys that lead to the areas."""
    return _for_equals("rail_keys", items)


@register.simple_tag
def doors(items: Iterable[Mapping[str, Any]] | Told | None) -> SafeString:
    """The parts of the public site; drawn once for each that is open."""
    return _for_equals("doors", items)


def as_told(items: Iterable[Mapping[str, Any]]) -> Told:
    """What is told of each item, fit to be compared with what was drawn before."""
    return tuple(
        tuple((k, str(v) if isinstance(v, Promise) else v) for k, v in item.items())
        for item in items
    )


def _for_equals(name: str, items: Iterable[Any] | None) -> SafeString:
    told = tuple(items or ())
    if told and not isinstance(told[0], tuple):
        told = as_told(told)
    known = _drawn_once.__wrapped__ if settings.DEBUG else _drawn_once
    return known(name, reader_language(), told)


@lru_cache(maxsize=512)
def _drawn_once(name: str, language: str, told: Told) -> SafeString:
    """A part in one language: whoever is told the same is shown the same."""
    return drawn(name, {"items": [dict(item) for item in told]})


@register.simple_tag
def breadcrumb(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """The way to this page."""
    way = list(items or ())
    if not way:
        return mark_safe("\n")  # a constant
    steps = "".join(
        f"\n        <li>{_step(item, last=item is way[-1])}</li>\n      " for item in way
    )
    return mark_safe(  # noqa: S308 # each piece is escaped
        f'\n  <nav class="crumbs" aria-label="{escape(_("Where you are"))}">\n    <ol>\n      '
        f"{steps}\n    </ol>\n  </nav>\n\n"
    )


def _step(item: Mapping[str, Any], *, last: bool) -> str:
    """A page on the way; the last one is the page itself."""
    label = conditional_escape(str(item["label"]))
    if item.get("url") and not last:
        return f'<a href="{escape(item["url"])}">{label}</a>'
    here = ' aria-current="page"' if last else ""
    return f"<span{here}>{label}</span>"


@register.simple_tag
def timeline(entries: Iterable[Mapping[str, Any]]) -> SafeString:
    """What happened, in its order: the day it happened, and when it was entered."""
    recorded, reader = escape(_("Recorded")), reader_language()
    place = timezone.get_current_timezone()
    lines = "\n".join([_happened(entry, recorded, reader, place) for entry in entries])
    return mark_safe(f'<ol class="timeline">\n{lines}\n</ol>')  # noqa: S308 # each piece is escaped


def _happened(entry: Mapping[str, Any], recorded: str, reader: str, place: tzinfo) -> str:
    """One thing that happened: when and by whom, what, in which words, and when it was entered."""
    on, by, what = entry.get("on"), entry.get("by"), localized_for(reader, entry.get("title", ""))
    precision = entry.get("precision", "day") if on else "unknown"
    if entry.get("when"):
        when = shown(entry["when"])
    elif precision == "day" and type(on) is date:
        when = day_in(on, "both", reader)
    else:
        when = _("day unknown") if precision == "unknown" else knownday(on, precision)
        when = shown(when)
    if entry.get("url"):
        what = mark_safe(f'<a href="{escaped(entry["url"])}">{what}</a>')  # noqa: S308 # escaped
    state = f" {status(entry['status'])}" if entry.get("status") else ""
    lines = [
        f'<p class="when">{when}{f" · {localized_for(reader, by, quiet=True)}" if by else ""}</p>',
        f'<p class="what">{what}{state}</p>',
        f"<p>{localized_for(reader, entry['text'])}</p>" if entry.get("text") else "",
    ]
    if entry.get("recorded_at"):
        told = moment_in(entry["recorded_at"], place, reader)
        lines.append(f'<p class="recorded">{recorded} {told}</p>')
    return "\n".join(["<li>", *filter(None, lines), "</li>"])


@register.simple_tag
def counts(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """Cards that count: one status or label, one number, a link to the list behind."""
    return drawn("counts", {"items": items})


@register.simple_tag
def stats(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """Figures in a row."""
    return drawn("stats", {"items": items})


@register.simple_tag
def statusbar(numbers: Mapping[str, int], *, label: Words = "") -> SafeString:
    """Shares of states by count, as one bar and in words; never an average."""
    shown = [(key, n) for key, n in numbers.items() if n and key in MARKS]
    total = sum(n for _key, n in shown)
    named = f' role="group" aria-label="{escape(label)}"' if label else ""
    if not total:
        inside = f"<p>{escape(_('Nothing to count yet.'))}</p>"
        return mark_safe(f'\n<div class="statusbar"{named}>\n  \n    {inside}\n  \n</div>\n')  # noqa: S308 # escaped
    bars, lines, start = [], [], 0
    for key, n in shown:
        tone = escape(MARKS[key].tone)
        bars.append(f'<rect class="fill-{tone}" x="{start:d}" y="0" width="{n:d}" height="1"/>')
        lines.append(f"<li>{status(key)} {escape(amount(n))}</li>")
        start += n
    box = f'viewBox="0 0 {total:d} 1" preserveAspectRatio="none" aria-hidden="true"'
    return mark_safe(  # noqa: S308 # each piece is escaped
        f'\n<div class="statusbar"{named}>\n  \n    <svg {box} focusable="false">\n      '
        f"{''.join(bars)}\n    </svg>\n    <ul>{''.join(lines)}</ul>\n  \n</div>\n"
    )


@register.simple_tag
def tally(numbers: Mapping[str, int]) -> SafeString:
    """States side by side, each with how often it is meant."""
    said = "".join(
        f'{status(key)} <span class="times">{f"×{escape(digits(n))}" if n > 1 else ""}</span> '
        for key, n in numbers.items()
    )
    return mark_safe(f"{said}\n")  # noqa: S308 # each piece is escaped


@register.simple_tag
def progress(*, value: int | None = None, max: int = 100, words: Words) -> SafeString:
    """Work under way: a bar, and words that say what is being done."""
    return drawn("progress", {"value": value, "max": max, "words": words})


@register.simple_tag
def clause(
    text: Any, *, label: Any = "", standing: Mapping[str, str] | None = None, cite: str = "",
    status: str = "", title: Any = "",
) -> SafeString:  # fmt: skip
    """A clause as adopted, its languages side by side; ``standing`` tells what each is worth."""
    languages = as_words(text)
    first = reader_language()
    worth = standing or {}
    order = sorted(
        languages, key=lambda code: (code != first, worth.get(code) != "authentic", code)
    )
    told = [_version(languages[code], code, worth.get(code, ""), first) for code in order]
    named, link, unheld, unread = _clause_words(first)
    missing = unread if told and first not in languages else ""
    number, name = localized_for(first, label, quiet=True), localized_for(first, title)
    lines = (
        f'<span class="number-plate">{named} <bdi>{number}</bdi></span>' if number else "",
        f"<span>{name}</span>" if name else "",
        _status(status) if status else "",
        f'<a href="{escaped(cite)}" data-copies>{link}</a>' if cite else "",
    )
    head = "\n    ".join(lines)
    return mark_safe(  # noqa: S308 # each piece is escaped
        f'\n<figure class="clause">\n  <figcaption>\n    {head}\n  </figcaption>\n'
        f'  <div class="texts">\n    {"".join(told) or unheld}\n  </div>\n  {missing}\n</figure>\n'
    )


@lru_cache(maxsize=16)
def _clause_words(_language: str) -> tuple[str, str, str, str]:
    """What is said around every clause in the language that is being read."""
    return (
        escape(_("Clause")),
        f"{icon_html('link')} {escape(_('Address of this clause'))}",
        f"\n      <p>{escape(_('The text of this clause is not held here.'))}</p>\n    ",
        f'<p class="only-in">{escape(_("There is no version in your language yet."))}</p>',
    )


# What a language version is worth, as it is said beside each clause.
WORTH = {
    "authentic": gettext_lazy("authentic text"),
    "official": gettext_lazy("official translation"),
    "received": gettext_lazy("text as received"),
    "unofficial": gettext_lazy("unofficial translation"),
}


def _version(text: str, code: str, state: str, reader: str) -> str:
    """A clause in one language, and what that version is worth."""
    before, after = _around_version(code, state, reader)
    return f"{before}{opendigits(text, language=code)}{after}"


@lru_cache(maxsize=256)
def _around_version(code: str, state: str, _reader: str) -> tuple[str, str]:
    """What stands before and after a version: the same for all clauses of a text."""
    told = f" · {escape(WORTH[state])}" if state else ""
    before = (
        f'\n      <div dir="{direction(code)}">\n'
        f'        <p class="tongue">{escape(language_name(code))}{told}</p>\n'
        f'        <blockquote lang="{escape(code)}">'
    )
    return before, "</blockquote>\n      </div>\n    "


@register.simple_tag
def error_summary(*forms_: forms.BaseForm) -> SafeString:
    """What is wrong, on top, with links to the fields."""
    wrong = [form for form in forms_ if form is not None and form.errors]
    if not wrong:
        return mark_safe("")  # a constant
    for form in wrong:
        vars(form)["is_summarised"] = True
    return drawn("error_summary", {"forms": wrong})
