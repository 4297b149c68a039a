"""Deadlines, the ladder of reminders and differences between reports: what always holds."""

from __future__ import annotations

import calendar
import copy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dabir.decisions.deadlines import (
    add_months,
    is_delayed,
    least_advanced,
    months_of,
    recurring_due,
    silence_days,
)
from dabir.decisions.report.differences import changes_between
from dabir.decisions.services.reminders import rung_reached
from dabir.decisions.states import STATUSES

pytestmark = pytest.mark.pure
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
PERIODS = st.sampled_from(["P1M", "P3M", "P6M", "P1Y", "P2Y", "P1Y6M"])
NEWS = st.lists(DAYS, max_size=6).map(sorted)


@given(DAYS, st.integers(-60, 60))
def test_add_months_keeps_the_day_or_takes_the_last_of_a_shorter_month(
    day: date, months: int
) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(found.year, found.month)[1]
    assert found.day == min(day.day, last)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
    ],
)
def test_add_months_worked_examples(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("period", "months"), [("P1Y", 12), ("P6M", 6), ("P1Y6M", 18), ("P2Y", 24)]
)
def test_months_of_a_period(period: str, months: int) -> None:
    assert months_of(period) == months


@pytest.mark.parametrize("period", ["", "P", "P2W", "P1D", "P1Y2D", "1Y", "P0M", "P0Y0M", "PT1M"])
def test_months_of_another_period_is_refused(period: str) -> None:
    with pytest.raises(ValueError, match="a period in years or months"):
        months_of(period)


def _due_days(first: date, period: str, until: date) -> list[date]:
    months, found = months_of(period), [first]
    while found[-1] <= until:
        found.append(add_months(first, months * len(found)))
    return found


@given(DAYS, PERIODS, NEWS, DAYS)
def test_recurring_due_is_the_last_due_day_passed_or_the_next_one(
    first: date, period: str, news: list[date], as_of: date
) -> None:
    due = recurring_due(first=first, period=period, news=news, as_of=as_of)
    days = _due_days(first, period, as_of)
    assert due in days
    ahead = [day for day in days if day >= as_of]
    passed = [day for day in days if day < as_of]
    assert due in {*passed[-1:], ahead[0]}
    if not any(day <= as_of for day in news):
        assert due == (passed[-1] if passed else first)


@given(DAYS, PERIODS, NEWS, DAYS, st.integers(0, 900))
def test_recurring_due_never_moves_back_with_time_or_news(
    first: date, period: str, news: list[date], as_of: date, days: int
) -> None:
    due = recurring_due(first=first, period=period, news=news, as_of=as_of)
    later = as_of + timedelta(days=days)
    assert recurring_due(first=first, period=period, news=news, as_of=later) >= due
    more = sorted([*news, as_of])
    assert recurring_due(first=first, period=period, news=more, as_of=as_of) >= due


@given(DAYS, PERIODS, NEWS, DAYS)
def test_recurring_due_does_not_know_news_to_come(
    first: date, period: str, news: list[date], as_of: date
) -> None:
    known = [day for day in news if day <= as_of]
    assert recurring_due(first=first, period=period, news=news, as_of=as_of) == recurring_due(
        first=first, period=period, news=known, as_of=as_of
    )


YEARLY = {"first": date(2024, 3, 1), "period": "P1Y"}


@pytest.mark.parametrize(
    ("news", "as_of", "expected"),
    [
        ([], date(2023, 1, 1), date(2024, 3, 1)),
        ([], date(2024, 3, 1), date(2024, 3, 1)),
        ([], date(2024, 3, 2), date(2024, 3, 1)),
        ([date(2024, 2, 1)], date(2024, 3, 2), date(2025, 3, 1)),
        ([date(2024, 2, 1)], date(2025, 3, 2), date(2025, 3, 1)),
        ([date(2024, 3, 1)], date(2024, 3, 2), date(2025, 3, 1)),
        ([date(2024, 3, 1)], date(2025, 3, 2), date(2025, 3, 1)),
        ([date(2025, 4, 1)], date(2025, 4, 1), date(2026, 3, 1)),
    ],
)
def test_recurring_due_worked_examples(news: list[date], as_of: date, expected: date) -> None:
    assert recurring_due(news=news, as_of=as_of, **YEARLY) == expected


def test_recurring_due_at_the_end_of_months_asks_each_month_for_its_own_news() -> None:
    """News of 30 January answers the day of January and not that of February."""
    monthly = {"first": date(2025, 1, 31), "period": "P1M", "news": [date(2025, 1, 30)]}
    assert recurring_due(as_of=date(2025, 2, 1), **monthly) == date(2025, 2, 28)
    assert recurring_due(as_of=date(2025, 3, 1), **monthly) == date(2025, 2, 28)


@given(DAYS, DAYS, st.sampled_from(sorted(STATUSES)))
def test_due_today_is_due_and_not_delayed(due: date, as_of: date, status: str) -> None:
    is_open = status in {"not_started", "under_way", "blocked"}
    assert is_delayed(due=due, status=status, as_of=as_of) == (is_open and due < as_of)
    assert not is_delayed(due=as_of, status=status, as_of=as_of)
    assert not is_delayed(due=None, status=status, as_of=as_of)


@given(st.none() | DAYS, DAYS, DAYS, st.integers(0, 500))
def test_silence_grows_by_a_day_each_day_and_never_counts_from_before_the_decision(
    last_news: date | None, since: date, as_of: date, days: int
) -> None:
    silence = silence_days(last_news=last_news, since=since, as_of=as_of)
    later = silence_days(last_news=last_news, since=since, as_of=as_of + timedelta(days=days))
    assert later == silence + days
    assert silence <= (as_of - since).days
    if last_news and last_news > since:
        assert silence == (as_of - last_news).days


@given(st.lists(st.sampled_from(sorted(STATUSES)), max_size=6))
def test_a_decision_is_as_far_as_its_least_advanced_commitment(statuses: list[str]) -> None:
    found = least_advanced(statuses)
    order = ["not_started", "blocked", "under_way", "done_claimed", "done_accepted"]
    counted = [status for status in statuses if status != "not_applicable"]
    if not statuses:
        assert found == "no_commitment"
    elif not counted:
        assert found == "not_applicable"
    else:
        assert found in counted
        assert all(order.index(found) <= order.index(status) for status in counted)


LADDER: dict[str, Any] = {"before": [30, 7], "after": [1, 30], "silence_days": 180}
DUE = date(2026, 6, 1)


def _rung(on: date, due: date | None = DUE, **known: Any) -> str | None:
    found = rung_reached(due=due, **({"last_news": None, "silence": None} | known), on=on, **LADDER)
    return found.name if found else None


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 5, 1), None),
        (date(2026, 5, 2), "before-30"),
        (date(2026, 5, 24), "before-30"),
        (date(2026, 5, 25), "before-7"),
        (DUE, "before-7"),
        (date(2026, 6, 2), "after-1"),
        (date(2026, 6, 30), "after-1"),
        (date(2026, 7, 1), "after-30"),
    ],
)
def test_rung_reached_worked_examples(on: date, expected: str | None) -> None:
    assert _rung(on) == expected


@given(DAYS, st.none() | DAYS, st.integers(0, 400))
def test_the_ladder_is_climbed_and_never_descended(
    due: date, last_news: date | None, days: int
) -> None:
    order = [None, "before-30", "before-7", "after-1", "after-30"]
    on = due - timedelta(days=60)
    assume(last_news is None or last_news < on)
    here = _rung(on + timedelta(days=days), due, last_news=last_news)
    later = _rung(on + timedelta(days=days + 1), due, last_news=last_news)
    assert order.index(here) <= order.index(later) <= order.index(here) + 1


@given(DAYS, st.integers(-60, 400), st.integers(0, 30))
@example(due=DUE, days=1, ago=0)
def test_news_since_a_mark_was_reached_stops_the_ladder(due: date, days: int, ago: int) -> None:
    on = due + timedelta(days=days)
    news = on - timedelta(days=ago)
    rung = _rung(on, due)
    if rung is None:
        return
    mark = int(rung.split("-")[1])
    reached = due - timedelta(days=mark) if rung.startswith("before") else due
    stopped = _rung(on, due, last_news=news)
    assert (stopped is None) == (news >= reached)


@given(st.integers(0, 2000))
def test_silence_asks_once_in_each_period_of_silence(silence: int) -> None:
    rung = _rung(date(2026, 1, 1), None, silence=silence)
    assert rung == (None if silence < 180 else f"silence-{silence // 180}")


@given(DAYS, st.none() | DAYS, st.none() | st.integers(0, 999), DAYS)
def test_asked_twice_the_ladder_gives_the_same_rung(
    due: date, last_news: date | None, silence: int | None, on: date
) -> None:
    known = {"last_news": last_news, "silence": silence}
    assert _rung(on, due, **known) == _rung(on, due, **known)
    assert _rung(on, None, last_news=last_news) is None


STATUS = st.sampled_from(sorted(STATUSES))
COMMITMENT = st.fixed_dictionaries(
    {
        "status": STATUS,
        "deadline": st.fixed_dictionaries({"date": st.none() | DAYS.map(date.isoformat)}),
        "delayed": st.booleans(),
        "lead": st.none() | st.sampled_from([{"en": "Isfahan"}, {"en": "Yazd"}]),
        "reports": st.lists(
            st.fixed_dictionaries(
                {
                    "evidence": st.lists(
                        st.fixed_dictionaries(
                            {"id": st.sampled_from("abc"), "withdrawn": st.booleans()}
                        ),
                        max_size=2,
                    )
                }
            ),
            max_size=2,
        ),
    }
)


@st.composite
def _report(draw: Any) -> list[dict[str, Any]]:
    clauses = []
    for name in draw(st.lists(st.sampled_from("pqrs"), unique=True)):
        count = draw(st.integers(0, 2))
        clauses.append(
            {
                "id": name,
                "force": draw(st.sampled_from(["in_force", "amended"])),
                "list": "in_force",
                "commitments": [
                    draw(COMMITMENT) | {"id": f"{name}/c{place + 1}"} for place in range(count)
                ],
            }
        )
    return clauses


@given(_report())
def test_nothing_changed_between_a_report_and_itself(report: list[dict[str, Any]]) -> None:
    assert changes_between(report, copy.deepcopy(report)) == []


@given(_report(), _report())
def test_each_change_is_true_and_told_once(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    changes = changes_between(before, after)
    keys = [(change["id"], change["what"]) for change in changes]
    assert len(keys) == len(set(keys))
    old = {c["id"]: c for clause in before for c in clause["commitments"]}
    known = {clause["id"] for clause in before}
    for clause in after:
        assert ((clause["id"], "new") in keys) == (clause["id"] not in known)
        for new in clause["commitments"]:
            was = old.get(new["id"])
            assert ((new["id"], "new") in keys) == (was is None)
            if was is not None:
                assert ((new["id"], "status") in keys) == (was["status"] != new["status"])
                assert ((new["id"], "lead") in keys) == (was["lead"] != new["lead"])
                assert ((new["id"], "newly_delayed") in keys) == (
                    new["delayed"] and not was["delayed"]
                )
    for change in changes:
        assert change["before"] != change["after"]


@given(_report())
def test_evidence_that_is_withdrawn_is_a_change(report: list[dict[str, Any]]) -> None:
    after = copy.deepcopy(report)
    expected = set()
    for clause in after:
        for commitment in clause["commitments"]:
            rows = [row for one in commitment["reports"] for row in one["evidence"]]
            if any(not row["withdrawn"] for row in rows):
                expected.add(commitment["id"])
            for row in rows:
                row["withdrawn"] = True
    found = {c["id"] for c in changes_between(report, after) if c["what"] == "evidence"}
    assert found == expected
