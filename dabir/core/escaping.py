"""Words made fit for a page, as Django does it, without looking first whether they are said later."""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.html import conditional_escape


def escaped(value: Any) -> str:
    """The value with nothing left in it that a page would take for a tag."""
    return escape(value if type(value) is str else str(value))


def shown(value: Any) -> str:
    """The same, save what is meant as part of a page."""
    return escape(value) if type(value) is str else conditional_escape(value)
