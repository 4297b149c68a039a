"""The register as its page lists it is the register as it is narrowed and sorted otherwise."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from dabir.decisions import filters
from dabir.decisions.filters import Listed, RegisterFilter, sorted_rows
from dabir.decisions.queries.register import register_on
from tests.decisions.reported import a_register

pytestmark = pytest.mark.django_db
ON = date(2027, 11, 22)
ASKED = (
    "", "q=website", "q=website+%25", "q=a+b+c+d+e", "organ=general-assembly", "organ=nothing",
    "status=open", "status=delayed", "status=under_way&force=binding", "force=in_force",
    "lead=none", "lead=city:tehran&group=lead", "deadline=late", "deadline=30", "deadline=none",
    "silence=30", "theme=transport", "group=theme", "group=due&sort=-due", "sort=-nothing",
    "sort=silence&group=organ",
)  # fmt: skip


def plain(asked: RegisterFilter, sort: str) -> tuple[Counter[Any], list[int]]:
    rows = asked.apply(register_on(ON), ON)
    numbers = Counter((row.status, row.late) for row in rows)
    return numbers, [row.pk for row in sorted_rows(rows, sort, asked.grouping())]


def test_listed_rows_are_those_that_were_asked_for() -> None:
    a_register()
    for query in ASKED:
        asked = RegisterFilter(QueryDict(query) if query else None)
        sort = QueryDict(query).get("sort", "id")
        numbers, keys = plain(asked, sort)
        for _again in range(2):
            listed = Listed(asked, ON, sort)
            assert listed.numbers() == numbers, query
            assert listed.keys(0, 50) == keys, query
        assert listed.keys(1, 2) == keys[1:2], query


def test_listed_again_is_composed_no_more_and_not_for_ever(monkeypatch: Any) -> None:
    a_register()
    monkeypatch.setattr(filters, "MOST_COMPOSED", 3)
    filters._COMPOSED.clear()
    for sort in ("id", "due", "status", "lead", "-due"):
        Listed(RegisterFilter(None), ON, sort)
        assert len(filters._COMPOSED) <= 3
    (known,) = [filters._COMPOSED[shape] for shape in filters._COMPOSED if "-due" in shape]
    with CaptureQueriesContext(connection) as asked:
        listed = Listed(RegisterFilter(None), ON, "-due")
        listed.numbers()
        listed.keys(0, 50)
    assert known in filters._COMPOSED.values()
    assert len(asked) == 4  # two for the choices of the filter
