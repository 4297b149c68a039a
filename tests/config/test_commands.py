"""The command line as an operator meets it."""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dabir.config.cli import build_parser
from dabir.config.commands.keeping import _telling
from dabir.config.commands.ready import start_django
from tests.faults.machine import ROOT, Machine


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every command below `parser`."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield below
                yield from parsers(below)


@pytest.mark.pure
def test_how_far_it_is_is_said_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    far = _telling()
    for number in range(730, 20_000, 499):  # whole lots are rare: kinds end where they end
        far("clause", number)
    assert len(capsys.readouterr().err.splitlines()) == 3


@pytest.mark.pure
def test_a_started_command_looks_for_garbage_again_if_it_did() -> None:
    assert gc.isenabled()
    start_django()
    assert gc.isenabled()
    gc.disable()
    try:
        start_django()
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.pure
def test_every_command_is_described_with_an_example() -> None:
    found = list(parsers(build_parser()))
    assert len(found) >= 14
    for parser in found:
        assert parser.description, parser.prog
        assert "Example:\n" in (parser.epilog or ""), parser.prog
        assert parser.prog in (parser.epilog or ""), parser.prog
        for action in parser._actions:
            assert action.help or isinstance(action, argparse._SubParsersAction), parser.prog


@pytest.mark.pure
def test_help_comes_without_django() -> None:
    script = (
        "import sys, dabir.config.cli as cli\n"
        "cli.build_parser().format_help()\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in "
        "('django', 'typst', 'numpy')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.once
def test_help_leaves_nothing_behind(empty_machine: Callable[[str], Machine]) -> None:
    machine = empty_machine("nowhere")
    machine.dabir("--help", anew=True)
    machine.dabir("serve", "--help")
    assert not machine.home.exists()


def test_check_without_an_installation_is_refused_with_a_cure(
    empty_machine: Callable[[str], Machine],
) -> None:
    done = empty_machine("nowhere").dabir("check", "--json", code=2, anew=True)
    assert done.stdout == ""
    assert "dabir init" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.once
@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("no-such-command",),
        ("serve", "--port", "0"),
        ("serve", "--port", "eighty"),
        ("remind", "--on", "2026-02-30"),
        ("report", "progress", "--organ", "nobody", "--as-of", "2014-11-25"),
        ("decisions", "import", "x.csv", "--dry-run", "--confirm"),
    ],
)
def test_wrong_arguments_are_refused(
    empty_machine: Callable[[str], Machine], arguments: tuple[str, ...]
) -> None:
    done = empty_machine("nowhere").dabir(*arguments, code=2)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_init_in_an_empty_folder_makes_an_installation_that_passes_its_check(
    empty_machine: Callable[[str], Machine],
) -> None:
    machine = empty_machine("fresh")
    first = machine.dabir("init", anew=True)
    assert "set-up code" in first.stdout
    assert machine.check()["clean"] is True
    again = machine.dabir("init")
    assert again.stdout == first.stdout
    assert "brought up to date" not in again.stderr
    if machine.database is None:
        file = machine.home / "dabir.sqlite3"
        assert file.read_bytes()[18:20] == b"\x02\x02"  # write-ahead logging is on
        assert file.stat().st_mode & 0o077 == 0
    for secret in (machine.home / "secrets").iterdir():
        assert secret.stat().st_mode & 0o077 == 0


def test_init_with_options_founds_the_association(bare_machine: Machine) -> None:
    given = ("--name-en", "Union of River Cities", "--abbreviation", "URC")
    done = bare_machine.dabir("init", *given, "--admin-email", "clerk@example.org")
    assert "Union of River Cities" in done.stdout
    assert "clerk@example.org" in done.stdout
    assert "set-up code" not in done.stdout
    assert bare_machine.check()["chain"]["entries"] > 0
    refused = bare_machine.dabir("init", *given, "--admin-email", "other@example.org", code=2)
    assert "already" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_init_with_half_of_the_options_is_refused(bare_machine: Machine) -> None:
    done = bare_machine.dabir("init", "--name-en", "Union of River Cities", code=2)
    assert "--admin-email" in done.stderr
    assert bare_machine.check()["chain"]["entries"] == 0


def test_code_of_a_role_that_does_not_exist_is_refused_with_a_cure(machine: Machine) -> None:
    done = machine.dabir("demo", "code", "nobody", code=2, anew=True)
    assert done.stdout == ""
    assert "nobody" in done.stderr
    assert "Traceback" not in done.stderr


def test_demo_in_somebody_elses_installation_is_refused(machine: Machine) -> None:
    done = machine.dabir("demo", "--example", "forum", code=2, anew=True)
    assert "Union of River Cities" in done.stderr
    assert "DABIR_HOME" in done.stderr


def test_database_of_another_version_is_refused_in_words(machine: Machine) -> None:
    machine.run(
        "from django.db.migrations.recorder import MigrationRecorder\n"
        "from django.db import connection\n"
        "MigrationRecorder(connection).record_applied('core', '9999_from_tomorrow')\n"
    )
    assert "core.9999_from_tomorrow" in machine.dabir("init", code=2).stderr
    assert any("core.9999_from_tomorrow" in words for words in machine.faults())


def test_database_out_of_reach_is_told_in_words(empty_machine: Callable[[str], Machine]) -> None:
    machine = empty_machine("fresh")
    extra = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    done = machine.dabir("check", code=1, **extra)
    assert "Traceback" not in done.stderr
    assert "127.0.0.1" in done.stderr


def test_trail_is_exported_and_verified_without_the_installation(
    machine: Machine, empty_machine: Callable[[str], Machine], tmp_path: Path
) -> None:
    file = tmp_path / "trail.jsonl"
    machine.dabir("trail", "export", "-o", file)
    lines = file.read_text().splitlines()
    assert machine.dabir("trail", "export").stdout.splitlines() == lines
    here = json.loads(machine.dabir("trail", "verify", "--json").stdout)
    assert here == {"clean": True, "entries": len(lines), "head": here["head"], "faults": []}
    other = empty_machine("elsewhere")
    alone = json.loads(other.dabir("trail", "verify", file, "--json", anew=True).stdout)
    assert alone == here
    assert not other.home.exists()


@pytest.mark.once
def test_reader_who_has_seen_enough_is_no_fault(machine: Machine) -> None:
    machine.run("from tests.faults.machine import ACTS\nexec(ACTS)\nfor n in range(300): act(n)\n")
    export = machine.start("trail", "export")
    assert export.stdout
    assert export.stderr
    export.stdout.readline()
    export.stdout.close()
    assert export.wait(30) == 0
    assert export.stderr.read() == ""


@pytest.mark.once
def test_terminal_without_persian_letters_is_no_fault(machine: Machine) -> None:
    done = machine.dabir("init", PYTHONIOENCODING="ascii")
    assert "installation lies in" in done.stdout
    machine.dabir("check", PYTHONIOENCODING="ascii")


def test_trail_with_a_changed_a_missing_and_a_moved_entry_is_found_out(
    machine: Machine, tmp_path: Path
) -> None:
    machine.run("from tests.faults.machine import ACTS\nexec(ACTS)\nfor n in range(5): act(n)\n")
    file = tmp_path / "trail.jsonl"
    machine.dabir("trail", "export", "-o", file)
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], lines[1].replace('"number":0', '"number":9'), *lines[2:]]))
    assert "Entry 2 was changed" in machine.dabir("trail", "verify", file, code=1).stdout
    file.write_text("\n".join([*lines[:2], *lines[3:]]))
    said = machine.dabir("trail", "verify", file, code=1).stdout
    assert "Entry 3 is missing or out of its place" in said
    assert "Entry 3 does not continue" in said
    file.write_text("no trail at all\n")
    assert "Line 1" in machine.dabir("trail", "verify", file, code=2).stderr


def test_persian_is_spoken_where_it_is_asked_for(
    machine: Machine, empty_machine: Callable[[str], Machine]
) -> None:
    nowhere = empty_machine("nowhere")
    english = nowhere.dabir("check", code=2).stderr
    assert english.startswith("There is no installation")
    for asked in ({"LANG": "fa_IR.UTF-8"}, {"LANGUAGE": "fa:en"}):
        assert "سامانه‌ای نیست" in nowhere.dabir("check", code=2, **asked).stderr
    assert "سامانه‌ای نیست" in nowhere.dabir("--language", "fa", "check", code=2).stderr
    assert "زنجیرهٔ ثبت کامل" in machine.dabir("--language", "fa", "check").stdout
    assert "نمونه:" in machine.dabir("--language", "fa", "serve", "--help").stdout
    assert nowhere.dabir("check", code=2, LANG="de_DE.UTF-8").stderr == english
