"""Words that a stranger typed: what belongs to a script stays, what only steers a machine goes."""

from __future__ import annotations

# Without them Persian is written wrongly («می شود») and a line of two scripts runs the wrong way.
JOINING_AND_DIRECTION = "\u200c\u200d\u200e\u200f"


def harmless(text: str, *, kept: str = "") -> str:
    """The text without control and format signs but those `kept`; every kind of space is a space."""
    return "".join(_sign(sign, kept + JOINING_AND_DIRECTION) for sign in text)


def one_line(text: str) -> str:
    """The same as one line: no header can be put in by it."""
    return harmless(text).strip()


def _sign(sign: str, kept: str) -> str:
    if sign in kept or sign.isprintable():
        return sign
    return " " if sign.isspace() else ""
