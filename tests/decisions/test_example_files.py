"""The tables of the two examples and of the forty commitments agree with themselves."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import dabir

pytestmark = pytest.mark.pure

EXAMPLES = Path(dabir.__file__).parent / "examples"
FORTY = Path(__file__).parent / "fixtures" / "forty"
FILES = sorted([*EXAMPLES.rglob("*.yaml"), *FORTY.glob("*.yaml")])
NUMBER = re.compile(r"(?:\d|\{[0-9|]+\})+")
FOREIGN = re.compile("[يكىٰ٠-٩\u200e\u200f\u202a-\u202e]")
# SHA-256 of our reading of the Declaration: no letter of it changes unnoticed.
HAIKOU = "18b8488a51c2e28dbb5ae6d46c820ed2dcaa72de28f043591247aa63503063d2"


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _walk(inner, f"{path}[{place}]")


def _as_list(value: Any) -> list[Any]:
    if value in (None, "unknown"):
        return []
    return value if isinstance(value, list) else [value]


def _example(name: str) -> dict[str, Any]:
    tables = {path.stem: _load(path) for path in (EXAMPLES / name).glob("*.yaml")}
    tables["documents"] = {
        path.stem: _load(path) for path in (EXAMPLES / name / "documents").glob("*.yaml")
    }
    return tables


@pytest.fixture(params=["forum", "practice"])
def example(request: pytest.FixtureRequest) -> dict[str, Any]:
    return _example(request.param)


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_file_reads_with_plain_keys_and_proper_letters(path: Path) -> None:
    for place, value in _walk(_load(path)):
        if isinstance(value, dict):
            assert all(isinstance(key, str) for key in value), place
            if {"fa", "en"} <= value.keys():
                assert (value["fa"] is None) == (value["en"] is None), place
        elif isinstance(value, str):
            assert not FOREIGN.search(value), place
        else:
            assert isinstance(value, list | int | None), place


def test_every_source_is_listed(example: dict[str, Any]) -> None:
    known = {row["id"] for row in example["sources"]["sources"]}
    # There, `source` says in words where a report for a city, or a figure on a page, came from.
    in_words = {"history", "pages"}
    used = {
        source
        for place, value in _walk({k: v for k, v in example.items() if k not in in_words})
        if isinstance(value, dict) and "source" in value
        for source in _as_list(value["source"])
    }
    assert used <= known
    assert used


def test_every_fact_of_the_forum_names_its_source() -> None:
    forum = _example("forum")
    lists = [
        *forum["cities"]["cities"],
        *forum["people"]["people"],
        *forum["people"]["presidency"],
        *forum["meetings"]["meetings"],
        *forum["decisions"]["decisions"],
        *forum["decisions"]["relations"],
        *forum["activity"]["activity"],
        *(c for d in forum["decisions"]["decisions"] for c in d["commitments"]),
        *(c["deadline"] for d in forum["decisions"]["decisions"] for c in d["commitments"]),
    ]
    assert all(row.get("source") for row in lists)


def test_each_clause_has_decisions_or_a_reason_and_never_both(example: dict[str, Any]) -> None:
    clauses = {
        f"{name}/{node['id']}"
        for name, document in example["documents"].items()
        if document["document"]["kind"] in ("declaration", "resolution")
        for node in document["nodes"]
    }
    register = example["decisions"]
    decided = {
        f"{d['document']}/{d['node']}" for d in register["decisions"] if d["document"] is not None
    }
    excused = {row["node"] for row in register["no_action_needed"]}
    assert decided | excused == clauses
    assert not decided & excused


def _known_parties(example: dict[str, Any]) -> set[str]:
    rows = [
        *example["organs"]["organs"],
        *example["organs"]["groups"],
        *example["people"]["people"],
        *example["cities"]["cities"],
        *example["cities"]["bodies"],
    ]
    posts = {p.get("post_id") for person in example["people"]["people"] for p in person["posts"]}
    return {row["id"] for row in rows} | posts - {None}


def test_every_party_named_is_known(example: dict[str, Any]) -> None:
    known = _known_parties(example)
    for decision in example["decisions"]["decisions"]:
        for commitment in decision["commitments"]:
            named = _as_list(commitment["addressees"]) + _as_list(commitment["lead"])
            assert set(named) <= known, commitment["id"]
    for document in example["documents"].values():
        for node in document["nodes"]:
            for field in ("organs", "addressees", "cities", "people"):
                assert set(node.get(field, [])) <= known, (node["id"], field)


def test_ids_are_given_once(example: dict[str, Any]) -> None:
    decisions = example["decisions"]["decisions"]
    ids = [d["id"] for d in decisions] + [c["id"] for d in decisions for c in d["commitments"]]
    for document in example["documents"].values():
        ids += [f"node {document['document']['id']}/{n['id']}" for n in document["nodes"]]
    assert [i for i, times in Counter(ids).items() if times > 1] == []


def test_open_deadlines_schedule_nothing(example: dict[str, Any]) -> None:
    deadlines = [c["deadline"] for d in example["decisions"]["decisions"] for c in d["commitments"]]
    for deadline in deadlines:
        if deadline["type"] in ("candidates", "on_time", "none"):
            assert deadline["scheduled"] is False
        if deadline["type"] == "candidates":
            assert len(deadline["candidates"]) > 1
    assert any(deadline["type"] == "candidates" for deadline in deadlines)


def test_both_languages_of_the_declaration_keep_the_same_numbers() -> None:
    nodes = _example("forum")["documents"]["haikou-2014"]["nodes"]
    assert len(nodes) == 32
    for node in nodes:
        found = {lang: NUMBER.findall(text) for lang, text in node["text"].items()}
        assert found["fa"] == found["en"], node["id"]
        assert [d["reading"] for d in node.get("digits", [])] == found["fa"], node["id"]


def test_reading_of_the_declaration_is_unchanged() -> None:
    nodes = _example("forum")["documents"]["haikou-2014"]["nodes"]
    whole = "\n".join(
        " ".join(part for part in (n["label"]["fa"], n["text"]["fa"]) if part) for n in nodes
    )
    assert hashlib.sha256(whole.encode()).hexdigest() == HAIKOU


def test_activity_of_the_forum_is_dated_or_said_to_be_undated() -> None:
    forum = _example("forum")
    known = {c["id"] for d in forum["decisions"]["decisions"] for c in d["commitments"]}
    for report in forum["activity"]["activity"]:
        assert report["commitment"] in known
        assert report["commitment"].startswith(report["of"] + "/")
        assert (report["happened_on"] == "unknown") == (report["precision"] == "unknown")
        if report["kind"] != "activity":
            assert report["status"] is None, report["id"]


def test_acts_of_practice_follow_their_days_and_nobody_accepts_their_own() -> None:
    practice = _example("practice")
    acts = practice["history"]["acts"]
    assert [a["happened_on"] for a in acts] == sorted(a["happened_on"] for a in acts)
    known = _known_parties(practice) | {"reader"}  # who writes to the secretariat from outside
    reports = {a["id"]: a for a in acts if a["act"] in ("report", "claim")}
    for act in acts:
        assert act["by"] in known
        if act["act"] in ("accept", "return", "reverse"):
            assert reports[act["of"]]["by"] != act["by"]
            assert reports[act["of"]]["commitment"] == act["commitment"]


def test_forty_expected_sums_agree_with_their_rows() -> None:
    for pair, report in _load(FORTY / "expected.yaml")["reports"].items():
        rows = report["commitments"]
        statuses = Counter(row[0] for row in rows.values())
        assert {s: n for s, n in report["counts"].items() if n} == dict(statuses), pair
        assert [c for c, row in rows.items() if row[2]] == report["delayed"], pair
        listed = [d for names in report["lists"].values() for d in names]
        assert len(listed) == len(set(listed)), pair
