"""Addresses of pages, kept: a list asks for hundreds, and they depend on nothing but what is asked."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language


def address(view: str, *parts: str) -> str:
    """The address of a page in the language of the reader; raises NoReverseMatch like `reverse`."""
    return _address(view, parts, get_language(), get_urlconf(), get_script_prefix())


@lru_cache(maxsize=16384)
def _address(
    view: str, parts: tuple[str, ...], _language: str | None, _urlconf: Any, _prefix: str
) -> str:
    return reverse(view, args=parts)
