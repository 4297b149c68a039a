"""The progress report over 1,500 decisions and 10,000 commitments, beside the same rows in plain SQL.

`.venv/bin/python benchmarks/report.py [--decisions 1500] [--commitments 10000] [--no-pdf]`
Budgets: JSON and HTML under 5 seconds, PDF under 20 seconds, a fixed number of statements.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

TITLES = {
    "fa": "برقراری وب‌گاه دوزبانه و بانک اطلاعات تجربه‌های موفق شهرها",
    "en": "A bilingual website and a data bank of successful practices of cities",
}
TEXT = {
    "fa": "دبیرخانه موظف است با همکاری شهرهای عضو این کار را تا اجلاس آینده به انجام رساند. " * 3,
    "en": "The secretariat shall carry this out with the member cities by the next session. " * 3,
}


def fill(decisions: int, commitments: int) -> Any:
    """A register of that size, written straight into the tables: no services are measured here."""
    from dabir.decisions import models as m
    from dabir.organs.models import Organ
    from dabir.registry.models import Association, City

    at = datetime(2026, 11, 1, tzinfo=UTC)
    by = {"kind": "person", "id": "clerk", "labels": {"en": "Clerk"}}
    Association.objects.create(names={"en": "Benchmark", "fa": "سنجش"}, abbreviation="B")
    organ = Organ.objects.create(
        key="general-assembly", kind="assembly", names={"en": "Assembly", "fa": "مجمع"}
    )
    names = {"en": "City", "fa": "شهر"}
    cities = [City.objects.create(public_id=f"city-{n}", names=names) for n in range(40)]
    first = date(2008, 1, 1)

    def stamp(on: date) -> dict[str, Any]:
        return {"on": on, "at": at, "by": by}

    days = [first + timedelta(days=n * 4) for n in range(decisions)]
    made = m.Decision.objects.bulk_create(
        m.Decision(
            public_id=f"bench-{day.year}/{n}",
            organ=organ,
            titles=TITLES,
            text=TEXT,
            decided_on=day,
            recorded_at=at,
            recorded_by=by,
        )
        for n, day in enumerate(days)
    )
    for model, given in (
        (m.DecisionWording, {"titles": TITLES, "themes": []}),
        (m.ForceEntry, {"force": "in_force"}),
    ):
        model.objects.bulk_create(model(decision=d, **given, **stamp(d.decided_on)) for d in made)
    rows = m.Commitment.objects.bulk_create(
        m.Commitment(
            public_id=f"{made[n % decisions].public_id}/c{n // decisions + 1}",
            decision=made[n % decisions],
            position=n // decisions + 1,
            titles=TITLES,
            status_since=made[n % decisions].decided_on,
            created_on=made[n % decisions].decided_on,
            lead_city=cities[n % 40],
        )
        for n in range(commitments)
    )
    m.CommitmentTerms.objects.bulk_create(
        m.CommitmentTerms(
            commitment=c,
            titles=TITLES,
            kind="one_off",
            lead=c.lead_city.reference().as_dict(),
            lead_city=c.lead_city,
            deadline_type="date",
            deadline_on=c.created_on + timedelta(days=700),
            budget="unknown",
            **stamp(c.created_on),
        )
        for c in rows
    )
    m.StatusEntry.objects.bulk_create(
        m.StatusEntry(commitment=c, status="not_started", **stamp(c.created_on)) for c in rows
    )
    reported = rows[::3]
    m.ActivityReport.objects.bulk_create(
        m.ActivityReport(
            public_id=f"activity-{n}",
            commitment=c,
            language="fa",
            text=TEXT["fa"],
            **stamp(c.created_on + timedelta(days=90)),
        )
        for n, c in enumerate(reported)
    )
    m.StatusEntry.objects.bulk_create(
        m.StatusEntry(commitment=c, status="under_way", **stamp(c.created_on + timedelta(days=90)))
        for c in reported
    )
    return organ


PLAIN = (
    "SELECT * FROM decisions_decision",
    "SELECT * FROM decisions_decisionwording",
    "SELECT * FROM decisions_forceentry",
    "SELECT * FROM decisions_commitment",
    "SELECT * FROM decisions_commitmentterms",
    "SELECT * FROM decisions_statusentry",
    "SELECT * FROM decisions_activityreport",
)


def plain() -> int:
    """The same rows as the driver gives them: the limit that nothing of ours can pass."""
    from django.db import connection

    count = 0
    with connection.cursor() as cursor:
        for statement in PLAIN:
            cursor.execute(statement)
            count += len(cursor.fetchall())
    return count


def timed(act: Callable[[], Any]) -> tuple[float, float, Any]:
    """Milliseconds of the processor, milliseconds of the clock, and what came of it.

    The processor's time of this process and of the typesetter's, all threads together: a busy machine
    does not change it, and on an idle one the clock shows no more.
    """
    clock, begun = time.perf_counter(), sum(os.times()[:4])
    found = act()
    return (sum(os.times()[:4]) - begun) * 1000, (time.perf_counter() - clock) * 1000, found


def measure(organ: Any, *, pdf: bool) -> None:
    """Each figure with its limit beside it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from dabir.decisions.queries.cut import Cut
    from dabir.decisions.report.building import ReportRequest, build_report
    from dabir.decisions.report.rendering import render

    request = ReportRequest(organ, Cut(date(2026, 11, 22), datetime(2026, 11, 22, tzinfo=UTC)))
    timed(plain)
    limit, limit_clock, rows = timed(plain)
    with CaptureQueriesContext(connection) as queries:
        building, clock, data = timed(lambda: build_report(request))
    print(f"rows read                   {rows:>10,}")
    print(f"statements                  {len(queries):>10}")
    print("                             processor      clock")
    print(f"the same rows in plain SQL  {limit:>7,.0f} ms {limit_clock:>7,.0f} ms")
    print(f"report as data              {building:>7,.0f} ms {clock:>7,.0f} ms")
    for language in ("fa", "en"):
        for fmt, budget in (("json", 5_000), ("html", 5_000), ("pdf", 20_000)):
            if fmt == "pdf" and not pdf:
                continue
            spent, waited, content = timed(lambda f=fmt, of=language: render(data, of, f))
            whole = building + spent
            print(
                f"{language} {fmt:<4} with its data       {whole:>7,.0f} ms {clock + waited:>7,.0f} ms  "
                f"{'within' if whole < budget else 'OVER'} {budget:,} ms, {len(content):,} bytes"
            )


def main() -> None:
    """Fill a register that is thrown away afterwards, and measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--decisions", type=int, default=1500)
    asked.add_argument("--commitments", type=int, default=10_000)
    asked.add_argument("--no-pdf", action="store_true")
    given = asked.parse_args()
    home = tempfile.mkdtemp(prefix="dabir-report-")
    os.environ |= {"DABIR_HOME": home, "DJANGO_SETTINGS_MODULE": "dabir.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(f"{given.decisions:,} decisions, {given.commitments:,} commitments")
        measure(fill(given.decisions, given.commitments), pdf=not given.no_pdf)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
