"""A newcomer's minutes: from a fresh copy to the first page, a second start, and the memory taken.

Beside each start stands its plain limit, measured in the same run: the same server, settings
reduced to one empty page, no database. `python benchmarks/start.py [--example practice] [--quick]`;
`--quick` leaves out the installation and starts what lies in this folder's own `.venv`.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
STARTS = 3
PATIENCE = 120.0
# What a newcomer meets elsewhere: commands, settings to write, services to run, seconds to a page
# with demonstration data, memory in MB. Measured once, on two cores, with packages cached.
PEERS = {
    "Tendenci": (30, 5, 3, "> 500", "488"),
    "bakerydemo (Wagtail)": (6, 0, 1, "about 200", "292"),
}
BARE = """
from django.http import HttpResponse
from django.urls import path
SECRET_KEY = "bare"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bare"
urlpatterns = [path("", lambda request: HttpResponse("bare"))]
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "bare"
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


@dataclass
class Start:
    """One start of a server: seconds to its first page, megabytes afterwards."""

    seconds: float
    megabytes: float


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def copied(target: Path) -> None:
    """The tracked files and those not yet committed, as a clone would bring them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)


def surroundings(home: Path) -> dict[str, str]:
    """A newcomer's environment: an empty home, no caches, nothing of this project's set."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("DABIR_", "UV_", "XDG_"))}
    for name in ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"):
        own.pop(name, None)
    return own | {"HOME": str(home)}


def timed(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """Seconds that a command takes; its words are shown only when it fails."""
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return time.monotonic() - started


def megabytes(group: int) -> float:
    """Memory of a server and all it forked, shared pages counted once (Linux)."""
    kilobytes = 0
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = (place / "stat").read_text().rsplit(")", 1)[1].split()
            chain = {int(place.name), int(fields[1]), int(fields[2])}
            if group in chain or ancestor(int(fields[1]), group):
                pss = (place / "smaps_rollup").read_text().partition("Pss:")[2].split()[0]
                kilobytes += int(pss)
    return kilobytes / 1024


def ancestor(process: int, wanted: int) -> bool:
    """Whether `wanted` started `process`, directly or not."""
    while process > 1:
        if process == wanted:
            return True
        with contextlib.suppress(OSError):
            process = int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
            continue
        return False
    return False


@contextlib.contextmanager
def serving(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[int]:
    """A server that runs meanwhile and ends in order."""
    running = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield running.pid
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)


def first_page(port: int) -> None:
    """Return when a page has come; whatever it redirects to is followed."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/", timeout=30) as page:
                page.read()
                return
        except urllib.error.HTTPError as fault:
            sys.exit(f"the first page answers {fault.code} at {fault.url}")
        except OSError:  # nobody listens yet
            time.sleep(0.02)
    sys.exit(f"no page came on port {port} within {PATIENCE:.0f} s")


def start(command: list[str], port: int, folder: Path, environment: dict[str, str]) -> Start:
    """Start a server, wait for its first page, weigh it."""
    began = time.monotonic()
    with serving(command, folder, environment) as process:
        first_page(port)
        seconds = time.monotonic() - began
        return Start(seconds, megabytes(process))


def dabir(folder: Path, environment: dict[str, str]) -> Start:
    """One start of what was set up in `folder`."""
    port = free_port()
    command = [str(folder / ".venv/bin/dabir"), "serve", "--port", str(port)]
    return start(command, port, folder, environment)


def bare(folder: Path, environment: dict[str, str], place: Path) -> Start:
    """One start of the plain limit: the same Python, server, workers and threads."""
    (place / "bare.py").write_text(BARE)
    port = free_port()
    command = [str(folder / ".venv/bin/gunicorn"), "bare:application", "--preload"]
    command += ["--workers", "2", "--threads", "4", "--worker-class", "gthread"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--chdir", str(place)]
    return start(command, port, place, environment)


def tell(what: str, seconds: float, budget: str = "") -> None:
    """One figure on its line."""
    print(f"{what:<52}{seconds:>8.1f} s   {budget}", flush=True)


def installed(folder: Path, environment: dict[str, str]) -> None:
    """Install twice from nothing: with the network, then with what the caches hold."""
    command = [sys.executable, "setup/install.py", "run"]
    tell("install, nothing cached", timed(command, folder, environment))
    shutil.rmtree(folder / ".venv")
    tell("install, packages cached", timed(command, folder, environment))
    tell("install, nothing to do", timed(command, folder, environment))


def main() -> None:
    """Print every figure beside its budget or its plain limit."""
    parser = argparse.ArgumentParser(description="A newcomer's minutes")
    parser.add_argument("--example", default="forum", choices=("forum", "practice"))
    parser.add_argument("--quick", action="store_true", help="start what is installed here")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dabir-start-") as name:
        place = Path(name)
        (place / "home").mkdir()
        environment = surroundings(place / "home")
        folder = ROOT
        began = time.monotonic()
        if not asked.quick:
            folder = place / "dabir"
            copied(folder)
            installed(folder, environment)
            began = time.monotonic()
            shutil.rmtree(folder / ".venv")
            timed([sys.executable, "setup/install.py", "run"], folder, environment)
        environment["DABIR_HOME"] = str(place / "var")
        example = [str(folder / ".venv/bin/dabir"), "demo", "--example", asked.example]
        tell(f"load the example {asked.example}", timed(example, folder, environment))
        dabir(folder, environment)
        tell(
            "`make run` from nothing to the first page" if not asked.quick else "to the first page",
            time.monotonic() - began,
            "budget 60 s with packages cached",
        )
        tell("load it again", timed(example, folder, environment))
        ours, plain = [], []
        for _turn in range(STARTS):
            ours.append(dabir(folder, environment))
            plain.append(bare(folder, environment, place))
        limit = median(one.seconds for one in plain)
        tell("a second start", median(one.seconds for one in ours), "budget 8 s")
        tell("  plain limit: bare Django, same server", limit)
        print(f"{'memory, web server and worker':<52}{ours[-1].megabytes:>8.0f} MB  budget 250 MB")
        print(f"{'  plain limit: bare Django, web server':<52}{plain[-1].megabytes:>8.0f} MB")
    print("\nNewcomer's effort       commands settings services   seconds to data   MB")
    print(f"{'Dabir':<26}{1:>4}{0:>9}{1:>9}       see above")
    for peer, (commands, settings, services, seconds, memory) in PEERS.items():
        print(f"{peer:<26}{commands:>4}{settings:>9}{services:>9}{seconds:>16}{memory:>10}")


if __name__ == "__main__":
    main()
