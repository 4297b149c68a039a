"""Names of data in every language, and how the reader's language is chosen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString


def as_words(value: Any) -> dict[str, str]:
    """An i18n field, a dict or plain text as {language: text}, empty languages left out."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, dict):
        return {k: v for k, v in data.items() if v}
    return {"en": str(data)} if data else {}


def in_language(value: Any, language: str | None = None) -> tuple[str, str]:
    """The text in the reader's language, else the first there is; and the language it is in."""
    words = as_words(value)
    wanted = (language or get_language() or "en")[:2]
    if wanted in words:
        return words[wanted], wanted
    for found, text in words.items():
        return text, found
    return "", wanted


def say(value: Any, language: str | None = None) -> str:
    """The text in the reader's language, else in the first language there is."""
    return in_language(value, language)[0]
