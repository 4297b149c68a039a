"""Backup and restore: everything comes back, and a bad archive changes nothing."""

from __future__ import annotations

import io
import json
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.machine import ACTS, Machine

WRITER = (
    ACTS
    + """
from dabir.documents.services import store_file
number = 0
while True:
    number += 1
    act(number)
    store_file(data=f"live {number}".encode(), name=f"live-{number}.txt",
               media_type="text/plain", at=datetime.now(UTC))
    if number % 10 == 0:
        print(number, flush=True)
"""
)


def state(machine: Machine) -> str:
    """Everything that an installation holds, as one text: rows, files and secrets."""
    rows = machine.run(
        """
        import json
        from django.apps import apps
        for model in sorted(apps.get_models(), key=lambda m: m._meta.label):
            rows = model._base_manager.order_by("pk").values_list()
            print(model._meta.label, json.dumps([list(row) for row in rows], default=str))
        """
    )
    files = [
        f"{path.relative_to(machine.home)} {path.read_bytes().hex()}"
        for folder in ("files", "secrets")
        for path in sorted((machine.home / folder).rglob("*"))
        if path.is_file()
    ]
    return rows + "\n".join(files)


@pytest.mark.parametrize("name", ["backup.tar", "backup.tar.gz"])
def test_backup_comes_back_in_an_empty_place(
    machine: Machine, empty_machine: Callable[[str], Machine], tmp_path: Path, name: str
) -> None:
    archive = tmp_path / name
    anew = name == "backup.tar"
    said = machine.dabir("backup", archive, anew=anew).stdout
    chain = machine.check()["chain"]
    assert chain["head"] in said
    assert archive.stat().st_mode & 0o077 == 0
    other = empty_machine("other")
    other.dabir("restore", archive, anew=anew)
    assert other.check() == machine.check()
    assert state(other) == state(machine)
    assert other.check()["chain"] == chain


def test_backup_while_the_server_writes_is_one_instant(
    machine: Machine, empty_machine: Callable[[str], Machine], tmp_path: Path
) -> None:
    writer = machine.start_script(WRITER)
    until = time.monotonic() + 60
    while not writer.stdout and time.monotonic() < until:
        time.sleep(0.02)
    archives = [tmp_path / f"{number}.tar" for number in range(3)]
    for archive in archives:
        machine.dabir("backup", archive)
    written = int(writer.stdout.split()[-1])
    assert writer.poll() is None
    writer.kill()
    heads = []
    for number, archive in enumerate(archives):
        other = empty_machine(f"other-{number}")
        other.restore(archive)
        found = other.check()
        assert found["clean"] is True
        heads.append(found["chain"]["entries"])
    assert heads == sorted(set(heads)), "each backup holds more than the one before"
    assert heads[-1] > 1
    assert written > 10


def test_backup_replaces_an_older_one_of_the_same_name(machine: Machine, tmp_path: Path) -> None:
    archive = tmp_path / "daily.tar"
    archive.write_text("yesterday's")
    machine.dabir("backup", archive)
    assert tarfile.is_tarfile(archive)
    assert [path.name for path in tmp_path.glob("*daily*")] == ["daily.tar"]


def test_backup_into_a_folder_that_is_not_there_is_refused(
    machine: Machine, tmp_path: Path
) -> None:
    done = machine.dabir("backup", tmp_path / "no" / "such" / "folder.tar", code=2)
    assert "Traceback" not in done.stderr
    machine.dabir("backup", tmp_path, code=2)


def test_backup_tells_which_stored_file_it_could_not_keep(machine: Machine, tmp_path: Path) -> None:
    victim = next(path for path in (machine.home / "files").rglob("*") if path.is_file())
    victim.write_bytes(b"half of wh")
    done = machine.dabir("backup", tmp_path / "b.tar", code=1)
    assert victim.name in done.stderr
    with tarfile.open(tmp_path / "b.tar") as archive:
        assert not [name for name in archive.getnames() if victim.name in name]


PAGE_FILES = """
import io
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from dabir.editorial.models import Paper, Picture
held = io.BytesIO()
Image.new("RGB", (8, 8), "teal").save(held, "PNG")
picture = Picture(title="Sea", file=ImageFile(held, "s" * 60 + ".png"))
paper = Paper(title="Study", file=ContentFile(b"city,trees", "p" * 60 + ".csv"))
paper._set_document_file_metadata()
for file in (picture, paper):
    file.save()
    print(file.file.name)
picture.get_rendition("width-4")
"""


def test_pictures_and_documents_of_pages_are_kept_and_missed(
    machine: Machine, empty_machine: Callable[[str], Machine], tmp_path: Path
) -> None:
    picture, paper = machine.run(PAGE_FILES).split()
    assert {len(Path(name).name) for name in (picture, paper)} == {64}, "as long as a hash"
    machine.dabir("backup", tmp_path / "b.tar")
    other = empty_machine("other")
    other.restore(tmp_path / "b.tar")
    for name in (picture, paper):
        assert (other.home / "files" / name).read_bytes() == (
            machine.home / "files" / name
        ).read_bytes()
    (other.home / "files" / picture).unlink()
    (other.home / "files" / paper).write_bytes(b"city,trees,and more")
    lost, changed = sorted(other.faults())
    assert "Sea" in lost
    assert "missing" in lost
    assert "Study" in changed
    assert "changed" in changed
    assert "Sea" in other.dabir("backup", tmp_path / "c.tar", code=1).stderr


def test_restore_over_an_installation_needs_a_yes_and_then_replaces_all_of_it(
    machine: Machine, tmp_path: Path
) -> None:
    archive = tmp_path / "b.tar"
    machine.dabir("backup", archive)
    before = state(machine)
    machine.run(ACTS + "for n in range(3): act(n)\n")
    (machine.home / "files" / "stray").write_text("not of the backup")
    changed = state(machine)
    assert changed != before
    done = machine.dabir("restore", archive, code=2)
    assert "--yes" in done.stderr
    assert state(machine) == changed
    machine.dabir("restore", archive, "--yes")
    assert state(machine) == before
    left = {path.name for path in machine.home.iterdir()}
    assert not left & {"restoring", "restore.json", ".dabir.sqlite3.restored", "backup-work"}


def test_restore_under_a_running_server_is_refused(machine: Machine, tmp_path: Path) -> None:
    archive = tmp_path / "b.tar"
    machine.dabir("backup", archive)
    server = machine.start("serve", "--port", "8765")
    assert server.stdout
    assert server.stdout.readline().startswith("http://localhost:")
    done = machine.dabir("restore", archive, "--yes", code=2)
    assert "in use" in done.stderr
    server.terminate()
    server.wait(20)
    machine.dabir("restore", archive, "--yes")


def rewritten(archive: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """A copy of the archive with members changed, renamed or left out."""
    copy = archive.with_name("changed.tar")
    with tarfile.open(archive) as old, tarfile.open(copy, "w") as new:
        for member in old:
            stream = old.extractfile(member)
            assert stream
            made = change(member.name, stream.read())
            if made:
                member.name, member.size = made[0], len(made[1])
                new.addfile(member, io.BytesIO(made[1]))
    return copy


def _other_byte(name: str, data: bytes) -> tuple[str, bytes]:
    return name, (data[:10] + b"x" + data[11:]) if name.startswith("files/") else data


def _less(name: str, data: bytes) -> tuple[str, bytes] | None:
    return None if name.startswith("secrets/") else (name, data)


def _without_list(name: str, data: bytes) -> tuple[str, bytes] | None:
    return None if name == "manifest.json" else (name, data)


def _leading_out(name: str, data: bytes) -> tuple[str, bytes]:
    return name.replace("files/", "files/../../"), data


def _other_format(name: str, data: bytes) -> tuple[str, bytes]:
    if name != "manifest.json":
        return name, data
    return name, json.dumps(json.loads(data) | {"format": 99}).encode()


@pytest.mark.parametrize("change", [_other_byte, _less, _without_list, _leading_out, _other_format])
def test_restore_of_a_changed_archive_is_refused_and_changes_nothing(
    machine: Machine, tmp_path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]
) -> None:
    archive = tmp_path / "b.tar"
    machine.dabir("backup", archive)
    before = state(machine)
    done = machine.dabir("restore", rewritten(archive, change), "--yes", code=2)
    assert "Traceback" not in done.stderr
    assert "nothing was changed" in done.stderr
    assert state(machine) == before
    assert not (tmp_path.parent / "files").exists()


def test_restore_of_what_is_no_archive_is_refused(machine: Machine, tmp_path: Path) -> None:
    archive = tmp_path / "b.tar.gz"
    machine.dabir("backup", archive)
    whole = archive.read_bytes()
    for name, data in {
        "empty.tar": b"",
        "text.tar": b"no archive at all\n" * 100,
        "cut.tar.gz": whole[: len(whole) // 2],
        "zip.tar": b"PK\x03\x04" + bytes(600),
    }.items():
        (tmp_path / name).write_bytes(data)
        done = machine.dabir("restore", tmp_path / name, "--yes", code=2)
        assert "Traceback" not in done.stderr, name
    machine.dabir("restore", tmp_path / "absent.tar", "--yes", code=2)
    assert machine.check()["clean"] is True


def test_restore_into_the_other_kind_of_database_is_refused(
    machine: Machine, empty_machine: Callable[[str], Machine], tmp_path: Path
) -> None:
    def other_kind(name: str, data: bytes) -> tuple[str, bytes]:
        kinds = [b"sqlite", b"postgresql"]
        files = {"database.sqlite3": "database.sql", "database.sql": "database.sqlite3"}
        if name != "manifest.json":
            return files.get(name, name), data
        told = json.loads(data)
        told["database"] = next(k.decode() for k in kinds if k.decode() != told["database"])
        told["members"] = {files.get(n, n): v for n, v in told["members"].items()}
        return name, json.dumps(told).encode()

    archive = tmp_path / "b.tar"
    machine.dabir("backup", archive)
    other = empty_machine("other")
    done = other.dabir("restore", rewritten(archive, other_kind), code=2)
    assert "DATABASE_URL" in done.stderr


def test_missing_client_programs_of_postgresql_are_named(machine: Machine, tmp_path: Path) -> None:
    if machine.database is None:
        pytest.skip("SQLite needs none")
    done = machine.dabir("backup", tmp_path / "b.tar", code=1, PATH="/nonexistent")
    assert "pg_dump" in done.stderr
    assert "postgresql-client" in done.stderr
    assert "Traceback" not in done.stderr
