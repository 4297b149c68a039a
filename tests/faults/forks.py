"""A process in which everything is loaded once; what a test starts in an installation is a fork of it.

Starting Python with all apps takes one and a half seconds of a processor, forking takes hundredths.
A fork is a process of its own, with its own number, environment and output, and a kill -9 ends it
as it ends any other. It begins without settings, connections and caches, so that it reads those of
its own installation; `tests/faults/test_forks.py` shows that it keeps nothing of another's.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import itertools
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import types
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[2]
MOST = 1 << 20  # bytes of one order
# What commands import when they are given; loaded before the fork, so that no fork does it.
LOADED = (
    "dabir.config.backup",
    "dabir.config.check",
    "dabir.config.cli",
    "dabir.config.commands.ready",
    "dabir.config.examples",
    "dabir.config.installation",
    "dabir.config.restoring",
    "dabir.config.urls",
    "dabir.config.working",
)


class Fork:
    """One process, asked as `subprocess.Popen` is; its output lies in files that grow."""

    def __init__(self, script: str, environment: dict[str, str]) -> None:
        orders, folder = _parent()
        number = next(_numbers)
        self._out, self._err = folder / f"{number}.out", folder / f"{number}.err"
        self._told, status = os.pipe()
        self._rest = b""
        order = json.dumps({"script": script, "environment": environment}).encode()
        with self._out.open("xb") as out, self._err.open("xb") as err:
            socket.send_fds(orders, [order], [out.fileno(), err.fileno(), status])
        os.close(status)
        self.returncode: int | None = None
        self.pid = int(self._line(None) or 0)

    def _line(self, within: float | None) -> str | None:
        """What the keeper tells next, None when it has not done so in that time."""
        until = None if within is None else time.monotonic() + within
        while b"\n" not in self._rest:
            left = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([self._told], [], [], left)[0]:
                return None
            piece = os.read(self._told, 100)
            if not piece:
                raise ChildProcessError("the loaded process has ended")
            self._rest += piece
        line, self._rest = self._rest.split(b"\n", 1)
        return line.decode()

    def _ended(self, within: float | None) -> bool:
        if self.returncode is None:
            line = self._line(within)
            if line is not None:
                self.returncode = int(line)
                os.close(self._told)
        return self.returncode is not None

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        self._ended(0)
        return self.returncode

    def wait(self, within: float | None = None) -> int:
        """Its exit code when it has ended."""
        if not self._ended(within):
            raise subprocess.TimeoutExpired("a fork", within or 0)
        assert self.returncode is not None
        return self.returncode

    def kill(self) -> None:
        """Kill -9, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    @property
    def stdout(self) -> str:
        """What it has said so far."""
        return self._out.read_text()

    @property
    def stderr(self) -> str:
        """What it has said beside."""
        return self._err.read_text()


_numbers = itertools.count()


@functools.cache
def _parent() -> tuple[socket.socket, Path]:
    """Where orders are given to the loaded process of this worker, and the folder of all answers."""
    folder = Path(tempfile.mkdtemp(prefix="dabir-forks-"))
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    here.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MOST)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DABIR_", "DJANGO_"))}
    environment |= {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.forks", str(there.fileno()), str(folder / "nowhere")],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        pass_fds=[there.fileno()],
    )
    there.close()

    def end() -> None:
        here.close()
        running.wait(20)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    return here, folder


# ---- In the loaded process -------------------------------------------------------------------


def _serve(orders: socket.socket, nowhere: str) -> None:
    """Load everything, then fork for each order until nobody can give one any more."""
    os.environ |= {"DABIR_HOME": nowhere, "DJANGO_SETTINGS_MODULE": "dabir.config.settings"}
    gc.disable()
    import django

    django.setup()
    for name in LOADED:
        importlib.import_module(name)
    _forget_settings()
    gc.collect()
    gc.freeze()  # the pages of what is loaded stay shared with every fork
    gc.enable()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers are not waited for
    while True:
        order, handles, _flags, _address = socket.recv_fds(orders, MOST, 3)
        if not order:
            return
        if os.fork() == 0:
            orders.close()
            _keep(json.loads(order), *handles)
        for handle in handles:
            os.close(handle)


def _forget_settings() -> None:
    """As before the first setting was read: every fork reads those of its own installation."""
    from asgiref.local import Local
    from django.conf import empty, settings
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.cache import caches
    from django.core.files.storage import default_storage, storages
    from django.db import connections

    for lazy in (settings, default_storage, staticfiles_storage):
        lazy._wrapped = empty
    if sys.modules.pop("dabir.config.settings", None):
        del sys.modules["dabir.config"].settings
    for handler in (connections, caches):
        handler.__dict__.pop("settings", None)
        handler._settings = None
        handler._connections = Local(handler.thread_critical)
    storages.__dict__.pop("backends", None)
    storages._backends = None
    # The field of small pictures holds its storage from the start; any other is made anew.
    kept = {name: one for name, one in storages._storages.items() if name == "renditions"}
    storages._storages = kept
    for name, storage in kept.items():
        for known in ("base_location", "location"):
            storage.__dict__.pop(known, None)
        storage._location = str(Path(os.environ["DABIR_HOME"]) / name)


def _keep(order: dict[str, Any], out: int, err: int, status: int) -> NoReturn:
    """Between the two: tells the number of the process that does the work, and how that ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        os.close(status)
        _do(order, out, err)
    for handle in (out, err):
        os.close(handle)
    os.write(status, f"{pid}\n".encode())
    os.write(status, f"{os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}\n".encode())
    os._exit(0)


def _do(order: dict[str, Any], out: int, err: int) -> NoReturn:
    """Be the program: its environment, its output, its exit code."""
    for handle, place in ((out, 1), (err, 2)):
        os.dup2(handle, place)
        os.close(handle)
    os.environ.clear()
    os.environ.update(order["environment"])
    _forget_settings()
    program = types.ModuleType("__main__")
    sys.modules["__main__"] = program
    code: object = 0
    try:
        exec(compile(order["script"], "<string>", "exec"), program.__dict__)
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    threading._shutdown()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
