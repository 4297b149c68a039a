"""How often one address may ask in a minute.

Answers that are handed out again and "unchanged" are not counted: whoever keeps what was given and asks
by its ETag is not slowed down. The count lies in the cache that all processes share; two requests in
the same instant may be counted as one, which favours the reader.
"""

from __future__ import annotations

import time
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

MINUTE = 60


def seconds_to_wait(request: HttpRequest) -> int:
    """Count a request; 0 where it is within the limit, else the seconds until it may come again."""
    now = int(time.time())
    window, passed = divmod(now, MINUTE)
    try:
        asker = str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # no address is told, as from a socket: all such are one
        asker = ""
    key = f"api-{window}-{sha256(asker.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, timeout=2 * MINUTE):
        return 0
    try:
        number = cache.incr(key)
    except ValueError:  # it ran out in between: a new minute
        return 0
    return MINUTE - passed if number > settings.API_LIMIT else 0
