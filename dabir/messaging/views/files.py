"""A file as the answer to a request: shown or saved, never guessed at by the browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse


def file_answer(
    content: bytes, media_type: str, name: str, *, inline: bool = False
) -> HttpResponse:
    """The bytes under a name in any script; `inline` lets the browser show them."""
    answer = HttpResponse(content, content_type=media_type)
    kind = "inline" if inline else "attachment"
    answer["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
