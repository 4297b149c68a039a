"""Addresses of pages, kept: a list asks for hundreds, and they depend on nothing but what is asked."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address(view: str, *parts: str) -> str:
    """The address of a page in the language of the reader; raises NoReverseMatch like `reverse`."""
    return _address(view, parts, *where())


def where() -> tuple[str | None, str, str]:
    """All that an address depends on beside the page: language, table of addresses, where it begins."""
    return get_language(), settings.ROOT_URLCONF, get_script_prefix()


@lru_cache(maxsize=16384)
def _address(
    view: str, parts: tuple[str, ...], _language: str | None, _urlconf: str, _prefix: str
) -> str:
    return reverse(view, args=parts)
