"""The search finds records by the words that they have now."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.checks import register
from dabir.core.errors import Words
from dabir.core.search import stale_entries


def find_stale_search() -> Iterable[Words]:
    """Records that the search does not find by their present words, or finds though they are gone."""
    for kind, public_id in stale_entries():
        yield _("%(record)s (%(kind)s) is not found by its present words: `dabir reindex`.") % {
            "record": public_id,
            "kind": kind,
        }


register(
    "office.search", gettext_lazy("Records are found by their present words"), find_stale_search
)
