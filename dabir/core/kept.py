"""Public pages as they were answered, handed out again before anything else is done.

A page is kept under the name of the state it shows (`state_of`): the head of the trail, the day, the host
and the address. Whoever comes without a session of ours is answered from here at the cost of one
statement; any act changes the head, so nothing has to be thrown away, in whichever process the act was.
What many pages show alike, such as how many tasks stand how, is worked out once for a state (`known`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache, wraps
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dabir.core.publicsearch.keeping import RENEWALS

MOST_BYTES = 24_000_000
LARGEST_KEPT = 200_000
MOST_KNOWN = 200
FRESH_SECONDS = 60
STATE = "_public_state"
HEAD = """
SELECT hash, recorded_at, (SELECT last FROM core_counter WHERE series = %s)
FROM core_auditentry WHERE act NOT LIKE 'accounts.%%' ORDER BY sequence DESC LIMIT 1
"""  # signing in changes nothing that the public sees


View = Callable[..., HttpResponse]
Head = tuple[str, datetime | None]
Found = TypeVar("Found")


@dataclass(frozen=True)
class Kept:
    """A page as it was answered: its bytes and all of its headers."""

    content: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def size(self) -> int:
        """What keeping it takes, nearly."""
        return len(self.content) + sum(len(name) + len(value) for name, value in self.headers) + 500

    def answer(self) -> HttpResponse:
        """The page once more."""
        answer = HttpResponse(self.content)
        for name, value in self.headers:
            answer.headers[name] = value
        return answer


class Shelf:
    """Pages by their state, the one asked for longest ago given up first; bounded in bytes."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, state: str) -> Kept | None:
        """The page kept for a state."""
        with self._lock:
            kept = self._pages.get(state)
            if kept is not None:
                self._pages.move_to_end(state)
            return kept

    def keep(self, state: str, answer: HttpResponse) -> None:
        """Keep a whole page that is the same for everybody."""
        kept = Kept(answer.content, tuple(answer.items()))
        if len(kept.content) > LARGEST_KEPT:
            return
        with self._lock:
            before = self._pages.pop(state, None)
            self._pages[state] = kept
            self.bytes += kept.size - (before.size if before else 0)
            while self.bytes > self.most_bytes:
                self.bytes -= self._pages.popitem(last=False)[1].size

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def __len__(self) -> int:
        return len(self._pages)


class Known:
    """What was worked out for a state, under a name; the one asked for longest ago given up first."""

    def __init__(self, most: int = MOST_KNOWN) -> None:
        self.most = most
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def read(self, name: Hashable, work: Callable[[], Found]) -> Found:
        """What stands under a name, worked out where nothing does. Whoever reads it changes it not."""
        with self._lock:
            if name in self._found:
                self._found.move_to_end(name)
                return cast(Found, self._found[name])
        found = work()
        with self._lock:
            self._found[name] = found
            while len(self._found) > self.most:
                self._found.popitem(last=False)
        return found

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._found.clear()


SHELF = Shelf()
KNOWN = Known()


def state_of(request: HttpRequest, digest: str, language: str) -> str:
    """The name of what a page shows now, as an ETag says it."""
    host = request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", "")
    said = "\n".join(
        (digest, timezone.localdate().isoformat(), host,
         str(request.scheme), request.get_full_path(), language, edition())
    )  # fmt: skip
    return f'"{sha256(said.encode("utf-8", "replace")).hexdigest()[:32]}"'


@cache
def edition() -> str:
    """What the pages are drawn with: the newest of our templates, words and code."""
    package = Path(__file__).resolve().parents[1]
    wanted = ("**/templates/**/*.html", "locale/**/*.mo", "**/*.py")
    newest = max(p.stat().st_mtime_ns for pattern in wanted for p in package.glob(pattern))
    return str(newest)


def head_now() -> Head:
    """What names the state of everything, and when the last act was recorded; one small statement.

    The last entry of the trail, and how often the search was renewed without an act.
    """
    with connection.cursor() as cursor:
        cursor.execute(HEAD, [RENEWALS])
        row = cursor.fetchone()
    if row is None:
        return "", None
    digest, recorded, renewals = row
    at = parse_datetime(recorded) if isinstance(recorded, str) else recorded
    if at is not None and timezone.is_naive(at):
        at = at.replace(tzinfo=UTC)
    return f"{digest} {renewals or 0}", at


def head_for(request: HttpRequest) -> Head:
    """The same, read once for a request."""
    found: Head | None = request.META.get(STATE)
    if found is None:
        found = request.META[STATE] = head_now()
    return found


def known(request: HttpRequest, name: Hashable, work: Callable[[], Found]) -> Found:
    """What pages of everybody show alike until the next act or the next day, worked out once."""
    digest, _at = head_for(request)
    if not digest:
        return work()
    return KNOWN.read((digest, timezone.localdate(), name), work)


class KeptPagesMiddleware:
    """Answers kept pages before all others look at the request, and keeps those they answered.

    Only for addresses that name their language, and only for those who bring neither a session nor
    a message: all that the middleware behind would add is in the page as it was kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = request.path_info[1:].partition("/")[0]
        if not _may_be_kept(request, language):
            return self.get_response(request)
        if len(SHELF):
            kept = SHELF.find(state_of(request, head_for(request)[0], language))
            if kept is not None:
                return _again(request, kept)
        answer = self.get_response(request)
        state = getattr(answer, STATE, "")
        if state and isinstance(answer, HttpResponse) and _is_for_all(request, answer):
            SHELF.keep(state, answer)
        return answer


def _may_be_kept(request: HttpRequest, language: str) -> bool:
    if request.method not in ("GET", "HEAD") or language not in dict(settings.LANGUAGES):
        return False
    cookies = request.META.get("HTTP_COOKIE", "")
    if not cookies:
        return True
    return settings.SESSION_COOKIE_NAME not in cookies and CookieStorage.cookie_name not in cookies


def _is_for_all(request: HttpRequest, answer: HttpResponse) -> bool:
    return request.method == "GET" and answer.status_code == 200 and not answer.cookies


def _again(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    answer = kept.answer()
    if "HTTP_IF_NONE_MATCH" not in request.META and "HTTP_IF_MODIFIED_SINCE" not in request.META:
        return answer
    changed = parse_http_date_safe(answer.headers.get("Last-Modified", ""))
    return get_conditional_response(request, answer.headers.get("ETag"), changed, answer) or answer


def open_to_all(view: View) -> View:
    """The page is for everybody, is only read, and may be kept by browsers and by us."""

    @login_not_required
    @require_safe
    @wraps(view)
    def _view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            answer = view(request, *args, **kwargs)
            patch_cache_control(answer, private=True, no_cache=True)
            return answer
        state, changed = _state(request)
        unchanged = get_conditional_response(request, state, int(changed.timestamp()))
        answer = unchanged or view(request, *args, **kwargs)
        if answer.status_code in (200, 304):
            answer["ETag"] = state
            answer["Last-Modified"] = http_date(changed.timestamp())
            patch_cache_control(answer, public=True, max_age=FRESH_SECONDS)
            setattr(answer, STATE, state)
        patch_vary_headers(answer, ("Cookie",))
        return answer

    return _view


def _state(request: HttpRequest) -> tuple[str, datetime]:
    """The name of what the page shows now, and since when: the last act, or midnight."""
    today = timezone.localdate()
    midnight = datetime.combine(today, time.min, timezone.get_current_timezone())
    digest, recorded_at = head_for(request)
    changed = max(midnight, recorded_at) if recorded_at else midnight
    state = state_of(request, digest, get_language() or "")
    return state, changed.astimezone(UTC)


def forget_kept() -> None:
    """Draw every page anew: for tests that start from nothing."""
    SHELF.clear()
    KNOWN.clear()
