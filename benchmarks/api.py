"""The read API over 10,000 clauses and their decisions, beside a view that gives a constant as JSON.

`python benchmarks/api.py [--clauses 10000]` loads the practice example into a throw-away folder, lays
further declarations and a decision with a task for every clause, and asks in this process as a
stranger: processor milliseconds of the median of many answers, none of them kept, and statements.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import page

MOST_MS = 4
ASKED = {
    "20 decisions of 10,000 by filter": "/api/v1/decisions?force=in_force&limit=20",
    "20 tasks of 10,000 by filter": "/api/v1/follow-up?status=not_started&limit=20",
    "20 clauses of a text": "/api/v1/texts/text-7/clauses?limit=20",
    "one clause by id": "/api/v1/clauses/text-7/42",
    "one decision by id": "/api/v1/decisions/text-7/42",
    "search, a rare word": "/api/v1/search?q=zeppelin",
    "search, a word of every second": "/api/v1/search?q=harbour",
}


def lay_decisions() -> int:
    """A decision of every further clause, and a task of each; how many."""
    import register

    from dabir.decisions.models import (
        Commitment,
        CommitmentTerms,
        Decision,
        DecisionWording,
        ForceEntry,
        StatusEntry,
    )
    from dabir.documents.models import Node
    from dabir.organs.models import Organ

    organ = Organ.objects.get(key="general-assembly")
    by = {"kind": "person", "id": "bench", "labels": {"en": "B"}, "on": None}
    nodes = Node.objects.filter(document__public_id__startswith="text-").select_related("document")
    decisions = Decision.objects.bulk_create(
        (
            Decision(
                public_id=f"{node.document.public_id}/{node.node_id}",
                document=node.document, node=node, organ=organ,
                titles={"en": f"Decision {node.pk}", "fa": f"تصمیم {node.pk}"},
                decided_on=node.document.adopted_on, recorded_at=register.NOW, recorded_by=by,
            )
            for node in nodes.iterator()
        ),
        batch_size=500,
    )  # fmt: skip
    stamp: dict[str, Any] = {"at": register.NOW, "by": by}
    for kind, given in (
        (ForceEntry, lambda d: {"force": "in_force"}),
        (DecisionWording, lambda d: {"titles": d.titles}),
    ):
        kind.objects.bulk_create(
            (kind(decision=d, on=d.decided_on, **given(d), **stamp) for d in decisions),
            batch_size=500,
        )
    tasks = Commitment.objects.bulk_create(
        (
            Commitment(
                public_id=f"{d.public_id}/c1", decision=d, titles=d.titles,
                status_since=d.decided_on, created_on=d.decided_on,
            )
            for d in decisions
        ),
        batch_size=500,
    )  # fmt: skip
    for kind, said in (
        (CommitmentTerms, lambda c: {"titles": c.titles, "kind": c.kind, "budget": "unknown"}),
        (StatusEntry, lambda c: {"status": c.status}),
    ):
        kind.objects.bulk_create(
            (kind(commitment=c, on=c.created_on, **said(c), **stamp) for c in tasks),
            batch_size=500,
        )
    return len(decisions)


def milliseconds(ask: Callable[[], Any], tries: int = 40) -> float:
    """Median processor time of a call, after it was made warm."""
    ask()
    found = []
    for _turn in range(tries):
        before = time.process_time()
        ask()
        found.append((time.process_time() - before) * 1000)
    return median(found)


def main() -> int:
    """Print a row for each question."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--clauses", type=int, default=10_000)
    asked: Any = reader.parse_args()
    os.environ["DABIR_API_LIMIT"] = "1000000"
    home = Path(tempfile.mkdtemp(prefix="dabir-api-"))
    page.PAGES = {"bare Django view": "/bare"}
    try:
        page.prepare(home)
        import public
        from django.db import connection, transaction
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        with transaction.atomic():
            public.lay(asked.clauses)
            print(f"{lay_decisions():,} decisions, a task of each")
        client = Client(SERVER_NAME="localhost")
        bare = milliseconds(lambda: client.get("/bare"))
        print(f"{'question':<36}{'CPU ms':>8}{'more than bare':>16}{'statements':>12}{'bytes':>9}")
        print(f"{'bare Django view':<36}{bare:>8.1f}")
        for name, path in ASKED.items():
            with CaptureQueriesContext(connection) as statements:
                answer = client.get(path)
            asked_of_it = len(statements)  # the log is emptied by the next request
            if answer.status_code != 200:
                raise SystemExit(f"{path}: {answer.status_code} {answer.content[:300]!r}")
            took = milliseconds(lambda path=path: client.get(path))
            row = f"{name:<36}{took:>8.1f}{took - bare:>16.1f}{asked_of_it:>12}"
            print(
                f"{row}{len(answer.content):>9,}   at most {MOST_MS} ms; CKAN 6 to 17, datasette 2.7"
            )
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
