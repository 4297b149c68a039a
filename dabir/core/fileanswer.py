"""A file as the answer to a request: saved by the reader, or shown where a browser may show it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def file_answer(
    content: bytes | str, media_type: str, name: str, *, inline: bool = False
) -> HttpResponse:
    """The content under a name in any script; `inline` lets the browser show it instead of saving it.

    A name may come from outside: line breaks in it would break the header. That no browser guesses at
    the kind of a file is said for every answer, by Django's middleware of security.
    """
    answer = HttpResponse(content, content_type=media_type)
    in_one_line = " ".join(name.split())
    answer["Content-Disposition"] = content_disposition_header(not inline, in_one_line) or "inline"
    return answer
