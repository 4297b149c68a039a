"""One index of everything that anyone may find: which kinds there are, kept by the acts, asked by pages.

It holds public values only, in tables of its own; the office searches elsewhere (`core/search.py`).
"""

from dabir.core.publicsearch.asking import Answer, Group, ask
from dabir.core.publicsearch.engines import settle
from dabir.core.publicsearch.keeping import rebuild, renew, stale
from dabir.core.publicsearch.kinds import KINDS, Entry, Kind, join

__all__ = [
    "KINDS",
    "Answer",
    "Entry",
    "Group",
    "Kind",
    "ask",
    "join",
    "rebuild",
    "renew",
    "settle",
    "stale",
]
