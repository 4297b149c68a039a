"""About the set-up: the locks, the installer, the private PostgreSQL, the catalogue, the checks."""

from __future__ import annotations

import argparse
import gettext
import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock", "setup/uv.lock"]
PINNED = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)

pytestmark = pytest.mark.pure


def load(name: str, root: Path = ROOT) -> ModuleType:
    """A program of `setup/` or `tools/`, which are no packages; of a copied folder, if named."""
    place = "tools" if (root / "tools" / f"{name}.py").exists() else "setup"
    if str(ROOT / "setup") not in sys.path:
        sys.path.append(str(ROOT / "setup"))  # they import one another by name
    spec = importlib.util.spec_from_file_location(name, root / place / f"{name}.py")
    assert spec
    assert spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def versions(lock: str) -> dict[str, set[str]]:
    """Every version that a lock names; a package may have one per Python."""
    found: dict[str, set[str]] = {}
    for name, version in PINNED.findall((ROOT / lock).read_text()):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


# The locks


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_host(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()
    assert "--index" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_a_hash_for_every_package(lock: str) -> None:
    entries = re.split(r"\n(?=[\w.-]+==)", (ROOT / lock).read_text())
    bare = [
        entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ()), ("requirements-dev.lock", ("dev",))]
)
def test_lock_answers_every_dependency(lock: str, extras: tuple[str, ...]) -> None:
    pinned = versions(lock)
    asked = list(project()["dependencies"])
    for extra in extras:
        asked += project()["optional-dependencies"][extra]
    unmet = [
        text
        for text in asked
        for wish in [Requirement(text)]
        if not any(
            wish.specifier.contains(version, prereleases=True)
            for version in pinned.get(canonicalize_name(wish.name), ())
        )
    ]
    assert unmet == [], "run `make locks`"


def test_locks_agree_so_that_tests_run_what_is_served() -> None:
    run, dev = versions("requirements.lock"), versions("requirements-dev.lock")
    assert {name: dev.get(name) for name in run} == run


def test_every_dependency_has_its_reason_on_its_line() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert len(lists) == 2
    silent = [
        line.strip()
        for block in lists
        for line in block.splitlines()
        if line.strip() and not re.search(r'",\s+# \S', line)
    ]
    assert silent == []


def test_pip_in_setup_is_the_one_whose_hash_is_kept() -> None:
    expected, name = (ROOT / "setup" / "pip.sha256").read_text().split()
    assert hashlib.sha256((ROOT / "setup" / name).read_bytes()).hexdigest() == expected
    assert [path.name for path in (ROOT / "setup").glob("*.whl")] == [name]


# The installer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of what the installer reads, with locks that ask for nothing."""
    shutil.copytree(ROOT / "setup", tmp_path / "setup")
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text("")
    return tmp_path


def set_up(folder: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run the copy's installer as `make` does, with nothing but the bare system around it."""
    return subprocess.run(
        [sys.executable, "setup/install.py", *arguments],
        cwd=folder,
        env={"PATH": os.defpath, "HOME": str(folder)} | extra,
        capture_output=True,
        text=True,
        check=False,
    )


def pretend_installed(folder: Path) -> None:
    """Make the environment of `folder` as after a complete set-up that had nothing to download."""
    program = load("install", folder)
    program.make_environment(sys.executable)
    mark = dict(program.wanted("run"), place=program.identity())
    (folder / ".venv/installed.json").write_text(json.dumps(mark))


def test_installer_does_nothing_when_no_lock_changed(folder: Path) -> None:
    pretend_installed(folder)
    again = set_up(folder, "run")
    assert (again.returncode, again.stderr) == (0, "")


@pytest.mark.parametrize("change", ["lock", "moved", "interrupted", "project", "python"])
def test_installer_starts_again_when_something_changed(folder: Path, change: str) -> None:
    pretend_installed(folder)
    # A damaged wheel stops it before its first download: proof, without network, that it began.
    (folder / "setup/pip.sha256").write_text(
        "0" * 64 + "  " + next(folder.glob("setup/*.whl")).name
    )
    if change == "lock":
        (folder / "requirements.lock").write_text("# other\n")
    elif change == "moved":
        folder = folder.rename(folder.with_name("elsewhere"))
    elif change == "interrupted":
        (folder / ".venv/installed.json").unlink()
    elif change == "python":
        mark = json.loads((folder / ".venv/installed.json").read_text())
        mark["place"][1] = "3.10.1 cpython-310"
        (folder / ".venv/installed.json").write_text(json.dumps(mark))
    else:
        text = (folder / "pyproject.toml").read_text()
        (folder / "pyproject.toml").write_text(text.replace('version = "', 'version = "9.'))
    again = set_up(folder, "run")
    assert again.returncode == 1
    assert "damaged" in again.stderr
    assert not (folder / ".venv/installed.json").exists()


def test_installer_ignores_a_change_of_the_tools_sections(folder: Path) -> None:
    pretend_installed(folder)
    with (folder / "pyproject.toml").open("a") as stream:
        stream.write('\n[tool.other]\nkey = "value"\n')
    assert set_up(folder, "run").stderr == ""


def test_installer_refuses_an_old_python_in_words() -> None:
    program = load("install")
    with pytest.raises(program.Refusal, match=r"needs Python 3\.11 or newer; this is Python 3\."):
        program.interpreter(oldest=(99, 0), newer=("python99",))


def test_installer_refuses_a_wrong_question(folder: Path) -> None:
    assert set_up(folder, "everything").returncode == 2


def test_installer_can_be_read_by_old_pythons() -> None:
    source = (ROOT / "setup/install.py").read_text()
    compile(source, "install.py", "exec", dont_inherit=True)
    assert not re.search(r"\bf\"|:=|\bmatch |-> ", source)


def test_installer_names_the_cure_when_no_index_answers(folder: Path) -> None:
    pretend_installed(folder)
    (folder / "requirements.lock").write_text("nothing==1 --hash=sha256:" + "0" * 64 + "\n")
    closed = {"PIP_INDEX_URL": "file:///nowhere", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    done = set_up(folder, "run", **closed)
    assert done.returncode == 1
    assert "plain pip takes over" in done.stderr
    assert "name yours in PIP_INDEX_URL" in done.stderr


# What a release holds


def test_wheel_holds_all_that_runs_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    subprocess.run([*command, str(tmp_path), str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "dabir"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    wanted = {name for name in tracked.stdout.split("\0") if name and (ROOT / name).exists()}
    about = f"dabir-{project()['version']}.dist-info"
    assert wanted - held == set()
    assert f"{about}/licenses/LICENSE" in held
    assert {name.split("/")[0] for name in held} == {"dabir", about}


# The private PostgreSQL


def test_private_postgresql_lends_a_database_and_leaves_nothing() -> None:
    lender = load("postgres")
    if lender.binaries() is None and not os.environ.get("CI"):
        pytest.skip("no PostgreSQL on this machine")
    asking = (
        "import os, psycopg; url = os.environ['DATABASE_URL'];"
        "fsync = psycopg.connect(url).execute('show fsync').fetchone()[0];"
        "print(url.partition('host=')[2], fsync)"
    )
    done = subprocess.run(
        [sys.executable, str(ROOT / "setup/postgres.py"), sys.executable, "-c", asking],
        capture_output=True,
        text=True,
        check=True,
    )
    place, fsync = done.stdout.split()
    assert fsync == "off"
    assert not Path(place).exists()


def test_private_postgresql_passes_on_the_exit_code() -> None:
    lender = load("postgres")
    if lender.binaries() is None and not os.environ.get("CI"):
        pytest.skip("no PostgreSQL on this machine")
    command = [sys.executable, str(ROOT / "setup/postgres.py"), "sh", "-c", "exit 7"]
    assert subprocess.run(command, check=False).returncode == 7


# The checks


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("= 3 failed, 12 passed, 1 skipped, 2 errors in 63.20s (0:01:03) =", (3, 12, 1, 2)),
        ("12 passed in 0.30s", (0, 12, 0, 0)),
        ("1 error in 0.11s", (0, 0, 0, 1)),
    ],
)
def test_checks_understand_the_closing_line(line: str, counts: tuple[int, ...]) -> None:
    found = load("check").CLOSING.match(line)
    assert found
    said = {word.rstrip("s"): int(n) for n, word in re.findall(r"(\d+) ([a-z]+)", found[1])}
    assert tuple(said.get(word, 0) for word in ("failed", "passed", "skipped", "error")) == counts


@pytest.mark.parametrize("line", ["we passed in 3s", "12 passed", "E   12 passed in 3.00s"])
def test_checks_take_no_other_line_for_it(line: str) -> None:
    assert not load("check").CLOSING.match(line)


def test_checks_fail_with_a_tool_and_close_with_the_tests(
    capsys: pytest.CaptureFixture[str],
) -> None:
    checks = load("check")
    tally = checks.Tally(tests=Counter(passed=4, skipped=1), seconds=1.5)
    checks.leg(tally, "a tool that objects", [sys.executable, "-c", "print('why'); exit(2)"])
    assert checks.conclude(tally, with_tests=True, ci=False) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "why" in lines
    assert lines[-2:] == [
        "FAILED: a tool that objects",
        "===== 4 passed, 1 skipped in 1.50s =====",
    ]


def test_checks_tell_a_tool_that_lacks_something_from_one_that_objects() -> None:
    checks = load("check")
    tally = checks.Tally()
    checks.leg(tally, "words", [sys.executable, "-c", "print('no gettext'); exit(3)"])
    assert (tally.failed, tally.missing) == ([], ["words (no gettext)"])


def test_checks_cut_a_long_answer_and_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    checks = load("check")
    checks.leg(checks.Tally(), "talk", [sys.executable, "-c", "print('x\\n' * 500); exit(1)"])
    lines = capsys.readouterr().out.splitlines()
    assert lines.count("x") == checks.SHOWN
    assert lines[-1].startswith(f"… and {500 - checks.SHOWN} lines more")


@pytest.mark.parametrize(("ci", "code"), [(False, 0), (True, 1)])
def test_checks_do_not_accept_a_missing_leg_in_ci(
    ci: bool, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = load("check")
    tally = checks.Tally(missing=["tests on PostgreSQL"])
    assert checks.conclude(tally, with_tests=False, ci=ci) == code
    assert "tests on PostgreSQL" in capsys.readouterr().out


# The catalogue

WORDS = """
msgid ""
msgstr "Language: fa\\n"

#: a comment
msgid "quorum"
msgstr "حد نصاب"

msgctxt "of a session"
msgid "open"
msgstr "گشوده"

msgid "%(n)s seat"
msgid_plural "%(n)s seats"
msgstr[0] "%(n)s کرسی"
msgstr[1] ""
"%(n)s "
"کرسی‌ها"

#, fuzzy
msgid "chair"
msgstr "صندلی"
"""


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "area.po"
    path.write_text(WORDS, encoding="utf-8")
    return path


def test_catalogue_reads_contexts_plurals_and_doubt(words: Path) -> None:
    messages = load("catalogue").read(words)
    assert messages[None, "quorum"].msgstr == {0: "حد نصاب"}
    assert messages["of a session", "open"].translated
    assert messages[None, "%(n)s seat"].msgstr[1] == "%(n)s کرسی‌ها"
    assert not messages[None, "chair"].translated


def test_catalogue_compiles_to_what_gettext_reads(words: Path) -> None:
    catalogue = load("catalogue")
    spoken = gettext.GNUTranslations(io.BytesIO(catalogue.compiled(catalogue.read(words))))
    assert spoken.gettext("quorum") == "حد نصاب"
    assert spoken.pgettext("of a session", "open") == "گشوده"
    assert spoken.ngettext("%(n)s seat", "%(n)s seats", 2) == "%(n)s کرسی‌ها"
    assert spoken.gettext("chair") == "chair"


def test_catalogue_written_reads_back_the_same(words: Path, tmp_path: Path) -> None:
    catalogue = load("catalogue")
    messages = catalogue.read(words)
    again = tmp_path / "again.po"
    again.write_text(catalogue.written(messages), encoding="utf-8")
    assert catalogue.read(again) == messages


def test_catalogue_names_a_lost_placeholder(words: Path) -> None:
    catalogue = load("catalogue")
    words.write_text('msgid "%(n)s days"\nmsgstr "روز"\n', encoding="utf-8")
    (message,) = catalogue.read(words).values()
    assert message.faults() == ["placeholders differ: '%(n)s days'"]


def test_catalogue_refuses_a_line_it_cannot_read(words: Path) -> None:
    catalogue = load("catalogue")
    words.write_text('msgid "a"\nmsgstr "b\n', encoding="utf-8")
    with pytest.raises(catalogue.Unreadable, match=r"area\.po:2"):
        catalogue.read(words)


def test_committed_catalogue_is_compiled_and_holds_its_parts() -> None:
    assert load("catalogue").stale() == []


# What is documented


def test_every_setting_is_documented() -> None:
    asked = {
        name
        for folder in ("dabir", "setup")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"\b(?:DABIR_[A-Z_]+|DATABASE_URL)\b", path.read_text())
        if not name.endswith("_")
    }
    told = (ROOT / "docs/operate/settings.md").read_text()
    assert {name for name in asked if f"`{name}`" not in told} == set()


def test_every_documented_setting_is_asked_for() -> None:
    told = re.findall(r"`(DABIR_[A-Z_]+)`", (ROOT / "docs/operate/settings.md").read_text())
    sources = [*(ROOT / "dabir").rglob("*.py"), *(ROOT / "setup").glob("*.py")]
    everything = "\n".join(path.read_text() for path in sources)
    assert [name for name in told if name not in everything] == []


def commands(parser: argparse.ArgumentParser, name: str = "dabir") -> set[str]:
    """Every command that does something, by its full name."""
    verbs = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    found = {name} if parser.get_default("run") else set()
    for action in verbs:
        for verb, below in action.choices.items():
            found |= commands(below, f"{name} {verb}")
    return found


def test_every_command_is_documented() -> None:
    from dabir.config.cli import build_parser

    told = (ROOT / "docs/operate/commands.md").read_text()
    for together, verbs in re.findall(r"(dabir \w+) (\w+(?:\|\w+)+)", told):  # `dabir a b|c`
        told += "".join(f" {together} {verb}" for verb in verbs.split("|"))
    assert {name for name in commands(build_parser()) if name not in told} == set()


def test_every_documented_command_exists() -> None:
    from dabir.config.cli import build_parser

    first_words = {name.split()[1] for name in commands(build_parser())}
    told = {
        word
        for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
        for line in re.findall(r"^    .*$|`[^`]+`", path.read_text(), re.MULTILINE)
        for word in re.findall(r"(?<![\w@/.=:-])(?:\.venv/bin/)?dabir ([a-z]+)\b", line)
    }
    assert told - first_words - {"init", "clone"} == set()


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text())
        if not (path.parent / target).exists()
    ]
    assert broken == []


# The house's own rules about suppressions


def sources() -> list[Path]:
    folders = ("dabir", "tests", "setup", "tools", "benchmarks")
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def test_every_suppression_has_its_reason_on_its_line() -> None:
    bare = re.compile(
        r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w, -]+\])?)\s*$"
    )
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert silent == []
