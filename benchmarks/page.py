"""Any page beside a bare Django view in the same server, and beside its budget and what others take.

`python benchmarks/page.py [--requests 60]` loads the practice example into a throw-away folder, starts
one gunicorn with two processes, as `dabir serve` starts it, that serves Dabir and, beside it, one view
that does nothing. Each page is asked for in turn: once by a process that has drawn nothing yet (the
first), then warm; then decisions and commitments are entered through their forms. Processor time is
that of the server's processes, so the client does not count. The figures of others were measured on
other days on a machine like this one: half as much more or less says nothing.
"""

from __future__ import annotations

import argparse
import http.client
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "bare Django view": "/bare",
    "sign-in (a stranger)": "/en/account/login/",
    "desk": "/en/office/",
    "register": "/fa/office/register/",
    "register, one rare word": "/fa/office/register/?q=دوچرخه",
    "decision": "/fa/office/decisions/practice-2021/3/",
    "commitment": "/en/office/commitments/practice-2021/3/c1/",
    "declaration, clause by clause": "/fa/office/documents/practice-2021/",
}
# Most processor milliseconds and statements, and what a request of the kind takes elsewhere.
BUDGETS: dict[str, tuple[float, int, str]] = {
    "desk": (25, 15, "Tendenci 353 ms, 26 statements"),
    "register": (25, 15, "Tendenci 353 ms, 26 statements"),
    "register, one rare word": (25, 15, "Tendenci 501, 33; Wagtail's bakerydemo 24, 15"),
    "decision": (12, 10, "Tendenci 265, 23; bakerydemo 20, 19; CKAN 52, 33"),
    "commitment": (12, 10, "Tendenci 265, 23; bakerydemo 20, 19; CKAN 52, 33"),
    "declaration, clause by clause": (15, 10, "CKAN 30, 2; bakerydemo 72, 51"),
    "enter a decision": (15, 0, "bakerydemo 18 ms; Tendenci 417 ms on the wall"),
    "make a commitment": (15, 0, "bakerydemo 18 ms; Tendenci 417 ms on the wall"),
}
POST_WALL_MS = 60
ASIDE = """
from django.http import HttpResponse
from django.urls import path
from django.contrib.auth.decorators import login_not_required
from dabir.config.urls import *
urlpatterns = [path("bare", login_not_required(lambda request: HttpResponse("bare"))), *urlpatterns]
"""
SERVED = """
from dabir.config.settings import *
ROOT_URLCONF = "aside"
"""
FROZEN = """
def when_ready(server):
    import gc
    gc.collect()
    gc.freeze()
"""


def forms(run: str, number: int) -> dict[str, tuple[str, dict[str, str]]]:
    """The forms that are filled in, each with an address and what is typed; nothing twice."""
    decision = {
        "public_id": f"bench-{run}/{number}",
        "organ": "general-assembly",
        "decided_on": "2021-10-20",
        "titles_fa": f"تصمیم {number}",
        "titles_en": f"Decision {number}",
        "themes": "transport",
        "source": "benchmark",
    }
    commitment = {
        "titles_fa": f"کار {number}",
        "titles_en": f"Something to do {number}",
        "kind": "one_off",
        "deadline_type": "date",
        "deadline_on": "2026-12-01",
        "budget": "unknown",
    }
    return {
        "enter a decision": ("/en/office/decisions/new/", decision),
        "make a commitment": ("/en/office/decisions/practice-2021/3/commit/", commitment),
    }


def prepare(home: Path) -> tuple[str, dict[str, int]]:
    """Load the example, open a session, and count the statements of each page. Returns the cookie."""
    os.environ["DABIR_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "served"
    (home / "aside.py").write_text(ASIDE)
    (home / "served.py").write_text(SERVED)
    sys.path[:0] = [str(home), str(ROOT)]
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from dabir.accounts.models import User
    from dabir.accounts.services import demonstration_address
    from dabir.config.examples import load_example

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    load_example("practice")
    client = Client(SERVER_NAME="localhost")
    user = User.objects.get(email=demonstration_address("secretary_general"))
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    statements = {}
    for name, path in PAGES.items():
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        if answer.status_code not in (200, 302):
            raise SystemExit(f"{name}: {answer.status_code}")
        statements[name] = len(asked)
    for name, (path, typed) in forms("first", 1).items():
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(path, typed)
        if answer.status_code != 302:
            raise SystemExit(f"{name}: {answer.status_code}")
        statements[name] = len(asked)
    return client.cookies["sessionid"].value, statements


def processor_seconds(pid: int) -> float:
    """Seconds of processor that a process and its children have used."""
    command = ["ps", "--ppid", str(pid), "-o", "pid="]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    ticks = 0
    for one in [pid, *(int(p) for p in found.stdout.split())]:
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def ask(port: int, path: str, cookie: str, count: int) -> None:
    """Ask for a page so many times on one connection."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    quoted = "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in path)
    for _ in range(count):
        brought = {"Cookie": f"sessionid={cookie}"} if cookie else {}
        line.request("GET", quoted, headers={"Host": "localhost"} | brought)
        line.getresponse().read()
    line.close()


def enter(port: int, name: str, cookie: str, numbers: range) -> list[float]:
    """Fill in a form so many times on one connection; the milliseconds of each on the wall."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    token = secrets.token_urlsafe(24).replace("-", "a").replace("_", "b")
    headers = {
        "Cookie": f"sessionid={cookie}; csrftoken={token}",
        "Host": "localhost",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    found = []
    for number in numbers:
        path, typed = forms("posted", number)[name]
        body = urllib.parse.urlencode(typed | {"csrfmiddlewaretoken": token})
        started = time.perf_counter()
        line.request("POST", path, body, headers)
        answer = line.getresponse()
        answer.read()
        found.append((time.perf_counter() - started) * 1000)
        if answer.status != 302:
            raise SystemExit(f"{name}: {answer.status}")
    line.close()
    return found


def measure_forms(port: int, pid: int, cookie: str, count: int) -> dict[str, tuple[float, float]]:
    """Processor milliseconds of each form, the best of three rounds, and the median on the wall."""
    found = {}
    for name in forms("", 0):
        used, wall = [], []
        for turn in range(4):
            numbers = range(turn * count, (turn + 1) * count)
            before = processor_seconds(pid)
            took = enter(port, name, cookie, numbers)
            if turn:  # the first turn warms up
                used.append((processor_seconds(pid) - before) * 1000 / count)
                wall += took
        found[name] = (min(used), median(wall))
    return found


def measure_first(port: int, cookie: str) -> dict[str, float]:
    """Milliseconds on the wall of the first request for each page."""
    found = {}
    for name, path in PAGES.items():
        started = time.perf_counter()
        ask(port, path, cookie, 1)
        found[name] = (time.perf_counter() - started) * 1000
    return found


def measure(port: int, pid: int, cookie: str, count: int) -> dict[str, tuple[float, float]]:
    """Processor milliseconds and requests a second of each page, asked in turn three times."""
    best: dict[str, tuple[float, float]] = {}
    for _round in range(3):
        for name, path in PAGES.items():
            ask(port, path, cookie, 4)
            before, started = processor_seconds(pid), time.perf_counter()
            ask(port, path, cookie, count)
            used = (processor_seconds(pid) - before) * 1000 / count
            rate = count / (time.perf_counter() - started)
            known = best.get(name)
            if known is None or used < known[0]:
                best[name] = (used, rate)
    return best


def serve(home: Path, port: int) -> subprocess.Popen[bytes]:
    """The server that is measured: two processes of four threads, as `dabir serve` starts it."""
    environment = os.environ | {"PYTHONPATH": f"{home}:{ROOT}", "DJANGO_SETTINGS_MODULE": "served"}
    command = [sys.executable, "-m", "gunicorn", "dabir.config.wsgi", "--preload"]
    (home / "frozen.py").write_text(FROZEN)
    command += [
        "-c",
        str(home / "frozen.py"),
        "-k",
        "gthread",
        "-w",
        "2",
        "--threads",
        "4",
        "-b",
        f"127.0.0.1:{port}",
    ]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    for _ in range(100):
        try:
            ask(port, "/bare", "", 1)
        except OSError:
            time.sleep(0.2)
        else:
            return server
    raise SystemExit("the server did not start")


def report(
    found: dict[str, tuple[float, float]],
    posted: dict[str, tuple[float, float]],
    first: dict[str, float],
    statements: dict[str, int],
) -> None:
    """A row for each page and each form, its budget and the figures of others behind it."""
    bare = found["bare Django view"][0] or 0.1
    print(f"{'page':<32}{'CPU ms':>8}{'statements':>12}{'req/s':>8}{'x bare':>8}{'first ms':>10}")
    for name, (used, rate) in found.items():
        row = f"{name:<32}{used:>8.1f}{statements[name]:>12}{rate:>8.0f}{used / bare:>8.1f}"
        print(f"{row}{first[name]:>10.0f}{_beside(name)}")
    print(f"\n{'form':<32}{'CPU ms':>8}{'statements':>12}{'wall ms':>8}   at most {POST_WALL_MS}")
    for name, (used, wall) in posted.items():
        print(f"{name:<32}{used:>8.1f}{statements[name]:>12}{wall:>8.0f}{_beside(name)}")


def _beside(name: str) -> str:
    if name not in BUDGETS:
        return ""
    most, asked, others = BUDGETS[name]
    limit = f"{most:g} ms" + (f", {asked} statements" if asked else "")
    return f"   at most {limit}; {others}"


def main() -> int:
    """Print a row for each page beside the bare view."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--requests", type=int, default=60)
    asked: Any = reader.parse_args()
    home = Path(tempfile.mkdtemp(prefix="dabir-page-"))
    server = None
    try:
        cookie, statements = prepare(home)
        server = serve(home, 8931)
        first = measure_first(8931, cookie)
        found = measure(8931, server.pid, cookie, asked.requests)
        posted = measure_forms(8931, server.pid, cookie, max(asked.requests // 3, 5))
        report(found, posted, first, statements)
    finally:
        if server:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
