"""The register's screen over 1,500 decisions and 10,000 commitments, beside the same rows in plain SQL.

    DATABASE_URL=… .venv/bin/python benchmarks/register.py

Works in a home that is thrown away; the database of DATABASE_URL (else SQLite in that home) must be
empty and is left full. Prints statements and milliseconds (the best of five) of each arrangement of
the register and of the search; fails when one asks more than 15 statements or the search needs 100 ms.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
DECISIONS, COMMITMENTS, CITIES, MOST, SEARCH_MS, TRIES = 1500, 10_000, 120, 15, 100, 5
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WORDS = [
    *("transport", "water", "garden", "archive", "bridge", "award", "library", "road"),
    *("school", "market", "data", "budget"),
]
PERSIAN = [
    *("حمل\u200cونقل", "آب", "باغ", "بایگانی", "پل", "جایزه", "کتابخانه", "راه"),
    *("مدرسه", "بازار", "داده", "بودجه"),
]
STILL_OPEN = "c.status IN ('not_started', 'under_way', 'blocked')"


def fill() -> Any:
    """An association with a register of the size of thirty years; returns who looks at it."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from dabir.accounts.services import open_account
    from dabir.core.actors import Actor
    from dabir.core.search import rebuild
    from dabir.organs.services import enter_organ
    from dabir.registry.models import City
    from dabir.registry.services import (
        add_person,
        create_post,
        found_association,
        give_mandate,
        link_account,
    )

    signed: dict[str, Any] = {"by": Actor("person", "bench", {"en": "B"}), "on": TODAY, "at": NOW}
    found_association(
        names={"fa": "سنجش", "en": "Bench"},
        abbreviation="B",
        languages=["fa", "en"],
        calendars=["gregorian"],
        **signed,
    )
    person = add_person(names={"en": "Head"}, **signed)
    post = create_post(names={"en": "Head"}, powers=["secretary_general"], **signed)
    give_mandate(person=person, post=post, starts_on=date(2026, 1, 1), **signed)
    user = open_account(
        email="head@example.org", password="bench-mark-1405", language="en", **signed
    )
    link_account(person=person, user=user, **signed)
    TOTP.activate(user, generate_totp_secret())
    organs = [
        enter_organ(key=key, kind=kind, names={"fa": key, "en": key}, **signed)
        for key, kind in (("general-assembly", "assembly"), ("executive-board", "board"))
    ]
    cities = City.objects.bulk_create(
        City(public_id=f"city-{n}", names={"fa": f"شهر {n}", "en": f"City {n}"})
        for n in range(CITIES)
    )
    _fill_register(organs, cities, signed["by"].as_dict())
    print(f"search entries: {rebuild()}")
    return user


def _fill_register(organs: list[Any], cities: list[Any], by: dict[str, Any]) -> None:
    from dabir.decisions.models import Commitment, CommitmentTerms, Decision, StatusEntry
    from dabir.decisions.services.agreed import folded_words

    chance = random.Random(1405)
    decisions = Decision.objects.bulk_create(
        Decision(
            public_id=f"text-{n // 30}/{n % 30}",
            organ=chance.choice(organs),
            titles={
                "fa": f"تصمیم {chance.choice(PERSIAN)}",
                "en": f"On {chance.choice(WORDS)} {n}",
            },
            themes=chance.sample(WORDS, 2),
            decided_on=date(2008, 1, 1) + timedelta(days=chance.randrange(6500)),
            force="in_force" if chance.random() < 0.8 else "superseded",
            recorded_at=NOW,
            recorded_by=by,
        )
        for n in range(DECISIONS)
    )
    rows = []
    for n in range(COMMITMENTS):
        decision = decisions[n % DECISIONS]
        kind = chance.choice(("date", "date", "none", "before_next"))
        due = date(2015, 1, 1) + timedelta(days=chance.randrange(5000)) if kind == "date" else None
        row = Commitment(
            public_id=f"{decision.public_id}/c{n // DECISIONS + 1}",
            decision=decision,
            position=n // DECISIONS + 1,
            titles={"fa": f"کار {chance.choice(PERSIAN)} {n}", "en": f"{chance.choice(WORDS)} {n}"},
            status=chance.choice(("not_started", "under_way", "blocked", "done_accepted")),
            status_since=decision.decided_on,
            lead_city=chance.choice(cities) if n % 10 else None,
            deadline_type=kind,
            deadline_on=due,
            due_on=due,
            created_on=decision.decided_on,
            last_report_on=decision.decided_on + timedelta(days=90) if n % 3 else None,
        )
        row.folded = folded_words(row)
        rows.append(row)
    commitments = Commitment.objects.bulk_create(rows, batch_size=500)
    CommitmentTerms.objects.bulk_create(
        (
            CommitmentTerms(
                commitment=c,
                titles=c.titles,
                kind=c.kind,
                lead_city=c.lead_city,
                deadline_type=c.deadline_type,
                deadline_on=c.deadline_on,
                deadline_organ=organs[0] if c.deadline_type == "before_next" else None,
                budget="unknown",
                on=c.created_on,
                at=NOW,
                by=by,
            )
            for c in commitments
        ),
        batch_size=500,
    )
    StatusEntry.objects.bulk_create(
        (
            StatusEntry(commitment=c, status="not_started", on=c.created_on, at=NOW, by=by)
            for c in commitments
        ),
        batch_size=500,
    )


PLAIN = """
SELECT c.id, c.public_id, c.titles, c.status, c.due_on, d.public_id, d.titles, d.themes, y.names
FROM decisions_commitment c JOIN decisions_decision d ON d.id = c.decision_id
LEFT JOIN registry_city y ON y.id = c.lead_city_id
{where} ORDER BY {order} LIMIT 50
"""
BY_ASSEMBLY, WATER = "o.key = 'general-assembly'", "AND c.folded LIKE '%water%'"
BINDING = "d.force IN ('in_force', 'amended')"
BY_ID = "d.decided_on, d.public_id, c.position"
SILENT = "COALESCE(c.last_report_on, d.decided_on)"
PAGES = (
    ("plain", "", "", BY_ID),
    (
        "filtered",
        "organ=general-assembly&status=open&q=water",
        f"JOIN organs_organ o ON o.id = d.organ_id WHERE {BY_ASSEMBLY} AND {STILL_OPEN} {WATER}",
        BY_ID,
    ),
    ("by silence", "sort=silence", "", SILENT),
    (
        "late, by theme",
        "deadline=late&group=theme",
        f"WHERE d.force IN ('in_force', 'amended') AND c.due_on < '2026-11-22' AND {STILL_OPEN}",
        "d.themes",
    ),
)


def best_of(act: Callable[[], Any]) -> float:
    """Milliseconds of the quickest try."""
    spent = []
    for _try in range(TRIES):
        start = time.perf_counter()
        act()
        spent.append((time.perf_counter() - start) * 1000)
    return min(spent)


def measure(user: Any) -> bool:
    """Print a line for each arrangement; whether all kept within their bounds."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)

    def page(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    def plain(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.fetchall()

    good = True
    print(f"{connection.vendor}: {DECISIONS} decisions, {COMMITMENTS} commitments")
    print(f"{'register':<16}{'statements':>11}{'in them ms':>12}{'page ms':>9}{'plain SQL ms':>14}")
    for name, query, where, order in PAGES:
        path = f"/en/office/register/?{query}"
        page(path)
        with CaptureQueriesContext(connection) as asked:
            page(path)
            statements = len(asked)
            inside = sum(float(q["time"]) for q in asked.captured_queries) * 1000
        whole = best_of(lambda path=path: page(path))
        beside = best_of(lambda w=where, o=order: plain(PLAIN.format(where=w, order=o)))
        print(f"{name:<16}{statements:>11}{inside:>12.0f}{whole:>9.0f}{beside:>14.1f}")
        good = good and statements <= MOST
    for typed in ("water", "باغ", "water 77", "text-3/7", "nothing-at-all water"):
        path = f"/en/office/search/?q={typed}"
        page(path)
        with CaptureQueriesContext(connection) as asked:
            page(path)
            statements = len(asked)
        spent = best_of(lambda path=path: page(path))
        print(f"search “{typed}”: {statements} statements, {spent:.0f} ms")
        good = good and spent < SEARCH_MS
    return good


def main() -> int:
    """Fill, measure, judge; 1 when a bound was broken."""
    with tempfile.TemporaryDirectory(prefix="dabir-bench-") as home:
        os.environ["DABIR_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "dabir.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        start = time.perf_counter()
        user = fill()
        print(f"filled in {time.perf_counter() - start:.0f} s")
        return 0 if measure(user) else 1


if __name__ == "__main__":
    sys.exit(main())
