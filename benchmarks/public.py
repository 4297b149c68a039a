"""The public pages as a stranger, drawn anew and kept, beside a bare Django view in the same server.

`python benchmarks/public.py [--requests 60]` loads the practice example into a throw-away folder and
serves it as `benchmarks/page.py` does. "Drawn" asks with another query each time, so that no kept page
answers; "kept" asks for the same address, ten times as often. Processor time is that of the server's
processes. "Kept a second" is counted: `benchmarks/load.py` asks for the page on four connections for two
seconds from a process of its own, which takes its share of the same two cores; the best of two turns,
the bare view in the same turns. "After an act" is drawn when something was recorded before each request,
so that nothing of the page is known. With `--clauses 10000` there are so many further clauses, a decision
of each with a task, and the follow-up is asked for its middle page too.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import page

PUBLIC = {
    "P1 first page": "/fa/",
    "P2 follow-up": "/fa/follow-up/",
    "P2 follow-up, last page": "/fa/follow-up/?page=2",
    "P3 follow-up, one rare word": "/fa/follow-up/?words=دوچرخه",
    "P4 clause": "/fa/decisions/practice-2021/3/",
    "P4 declaration": "/fa/decisions/practice-2021/",
    "P3 search, one rare word": "/fa/search/?q=دوچرخه",
    "P2 declarations": "/fa/decisions/",
    "P2 people": "/fa/forum/people/",
    "P2 organs": "/fa/forum/organs/",
    "P2 cities": "/fa/cities/",
}
# Most processor milliseconds when drawn, most statements, and what others take.
BUDGETS = {
    "P1": (12, 12, "Wagtail's bakerydemo 45, 47; CKAN 25, 12; Tendenci 348, 58"),
    "P2": (15, 8, "bakerydemo 72, 51; CKAN 30, 2; Tendenci 508, 33"),
    "P3": (15, 8, "bakerydemo 24, 15; Tendenci 501, 33"),
    "P4": (12, 10, "bakerydemo 20, 19; CKAN 52, 33; Tendenci 265, 23"),
}


def statements_of(path: str) -> int:
    """How many statements a page asks when it is drawn and nothing of it is known."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from dabir.core.kept import forget_kept

    client = Client(SERVER_NAME="localhost")
    client.get(path)
    forget_kept()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path + ("&" if "?" in path else "?") + "n=1")
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    return len(asked)


def measured(pid: int, paths: list[str]) -> tuple[float, float]:
    """Processor milliseconds of each request, and requests a second on one connection."""
    before, started = page.processor_seconds(pid), time.perf_counter()
    for path in paths:
        page.ask(8931, path, "", 1)
    rate = len(paths) / (time.perf_counter() - started)
    return (page.processor_seconds(pid) - before) * 1000 / len(paths), rate


def best_of(pid: int, path: str, count: int, *, anew: bool) -> float:
    """The least processor time of three rounds."""
    found = []
    for turn in range(3):
        numbered = f"{path}{'&' if '?' in path else '?'}n="
        paths = [f"{numbered}{turn}-{i}" if anew else path for i in range(count)]
        page.ask(8931, path, "", 4)
        found.append(measured(pid, paths)[0])
    return min(found)


def after_acts(pid: int, path: str, count: int) -> float:
    """The least processor time of two rounds in which an act goes before every request."""
    from django.utils import timezone

    from dabir.core.actors import Actor
    from dabir.core.reference import Reference
    from dabir.core.trail import record_act

    target, by = Reference("association", "bench", {"en": "Bench"}), Actor("person", "bench", {})
    numbered, found = f"{path}{'&' if '?' in path else '?'}n=act", []
    for turn in range(2):
        before = page.processor_seconds(pid)
        for i in range(count):
            now = timezone.now()
            record_act("registry.bench", target=target, by=by, on=now.date(), at=now)
            page.ask(8931, f"{numbered}{turn}-{i}", "", 1)
        found.append((page.processor_seconds(pid) - before) * 1000 / count)
    return min(found)


def rates(paths: dict[str, str]) -> dict[str, float]:
    """Answers a second of each page under load, the best of two turns in which each is asked once."""
    best = dict.fromkeys(paths, 0.0)
    for _turn in range(2):
        for name, path in paths.items():
            command = [
                sys.executable,
                str(Path(__file__).with_name("load.py")),
                "8931",
                path,
                "4",
                "2",
            ]
            told = subprocess.run(command, capture_output=True, text=True, check=True)
            best[name] = max(best[name], float(told.stdout))
    return best


def lay(clauses: int) -> None:
    """Further declarations of a hundred clauses each, found by everybody."""
    import search
    from django.db import transaction

    from dabir.core.publicsearch import rebuild

    with transaction.atomic():
        search.lay_texts(clauses)
    rebuild()


def main() -> int:
    """Print a row for each page."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--requests", type=int, default=60)
    reader.add_argument("--clauses", type=int, default=0)
    asked: Any = reader.parse_args()
    home = Path(tempfile.mkdtemp(prefix="dabir-public-"))
    server = None
    page.PAGES = {"bare Django view": "/bare"}
    try:
        page.prepare(home)
        if asked.clauses:
            import api

            lay(asked.clauses)
            api.lay_decisions()
            PUBLIC["P2 follow-up, middle page"] = f"/fa/follow-up/?page={asked.clauses // 50}"
        statements = {name: statements_of(path) for name, path in PUBLIC.items()}
        server = page.serve(home, 8931)
        bare = best_of(server.pid, "/bare", asked.requests, anew=False)
        heads = (
            "drawn ms",
            "after an act",
            "statements",
            "kept ms",
            "kept x bare",
            "kept a second",
        )
        print(f"{'page':<30}" + "".join(f"{head:>15}" for head in heads))
        answered = rates({"bare": "/bare"} | PUBLIC)
        print(f"{'bare Django view':<30}{bare:>15.1f}{'':>60}{answered['bare']:>15.0f}")
        for name, path in PUBLIC.items():
            drawn = best_of(server.pid, path, asked.requests, anew=True)
            kept = best_of(server.pid, path, asked.requests * 10, anew=False)
            new = after_acts(server.pid, path, asked.requests)
            most, allowed, others = BUDGETS[name[:2]]
            figures = f"{drawn:>15.1f}{new:>15.1f}{statements[name]:>15}{kept:>15.1f}"
            rate = f"{kept / (bare or 0.1):>15.2f}{answered[name]:>15.0f}"
            row = f"{name:<30}{figures}{rate}"
            print(f"{row}   at most {most} ms, {allowed} statements; {others}")
    finally:
        if server:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
