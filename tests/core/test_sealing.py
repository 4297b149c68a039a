"""What is written once cannot be changed or removed, also by raw SQL, on either database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from dabir.core.models import AuditEntry
from dabir.core.sealing import missing_seals, seal, sealed_models, trigger_names, unseal
from dabir.decisions.models import ActivityReport
from dabir.decisions.services.activity import file_report
from tests.decisions.reported import a_commitment, a_decision, two_organs
from tests.factories.people import SIGNED

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> ActivityReport:
    _, assembly = two_organs()
    commitment = a_commitment(a_decision(assembly))
    return file_report(commitment=commitment, text="Done so far", language="en", **SIGNED)


def _refused(act: Any) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()


def test_every_sealed_model_has_its_triggers() -> None:
    assert len(sealed_models()) > 15
    assert missing_seals(connection) == []


def test_a_recorded_fact_refuses_update_and_delete_through_the_models(
    report: ActivityReport,
) -> None:
    report.text = "Everything is done"
    _refused(report.save)
    _refused(lambda: ActivityReport.objects.filter(pk=report.pk).update(text="x"))
    _refused(lambda: ActivityReport.objects.filter(pk=report.pk)._raw_delete("default"))
    assert ActivityReport.objects.get(pk=report.pk).text == "Done so far"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET reason = 'another'",
        "UPDATE core_auditentry SET hash = hash",
        "DELETE FROM core_auditentry",
        "UPDATE decisions_activityreport SET text = 'x'",
        "DELETE FROM decisions_activityreport",
        "UPDATE decisions_statusentry SET status = 'done_accepted'",
        "DELETE FROM decisions_forceentry",
    ],
)
def test_a_recorded_fact_refuses_raw_sql(report: ActivityReport, statement: str) -> None:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    _refused(run)


def test_truncate_is_refused_where_the_database_knows_it(report: ActivityReport) -> None:
    statement = (
        "TRUNCATE core_auditentry CASCADE"
        if connection.vendor == "postgresql"
        else "DELETE FROM core_auditentry WHERE 1"
    )

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    _refused(run)


def test_a_lost_seal_is_named_and_can_be_put_back() -> None:
    table = AuditEntry._meta.db_table
    assert trigger_names(table) == [f"seal_update_{table}", f"seal_delete_{table}"]
    unseal(connection, table)
    assert missing_seals(connection) == [table]
    seal(connection, table)
    seal(connection, table)
    assert missing_seals(connection) == []
