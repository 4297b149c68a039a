"""The checker of the organs over 300 organs and thirty years, and the folding of one organ's acts.

    .venv/bin/python benchmarks/organs.py

Works in a home that is thrown away, on SQLite. Reads and checks the whole institution and prints the
seconds of CPU of each part beside the plain SQL that only reads the same rows; fails above 5 seconds.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
ORGANS, YEARS, SEATS, CITIES, MOST_SECONDS = 300, 30, 7, 200, 5.0
TODAY = date(2026, 11, 22)
SIGNED: dict[str, Any] = {
    "on": TODAY,
    "at": datetime(2026, 11, 22, 9, tzinfo=UTC),
    "by": {"kind": "person", "id": "bench", "labels": {"en": "B"}},
}


def fill() -> None:
    """300 committees whose seats are given anew every two years, each with a post and its holders."""
    from dabir.organs.models import Organ, OrganAct, Seat, SeatFunction
    from dabir.registry.models import City, Mandate, Person, Post

    City.objects.bulk_create(City(public_id=f"c{i}", names={"en": f"C{i}"}) for i in range(CITIES))
    Person.objects.bulk_create(
        Person(public_id=f"p{i}", names={"en": f"P{i}"}) for i in range(ORGANS)
    )
    cities, people = list(City.objects.all()), list(Person.objects.all())
    names, began = {"en": "Committee"}, TODAY.year - YEARS
    Organ.objects.bulk_create(
        Organ(
            key=f"o{i}",
            kind="committee",
            names=names,
            position=i,
            seats_foreseen=SEATS,
            founded_on=date(began, 1, 1),
            founded_precision="day",
        )
        for i in range(ORGANS)
    )
    Post.objects.bulk_create(
        Post(public_id=f"s{i}", names={"en": "Secretary"}, organ_key=f"o{i}") for i in range(ORGANS)
    )
    organs, posts = list(Organ.objects.order_by("id")), list(Post.objects.order_by("id"))
    founded = {"names": names, "powers": {}, "seats_foreseen": SEATS}
    acts = [
        OrganAct(
            organ=organ,
            number=1,
            kind="found",
            effective_on=organ.founded_on,
            changes=founded,
            **SIGNED,
        )
        for organ in organs
    ]
    seats, mandates = [], []
    for place, organ in enumerate(organs):
        for term in range(YEARS // 2):
            start = date(began + 2 * term, 1, 1)
            end = date(began + 2 * term + 2, 1, 1) if term < YEARS // 2 - 1 else None
            mandates.append(
                Mandate(
                    person=people[(place + term) % ORGANS],
                    post=posts[place],
                    starts_on=start,
                    ends_on=end,
                )
            )
            seats += [
                Seat(
                    organ=organ,
                    number=term * SEATS + i + 1,
                    city=cities[(place * 3 + term + i * 11) % CITIES],
                    starts_on=start,
                    ends_on=end,
                    manner="elected",
                )
                for i in range(SEATS)
            ]
    Seat.objects.bulk_create(seats, batch_size=2000)
    Mandate.objects.bulk_create(mandates, batch_size=2000)
    held = list(Seat.objects.select_related("city", "organ").order_by("id"))
    for seat in held:
        assert seat.city is not None
        changes = {
            "holder": {"kind": "city", "id": seat.city.public_id},
            "ends_on": seat.ends_on.isoformat() if seat.ends_on else None,
            "function": "chair" if (seat.number or 0) % SEATS == 1 else "",
        }
        acts.append(
            OrganAct(
                organ=seat.organ,
                number=(seat.number or 0) + 1,
                kind="fill",
                seat=seat,
                effective_on=seat.starts_on,
                changes=changes,
                **SIGNED,
            )
        )
    OrganAct.objects.bulk_create(acts, batch_size=2000)
    SeatFunction.objects.bulk_create(
        SeatFunction(
            seat=seat,
            act=(seat.number or 0) + 1,
            function="chair",
            starts_on=seat.starts_on,
            ends_on=seat.ends_on,
        )
        for seat in held
        if (seat.number or 0) % SEATS == 1
    )


def timed(label: str, work: Any) -> tuple[float, Any]:
    """CPU seconds of a piece of work, printed."""
    start = time.process_time()
    found = work()
    seconds = time.process_time() - start
    print(f"{label:<52}{seconds:>8.2f} s")
    return seconds, found


def plain_sql() -> int:
    """The same rows, only read."""
    from django.db import connection

    number = 0
    with connection.cursor() as cursor:
        for statement in (
            "SELECT * FROM organs_organ",
            "SELECT s.*, c.names FROM organs_seat s JOIN registry_city c ON c.id = s.city_id",
            "SELECT * FROM organs_seatfunction",
            "SELECT m.*, p.names FROM registry_mandate m JOIN registry_person p ON p.id = m.person_id",
            "SELECT * FROM registry_post",
        ):
            cursor.execute(statement)
            number += len(cursor.fetchall())
    return number


def main() -> int:
    """Fill, read, check, fold; 1 when the check takes too long or finds what is not there."""
    from dabir.organs.checking import findings
    from dabir.organs.folding import conflicts, fold
    from dabir.organs.models import Organ, Seat
    from dabir.organs.queries.acts import acts_of
    from dabir.organs.queries.facts import institution

    fill()
    print(f"{ORGANS} organs, {Seat.objects.count()} seats, {YEARS} years")
    timed("the same rows in plain SQL, only read", plain_sql)
    reading, facts = timed("read as plain facts", lambda: institution(today=TODAY))
    checking, found = timed("checked", lambda: findings(facts))
    organ = Organ.objects.get(key="o1")
    acts = acts_of(organ)
    timed(f"one organ: {len(acts)} acts folded, conflicts sought", lambda: conflicts(fold(acts)))
    faults = [one for one in found if one.severity == "fault"]
    print(f"{'reading and checking':<52}{reading + checking:>8.2f} s (at most {MOST_SECONDS} s)")
    print(f"faults found: {len(faults)}, notes: {len(found) - len(faults)}")
    return 1 if reading + checking > MOST_SECONDS or faults else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["DABIR_HOME"] = home
        os.environ["DATABASE_URL"] = ""
        os.environ["DJANGO_SETTINGS_MODULE"] = "dabir.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        sys.exit(main())
