"""The loaded process is nobody's installation, and a fork of it is its own alone."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

from tests.faults.forks import Fork
from tests.faults.machine import Machine, after, run_and_kill

# The folder in which everything was loaded, wherever it is still held; what it was called is told apart.
SEEK = """
import gc, json, sys
gc.unfreeze()
nowhere = sys.argv[2]
secrets = [path.read_text() for path in __import__("pathlib").Path(nowhere, "secrets").iterdir()]
assert secrets
words = [nowhere, *secrets]
held = set()
for one in gc.get_objects():
    if one is words or one is secrets or one is sys.argv or one is sys.orig_argv:
        continue
    for below in gc.get_referents(one):
        if issubclass(type(below), str) and below is not nowhere and any(word in below for word in words):
            held.add(f"{type(one).__name__}: {below}"[:200])
print(json.dumps(sorted(held)))
"""


def test_fork_holds_nothing_of_the_place_where_everything_was_loaded(machine: Machine) -> None:
    assert json.loads(machine.run(SEEK)) == []


def test_fork_reads_the_settings_of_its_own_installation(tmp_path: Path) -> None:
    script = (
        "from django.conf import settings\n"
        "from django.core.files.storage import default_storage, storages\n"
        "from dabir.editorial.models import Picture\n"
        "made = Picture.get_rendition_model()._meta.get_field('file').storage\n"
        "print(settings.HOME, default_storage.location, made.location, settings.SECRET_KEY)\n"
    )
    said = [Machine(tmp_path / name).run(script).split() for name in ("one", "two")]
    for name, (home, files, small, key) in zip(("one", "two"), said, strict=True):
        place = tmp_path / name
        assert (home, files, small) == (str(place), f"{place}/files", f"{place}/renditions")
        assert key == (place / "secrets" / "django").read_text()
    assert said[0][3] != said[1][3]


def test_fork_ends_as_a_program_ends(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "none")
    for script, code, said in (
        ("print('so far')", 0, ""),
        ("import sys; sys.exit(2)", 2, ""),
        ("1 / 0", 1, "ZeroDivisionError"),
    ):
        fork = Fork(script, machine.environment)
        assert fork.wait(60) == code
        assert said in fork.stderr
    fork = Fork("import os, time\nprint(os.getpid())\ntime.sleep(600)", machine.environment)
    fork.kill()
    assert fork.wait(60) == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(fork.pid, 0)
    assert run_and_kill(machine, "while True: pass", after(0.05), django=False)
    assert not machine.home.exists()
