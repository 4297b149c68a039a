"""`dabir serve`: one command, web server and worker, started again when they die."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from dabir.config.serving import is_loopback
from tests.faults.machine import Machine

LIMIT = 250  # megabytes, all processes together


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def address(server: subprocess.Popen[str]) -> str:
    """What the server prints first."""
    assert server.stdout
    line = server.stdout.readline().strip()
    assert line.startswith("http://localhost:"), (line, server.stderr and server.stderr.read())
    return line


def answers(url: str) -> bool:
    """Whether the installation answers there."""
    with urllib.request.urlopen(f"{url}/health", timeout=20) as answer:
        return bool(answer.status == 200)


def raw_answer(url: str, asked: bytes) -> str:
    """What is answered to these bytes, until the server hangs up."""
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=20) as client:
        client.sendall(asked)
        return b"".join(iter(lambda: client.recv(65_536), b"")).decode()


def below(pid: int) -> list[int]:
    """Every process that `pid` started, and theirs."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *below(child)]
    return found


def gone(pids: list[int], within: float = 20) -> bool:
    """Whether all of them have ended."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.1)
    return False


def wait_for(count: int, server: subprocess.Popen[str]) -> list[int]:
    """The processes below the server, once there are so many."""
    until = time.monotonic() + 30
    while len(found := below(server.pid)) < count and time.monotonic() < until:
        time.sleep(0.1)
    assert len(found) == count
    return found


def test_server_starts_answers_stays_small_and_ends(machine: Machine) -> None:
    machine.dabir("init")
    started = time.monotonic()
    server = machine.start("serve", "--port", free_port())
    url = address(server)
    assert answers(url)
    assert time.monotonic() - started < 8
    for asked, status in ((b"GET /fa/?q=%b HTTP/1.1\r\n\r\n" % (b"x" * 40_000), 414),
                          (b"GET /fa/ HTTP/1.1\r\nCookie: %b\r\n\r\n" % (b"x" * 40_000), 431)):  # fmt: skip
        said = raw_answer(url, asked)
        assert said.startswith(f"HTTP/1.1 {status} ")
        assert '<section lang="fa" dir="rtl"><h1>' in said
        assert '<section lang="en" dir="ltr"><h1>' in said
    processes = [server.pid, *wait_for(4, server)]  # gunicorn, two workers, and ours
    pages = [Path(f"/proc/{pid}/smaps_rollup").read_text().split("Pss:")[1] for pid in processes]
    assert sum(int(said.split()[0]) for said in pages) / 1024 < LIMIT
    server.send_signal(signal.SIGTERM)
    assert server.wait(20) == 0
    assert gone(processes)


@pytest.mark.once
def test_interrupt_at_the_terminal_ends_everything_quietly(machine: Machine) -> None:
    server = machine.start("serve", "--port", free_port())
    assert answers(address(server))
    processes = wait_for(4, server)
    server.send_signal(signal.SIGINT)
    _answer, said = server.communicate(timeout=20)
    assert server.returncode == 0
    assert "Traceback" not in said
    assert gone(processes)


def test_dead_children_are_started_again(machine: Machine) -> None:
    server = machine.start("serve", "--port", free_port())
    url = address(server)
    assert answers(url)
    first = wait_for(4, server)
    for pid in first:
        if os.getpgid(pid) == pid:
            os.kill(pid, signal.SIGKILL)
    assert gone(first)
    again = wait_for(4, server)
    assert not set(first) & set(again)
    assert answers(url)
    server.terminate()
    _answer, said = server.communicate(timeout=20)
    assert said.count("started again") == 2


@pytest.mark.once
def test_children_end_when_the_supervisor_is_killed(machine: Machine) -> None:
    server = machine.start("serve", "--port", free_port())
    assert answers(address(server))
    processes = wait_for(4, server)
    server.kill()
    assert gone(processes)


@pytest.mark.once
def test_taken_port_gives_the_next_free_one_and_says_so(machine: Machine) -> None:
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        server = machine.start("serve", "--port", port, "--no-worker")
        url = address(server)
        assert url != f"http://localhost:{port}"
        assert answers(url)
        server.terminate()
        _answer, said = server.communicate(timeout=20)
    assert f"Port {port} is taken" in said


def test_network_is_refused_while_demonstration_accounts_exist(
    machine: Machine,
) -> None:
    script = (
        "from dabir.accounts.models import User\n"
        "User.objects.create_user('clerk@example.org', is_demonstration=True)\n"
    )
    machine.run(script)
    done = machine.dabir("serve", "--host", "0.0.0.0", "--port", free_port(), code=2)
    assert done.stdout == ""
    assert "demonstration" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.once
def test_network_is_served_without_them(machine: Machine) -> None:
    port = free_port()
    server = machine.start("serve", "--host", "0.0.0.0", "--port", port, "--no-worker")
    assert server.stdout
    assert server.stdout.readline().strip() == f"http://0.0.0.0:{port}"
    assert answers(f"http://127.0.0.1:{port}")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(
            urllib.request.Request(
                f"http://127.0.0.1:{port}/health/", headers={"Host": "evil.example"}
            )
        )


@pytest.mark.once
def test_address_that_the_machine_does_not_have_is_refused(machine: Machine) -> None:
    done = machine.dabir("serve", "--host", "192.0.2.1", "--port", free_port(), code=2)
    assert "192.0.2.1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.pure
@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.7", False),
        ("localhost.example.org", False),
        ("", False),
    ],
)
def test_loopback_is_known(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
