"""Where a fact comes from, as its reader is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dabir.core.components.words import localized
from dabir.core.words import as_words

register = template.Library()


@register.simple_tag(takes_context=True)
def source(context: template.Context, told: str) -> SafeString:
    """A source as the association's list of sources names it, else as it was written.

    ``told`` holds one id of that list, several with commas between them, or words of whoever entered
    the fact.
    """
    listed = {entry["id"]: entry for entry in getattr(context.get("association"), "sources", ())}
    if told in listed:
        return _named(listed[told])
    parts = told.split(", ")
    if not any(part in listed for part in parts):
        return _written(told)
    named = ((_named(listed[part]) if part in listed else _written(part),) for part in parts)
    return format_html_join(_("; "), "{}", named)


def _named(entry: Mapping[str, Any]) -> SafeString:
    """The title of a listed source; what is to be known of it stands in its tooltip."""
    return localized(as_words(entry.get("title")), quiet=True) or _written(entry["id"])


def _written(told: str) -> SafeString:
    return format_html('<span dir="auto">{}</span>', told)
