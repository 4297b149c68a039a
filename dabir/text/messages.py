"""Marks what a person will read, without knowing who translates it."""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Mark an English message for the translation catalogue; whoever shows it translates it."""
    return message
