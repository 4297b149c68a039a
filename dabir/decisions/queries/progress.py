"""Questions about progress reports and their frozen editions."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from dabir.core.models import AuditEntry
from dabir.decisions.models import Dispatch, Edition, ProgressReport
from dabir.documents.services import read_file


def reports_listed() -> QuerySet[ProgressReport]:
    """Every progress report with its organ and the number of its editions, the newest day first."""
    return (
        ProgressReport.objects.select_related("organ", "since")
        .annotate(edition_count=Count("editions"))
        .order_by("-as_of", "-id")
    )


def last_edition(report: ProgressReport) -> Edition | None:
    """The edition that counts today."""
    return report.editions.select_related("data").order_by("-number").first()


def frozen_data(edition: Edition) -> dict[str, Any]:
    """The data of an edition as they were frozen."""
    data: dict[str, Any] = json.loads(read_file(edition.data))
    return data


def why_reopened(report: ProgressReport) -> str:
    """The reason that was given when the report was last opened for a new edition."""
    entry = (
        AuditEntry.objects.filter(
            act="decisions.reopen_report",
            target_kind="progress_report",
            target_id=report.public_id,
        )
        .order_by("-sequence")
        .first()
    )
    return entry.reason if entry else ""


def dispatches_of(edition: Edition) -> list[Dispatch]:
    """To whom an edition went, with letter and receipts."""
    rows = edition.dispatches.select_related("letter").order_by("id")
    return list(rows.prefetch_related(Prefetch("receipts")))


def edition_with_code(code: str) -> Edition | None:
    """The edition that bears a verification code, however it was typed."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    dashed = "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))
    rows = Edition.objects.select_related("report__organ", "data")
    return rows.filter(verification_code=dashed).first()
