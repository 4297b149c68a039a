"""Web server and worker under one supervisor: a child that dies is started again, all end together.

The supervisor loads the application once and forks; what it has loaded is shared memory in every
child. It holds the listening sockets, so nobody is turned away while a child is started again.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import ipaddress
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from dabir.config.commands.speech import Refused, note
from dabir.config.commands.speech import gettext as _

WORKERS, THREADS = 2, 4
PATIENCE = 15.0
PORTS_TRIED = 100
PR_SET_PDEATHSIG = 1


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return False


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind((host, port))
        listening.listen(2048)
    except OSError:
        listening.close()
        raise
    return listening


def _listen_on_all(hosts: list[str], port: int) -> list[socket.socket]:
    """Sockets on one port of every host; a family that the machine lacks is left out."""
    found: list[socket.socket] = []
    for host in hosts:
        try:
            found.append(_listen(host, port))
        except OSError as fault:
            if ":" in host and len(hosts) > 1 and fault.errno in _NO_IPV6:
                continue
            for listening in found:
                listening.close()
            raise
        port = found[0].getsockname()[1]
    return found


_NO_IPV6 = {97, 99}  # address family not supported, address not available
_TAKEN = {13, 98}  # permission denied (a low port), address in use


def listening_sockets(host: str, port: int) -> tuple[list[socket.socket], int]:
    """Sockets on `port`, or on the next free one; raises Refused when there is none."""
    hosts = ["127.0.0.1", "::1"] if host == "localhost" else [host.strip("[]")]
    for tried in range(port, min(port + PORTS_TRIED, 65536)):
        try:
            sockets = _listen_on_all(hosts, tried)
        except socket.gaierror as fault:
            raise Refused(
                _("There is no address %(host)s on this machine.") % {"host": host}
            ) from fault
        except OSError as fault:
            if fault.errno in _TAKEN:
                continue
            raise Refused(
                _("Nothing can listen at %(host)s: %(words)s.")
                % {"host": host, "words": fault.strerror}
            ) from fault
        return sockets, sockets[0].getsockname()[1]
    raise Refused(_("No port is free from %(port)s on.") % {"port": port})


def _die_with_parent() -> None:
    """Were the supervisor killed, the children would be told to end (Linux)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def run_web(sockets: list[socket.socket]) -> None:
    """Serve the pages from the application loaded before the fork."""
    from gunicorn.app.base import BaseApplication

    from dabir.config.refusing import LONGEST_LINE, Worker
    from dabir.config.wsgi import application

    class Web(BaseApplication):
        """gunicorn, set up by us alone."""

        def load_config(self) -> None:
            for name, value in {
                "bind": [f"fd://{one.fileno()}" for one in sockets],
                "workers": WORKERS,
                "threads": THREADS,
                "worker_class": Worker,
                "limit_request_line": LONGEST_LINE,
                "preload_app": True,
                "graceful_timeout": 10,
                "timeout": 120,
                "keepalive": 5,
                "loglevel": "warning",
                "control_socket_disable": True,
            }.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    Web().run()


@dataclass
class Child:
    """A part of the installation that runs in a process of its own."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    deaths: int = 0


@dataclass
class Supervisor:
    """Starts the children, starts a dead one again, ends all when told to."""

    children: list[Child]
    ending: bool = field(default=False, init=False)

    def _told(self, number: int, frame: FrameType | None) -> None:
        self.ending = True

    def _start(self, child: Child) -> None:
        child.started = time.monotonic()
        child.pid = os.fork()
        if child.pid:
            return
        code = 1
        try:
            os.setsid()  # a Ctrl-C at the terminal reaches the supervisor alone
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            _die_with_parent()
            child.run()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stderr.flush()
            os._exit(code)

    def run(self) -> None:
        """Return when told to end and every child has ended."""
        watched = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD}
        for number in watched - {signal.SIGCHLD}:
            signal.signal(number, self._told)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.pthread_sigmask(signal.SIG_BLOCK, watched)
        gc.collect()
        gc.freeze()  # the collector would otherwise touch, and so copy, what the children share
        for child in self.children:
            self._start(child)
        while not self.ending:
            found = signal.sigtimedwait(watched, 1.0)
            if found and found.si_signo != signal.SIGCHLD:
                self.ending = True
            elif not self.ending:
                self._restart_dead()
        self._end_all()

    def _reap(self) -> list[Child]:
        dead = []
        for child in self.children:
            with contextlib.suppress(ChildProcessError):
                if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
                    child.pid = 0
                    dead.append(child)
        return dead

    def _restart_dead(self) -> None:
        self._reap()
        for child in self.children:
            if child.pid:
                continue
            lived = time.monotonic() - child.started
            child.deaths = 0 if lived > 60 else child.deaths
            if lived < min(2.0**child.deaths - 1, 30):  # again at once, then ever later
                continue
            child.deaths += 1
            note(
                _("The %(name)s has ended unexpectedly and is started again.")
                % {"name": child.name}
            )
            self._start(child)

    def _end_all(self) -> None:
        until = time.monotonic() + PATIENCE
        for child in self.children:
            if child.pid:
                os.kill(child.pid, signal.SIGTERM)
        while any(child.pid for child in self.children) and time.monotonic() < until:
            self._reap()
            signal.sigtimedwait({signal.SIGCHLD}, 0.1)
        for child in self.children:
            if child.pid:
                os.killpg(child.pid, signal.SIGKILL)
                os.waitpid(child.pid, 0)
