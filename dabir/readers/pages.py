"""Which page of the website a reader speaks of."""

from __future__ import annotations

import re

from django.utils.http import url_has_allowed_host_and_scheme

PATH = re.compile(r"/[^\s@]*")


def path_of(page: str) -> str:
    """The path, where it is one of this website; nothing for words, and for what leads elsewhere."""
    path = page.partition("#")[0].partition("?")[0]
    is_ours = PATH.fullmatch(path) and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else ""
