"""The read API: what it answers, how lists are turned, what it refuses, and that it tells no more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from dabir.core import firstday, kept, keyset
from dabir.core.reference import Reference
from dabir.decisions.models import Decision
from dabir.decisions.public import public_texts
from dabir.decisions.services.progress import draft_report, freeze_report, sign_off_report
from dabir.decisions.services.publishing import publish_edition
from dabir.documents.models import Document
from dabir.documents.services import add_clause
from dabir.meetings.services import foresee_meeting, record_meeting_held
from dabir.organs.models import Organ
from dabir.organs.services import enter_organ, give_seat
from tests.decisions.reported import a_commitment, a_decision
from tests.editorial.written import a_page
from tests.factories.people import AT, ON, SIGNED, a_mandate, a_person, a_post
from tests.membership.admitted import a_town, an_entered
from tests.website.declared import PRIVATE, a_declaration
from tests.website.public_record import a_public_record

pytestmark = pytest.mark.django_db
LISTS = (
    "texts", "texts/azmoon-2026/clauses", "decisions", "follow-up", "reports", "organs", "people",
    "sessions", "members", "cities", "pages",
)  # fmt: skip
ONES = (
    "", "texts/azmoon-2026", "clauses/azmoon-2026/1.a", "decisions/azmoon-2026/1",
    "follow-up/counts", "organs/general-assembly", "sessions/assembly-2", "members/nemunak", "rules",
    "search?q=درخت",
)  # fmt: skip


@pytest.fixture(scope="module")
def record(standing_rows: Any) -> Iterator[None]:
    """Entered once for every question of this module."""
    with standing_rows():
        firstday.forget()
        with time_machine.travel(AT, tick=False):
            a_public_record()
        yield


@pytest.fixture(autouse=True)
def today(record: None) -> Iterator[None]:
    firstday.forget()
    kept.forget_kept()
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield


def ask(path: str, status: int = 200, **headers: str) -> Any:
    """What the API says at a path below its root."""
    path = path if path.startswith("/") else f"/api/v1/{path}"
    answer = Client().get(path, headers={"Accept-Language": "en"} | headers)
    assert answer.status_code == status, (path, answer.content[:400])
    return json.loads(answer.content)


def test_every_address_that_an_answer_gives_is_there() -> None:
    queue, seen = [f"/api/v1/{path}" for path in (*LISTS, *ONES)], set()
    client = Client()
    while queue:
        path = queue.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        if answer["Content-Type"].startswith("application/json"):
            for found in _addresses(json.loads(answer.content)):
                parts = urlsplit(found)
                if parts.hostname == "testserver" and parts.path:
                    queue.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    assert {"/en/forum/sessions/assembly-2.ics", "/api/v1/sessions/assembly-2"} <= seen


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in ("paths", "components"):
                yield from _addresses(part)
    elif isinstance(value, list):
        for part in value:
            yield from _addresses(part)
    elif isinstance(value, str) and value.startswith("http"):
        yield value


def test_nothing_private_is_in_any_answer() -> None:
    told = json.dumps([ask(path) for path in (*LISTS, *ONES)])
    assert [secret for secret in PRIVATE if secret in told] == []
    assert "example.org/waiting" not in told
    assert "example.org/accepted" in told


def test_a_decision_tells_force_tasks_and_clause() -> None:
    decision = ask("decisions/azmoon-2026/1")
    assert decision["force"] == {"code": "in_force", "label": "In force"}
    assert decision["clause"] == "azmoon-2026/1"
    assert decision["tasks_by_status"] == {"delayed": 1}
    assert [task["status"]["code"] for task in decision["tasks"]] == ["delayed"]
    assert ask("decisions?force=in_force")["items"][0]["tasks_by_status"] == {"delayed": 1}
    assert ask("decisions?force=retired")["items"] == []
    assert ask("follow-up?status=delayed&words=" + "none")["items"] == []
    counts = ask("follow-up/counts")
    assert (counts["tasks"], counts["by_status"]["delayed"]) == (1, 1)


def test_search_tells_by_kind_what_it_found_and_turns_the_slices_of_one() -> None:
    found = ask("search?q=Declaration&limit=1")
    assert {"code": "text", "label": "Declarations and pages", "found": 2} in found["kinds"]
    assert found["next"] is None
    one = ask("search?q=Declaration&limit=1&kind=text")
    two = ask(one["next"].removeprefix("http://testserver"))
    names = [row["name"] for page in (one, two) for row in page["items"]]
    assert sorted(names) == ["Second Declaration", "Test Declaration"]
    assert two["previous"].endswith("page=1")
    assert ask("search?q=treez")["instead"] == {"treez": "trees"}


def test_a_day_that_several_readings_leave_open_is_null() -> None:
    candidates = ["2014-11-24", "2014-11-25"]
    a_declaration("open-2014", adopted_candidates=candidates)
    text = ask("texts/open-2014")
    assert (text["adopted_on"], text["possible_days"]) == (None, candidates)


def test_pages_are_told_once_in_all_their_languages_and_only_while_they_are_shown() -> None:
    event = a_page("regatta", "en", kind="events", title="Regatta", facts={
        "starts_on": ON, "ends_on": ON + timedelta(days=1), "place": "The harbour"})  # fmt: skip
    (told,) = ask("pages?kind=events")["items"]
    assert (told["titles"], told["places"]) == ({"en": "Regatta"}, {"en": "The harbour"})
    assert (told["on"], told["until"]) == (ON.isoformat(), (ON + timedelta(days=1)).isoformat())
    whole = ask(told["self"].removeprefix("http://testserver"))
    assert "Ships are back" in whole["texts"]["en"]
    assert [(row["kind"]["code"], set(row["titles"])) for row in ask("pages")["items"]] == [
        ("events", {"en"}), ("news", {"fa", "en"}),
    ]  # fmt: skip
    first = ask("pages?limit=1")
    rest = ask(first["next"].removeprefix("http://testserver"))
    assert [row["titles"]["en"] for row in rest["items"]] == ["Harbour opened"]
    event.unpublish()
    assert ask("pages?kind=events")["items"] == []
    ask(f"pages/{told['id']}", 404)
    ask("pages/none", 404)
    naive = keyset.cursor(["2026-01-01T00:00:00", 4])
    ask(f"pages?after={naive}", 400)


def test_organs_and_people_are_told_as_of_a_day() -> None:
    assert ask("people")["items"][0]["names"]["en"] == "Darya Test"
    assert ask("people?on=2001-01-01")["items"] == []
    then, now = (ask(f"organs/general-assembly{asked}") for asked in ("?on=2001-01-01", ""))
    assert (then["posts"][0]["holders"], then["on"]) == ([], "2001-01-01")
    assert now["posts"][0]["holders"][0]["names"]["en"] == "Darya Test"


def test_labels_follow_the_language_asked_for_and_the_answer_says_so() -> None:
    assert ask("decisions?language=fa")["items"][0]["force"]["label"] == "معتبر"
    answer = Client().get("/api/v1/texts", headers={"Accept-Language": "fa"})
    assert answer["Content-Language"] == "fa"
    assert "Accept-Language" in answer["Vary"]
    assert "بیانیه" in answer.content.decode()


@pytest.mark.parametrize("sort", ["-adopted_on", "adopted_on"])
def test_texts_without_a_day_come_last_whichever_way_the_others_go(sort: str) -> None:
    for name in ("page-b", "page-a"):
        a_declaration(name, kind="page", adopted_on=None)
    walked, path = [], f"texts?limit=1&sort={sort}"
    while path:
        part = ask(path)
        walked += [(row["id"], row["adopted_on"]) for row in part["items"]]
        path = (part["next"] or "").removeprefix("http://testserver")
    assert {name for name, _day in walked[-2:]} == {"page-a", "page-b"}
    assert len(walked) == len(set(walked)) == 4
    assert None not in [day for _name, day in walked[:2]]
    assert {text.public_id for text in public_texts()[-2:]} == {"page-a", "page-b"}


def test_a_clause_names_no_decision_of_another_text() -> None:
    hidden = a_declaration("hidden-2026", kind="resolution", adopted_on=None)
    node = Document.objects.get(public_id="azmoon-2026").nodes.get(node_id="1")
    assembly = Organ.objects.get(key="general-assembly")
    # Refused when it is recorded since; an installation may hold one from before.
    found = a_decision(assembly, public_id="hidden-2026/1", document=hidden)
    Decision.objects.filter(pk=found.pk).update(node=node)
    assert "hidden-2026" not in json.dumps(ask("clauses/azmoon-2026/1"))
    assert "hidden-2026" not in json.dumps(ask("texts/azmoon-2026/clauses"))


def test_a_text_and_the_list_tell_the_same_numbers_of_clauses_and_decisions() -> None:
    document = Document.objects.get(public_id="second-2026")
    assembly = Organ.objects.get(key="general-assembly")
    a_decision(assembly, public_id="second-2026/whole", document=document)
    (listed,) = [row for row in ask("texts")["items"] if row["id"] == "second-2026"]
    assert (listed["clauses"], listed["decisions"]) == (3, 1)
    assert ask("texts/second-2026") == listed
    assert len(ask("decisions?text=second-2026")["items"]) == 1


def test_a_list_is_walked_both_ways_while_others_write() -> None:
    first = ask("texts?limit=1&sort=adopted_on")
    a_declaration("between-2026")
    second = ask(first["next"].removeprefix("http://testserver"))
    assert second["items"][0]["id"] != first["items"][0]["id"]
    back = ask(second["previous"].removeprefix("http://testserver"))
    assert [row["id"] for row in back["items"]] == [row["id"] for row in first["items"]]
    assert back["previous"] is None


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        ("texts?limit=0", 400, "limit"), ("texts?limit=101", 400, "between 1 and 100"),
        ("texts?limit=x", 400, "whole number"), ("texts?after=%00", 400, "signs"),
        ("decisions?after=WyJ4Il0", 400, "cursor"), ("decisions?forse=x", 400, "forse"),
        ("decisions?force=x", 400, "in_force"), ("people?on=2026-13-40", 400, "2014-11-25"),
        ("search", 400, "missing"), ("search?q=x", 400, "2 signs"),
        ("search?q=" + "x" * 201, 400, "200 signs"),
        ("texts/none", 404, "no such address"), ("texts/%00", 404, "no such address"),
        ("texts?after=WyJcdWQ4MDAiXQ", 400, "cursor"),
        ("decisions?after=WyIyMDI2LTAxLTAxIiwiXHVkODAwIl0", 400, "cursor"),
        ("decisions?before=WyJceDAwIl0", 400, "cursor"),
        ("texts/azmoon-2026/clauses?after=WyI5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkiXQ",
         400, "cursor"),
        ("members?after=WyJhIl0&before=WyJ6Il0", 400, "one of the two"),
        ("nothing/at/all", 404, "no such address"),
        ("nothing/at/all?x=1&language=en", 404, "no such address"),
        ("decisions/azmoon-2026/9", 404, "no such"),
        ("follow-up/a/b/c", 404, "no such"), ("texts/..%2f..%2f", 404, "no such"),
    ],
)  # fmt: skip
def test_a_refusal_is_a_problem_that_says_what_cures_it(path: str, status: int, named: str) -> None:
    answer = Client().get(f"/api/v1/{path}", headers={"Accept-Language": "en"})
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/problem+json")
    problem = json.loads(answer.content)
    assert problem["status"] == status
    assert named in problem["detail"]
    fragment = problem["type"].partition("#")[2]
    assert f'id="{fragment}"'.encode() in Client().get("/en/api/").content
    assert not answer.cookies


def test_a_refusal_speaks_the_readers_language() -> None:
    for path in ("texts/none", "nothing/at/all?x=1"):
        answer = Client().get(f"/api/v1/{path}", headers={"Accept-Language": "fa"})
        assert answer["Content-Type"].startswith("application/problem+json")
        assert json.loads(answer.content)["title"] == "در این نشانی چیزی نیست"


def test_only_reading_is_answered_from_anywhere_without_credentials() -> None:
    client = Client(enforce_csrf_checks=True)
    refused = client.post("/api/v1/texts", {})
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    before = client.options("/api/v1/texts", headers={"Origin": "https://example.org"})
    assert before.status_code == 204
    answer = client.get("/api/v1/texts", headers={"Origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    head = client.head("/api/v1/texts")
    assert (head.status_code, head.content) == (200, b"")


def test_an_unchanged_answer_costs_one_statement_and_is_not_counted(settings: Any) -> None:
    settings.API_LIMIT = 2
    client = Client()
    first = client.get("/api/v1/decisions")
    assert "public" in first["Cache-Control"]
    for _again in range(5):
        with CaptureQueriesContext(connection) as asked:
            again = client.get("/api/v1/decisions", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, len(asked)) == (304, b"", 1)
    assert client.get("/api/v1/texts").status_code == 200


def test_who_asks_too_often_is_told_when_to_come_again(settings: Any) -> None:
    settings.API_LIMIT = 2
    client = Client()
    answers = [client.get(f"/api/v1/texts?limit={n}") for n in range(1, 5)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert json.loads(answers[-1].content)["status"] == 429
    other = client.get("/api/v1/texts?limit=9", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200


def _grow(number: int) -> None:
    """One more of everything that a list tells, with what hangs on it."""
    name = f"more-{number}"
    assembly = Organ.objects.get(key="general-assembly")
    text = a_declaration(name, session=Reference("meeting", name, {"en": "Session"}))
    node = text.nodes.get(node_id="1")
    decision = a_decision(assembly, public_id=f"{name}/1", document=text, node=node)
    a_commitment(decision)
    city = a_town(f"Town-{number}")
    an_entered(f"Town-{number}", city)
    meeting = foresee_meeting(
        public_id=name, organ=assembly, names={"en": name}, ordinal=90 + number, city=city, **SIGNED
    )
    record_meeting_held(meeting=meeting, starts_on=ON, ends_on=ON, **SIGNED)
    a_page(f"news-{name}", "en")
    organ = enter_organ(key=name, kind="commission", names={"en": name}, **SIGNED)
    give_seat(organ=organ, city=city, starts_on=ON, **SIGNED)
    a_mandate(a_person(f"Person {number}"), a_post(name=name, organ_key=name))
    add_clause(
        document=Document.objects.get(public_id="azmoon-2026"), node_id=f"9{number}",
        texts={"en": "One more."}, **SIGNED,
    )  # fmt: skip


def _publish_report() -> None:
    organ = Organ.objects.get(key="general-assembly")
    draft = draft_report(organ=organ, as_of=ON, **SIGNED)
    edition = freeze_report(report=sign_off_report(report=draft, **SIGNED), **SIGNED)
    publish_edition(edition=edition, **SIGNED)


def test_lists_ask_the_database_as_often_for_many_rows_as_for_few() -> None:
    asked: dict[str, list[tuple[int, int]]] = {path: [] for path in LISTS}
    ask("rules")  # the first request of all looks whether there is an association
    for number in range(5):
        _grow(number)
        if not number:
            ask("pages")  # the first of these in a process learns of which kinds there are
        if number in (1, 4):
            _publish_report()
            for path in LISTS:
                with CaptureQueriesContext(connection) as statements:
                    rows = ask(f"{path}?limit={50 + number}")["items"]
                asked[path].append((len(rows), len(statements)))
    for path, ((few, statements), (many, again)) in asked.items():
        assert 0 < few < many, path
        assert statements == again <= 10, (path, asked[path])
    for path in ("texts", "organs", "people", "cities", "sessions", "decisions", "members"):
        with CaptureQueriesContext(connection) as ran:
            assert len(ask(f"{path}?limit=2")["items"]) == 2
        assert any("LIMIT 3" in one["sql"] for one in ran), path


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_description_is_valid_and_tells_the_meaning_of_everything(language: str) -> None:
    told = ask(f"openapi.json?language={language}")
    assert told["openapi"].startswith("3.1")
    OPENAPI_31_VALIDATOR.validate(told)
    for path, operations in told["paths"].items():
        operation = operations["get"]
        assert operation["summary"], path
        assert operation["description"], path
        assert [p["name"] for p in operation["parameters"] if not p.get("description")] == [], path
    for name, shape in told["components"]["schemas"].items():
        if "properties" in shape:
            assert shape["description"], name
            silent = [k for k, v in shape["properties"].items() if not v.get("description")]
            assert silent == [], name


def test_the_persian_description_says_everything_in_persian() -> None:
    told = ask("openapi.json?language=fa")
    said = [part for part in _said(told) if not re.search("[آ-ی]", part)]
    assert said == []
    assert re.search("[آ-ی]", told["info"]["title"])


def _said(value: Any) -> Iterator[str]:
    """Every description, summary and tag, wherever it stands."""
    if isinstance(value, list):
        for part in value:
            yield from _said(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key in ("description", "summary") and isinstance(part, str):
                yield part
            elif key == "tags":
                yield from part
            elif key not in ("example", "examples"):
                yield from _said(part)


def test_the_licence_is_told_where_one_is_declared(settings: Any) -> None:
    assert "license" not in ask("openapi.json")["info"]
    kept.forget_kept()
    settings.DATA_LICENCE = "CC-BY-4.0"
    settings.DATA_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
    info = ask("openapi.json")["info"]
    assert info["license"]["url"] == settings.DATA_LICENCE_URL
    assert "CC-BY-4.0" in info["description"]
    assert ask("")["licence"]["name"] == "CC-BY-4.0"
