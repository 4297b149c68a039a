"""The progress report as HTML, PDF, DOCX and JSON from one dict; equal data, equal bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dabir.core.uncollected import uncollected
from dabir.decisions.report.rendering.compose import compose
from dabir.decisions.report.rendering.pen import Pen
from dabir.documents.typesetting.press import print_pdf
from dabir.documents.typesetting.web import content_policy, write_html
from dabir.documents.typesetting.writers import write_docx


def render_pdf(data: Mapping[str, Any], language: str) -> bytes:
    """The report as a tagged, archival PDF in one language."""
    return print_pdf(compose(data, language))


def render_html(data: Mapping[str, Any], language: str) -> bytes:
    """The report as one self-contained HTML file, to be served under `content_policy()`."""
    return write_html(compose(data, language))


def render_docx(data: Mapping[str, Any], language: str) -> bytes:
    """The report as DOCX in one language."""
    return write_docx(compose(data, language))


def render_json(data: Mapping[str, Any], language: str) -> bytes:
    """The report's data for machines, the same in every language."""
    Pen(language)
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


FORMATS = ("html", "pdf", "docx", "json")
MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


@uncollected()
def render(data: Mapping[str, Any], language: str, fmt: str) -> bytes:
    """The report in one language and one of FORMATS."""
    printers = {
        "html": render_html,
        "pdf": render_pdf,
        "docx": render_docx,
        "json": render_json,
    }
    return printers[fmt](data, language)


__all__ = [
    "FORMATS",
    "MEDIA_TYPES",
    "content_policy",
    "render",
    "render_docx",
    "render_html",
    "render_json",
    "render_pdf",
]
