"""Links to the headings of a long paper.

The typesetter knows where a heading stands only after everything was set once, so that a row with a
link to one is set twice: in a register of thousands half of all the work. In the printed file,
however, a link names its heading, and the file says where that is. A long paper is therefore set
with addresses in the place of its links, and they become the names that the typesetter would have
written. No other byte of the file moves.
"""

from __future__ import annotations

import re

_SCHEME = "dabir:"
_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")
_ADDRESS = re.compile(
    rb"/A<</Type/Action/S/URI/URI\(dabir:([A-Za-z0-9/._-]+)\)>>(/F \d+/StructParent \d+)"
    rb"/Contents\(dabir:\1\)"
)


class PlaceNotFound(RuntimeError):
    """A link of a printed paper leads nowhere: the typesetter writes links as it never did before."""


def by_name(heading: str) -> str:
    """The address that stands for a heading while the paper is set; else the heading's own place."""
    return f"{_SCHEME}{heading}" if _PLAIN.fullmatch(heading) else f"#{heading}"


def lead_by_name(pdf: bytes) -> bytes:
    """The paper with links that lead to its headings; raises PlaceNotFound."""
    if b"/URI(dabir:" not in pdf:
        return pdf
    done = _ADDRESS.sub(_named, pdf)
    if b"(dabir:" in done:
        raise PlaceNotFound
    return done


def _named(found: re.Match[bytes]) -> bytes:
    """The same link by name: what it is called for those who do not see it is the name too."""
    name, between = found[1], found[2]
    return (b"/Dest(%s)%s/Contents(%s)" % (name, between, name)).ljust(len(found[0]))
