"""Addresses of the page one is on, with something changed: page number, order, language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from dabir.core.components.icons import icon_html
from dabir.core.components.words import direction
from dabir.core.errors import Words
from dabir.core.words import reader_language

register = template.Library()


def query_of(context: Context) -> QueryDict:
    """The query of this request, free to change."""
    request: HttpRequest | None = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


def changed_query(context: Context, changes: dict[str, Any]) -> str:
    """`?…` of this request with some values changed; None takes one out."""
    query = query_of(context)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def query_replace(context: Context, **changes: Any) -> str:
    """The address of this list with another page, order or filter."""
    return changed_query(context, changes)


@register.simple_tag(takes_context=True)
def column(
    context: Context, label: Words, *, sort: str = "", kind: str = "text", note: Words = ""
) -> SafeString:
    """A column head; with `sort` it is a link that orders the table by it."""
    css = "number-column" if kind == "number" else f"{kind}-column"
    if not sort:
        return _head(css, str(label))
    current = query_of(context).get("sort", "")
    order = "ascending" if current == sort else "descending" if current == f"-{sort}" else ""
    address = changed_query(
        context, {"sort": f"-{sort}" if order == "ascending" else sort, "page": None}
    )
    sign = {"ascending": "sort-up", "descending": "sort-down"}.get(order, "sort")
    return format_html(
        '<th scope="col" class="{}" data-head="{}"{}><a href="{}" title="{}">{}{}</a></th>',
        css,
        label,
        format_html(' aria-sort="{}"', order) if order else "",
        address,
        note or _("Sort by “%(column)s”") % {"column": label},
        label,
        icon_html(sign),
    )


@lru_cache(maxsize=1024)
def _head(css: str, label: str) -> SafeString:
    """The head of a column that orders nothing."""
    return format_html('<th scope="col" class="{}" data-head="{}">{}</th>', css, label, label)


@register.simple_tag(takes_context=True)
def reader_languages(context: Context) -> list[dict[str, Any]]:
    """The other languages of this very page: `url` where the address carries the language."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request else "/"
    found = []
    for code, _name in settings.LANGUAGES:
        if code == reader_language():
            continue
        if here.startswith(f"/{reader_language()}/"):
            there = f"/{code}/{here.split('/', 2)[2]}"  # a page has the same place in each language
        elif (there := translate_url(here, code)) == here and not getattr(
            getattr(request, "user", None), "is_authenticated", False
        ):
            there = f"/{code}/"  # strangers get no form, for that would set a cookie
        found.append(
            {
                "code": code,
                "dir": direction(code),
                "name": get_language_info(code)["name_local"],
                "url": there if there != here else "",
                "here": here,
            }
        )
    return found


@register.simple_block_tag(takes_context=True)
def heading(context: Context, content: str) -> str:
    """Keep the page's title, so that the same words head the page and the window."""
    context["heading"] = mark_safe(content.strip())  # noqa: S308 # a rendered block
    return ""
