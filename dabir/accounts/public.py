"""Who asks, as far as the network tells of a stranger: the address by which tries and requests are counted.

The counts lie in a cache that all processes share, one entry for each address and purpose; two requests
in the same instant may be counted as one, which favours whoever asks.
"""

from __future__ import annotations

import time
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

# Whoever has a line by IPv6 has a whole network of addresses on it.
ONE_LINE = 64
NOBODY = "unknown"


def asker_of(request: HttpRequest) -> str:
    """The address for which a request counts, believing exactly the web servers of this installation.

    Each of them adds to `X-Forwarded-For`, on the right, whom it was asked by; what stands further to the
    left anybody may have written. Where fewer stand there than are believed, it came round them.
    """
    believed = settings.PROXIES
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if believed else []
    given = told[-believed] if 0 < believed <= len(told) else ""
    return _cleaned(given) or _cleaned(request.META.get("REMOTE_ADDR", "")) or NOBODY


def seconds_to_wait(request: HttpRequest, purpose: str, *, most: int, within: int) -> int:
    """Count a request; 0 up to the most within so many seconds, else how long to wait."""
    period, passed = divmod(int(time.time()), within)
    counts, key = caches["requests"], f"{purpose}/{asker_of(request)}"
    counted_in, number = counts.get(key) or (period, 0)
    number = number + 1 if counted_in == period else 1
    if number > most:
        return within - passed
    counts.set(key, (period, number), timeout=2 * within)
    return 0


def _cleaned(told: str) -> str:
    """The address without its port; of IPv6 the network of one line. Empty for what is none."""
    told = told.strip()
    if told.startswith("["):
        told = told[1:].partition("]")[0]
    elif told.count(":") == 1:
        told = told.partition(":")[0]
    try:
        found = ip_address(told)
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), ONE_LINE), strict=False).network_address)
