"""Pages that the secretariat has written and published."""

from __future__ import annotations

from typing import Any

from dabir.editorial.services import publish_written_page
from tests.factories.people import ON, SIGNED


def a_page(slug: str = "harbour", language: str = "en", **changes: Any) -> Any:
    """News that everybody reads; whatever is given is written instead."""
    given = {
        "kind": "news",
        "title": "Harbour opened",
        "intro": "It is open again.",
        "facts": {"on": ON},
        "body": [("quote", {"text": "Ships are back.", "by": "The harbour master"})],
    }
    return publish_written_page(slug=slug, language=language, **(given | changes), **SIGNED)
