"""Installations as an operator has them, each in a folder and database of its own; a kill -9."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.forks import ROOT, Fork

READINGS = ROOT / ".pytest_cache" / "readings"  # the same bytes are read once for all machines
LONGEST = 120  # seconds that a command may take
DJANGO = """\
import gc, os
os.environ["DJANGO_SETTINGS_MODULE"] = "dabir.config.settings"
import django
gc.disable()  # as the commands do
django.setup()
gc.enable()
"""
KILL_AT_EVENT = """\
import os as _os, signal as _signal, sys as _sys
_left = [{count}]
def _watch(event, arguments):
    if event == {event!r} and _left[0] > 0:
        _left[0] -= 1
        if _left[0] == 0:
            _os.kill(_os.getpid(), _signal.SIGKILL)
_sys.addaudithook(_watch)
"""
KILL_AT_STATEMENT = """\
import os as _os, signal as _signal
from django.db import connection as _connection
_left = [{count}]
def _watch(execute, sql, params, many, context):
    _left[0] -= 1
    if _left[0] <= 0:
        _os.kill(_os.getpid(), _signal.SIGKILL)
    return execute(sql, params, many, context)
_connection.execute_wrappers.append(_watch)
"""


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class Moment:
    """When to kill: at the `count`th event of a kind, or that many seconds after the start."""

    prelude: str = ""
    seconds: float | None = None
    needs_django: bool = False


def at_event(event: str, count: int = 1) -> Moment:
    """Before the `count`th audit event of Python, such as `os.rename`, takes place."""
    return Moment(KILL_AT_EVENT.format(event=event, count=count))


def at_statement(count: int) -> Moment:
    """Before Django's `count`th SQL statement is sent."""
    return Moment(KILL_AT_STATEMENT.format(count=count), needs_django=True)


def after(seconds: float) -> Moment:
    """After so many seconds."""
    return Moment(seconds=seconds)


@dataclass
class Machine:
    """One installation and the commands given to it.

    They are forks of a process in which everything is loaded (`forks.py`), unless they are to be
    started `anew`: each command is so at least once.
    """

    home: Path
    database: str | None = None
    started: list[Fork | subprocess.Popen[str]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What its commands run with; nothing of the developer's own installation."""
        own = {k: v for k, v in os.environ.items() if not k.startswith(("DABIR_", "DJANGO_"))}
        own.pop("DATABASE_URL", None)
        own |= {"DABIR_HOME": str(self.home), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        own |= {"PYTHONUNBUFFERED": "1", "DABIR_READINGS": str(READINGS)}
        return own | ({"DATABASE_URL": self.database} if self.database else {})

    def dabir(self, *arguments: object, code: int = 0, anew: bool = False, **extra: str) -> Said:
        """Give a command and see that it ends with `code`."""
        environment = self.environment | extra
        # What Python itself reads of its environment, it reads as it starts.
        if anew or any(name.startswith("PYTHON") for name in extra):
            done = subprocess.run(
                [sys.executable, "-m", "dabir.config.cli", *map(str, arguments)],
                env=environment,
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=LONGEST,
                check=False,
            )
            said = Said(done.returncode, done.stdout, done.stderr)
        else:
            said = _said(Fork(command(*arguments), environment))
        assert said.returncode == code, said
        return said

    def check(self, code: int = 0) -> dict[str, Any]:
        """What `dabir check` finds."""
        found: dict[str, Any] = json.loads(self.dabir("check", "--json", code=code).stdout)
        return found

    def faults(self) -> list[str]:
        """The words of every fault that `dabir check` finds; none is a failure of the test."""
        found = self.check(code=1)
        return [words for check in found["checks"] for words in check["faults"]]

    def restore(self, archive: Path) -> None:
        """Put an archive back; whether all is well is asked by the test itself."""
        said = _said(Fork(restoring(archive), self.environment))
        assert said.returncode == 0, said.stderr

    def run(self, script: str) -> str:
        """Run a script inside the installation; what it prints."""
        said = _said(Fork(DJANGO + textwrap.dedent(script), self.environment))
        assert said.returncode == 0, said.stderr
        return said.stdout

    def start(self, *arguments: object, **extra: str) -> subprocess.Popen[str]:
        """Start a command that stays, as an operator does; it is ended with the test."""
        running = subprocess.Popen(
            [sys.executable, "-m", "dabir.config.cli", *map(str, arguments)],
            env=self.environment | extra,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(running)
        return running

    def start_script(self, script: str) -> Fork:
        """Start a script inside the installation; it is ended with the test."""
        running = Fork(DJANGO + textwrap.dedent(script), self.environment)
        self.started.append(running)
        return running

    def end(self) -> None:
        """End what still runs."""
        for running in self.started:
            if isinstance(running, Fork):
                running.kill()
                running.wait(20)
                continue
            if running.poll() is None:
                running.terminate()
            try:
                running.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                running.kill()
                running.communicate()


def _said(running: Fork) -> Said:
    try:
        code = running.wait(LONGEST)
    except subprocess.TimeoutExpired:
        running.kill()
        raise
    return Said(code, running.stdout, running.stderr)


def run_and_kill(machine: Machine, script: str, when: Moment, *, django: bool = True) -> bool:
    """Run `script` in the installation and kill -9 it; False when it had ended before.

    A script that fails by itself fails the test: the kill must be what stopped it.
    """
    head = DJANGO if django or when.needs_django else ""
    running = Fork(head + when.prelude + textwrap.dedent(script), machine.environment)
    if when.seconds is not None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(when.seconds)
        running.kill()
    said = _said(running)
    assert said.returncode in (0, -signal.SIGKILL), said.stderr
    return said.returncode == -signal.SIGKILL


def command(*arguments: object) -> str:
    """The script that gives a command of `dabir`; one that is refused or fails is a failure."""
    given = [str(one) for one in arguments]
    return f"import sys\nfrom dabir.config.cli import main\nsys.exit(main({given!r}))\n"


def restoring(archive: Path) -> str:
    """The script that puts an archive back, without the check that `dabir restore` starts then."""
    return (
        "from pathlib import Path\n"
        "from dabir.config.home import home_folder\n"
        "from dabir.config.restoring import restore_backup\n"
        f"restore_backup(home_folder(), Path({str(archive)!r}), replace=True)\n"
    )


ASSOCIATION = """\
from datetime import date, datetime, UTC
from dabir.core.actors import OPERATOR
from dabir.registry.services import found_association
from dabir.documents.services import store_file
at = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
found_association(names={"en": "Union of River Cities", "fa": "اتحادیهٔ شهرهای رود"},
    abbreviation="URC", languages=["fa", "en"], calendars=["solar_hijri", "gregorian"],
    by=OPERATOR, on=date(2026, 11, 22), at=at)
for number in range(5):
    store_file(data=f"letter {number}".encode() * 1000, name=f"letter-{number}.txt",
               media_type="text/plain", at=at)
"""

ACTS = """\
from datetime import date, datetime, UTC
from dabir.core.actors import OPERATOR
from dabir.core.reference import Reference
from dabir.core.trail import record_act
def act(number):
    record_act("test.note", target=Reference("note", str(number)), by=OPERATOR,
               on=date(2026, 11, 22), at=datetime.now(UTC), after={"number": number})
"""


def new_name() -> str:
    """A name for a database that nobody else uses."""
    return f"dabir_machine_{secrets.token_hex(6)}"
