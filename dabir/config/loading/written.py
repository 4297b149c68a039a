"""Pages of an example that the secretariat writes, with their pictures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.html import format_html_join

from dabir.config.loading.reading import Stage
from dabir.editorial.models import EditorialPage, Picture
from dabir.editorial.services import bring_picture, publish_written_page

DAYS = {"day": "on", "starts_on": "starts_on", "ends_on": "ends_on"}
FACTS = ("source", "author", "office", "place")


def load_pages(stage: Stage) -> None:
    """Every page in every language in which the example has it, with its pictures."""
    told = stage.read("pages.yaml")
    pictures = {key: _brought(stage, key, about) for key, about in told.get("pictures", {}).items()}
    for entry in told.get("pages", []):
        written: EditorialPage | None = None
        for language in ("fa", "en"):
            if language not in entry["title"]:
                continue
            facts: dict[str, Any] = {
                field: date.fromisoformat(entry[key]) for key, field in DAYS.items() if key in entry
            }
            facts |= {key: entry[key][language] for key in FACTS if key in entry}
            facts |= _pictured(entry, language, pictures)
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


def _brought(stage: Stage, key: str, about: dict[str, str]) -> Picture:
    path = stage.folder / "pictures" / f"{key}.webp"
    return bring_picture(data=path.read_bytes(), name=path.name, **about, **stage.stamp)


def _pictured(entry: dict[str, Any], language: str, pictures: dict[str, Picture]) -> dict[str, Any]:
    """The picture at the top and those of a gallery, with what they show in this language."""
    facts: dict[str, Any] = {}
    if lead := entry.get("lead"):
        facts |= {
            "lead": pictures[lead["picture"]],
            "lead_alternative": lead["words"][language],
        }
    if shown := entry.get("pictures"):
        facts["pictures"] = [
            (
                "picture",
                {
                    "picture": pictures[one["picture"]],
                    "alternative": one["words"][language],
                    "caption": one["caption"][language],
                },
            )
            for one in shown
        ]
    return facts


def _parts(body: list[dict[str, Any]], language: str) -> Iterator[tuple[str, Any]]:
    for part in body:
        ((kind, value),) = part.items()
        if kind == "text":
            paragraphs = ((line,) for line in value[language])
            yield kind, format_html_join("", "<p>{}</p>", paragraphs)
        else:
            yield kind, {k: v[language] if isinstance(v, dict) else v for k, v in value.items()}
