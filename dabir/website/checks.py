"""Everybody finds what is public as it is now, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.checks import register
from dabir.core.errors import Words
from dabir.core.publicsearch import stale


def find_stale_public_search() -> Iterable[Words]:
    """What the search of the public pages lacks, tells otherwise, or still has."""
    for kind, owner in stale():
        yield _("%(record)s (%(kind)s) is not found by everybody as it is: `dabir reindex`.") % {
            "record": owner,
            "kind": kind,
        }


register("website.search", gettext_lazy("Everybody finds what is public"), find_stale_public_search)
