"""Everything that must hold before a change lands: `make test`, one leg after another.

Every leg runs, whatever the ones before it said; the last lines name each leg that failed and each
that this machine could not run, and pytest's closing line comes last of all. In CI (`CI=true`) a
leg that could not run is a failure.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = bool(os.environ.get("CI"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
WORKERS = os.environ.get("DABIR_TEST_WORKERS", "2")
CLOSING = re.compile(
    r"^(?:=+ )?((?:\d+ [a-z]+(?:, )?)+|no tests ran) in ([\d.]+)s(?: \([\d:]+\))?(?: =+)?$"
)
COLOUR = re.compile(r"\x1b\[[\d;]*m")
SHOWN = 60
MISSING = 3  # a tool's answer when the machine lacks what it needs


@dataclass
class Tally:
    """What the legs said so far."""

    failed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    tests: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def closing_line(self) -> str:
        """pytest's closing line over all its runs."""
        order = ("failed", "error", "passed", "skipped", "xfailed", "xpassed")
        counts = ", ".join(f"{self.tests[word]} {word}" for word in order if self.tests[word])
        return f"===== {counts or 'no tests ran'} in {self.seconds:.2f}s ====="


def say(words: str) -> None:
    """Tell at once, also where the output goes to a file."""
    print(words, flush=True)


@contextlib.contextmanager
def environment(**extra: str) -> Iterator[dict[str, str]]:
    """What a leg runs with: an installation folder of its own, and none of the developer's."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("DABIR_", "DJANGO_"))}
    for unwanted in ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE"):  # uncompiled, all starts slowly
        own.pop(unwanted, None)
    own["PATH"] = f"{BIN}{os.pathsep}{own.get('PATH', os.defpath)}"
    with tempfile.TemporaryDirectory(prefix="dabir-check-") as home:
        yield own | {"DABIR_HOME": home, "PYTHONUNBUFFERED": "1"} | extra


def leg(tally: Tally, name: str, command: list[str]) -> None:
    """Run one tool; it speaks only when it has something to say."""
    started = time.monotonic()
    with environment() as own:
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env=own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    took = time.monotonic() - started
    if done.returncode == MISSING:
        tally.missing.append(f"{name} ({done.stdout.strip()})")
        return
    say(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({took:.1f} s)")
    if done.returncode:
        lines = done.stdout.rstrip().splitlines()
        say("\n".join(lines[:SHOWN]))
        if len(lines) > SHOWN:
            say(f"… and {len(lines) - SHOWN} lines more: {' '.join(command)}")
        tally.failed.append(name)


def tools(tally: Tally) -> None:
    """The legs that read the code without running it."""
    leg(tally, "imports go down", ["lint-imports", "--no-cache"])
    leg(tally, "ruff check", ["ruff", "check", "--output-format", "concise", "."])
    leg(tally, "ruff format", ["ruff", "format", "--check", "--output-format", "concise", "."])
    leg(tally, "mypy", ["mypy"])
    leg(tally, "djlint", ["djlint", "--lint", "--quiet", "dabir"])
    leg(tally, "migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"])
    leg(tally, "Persian catalogue", ["python", "tools/catalogue.py", "check"])


def tests(tally: Tally, name: str, arguments: list[str], **extra: str) -> None:
    """One run of pytest, shown as it goes; its counts are added up."""
    say(f"\n-- pytest on {name}")
    command = [sys.executable, "-m", "pytest", "-n", WORKERS, "--dist", "worksteal"]
    closing = None
    with environment(**extra) as own:
        running = subprocess.Popen(
            [*command, "-q", "--tb=short", "--durations=10", "--color=no", *arguments],
            cwd=ROOT,
            env=own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for line in running.stdout or ():
            found = CLOSING.match(COLOUR.sub("", line.strip()))
            closing = found or closing
            print(f"{name}: {line}" if found else line, end="", flush=True)
        code = running.wait()
    if closing:
        tally.seconds += float(closing[2])
        for count, word in re.findall(r"(\d+) ([a-z]+)", closing[1]):
            tally.tests["error" if word == "errors" else word] += int(count)
    elif code:
        tally.tests["error"] += 1  # it broke off before it could count
    if code or not closing:
        tally.failed.append(f"pytest on {name} (exit {code})")


def tests_on_postgresql(tally: Tally, url: str | None, arguments: list[str]) -> None:
    """The tests that touch a database, again on PostgreSQL."""
    if url:
        chosen = ["-m", "not pure and not browser and not once", *arguments]
        tests(tally, "PostgreSQL", chosen, DATABASE_URL=url)


def postgresql(tally: Tally, held: contextlib.ExitStack) -> str | None:
    """The server that is named, else one of our own; None, and said so, where there is none."""
    try:
        return os.environ.get("DABIR_TEST_DATABASE_URL") or held.enter_context(postgres.cluster())
    except postgres.NoPostgreSQL as reason:
        tally.missing.append(f"tests on PostgreSQL ({reason})")
        return None


@contextlib.contextmanager
def tables_ahead(url: str | None) -> Iterator[None]:
    """Migrate both test databases while the tools, of which each takes one processor, are at work.

    A run of tests waits for its own, and makes it where this failed; so nothing is said here.
    """
    ahead = "\n".join(
        f"DATABASE_URL={shlex.quote(place)} {shlex.quote(sys.executable)} -m tests.plugins.databases"
        for place in ("", url)
        if place is not None
    )
    with environment(DJANGO_SETTINGS_MODULE="tests.settings") as own:
        running = subprocess.Popen(
            ["sh", "-c", ahead],
            cwd=ROOT,
            env=own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGTERM)
            running.wait()


def conclude(tally: Tally, *, with_tests: bool, ci: bool) -> int:
    """Print the last lines and answer with the exit code of the whole."""
    say("")
    for name in tally.failed:
        say(f"FAILED: {name}")
    for name in tally.missing:
        say(f"NOT RUN here{', which CI must not accept' if ci else ''}: {name}")
    if with_tests:
        say(tally.closing_line())
    return 1 if tally.failed or (ci and tally.missing) else 0


def main(arguments: list[str]) -> int:
    """0 when every leg that ran is content, and in CI when every leg ran."""
    only = arguments.pop(0) if arguments and arguments[0] in {"--tools", "--tests"} else None
    tally = Tally()
    with contextlib.ExitStack() as held:
        if only != "--tools":
            url = postgresql(tally, held)
            held.enter_context(tables_ahead(url))
        if only != "--tests":
            tools(tally)
        if only != "--tools":
            if not any(map(shutil.which, BROWSERS)):
                tally.missing.append("browser tests (no chromium)")
            tests(tally, "SQLite", arguments)
            tests_on_postgresql(tally, url, arguments)
    return conclude(tally, with_tests=only != "--tools", ci=CI)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
