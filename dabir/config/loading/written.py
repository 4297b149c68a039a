"""Pages of an example that the secretariat writes: about the association, news, events, opinions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.html import format_html_join

from dabir.config.loading.reading import Stage
from dabir.editorial.models import EditorialPage
from dabir.editorial.services import publish_written_page

DAYS = {"day": "on", "starts_on": "starts_on", "ends_on": "ends_on"}
FACTS = ("source", "author", "office", "place")


def load_pages(stage: Stage) -> None:
    """Every page in every language in which the example has it."""
    for entry in stage.read("pages.yaml").get("pages", []):
        written: EditorialPage | None = None
        for language in ("fa", "en"):
            if language not in entry["title"]:
                continue
            facts: dict[str, Any] = {
                field: date.fromisoformat(entry[key]) for key, field in DAYS.items() if key in entry
            }
            facts |= {key: entry[key][language] for key in FACTS if key in entry}
            page = publish_written_page(
                kind=entry["kind"],
                language=language,
                slug=entry["slug"],
                title=entry["title"][language],
                intro=entry["intro"][language],
                body=_parts(entry.get("body", []), language),
                version_of=written,
                facts=facts,
                **stage.stamp,
            )
            written = written or page


def _parts(body: list[dict[str, Any]], language: str) -> Iterator[tuple[str, Any]]:
    for part in body:
        ((kind, value),) = part.items()
        if kind == "text":
            paragraphs = ((line,) for line in value[language])
            yield kind, format_html_join("", "<p>{}</p>", paragraphs)
        else:
            yield kind, {k: v[language] if isinstance(v, dict) else v for k, v in value.items()}
