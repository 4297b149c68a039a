"""The Forum's reports for both organs, on three days, in four formats and two languages."""

from __future__ import annotations

import copy
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dabir.core.errors import InvalidInput
from dabir.decisions.commands import report_progress
from dabir.decisions.queries.cut import Cut, cut_today
from dabir.decisions.report.building import ReportRequest, build_report
from dabir.decisions.report.rendering import FORMATS, render
from dabir.organs.models import Organ
from tests.decisions.schema import faults
from tests.plugins.examples import InPlace

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
DAYS = (date(2014, 11, 25), date(2018, 11, 30), TODAY)
ORGANS = ("executive-board", "general-assembly")


@pytest.fixture(scope="module")
def forum(example_in_place: InPlace) -> Iterator[str]:
    """The Forum's register."""
    with example_in_place("forum") as name:
        yield name


@pytest.mark.parametrize("organ", ORGANS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_report_keeps_its_schema_and_its_lists(forum: Any, organ: str, day: date) -> None:
    data = build_report(ReportRequest(Organ.objects.get(key=organ), cut_today(day)))
    assert list(faults(data)) == []
    ids = [clause["id"] for clause in data["clauses"]]
    listed = [one for ones in data["lists"].values() for one in ones]
    assert sorted(listed) == sorted(ids)
    assert len(ids) == len(set(ids))
    assert all(clause["decided_on"] <= day.isoformat() for clause in data["clauses"])


@pytest.mark.parametrize("organ", ORGANS)
@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("fmt", FORMATS)
def test_report_made_again_is_identical(
    forum: Any, tmp_path: Path, organ: str, day: date, language: str, fmt: str
) -> None:
    made = []
    for name in ("first", "second"):
        asked = Namespace(
            organ=organ,
            as_of=day,
            known_at=None,
            report_language=language,
            format=fmt,
            output=tmp_path / name,
        )
        assert report_progress(asked) == 0
        made.append(asked.output.read_bytes())
    assert made[0] == made[1]
    assert len(made[0]) > 1000


def test_report_with_a_report_before_keeps_its_schema(forum: Any) -> None:
    known = cut_today(TODAY).known_at
    request = ReportRequest(
        Organ.objects.get(key="general-assembly"),
        Cut(TODAY, known),
        since=Cut(DAYS[1], known),
        introduction={"en": "Since Gaziantep."},
    )
    data = build_report(request)
    assert list(faults(data)) == []
    assert data["changes"]


def test_schema_finds_what_is_wrong(forum: Any) -> None:
    organ = Organ.objects.get(key="general-assembly")
    data = build_report(ReportRequest(organ, cut_today(TODAY)))
    for change in (
        lambda d: d.pop("lists"),
        lambda d: d.update(as_of="25 November"),
        lambda d: d["clauses"][0].update(status="fine"),
        lambda d: d["counts"]["decisions"].update(in_force=-1),
        lambda d: d.update(average=50),
    ):
        broken = copy.deepcopy(data)
        change(broken)
        assert list(faults(broken))


def test_report_goes_to_standard_output(forum: Any, capfdbinary: Any) -> None:
    asked = Namespace(
        organ="executive-board",
        as_of=TODAY,
        known_at="2026-11-21T10:00+00:00",
        report_language="en",
        format="json",
        output=Path("-"),
    )
    organ = Organ.objects.get(key="executive-board")
    cut = Cut(TODAY, datetime(2026, 11, 21, 10, tzinfo=UTC))
    expected = render(build_report(ReportRequest(organ, cut)), "en", "json")
    assert report_progress(asked) == 0
    assert capfdbinary.readouterr().out == expected


@pytest.mark.parametrize("known_at", ["yesterday", "2999-01-01T00:00"])
def test_unreadable_or_future_instant_is_refused(forum: Any, known_at: str) -> None:
    asked = Namespace(
        organ="executive-board",
        as_of=TODAY,
        known_at=known_at,
        report_language="en",
        format="json",
        output=None,
    )
    with pytest.raises(InvalidInput):
        report_progress(asked)
