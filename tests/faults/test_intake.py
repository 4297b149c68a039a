"""Kill -9 of the worker in the middle of a reading: the text waits on, nothing of it is half stored."""

from __future__ import annotations

import json
from typing import Any

from tests.faults.machine import Machine, Moment, after, run_and_kill

RECEIVED = """
from datetime import date, datetime, UTC
from dabir.core.actors import OPERATOR
from dabir.intake.services.receiving import Nature, receive_text
from dabir.intake.tasks import begin_reading
stamp = {"by": OPERATOR, "on": date(2026, 11, 22), "at": datetime(2026, 11, 22, 10, tzinfo=UTC)}
text = "Test Declaration\\n\\nWe, the mayors,\\n\\n1. We thank Tehran.\\n\\n2. We approve it.\\n"
receipt = receive_text(data=text.encode(), name="test.txt", nature=Nature("en"), **stamp)
begin_reading(receipt, by=OPERATOR, on=stamp["on"])
"""
WORK = "from dabir.config import working\nworking.work(until_idle=True)\n"
STATE = """
import json
from dabir.core.models import AuditEntry
from dabir.documents.models import StoredFile
from dabir.intake.models import MachineReading, Receipt, WaitingBytes
print(json.dumps({
    "state": Receipt.objects.get().state,
    "waiting": WaitingBytes.objects.count(),
    "stored": StoredFile.objects.filter(name="test.txt").count(),
    "readings": MachineReading.objects.count(),
    "acts": list(AuditEntry.objects.filter(act__startswith="intake.")
                 .order_by("sequence").values_list("act", flat=True)),
}))
"""


def state(machine: Machine) -> dict[str, Any]:
    """What is stored of the text."""
    found: dict[str, Any] = json.loads(machine.run(STATE))
    return found


KILL_AT = """\
import os as _os, signal as _signal
from django.db import connection as _connection
def _watch(execute, sql, params, many, context):
    if {words!r} in sql:
        _os.kill(_os.getpid(), _signal.SIGKILL)
    return execute(sql, params, many, context)
_connection.execute_wrappers.append(_watch)
"""


def at_words(words: str) -> Moment:
    """Before the first SQL statement with these words is sent."""
    return Moment(KILL_AT.format(words=words), needs_django=True)


def test_reading_killed_in_the_middle_is_done_by_the_next_worker(machine: Machine) -> None:
    machine.run(RECEIVED)
    before = state(machine)
    assert (before["state"], before["waiting"], before["stored"]) == ("waiting", 1, 0)
    # As the bytes are opened; and when file and reading are written, but not yet the act.
    for words in ('FROM "registry_city"', 'INSERT INTO "intake_machinereading"'):
        assert run_and_kill(machine, WORK, at_words(words))
        assert state(machine) == before
    assert machine.check()["clean"] is True
    assert not run_and_kill(machine, WORK, after(120))
    done = state(machine)
    assert (done["state"], done["waiting"], done["stored"], done["readings"]) == ("review", 0, 1, 1)
    assert done["acts"] == ["intake.receive_text", "intake.keep_reading"]
    assert machine.check()["clean"] is True
