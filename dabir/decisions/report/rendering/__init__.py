"""The progress report as HTML, PDF, DOCX and JSON from one canonical dict; equal data, equal bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dabir.decisions.report.rendering.compose import compose
from dabir.documents.typesetting.press import print_pdf


def render_pdf(data: Mapping[str, Any], language: str) -> bytes:
    """The report as a tagged, archival PDF in one language."""
    return print_pdf(compose(data, language))
