"""The report equals what was reckoned by hand beforehand; see fixtures/forty/README.md."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

import pytest

from dabir.core.trail import trail_faults
from dabir.decisions.models import Decision
from dabir.decisions.queries.chain import standings_of
from dabir.decisions.queries.cut import Cut
from dabir.decisions.queries.pages import decision_page
from dabir.decisions.report.building import ReportRequest, build_report
from tests.decisions.replay import Replay, load

EXPECTED = load("expected.yaml")
DATES = load("register.yaml")
ORGANS = EXPECTED["same_for_both_organs"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def replay(standing_rows: Any) -> Any:
    """The history, played once for every question of this module."""
    with standing_rows():
        yield Replay().run()


def cut(name: str) -> Cut:
    """The pair of a day and an instant that a block of the fixture names."""
    block = EXPECTED["reports"][name]
    return Cut(
        date.fromisoformat(DATES["as_of"][block["as_of"]]),
        datetime.fromisoformat(DATES["known_at"][block["known_at"]]),
    )


def report_of(replay: Replay, name: str, organ: str, since: str | None = None) -> dict[str, Any]:
    """The report for a block, compared with another block when one is named."""
    before: Cut | None = cut(since) if since else None
    block = EXPECTED["reports"][name]
    if before is None and block["previous_as_of"]:
        day = block["previous_as_of"]
        before = Cut(date.fromisoformat(DATES["as_of"].get(day, day)), cut(name).known_at)
    return build_report(ReportRequest(replay.organs[organ], cut(name), since=before))


@pytest.mark.parametrize("organ", ORGANS)
@pytest.mark.parametrize("name", EXPECTED["reports"])
def test_report_of_forty_commitments_equals_the_hand_reckoning(
    replay: Replay, name: str, organ: str
) -> None:
    wanted = EXPECTED["reports"][name]
    got = report_of(replay, name, organ)
    commitments = {replay.names[c["id"]]: c for d in got["clauses"] for c in d["commitments"]}

    assert got["organ"]["key"] == organ
    assert {
        key: [c["status"], c["deadline"]["date"], c["delayed"], c["silence_days"]]
        for key, c in sorted(commitments.items())
    } == wanted["commitments"]
    assert got["counts"]["commitments"] == wanted["counts"]
    assert got["counts"]["commitments_binding"] == wanted["counts_binding"]
    assert {k: sorted(v) for k, v in got["lists"].items()} == {
        k: sorted(v) for k, v in wanted["lists"].items()
    }
    assert sorted(k for k, c in commitments.items() if c["delayed"]) == wanted["delayed"]
    assert got["counts"]["delayed"] == len(wanted["delayed"])
    silent = sorted(replay.names[c] for c in got["silent_commitments"])
    assert silent == wanted["no_information"]
    assert got["counts"]["no_information"] == len(wanted["no_information"])


@pytest.mark.parametrize("name", EXPECTED["reports"])
def test_every_decision_stands_in_exactly_one_list(replay: Replay, name: str) -> None:
    got = report_of(replay, name, ORGANS[0])
    listed = [decision for names in got["lists"].values() for decision in names]
    assert sorted(listed) == sorted(c["id"] for c in got["clauses"])


@pytest.mark.parametrize("block", EXPECTED["differences"], ids=lambda b: f"{b['from']}-{b['to']}")
def test_differences_between_two_reports_equal_the_hand_reckoning(
    replay: Replay, block: dict[str, Any]
) -> None:
    got = report_of(replay, block["to"], ORGANS[0], since=block["from"])
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for change in got["changes"]:
        name = replay.names.get(change["id"], change["id"])
        found[change["what"]][name] = [change["before"], change["after"]]
    new = set(found["new"])
    assert sorted(n for n in new if "/" in n) == block["new_decisions"]
    assert sorted(n for n in new if "/" not in n) == block["new_commitments"]
    assert found["status"] == block["status_changed"]
    assert found["force"] == block["force_changed"]
    assert sorted(found["newly_delayed"]) == block["newly_delayed"]
    assert sorted(found["no_longer_delayed"]) == block["no_longer_delayed"]
    assert found["deadline"] == block["deadline_changed"]
    leads = {k: [was["en"], now["en"]] for k, (was, now) in found["lead"].items()}
    assert leads == block["lead_changed"]


def test_the_same_pair_gives_the_same_report(replay: Replay) -> None:
    assert report_of(replay, "B_K1", ORGANS[0]) == report_of(replay, "B_K1", ORGANS[0])


def test_replay_leaves_the_trail_whole(replay: Replay) -> None:
    assert list(trail_faults()) == []


@pytest.mark.parametrize("name", EXPECTED["reports"])
def test_page_of_each_decision_tells_the_standing_that_the_cut_has(
    replay: Replay, name: str
) -> None:
    on = cut(name).as_of
    told = {}
    for decision in Decision.objects.all():
        document, _slash, node = decision.public_id.partition("/")
        page, whole = decision_page(document, node, on).standings, standings_of(decision, on)
        page, whole = (
            {key: (s.status, s.due, s.news, s.silence, s.delayed) for key, s in found.items()}
            for found in (page, whole)
        )
        assert page == whole, decision.public_id
        told |= page
    assert told
