"""What the web server itself refuses to read, told in words; such a request never reaches the application.

Nothing of the request is known then, its language neither, so the page speaks every language.
"""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

LONGEST_LINE = 8190  # the most that gunicorn reads
# In bytes; in seconds, all in all and without a sign.
MOST_UNREAD, PATIENCE, QUIET = 1_000_000, 2.0, 0.2


def _said(status: int) -> tuple[str, str]:
    """What is wrong, and what cures it, in the language that is active."""
    if status == 414:
        return (
            _("This address is too long to be read"),
            _(
                "Shorten it: leave away what stands behind the question mark, or search for fewer words."
            ),
        )
    return (
        _("Your browser sent more along than can be read"),
        _("Delete what it keeps of this website (cookies), and open the page again."),
    )


def refusal(status: int, reason: str) -> bytes:
    """The whole answer."""
    parts = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
            parts.append((code, direction, *_said(status)))
    words = format_html_join(
        "\n", '<section lang="{}" dir="{}"><h1>{}</h1><p>{}</p></section>', parts
    )
    page = format_html(
        '<!DOCTYPE html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n'
        "<body>{}</body></html>\n",
        parts[0][0], parts[0][2], words,
    ).encode()  # fmt: skip
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Security-Policy: default-src 'none'\r\nX-Content-Type-Options: nosniff\r\n"
        f"Cache-Control: no-store\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    return head.encode() + page


def _read_away(client: socket.socket) -> None:
    """Take in what is still on its way: closed before, many browsers would show no answer at all."""
    left, until = MOST_UNREAD, time.monotonic() + PATIENCE
    client.settimeout(QUIET)
    while left > 0 and time.monotonic() < until:
        taken = client.recv(65_536)
        left -= len(taken)
        if not taken:
            return


class Worker(ThreadWorker):
    """gunicorn's worker, which says in words what it could not read."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:
        """Answer what was too long; everything else as gunicorn does."""
        known = {LimitRequestLine: (414, "URI Too Long"),
                 LimitRequestHeaders: (431, "Request Header Fields Too Large")}  # fmt: skip
        status = known.get(type(exc))
        if status is None:
            super().handle_error(req, client, addr, exc)
            return
        with contextlib.suppress(OSError):
            with contextlib.suppress(TimeoutError):
                _read_away(client)
            client.settimeout(PATIENCE)
            client.sendall(refusal(*status))
