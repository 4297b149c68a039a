"""5,000 members: their standing on a day, and a frozen list of it, beside the plain SQL of the same facts.

    DATABASE_URL=… .venv/bin/python benchmarks/standing.py

Works in a home that is thrown away; the database of DATABASE_URL (else SQLite in that home) must be
empty and is left full. Prints seconds of processor time (the best of three) and statements; fails when
the frozen list needs a second, or when a page asks more statements for 5,000 members than for 50.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
MEMBERS, YEARS, TRIES, MOST_SECONDS = 5_000, 5, 3, 1.0
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
BY = {"kind": "person", "id": "bench", "labels": {"en": "B"}}
BASIS = {"kind": "decision", "id": "board-2015/1", "labels": {"en": "B"}, "on": "2015-01-28"}
RULES = """
[members.standing]
article = { en = "article 14" }
value = { rule = "paid up to the year before", plan = true }
[members.candidacy]
article = { en = "article 15" }
value = { rule = "fully paid" }
[members.rights_while_suspended]
article = { en = "article 16" }
value = ["speak"]
[credentials.deadline_days]
article = { en = "article 13" }
value = 15
[members.categories]
article = { en = "article 5" }
[[members.categories.value]]
key = "full"
names = { en = "full member" }
votes = true
stands = true
speaks = true
[[members.categories.value]]
key = "honorary"
names = { en = "honorary member" }
votes = false
stands = false
speaks = true
pays_dues = false
"""


def fill(number: int) -> Any:
    """An association with so many members, each with its steps and years of dues; who looks at it."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from dabir.accounts.services import open_account
    from dabir.core.actors import Actor
    from dabir.registry.services import (
        add_person,
        create_post,
        found_association,
        give_mandate,
        link_account,
    )
    from dabir.statutes.services import adopt_rules

    signed: dict[str, Any] = {"by": Actor("person", "bench", {"en": "B"}), "on": TODAY, "at": NOW}
    found_association(
        names={"fa": "سنجش", "en": "Bench"},
        abbreviation="B",
        languages=["fa", "en"],
        calendars=["gregorian"],
        **signed,
    )
    adopt_rules(
        key="bench", names={"en": "B"}, text=RULES, in_force_from=date(2000, 1, 1), **signed
    )
    person = add_person(names={"en": "Head"}, **signed)
    post = create_post(names={"en": "Head"}, powers=["secretary_general"], **signed)
    give_mandate(person=person, post=post, starts_on=date(2026, 1, 1), **signed)
    user = open_account(
        email="head@example.org", password="bench-mark-1405", language="en", **signed
    )
    link_account(person=person, user=user, **signed)
    TOTP.activate(user, generate_totp_secret())
    add_members(0, number)
    return user


def add_members(first: int, last: int) -> None:
    """Members with the numbers from `first` up to before `last`."""
    from dabir.membership.models import DuesEntry, Member, Step
    from dabir.registry.models import City

    random.seed(first)
    cities = City.objects.bulk_create(
        City(public_id=f"city-{n}", names={"fa": f"شهر {n}", "en": f"City {n}"})
        for n in range(first, last)
    )
    members = Member.objects.bulk_create(
        Member(
            public_id=city.public_id,
            city=city,
            category="full" if n % 20 else "honorary",
            state="admitted" if n % 11 else "suspended",
            state_since=date(2020, 1, 1),
            joined_on=date(2015, 1, 1 + n % 28),
            number=n + 1,
        )
        for n, city in enumerate(cities, first)
    )
    made: dict[str, Any] = {"by": BY, "at": NOW}
    Step.objects.bulk_create(
        Step(
            member=member,
            verb=verb,
            state=state,
            category=member.category,
            joined_on=member.joined_on,
            source="bench",
            basis=BASIS,
            on=day,
            **made,
        )
        for member in members
        for verb, state, day in (
            ("enter", "admitted", date(2015, 1, 28)),
            ("lift", member.state, date(2020, 1, 1)),
        )
    )
    DuesEntry.objects.bulk_create(
        DuesEntry(
            member=member,
            year=year,
            kind=kind,
            minor=100_000,
            currency="EUR",
            decimals=2,
            source="bench",
            on=date(year, month, 1),
            **made,
        )
        for member in members
        for year in range(2026 - YEARS, 2026)
        for kind, month in (("due", 3), *((("paid", 6),) if random.random() < 0.9 else ()))
    )


def best(act: Callable[[], Any]) -> tuple[float, int]:
    """Seconds of processor time of the best of some tries, and the statements of the last one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = []
    for _try in range(TRIES):
        started = time.process_time()
        with CaptureQueriesContext(connection) as asked:
            act()
        found.append(time.process_time() - started)
    return min(found), len(asked)


def plain_sql() -> int:
    """The same facts without a word of why: the newest state and what is open up to the year before."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT m.id, s.state, COALESCE(d.open, 0)
            FROM membership_member m
            JOIN (SELECT member_id, state, ROW_NUMBER() OVER
                  (PARTITION BY member_id ORDER BY "on" DESC, "at" DESC, id DESC) AS place
                  FROM membership_step WHERE "on" <= '2026-11-07') s
              ON s.member_id = m.id AND s.place = 1
            LEFT JOIN (SELECT member_id,
                         SUM(CASE WHEN kind = 'due' THEN minor ELSE -minor END) AS open
                       FROM membership_duesentry WHERE year <= 2025 GROUP BY member_id) d
              ON d.member_id = m.id
            """
        )
        return len(cursor.fetchall())


def pages(user: Any) -> dict[str, int]:
    """Statements of each page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    found = {}
    for path in ("office/members/", "office/standing/", "office/applications/", "cities/"):
        client.get(f"/en/{path}")
        with CaptureQueriesContext(connection) as asked:
            started = time.process_time()
            answer = client.get(f"/en/{path}")
            spent = time.process_time() - started
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
        found[path] = len(asked)
        print(f"{path:28} {len(asked):3} statements {1000 * spent:7.0f} ms")
    return found


def main() -> int:
    """Fill, measure, compare."""
    os.environ["DABIR_HOME"] = tempfile.mkdtemp(prefix="dabir-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "dabir.config.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from dabir.core.actors import Actor
    from dabir.core.reference import Reference
    from dabir.membership.queries.standing import standings_on
    from dabir.membership.services.standing import freeze_standing

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    user = fill(50)
    print("50 members")
    few = pages(user)
    add_members(50, MEMBERS)
    print(f"{MEMBERS} members, {YEARS} years of dues each")
    many = pages(user)
    answered, statements = best(lambda: list(standings_on(date(2026, 11, 7))))
    print(f"{'standing on a day':28} {statements:3} statements {answered:7.2f} s")
    meeting = Reference("meeting", "bench-1", {"en": "Bench"}, TODAY)

    def freeze() -> None:
        with transaction.atomic():
            freeze_standing(
                meeting=meeting, by=Actor.from_dict(BY), on=TODAY, at=NOW, reason="measured again"
            )

    frozen, statements = best(freeze)
    print(f"{'frozen list':28} {statements:3} statements {frozen:7.2f} s")
    plain, _statements = best(plain_sql)
    print(f"{'plain SQL, no reasons':28}   1 statement  {plain:7.2f} s")
    faults = [f"{path}: {few[path]} then {many[path]}" for path in many if many[path] > few[path]]
    if frozen > MOST_SECONDS:
        faults.append(f"the frozen list needs {frozen:.2f} s")
    for fault in faults:
        print(f"TOO MUCH: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
