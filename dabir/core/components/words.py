"""Dates, digits, names and states in the reader's language, as `{% load dabir %}` gives them."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from functools import lru_cache
from itertools import product
from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from dabir.core.components.glossary import GLOSSARY
from dabir.core.components.icons import icon_html
from dabir.core.components.marks import MARKS, Mark
from dabir.core.errors import Words
from dabir.core.escaping import shown
from dabir.core.words import day_as_known, in_language, reader_language
from dabir.text.calendars import GREGORIAN, SOLAR_HIJRI, format_both, format_date
from dabir.text.digits import localize_digits

register = template.Library()

OPEN_NUMBER = re.compile(r"(\d*(?:\{\d(?:\|\d)+\}\d*)+)")
MOST_CANDIDATES_SAID = 8


@register.filter
def direction(language: str) -> str:
    """Which way a language is written: `rtl` or `ltr`."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"


@register.filter
def tongue(language: str) -> SafeString:
    """The attributes of an element whose words are in this language; none where it is the reader's."""
    if language == reader_language():
        return mark_safe("")  # a constant
    return format_html(' lang="{}" dir="{}"', language, direction(language))


@register.filter
def language_name(language: str) -> str:
    """The name of a language in the reader's language."""
    try:
        return str(get_language_info(language)["name_translated"])
    except KeyError:
        return language


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, str) and value:
        return date.fromisoformat(value[:10])
    return value if isinstance(value, date) else None


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _dated(value: Any, style: str) -> SafeString:
    day = _day(value)
    if day is None:
        return mark_safe("")  # a constant
    return day_in(day, style, reader_language())


@lru_cache(maxsize=8192)
def day_in(day: date, style: str, language: str) -> SafeString:
    """A day in one style and language: the same for every reader."""
    calendar = SOLAR_HIJRI if language == "fa" else GREGORIAN
    if style == "both":
        text = " · ".join(_unbroken(part) for part in format_both(day, language).split(" · "))
    elif style == "long":
        text = _unbroken(format_date(day, language, calendar))
    else:
        text = format_date(day, language, calendar, style="short")
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), text)


@register.filter
def longdate(value: Any) -> SafeString:
    """A day in words, in the reader's calendar."""
    return _dated(value, "long")


@register.filter
def bothdates(value: Any) -> SafeString:
    """A day in words in both calendars, the reader's first."""
    return _dated(value, "both")


@register.filter
def shortdate(value: Any) -> SafeString:
    """A day in figures, for tables."""
    return _dated(value, "short")


@register.filter
def knownday(day: Any, precision: str = "day") -> SafeString:
    """A day as exactly as it is known, in both calendars; what is not known of it is said."""
    return _known(day, precision, "both")


@register.filter
def knownday_short(day: Any, precision: str = "day") -> SafeString:
    """The same in figures, for tables."""
    return _known(day, precision, "short")


def _known(value: Any, precision: str, style: str) -> SafeString:
    day = _day(value)
    if precision == "candidates":
        return format_html('<span class="open-mark">{}</span>', _("several readings are open"))
    told = day_as_known(day, precision)
    if day is None or told is None:
        return format_html('<span class="unknown">{}</span>', _("unknown"))
    if precision == "day":
        return day_in(day, style, reader_language())
    year = precision == "year"
    return format_html(
        '<time datetime="{}">{}</time> <small>({})</small>',
        told,
        digits(date_format(day, "Y" if year else "F Y")),
        _("the year is known") if year else _("the month is known"),
    )


@register.filter
def moment(value: datetime | None) -> SafeString:
    """An instant: day and time of the association's place."""
    if value is None:
        return mark_safe("")  # a constant
    return moment_in(value, timezone.get_current_timezone(), reader_language())


@lru_cache(maxsize=8192)
def moment_in(value: datetime, place: tzinfo, language: str) -> SafeString:
    """An instant of the association's place, with its offset, in one language."""
    local = timezone.localtime(value, place)
    calendar = SOLAR_HIJRI if language == "fa" else GREGORIAN
    words = _("%(day)s, %(time)s") % {
        "day": format_date(local.date(), language, calendar),
        "time": localize_digits(local.strftime("%H:%M"), language),
    }
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


@register.filter
def digits(value: Any) -> str:
    """A number or a sentence in the digits of the reader; identifiers stay out of here."""
    return "" if value is None else localize_digits(str(value), reader_language())


@register.filter
def amount(value: int | None) -> str:
    """A whole number in groups of three, in the digits of the reader."""
    if value is None:
        return ""
    language = reader_language()
    grouped = f"{value:,}"
    return localize_digits(grouped.replace(",", "٬") if language == "fa" else grouped, language)


@register.filter
def words(value: Any, language: str = "") -> str:
    """A name of data as plain text, in the reader's language or in the one asked for."""
    return in_language(value, language or None)[0]


@register.simple_tag
def localized(value: Any, *, quiet: bool = False, tag: str = "span") -> SafeString:
    """A name of data in the reader's language, else in another, marked so.

    A plain sentence is the interface's own, so it is in the reader's language already.
    """
    return localized_for(reader_language(), value, quiet=quiet, tag=tag)


def localized_for(reader: str, value: Any, *, quiet: bool = False, tag: str = "span") -> SafeString:
    """The same where the reader's language is known already, as in a list of hundreds."""
    if isinstance(value, str | Promise):
        return conditional_escape(value if isinstance(value, str) else str(value))
    text, language = in_language(value, reader)
    if not text:
        return SafeString("")
    if language == reader:
        return SafeString(shown(text))
    wrapped = format_html("<{0}{1}>{2}</{0}>", tag, tongue(language), text)
    return wrapped if quiet else wrapped + only_in(language)


@register.filter
def only_in(language: str) -> SafeString:
    """The mark "only in Persian" beside a text that the reader's language lacks."""
    return format_html(
        ' <span class="only-in">{}</span>',
        _("only in %(language)s") % {"language": language_name(language)},
    )


@register.simple_tag
def status(key: str, *, label: Words = "") -> SafeString:
    """A state as shape, word and colour together."""
    if not label and key in MARKS:
        return state_in(key, reader_language())
    mark = MARKS.get(key)
    if mark is None:
        if settings.DEBUG:
            raise template.TemplateSyntaxError(f"no mark for the state {key!r}")
        return format_html(
            '<span class="status tone-stone">{}{}</span>', icon_html("mark-dots"), label or key
        )
    return _state(mark, label or mark.label)


@lru_cache(maxsize=512)
def state_in(key: str, language: str) -> SafeString:
    """A state by its own word in the language that is being read."""
    return _state(MARKS[key], MARKS[key].label)


def _state(mark: Mark, label: Words) -> SafeString:
    return format_html(
        '<span class="status tone-{}">{}{}</span>', mark.tone, icon_html(mark.shape), label
    )


@register.simple_tag
def icon(name: str, *, label: Words = "", css: str = "") -> SafeString:
    """A sign from the sprite."""
    return icon_html(name, label=label, css=css)


def _open_number(number: str, language: str) -> SafeString:
    """A number with open digits: every candidate shown, every whole number said."""
    parts = [p.split("|") for p in re.split(r"[{}]", number)]
    wholes = ["".join(each) for each in product(*parts)]
    said = wholes if len(wholes) <= MOST_CANDIDATES_SAID else [number]
    shown: list[SafeString] = [
        format_html(
            '<span class="open-digit">{}</span>',
            format_html_join(
                mark_safe("<i>/</i>"),  # a constant
                "{}",
                ((localize_digits(candidate, language),) for candidate in part),
            ),
        )
        if len(part) > 1
        else format_html("{}", localize_digits(part[0], language))
        for part in parts
    ]
    between = _("or")
    spoken = _("open digit: %(candidates)s") % {
        "candidates": f" {between} ".join(localize_digits(w, language) for w in said)
    }
    return format_html(
        '<bdi class="open-number" dir="ltr" role="img" aria-label="{}" title="{}">{}</bdi>',
        spoken,
        spoken,
        format_html_join("", "{}", ((piece,) for piece in shown)),
    )


@register.simple_tag
def opendigits(text: str, *, language: str = "") -> SafeString:
    """Text whose open digits, written `201{4|5|8}`, stay open for the reader too.

    The digits are those of the reader, or of `language` where the text is a quotation.
    """
    if "{" not in text:  # no digit is open
        return SafeString(shown(text))
    digits_of = language or reader_language()
    pieces: list[str] = []
    for index, piece in enumerate(OPEN_NUMBER.split(text)):
        pieces.append(_open_number(piece, digits_of) if index % 2 else conditional_escape(piece))
    return mark_safe("".join(pieces))  # noqa: S308 # each piece is escaped above


@register.simple_tag
def ident(code: Any) -> SafeString:
    """A code, number of a letter, address or hash: Latin digits, left to right, in any text."""
    return SafeString(f'<bdi class="ident" dir="ltr">{shown(code)}</bdi>')


@register.simple_tag
def term(key: str, *, text: Words = "") -> SafeString:
    """A word of the institution, linked to its explanation."""
    entry = GLOSSARY[key]
    try:
        address = reverse("office:glossary")
    except NoReverseMatch:
        return format_html('<dfn title="{}">{}</dfn>', entry.meaning, text or entry.label)
    return format_html(
        '<a class="term" href="{}#{}" title="{}">{}</a>',
        address,
        key,
        entry.meaning,
        text or entry.label,
    )
