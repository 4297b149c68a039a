"""Files that are served as they are: printed reports, with the policy that each kind needs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dabir.core.fileanswer import file_answer
from dabir.decisions.report.rendering import MEDIA_TYPES, content_policy


def answer_file(content: bytes, fmt: str, name: str, *, download: bool = False) -> HttpResponse:
    """The bytes with their media type; a web page is locked into its own style and fonts."""
    inline = not (download or fmt in ("docx", "json"))
    answer = file_answer(content, MEDIA_TYPES[fmt], name, inline=inline)
    if fmt == "html":
        answer["Content-Security-Policy"] = f"{content_policy()}; sandbox allow-popups"
    return answer


def sent_for(request: HttpRequest) -> bool:
    """Whether the reader asked to keep the file rather than to read it."""
    return "download" in request.GET
