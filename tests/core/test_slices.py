"""Slices of long lists: in order, in place, both ways, whatever is composed once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import DateField, Q
from django.test.utils import CaptureQueriesContext

from dabir.core import keyset, together
from dabir.core.together import Together, ValuesOf, given, values_of
from dabir.decisions.models import Commitment, Decision
from dabir.decisions.queries.register import register_on
from tests.decisions.reported import a_register

pytestmark = pytest.mark.django_db
SLICES = keyset.Slices()


def told() -> ValuesOf:
    return values_of(Decision.objects.filter(force=given("force")), "titles", "organ__key")


def read(order: keyset.Order, asked: keyset.Asked, force: str = "in_force") -> Any:
    return SLICES.read(told, "decisions", order, asked, {"force": force})


@pytest.mark.parametrize("descending", [False, True])
def test_slices_give_every_row_once_in_order_forth_and_back(descending: bool) -> None:
    a_register()
    order = keyset.by_day("decided_on", "public_id", descending=descending)
    rows = Decision.objects.filter(force="in_force").order_by(*order.terms())
    wanted = list(rows.values_list("public_id", flat=True))
    assert len(wanted) >= 3
    forth: list[str] = []
    asked = keyset.Asked(1)
    while True:
        with CaptureQueriesContext(connection) as statements:
            part = read(order, asked)
        assert len(statements) == 1
        forth += [row.public_id for row in part.rows]
        if not part.after:
            break
        asked = keyset.Asked(1, after=part.after)
    assert forth == wanted
    back: list[str] = [row.public_id for row in part.rows]
    while part.before:
        part = read(order, keyset.Asked(1, before=part.before))
        back = [row.public_id for row in part.rows] + back
    assert back == wanted


def test_slice_is_narrowed_by_what_is_given_each_time() -> None:
    a_register()
    order = keyset.by("public_id")
    assert read(order, keyset.Asked(100)).rows
    assert read(order, keyset.Asked(100), "' OR 1=1 --").rows == []


def test_broken_cursor_is_refused_before_the_database_is_asked() -> None:
    order = keyset.by_day("decided_on", "public_id")
    with CaptureQueriesContext(connection) as statements, pytest.raises(keyset.UnknownCursor):
        read(order, keyset.Asked(1, after="no cursor"))
    assert len(statements) == 0


def test_values_are_those_that_the_records_would_have_told() -> None:
    a_register()
    today = date(2026, 11, 1)
    names = ("public_id", "titles", "decision__public_id", "decision__document__titles",
             "lead_post__names", "due", "late", "status_since", "created_on")  # fmt: skip
    asked = Together(
        rows=lambda: values_of(register_on(given("today", DateField())).filter(Q()), *names)
    )
    found = {row.public_id: vars(row) for row in asked.read(today=today)["rows"]}
    records = list(register_on(today))
    assert len(found) == len(records) == Commitment.objects.count() > 0
    for record in records:
        document, post = record.decision.document, record.lead_post
        wanted = {
            "public_id": record.public_id,
            "titles": record.titles,
            "decision__public_id": record.decision.public_id,
            "decision__document__titles": document.titles if document else None,
            "lead_post__names": post.names if post else None,
            "due": record.due,
            "late": record.late,
            "status_since": record.status_since,
            "created_on": record.created_on,
        }
        assert found[record.public_id] == wanted


def test_statements_kept_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "MOST_COMPOSED", 3)
    asked = Together()
    for number in range(10):
        asked.read(
            {f"rows {number}": lambda: Decision.objects.filter(public_id=given("id"))}, id=""
        )
        assert len(asked._composed) <= 3
