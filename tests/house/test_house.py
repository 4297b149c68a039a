"""Tests about the house itself: what must hold of every page, right, model, table and file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from dabir.core.sealing import missing_seals, sealed_models
from dabir.decisions import states as decision_states
from dabir.intake.states import RECEIPTS
from dabir.meetings.states import MEETINGS
from dabir.membership.states import MEMBERS
from dabir.messaging.states import LETTERS
from dabir.readers.states import ENQUIRIES, ISSUES
from dabir.registry.rights import RIGHTS
from tests.factories.people import an_association

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "dabir"
# What anyone may open: doors, health, the answer by a signed link, the check of a printed code,
# and every page of the website, which shows what each app lists in its `public`.
PUBLIC = {
    "robots",
    "security_txt",
    "picture",
    "sitemap",
    "registry:accept_invitation",
    "registry:prove_address",
    "office:answer_contact",
    "decisions:answer",
    "decisions:received",
    "decisions:received_file",
    "decisions:verify",
    "decisions:verify_any",
    "membership:cities",
    "membership:directory",
    "membership:public_member",
    "membership:verify",
    "membership:verify_any",
    "entrance",
    "first_run",
    "health",
    "registry:emblem",
    "set_language",
}
# The admin of the editorial pages is Wagtail's: tests/editorial shows that one door guards all of it.
DOOR_OF_ITS_OWN = "office/pages/"
PUBLIC_PREFIXES = ("account_", "mfa_", "website:", "api:")
FINAL = {
    "receipts": {"confirmed", "dropped"},
    "enquiries": set(),
    "newsletters": {"sent", "dropped"},
    "letters": {"sent", "printed", "withdrawn"},
    "meetings": {"held", "cancelled"},
    "members": set(),
    "commitments": set(),
    "force": {"superseded", "retired"},
    "reports": set(),
}
OURS = [m for m in apps.get_models() if m.__module__.startswith("dabir.")]


def _patterns(
    resolver: URLResolver, namespace: str = "", above: dict[str, Any] | None = None
) -> list[tuple[str, dict[str, Any]]]:
    """Every named address with the values that its whole path asks for."""
    found = []
    for pattern in resolver.url_patterns:
        asked = (above or {}) | dict.fromkeys(pattern.pattern.regex.groupindex, "x")
        asked |= {
            key: 1
            for key, converter in pattern.pattern.converters.items()
            if type(converter).__name__ == "IntConverter"
        }
        if str(pattern.pattern) == DOOR_OF_ITS_OWN:
            continue
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += _patterns(pattern, inner, asked)
        elif pattern.name:
            found.append((namespace + pattern.name, asked))
    return found


# The front door's own links, whose keys have a shape of theirs: the tests of the door open them.
KEYED = {"account_confirm_email", "account_reset_password_from_key"}
ADDRESSES = dict(sorted(p for p in _patterns(get_resolver()) if p[0] not in KEYED))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_is_refused_unless_the_page_is_listed(name: str) -> None:
    an_association()
    answer = Client().get(reverse(name, kwargs=ADDRESSES[name]))
    if name in PUBLIC or name.startswith(PUBLIC_PREFIXES):
        return
    assert answer.status_code in {302, 403, 405}, name
    if answer.status_code == 302:
        assert "/account/login/" in answer["Location"], name


def test_every_public_page_exists() -> None:
    assert set(ADDRESSES) >= PUBLIC


@pytest.mark.parametrize("right", sorted(RIGHTS))
def test_every_right_is_asked_somewhere(right: str) -> None:
    places = [p for ending in ("py", "html") for p in CODE.rglob(f"*.{ending}")]
    texts = (p.read_text() for p in places if p.name != "rules.py")
    app, verb = right.split(".")
    assert any(right in text or f"perms.{app}.{verb}" in text for text in texts)


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_model_says_what_it_is(model: type[models.Model]) -> None:
    assert model.__str__ is not models.Model.__str__
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_model_has_a_privacy_note(model: type[models.Model]) -> None:
    notes = (ROOT / "docs" / "develop" / "privacy.md").read_text()
    assert f"`{model._meta.label}`" in notes


@pytest.mark.django_db
def test_every_append_only_table_is_guarded() -> None:
    assert missing_seals(connection) == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", sealed_models(), ids=lambda m: m._meta.label)
def test_append_only_tables_are_sealed_by_both_triggers(model: type[models.Model]) -> None:
    table = model._meta.db_table
    triggers = "sqlite_master" if connection.vendor == "sqlite" else "pg_trigger"
    column = "name" if connection.vendor == "sqlite" else "tgname"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column} FROM {triggers} WHERE {column} LIKE %s", [f"seal_%_{table}"]
        )
        assert len(cursor.fetchall()) >= 2


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["UPDATE {table} SET act = 'x'", "DELETE FROM {table}"])
def test_the_trail_refuses_change_in_raw_sql(verb: str) -> None:
    an_association()
    table = apps.get_model("core", "AuditEntry")._meta.db_table
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(verb.format(table=table))


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize(
    ("name", "machine"),
    [
        ("enquiries", ENQUIRIES),
        ("newsletters", ISSUES),
        ("letters", LETTERS),
        ("meetings", MEETINGS),
        ("members", MEMBERS),
        ("receipts", RECEIPTS),
        ("commitments", decision_states.COMMITMENTS),
        ("force", decision_states.FORCE_STEPS),
        ("reports", decision_states.REPORTS),
    ],
)
def test_every_state_has_a_label_and_a_way_out_or_is_final(name: str, machine: Any) -> None:
    assert all(str(label).strip() for label in machine.labels.values())
    assert {str(s) for s in machine.final_states()} == FINAL[name]
    reached = {t.target for t in machine.transitions.values()}
    assert reached <= set(machine.labels)


def _code() -> list[Path]:
    return [p for p in CODE.rglob("*.py") if "migrations" not in p.parts]


def test_no_module_is_longer_than_400_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {count}"
        for path in _code()
        if (count := len(path.read_text().splitlines())) > 400
    ]
    assert long == []


def test_every_template_is_used() -> None:
    texts = "\n".join(p.read_text() for ending in ("py", "html") for p in CODE.rglob(f"*.{ending}"))
    by_django = re.compile(r"^(account|mfa|allauth|django/forms|core/components|\d{3})")
    unused = []
    for path in CODE.rglob("templates/**/*.html"):
        name = path.relative_to(next(p for p in path.parents if p.name == "templates")).as_posix()
        if not by_django.match(name) and f"{name}" not in texts:
            unused.append(name)
    assert unused == []


def test_nothing_names_this_workplace() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    words = (
        "/wo" + "rk/main",
        "farm-" + "studio",
        "farm-" + "bench",
        "pypi" + ".org",
        "../sha" + "red",
    )
    found = []
    for name in listed:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".html", ".toml", ".lock", ".yaml", ".css", ".js", ".po"}:
            text = path.read_text(errors="ignore")
            found += [f"{name}: {word}" for word in words if word in text]
    assert found == []


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"DABIR_[A-Z_]+", (CODE / "config" / "settings.py").read_text())))
)
def test_every_setting_is_documented(name: str) -> None:
    docs = "\n".join(p.read_text() for p in (ROOT / "docs" / "operate").glob("*.md"))
    assert name in docs
