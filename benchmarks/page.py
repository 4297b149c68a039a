"""Any page beside a bare Django view in the same server: milliseconds of processor, statements, requests.

`python benchmarks/page.py [--requests 60]` loads the practice example into a throw-away folder, starts
one gunicorn with two processes that serves Dabir and, beside it, one view that does nothing, and asks
for each page in turn. Processor time is that of the server's processes, so the client does not count.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "bare Django view": "/bare",
    "sign-in (a stranger)": "/en/account/login/",
    "desk": "/en/office/",
    "register": "/fa/office/register/",
    "register, one rare word": "/fa/office/register/?q=دوچرخه",
    "decision": "/fa/decisions/practice-2021/3/",
    "commitment": "/en/office/commitments/practice-2021/3/c1/",
    "declaration, clause by clause": "/fa/decisions/practice-2021/",
}
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
        line.request("GET", quoted, headers={"Cookie": f"sessionid={cookie}", "Host": "localhost"})
        line.getresponse().read()
    line.close()


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
    command += ["-k", "gthread", "-w", "2", "--threads", "4", "-b", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    for _ in range(100):
        try:
            ask(port, "/bare", "", 1)
        except OSError:
            time.sleep(0.2)
        else:
            return server
    raise SystemExit("the server did not start")


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
        found = measure(8931, server.pid, cookie, asked.requests)
        bare = found["bare Django view"][0] or 0.1
        print(f"{'page':<32}{'CPU ms':>8}{'statements':>12}{'req/s':>8}{'x bare':>8}")
        for name, (used, rate) in found.items():
            print(f"{name:<32}{used:>8.1f}{statements[name]:>12}{rate:>8.0f}{used / bare:>8.1f}")
    finally:
        if server:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
