"""The register: narrowed, sorted, grouped, assigned, exported as shown; the Board's screen."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
import time_machine
import zeal
from django.core.cache import cache
from django.test import Client

from dabir.core.models import AuditEntry
from dabir.decisions.models import Commitment, SavedView
from dabir.decisions.services import activity
from dabir.decisions.services.agreed import Deadline, Lead
from dabir.decisions.services.terms import block_commitment
from dabir.decisions.services.themes import name_theme
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import AT, ON, SIGNED, a_holder, a_person

pytestmark = pytest.mark.django_db
PAGE = "/en/office/register/"


@pytest.fixture(autouse=True)
def today() -> Any:
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def organs() -> Any:
    return two_organs()


def client_of(power: str) -> Client:
    client = Client()
    client.force_login(a_holder(power, email=f"{power}@example.org"))
    return client


def shown(client: Client, **query: Any) -> list[str]:
    answer = client.get(PAGE, query)
    assert answer.status_code == 200
    return [row["commitment"].public_id for row in answer.context["rows"]]


def assigned(client: Client, **asked: Any) -> Any:
    """What the page answers; each record is locked and read by itself, which is no N+1."""
    with zeal.zeal_ignore():
        return client.post(f"{PAGE}assign/", asked, follow=True)


def three(organs: Any) -> list[Commitment]:
    """Late and led by Isfahan; without a day and without a lead; of the Board, due in a month."""
    board, assembly = organs
    first = a_decision(assembly, "d1", themes=["finance"])
    second = a_decision(board, "d2", decided_on=date(2026, 10, 1))
    return [
        a_commitment(first),
        a_commitment(first, titles={"en": "Plant trees"}, lead=Lead(), deadline=Deadline()),
        a_commitment(second, deadline=Deadline("date", date(2026, 12, 10))),
    ]


def test_register_narrows_by_each_filter_and_counts_what_is_left(organs: Any) -> None:
    late, unled, due = (c.public_id for c in three(organs))
    block_commitment(commitment=Commitment.objects.get(public_id=due), reason="rain", **SIGNED)
    client = client_of("expert")
    assert shown(client) == [late, unled, due]
    assert shown(client, organ="executive-board") == [due]
    assert shown(client, lead="none") == [unled]
    assert shown(client, lead="city:isfahan") == [late, due]
    assert shown(client, theme="finance") == [late, unled]
    assert shown(client, status="blocked") == [due]
    assert shown(client, deadline="late") == [late]
    assert shown(client, deadline="30") == [due]
    assert shown(client, deadline="none") == [unled]
    assert shown(client, silence="180") == [late, unled]
    assert shown(client, q="TREES") == [unled]
    assert shown(client, q="trees", organ="executive-board") == []
    counts = client.get(PAGE, {"organ": "general-assembly"}).context["counts"]
    numbers = {c["status"]: c["number"] for c in counts}
    assert (numbers["not_started"], numbers["blocked"], numbers["delayed"]) == (2, 0, 1)


def test_register_with_a_wrong_filter_or_page_still_answers(organs: Any) -> None:
    three(organs)
    client = client_of("expert")
    for query in ({"status": "nonsense"}, {"page": "99"}, {"sort": "nonsense"}, {"theme": "x"}):
        assert client.get(PAGE, query).status_code == 200


def test_register_sorts_both_ways(organs: Any) -> None:
    late, unled, due = (c.public_id for c in three(organs))
    client = client_of("expert")
    assert shown(client, sort="silence")[-1] == due
    assert shown(client, sort="-silence")[0] == due
    assert shown(client, sort="due", deadline="late") == [late]
    assert unled in shown(client, sort="due")


def test_themes_stand_in_the_readers_language_on_page_filter_and_export(organs: Any) -> None:
    three(organs)
    name_theme(key="finance", names={"fa": "مالی", "en": "Money matters"}, **SIGNED)
    client = client_of("expert")
    page = client.get(PAGE, {"group": "theme"})
    assert "Money matters" in {row["group"] for row in page.context["rows"]}
    assert page.content.decode().count("Money matters") >= 3
    assert "مالی" in client.get("/fa/office/register/").content.decode()
    assert "Money matters" in client.get(PAGE, {"export": "csv"}).content.decode()
    assert AuditEntry.objects.filter(act="decisions.name_theme").count() == 1


@pytest.mark.parametrize("size", [1, 3])
def test_register_asks_the_database_at_most_fifteen_times(
    organs: Any, size: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(size):
        a_commitment(a_decision(organs[1], f"d{number}", themes=[f"t{number}"]))
    client = client_of("secretary_general")
    client.get(PAGE)
    for query in ({}, {"theme": "t0"}, {"group": "lead", "sort": "-silence", "deadline": "late"}):
        with django_assert_max_num_queries(15 if query else 8):
            client.get(PAGE, query)


def test_register_offers_what_an_act_changed_at_once(organs: Any) -> None:
    a_commitment(a_decision(organs[1], "d", themes=["finance"]))
    client = client_of("expert")
    before = client.get(PAGE).content.decode()
    assert '<option value="finance">finance</option>' in before
    name_theme(key="finance", names={"en": "Money matters"}, **SIGNED)
    a_decision(organs[1], "e", themes=["water"])
    after = client.get(PAGE, {"theme": "water"}).content.decode()
    assert '<option value="finance">Money matters</option>' in after
    assert '<option value="water" selected>water</option>' in after


def test_export_holds_exactly_what_is_shown(organs: Any) -> None:
    late, _unled, due = (c.public_id for c in three(organs))
    client = client_of("expert")
    query = {"lead": "city:isfahan", "sort": "-due"}
    on_page = shown(client, **query)
    assert set(on_page) == {late, due}
    text = client.get(PAGE, query | {"export": "csv"}).content.decode("utf-8-sig")
    rows = [row for row in csv.reader(io.StringIO(text)) if row and row[0] in {late, due, _unled}]
    assert [row[0] for row in rows] == on_page
    data = json.loads(client.get(PAGE, query | {"export": "json"}).content)
    assert len(data["rows"]) == 2
    for fmt in ("xlsx", "pdf", "docx"):
        answer = client.get(PAGE, query | {"export": fmt})
        assert answer.status_code == 200
        assert f".{fmt}" in answer.headers["Content-Disposition"]


def test_saved_view_is_ones_own_and_leads_back(organs: Any) -> None:
    three(organs)
    client = client_of("expert")
    client.post(f"{PAGE}views/", {"name": "My late ones", "query": "deadline=late"})
    views = client.get(PAGE).context["views"]
    assert [v["url"] for v in views] == [f"{PAGE}?deadline=late"]
    other = client_of("auditor")
    assert not other.get(PAGE).context["views"]
    key = SavedView.objects.get().pk
    assert other.post(f"{PAGE}views/{key}/drop/").status_code == 404
    client.post(f"{PAGE}views/{key}/drop/")
    assert not SavedView.objects.exists()
    assert client.post(f"{PAGE}views/", {"name": " ", "query": ""}).status_code == 302
    assert not SavedView.objects.exists()


def test_assign_gives_all_the_chosen_one_lead_with_an_entry_each(organs: Any) -> None:
    chosen = three(organs)
    a_city("shiraz")
    client = client_of("secretary_general")
    keys = [c.pk for c in chosen[:2]]
    assigned(client, chosen=keys, lead="city:shiraz", reason="agreed")
    leads = dict(Commitment.objects.values_list("public_id", "lead_city__public_id"))
    assert list(leads.values()).count("shiraz") == 2
    assert AuditEntry.objects.filter(act="decisions.assign_commitment").count() == 2


def test_assign_all_that_match_takes_the_filter_along(organs: Any) -> None:
    three(organs)
    a_city("shiraz")
    client = client_of("secretary_general")
    assigned(client, all="1", query="organ=general-assembly", lead="city:shiraz")
    assert Commitment.objects.filter(lead_city__public_id="shiraz").count() == 2


def test_assign_changes_nothing_when_one_of_them_refuses(organs: Any) -> None:
    from dabir.decisions.services.terms import assign_commitment

    chosen = three(organs)
    city = a_city("shiraz")
    later = {**SIGNED, "on": date(2027, 1, 1)}
    assign_commitment(commitment=chosen[1], lead=Lead(city=a_city("yazd")), reason="", **later)
    client = client_of("secretary_general")
    answer = assigned(client, chosen=[c.pk for c in chosen], lead="city:shiraz")
    assert "Later terms are already recorded" in answer.content.decode()
    assert not Commitment.objects.filter(lead_city=city).exists()


def test_assign_to_nobody_chosen_or_without_the_right_changes_nothing(organs: Any) -> None:
    chosen = three(organs)
    a_city("shiraz")
    asked = {"chosen": [chosen[0].pk], "lead": "city:shiraz"}
    refused = client_of("expert").post(f"{PAGE}assign/", asked)
    assert refused.status_code == 403
    assert "Secretary General" in refused.content.decode()
    head = client_of("secretary_general")
    answer = head.post(f"{PAGE}assign/", {"lead": "city:shiraz"}, follow=True)
    assert "Choose at least one commitment" in answer.content.decode()
    assert not Commitment.objects.filter(lead_city__public_id="shiraz").exists()


def test_board_shows_open_commitments_of_the_assembly_only(organs: Any) -> None:
    late, unled, _due = three(organs)
    client = client_of("board_member")
    answer = client.get("/en/office/not-carried-out/")
    groups = answer.context["groups"]
    assert {r["commitment"].public_id for g in groups for r in g["rows"]} == {
        late.public_id,
        unled.public_id,
    }
    by, on_at = a_person("Reporter").as_actor(), {"on": ON, "at": AT}
    report = activity.file_report(
        commitment=late, text="done", language="en", claims_done=True, by=by, **on_at
    )
    second = a_person("Second").as_actor()
    activity.accept_report(report=report, by=second, **on_at)
    groups = client.get("/en/office/not-carried-out/").context["groups"]
    assert [r["commitment"].public_id for g in groups for r in g["rows"]] == [unled.public_id]


def test_in_force_puts_every_decision_in_exactly_one_list(organs: Any) -> None:
    from dabir.meetings.services import foresee_meeting, record_meeting_held

    three(organs)
    meeting = foresee_meeting(
        public_id="assembly-7", organ=organs[1], names={"en": "Seventh"}, **SIGNED
    )
    day = date(2026, 11, 1)
    record_meeting_held(meeting=meeting, starts_on=day, ends_on=day, **SIGNED)
    lists = client_of("expert").get("/en/office/in-force/assembly-7/").context["lists"]
    assert {x["force"]: len(x["rows"]) for x in lists if x["rows"]} == {"in_force": 2}


def test_pages_are_closed_to_city_officers_and_strangers(organs: Any) -> None:
    three(organs)
    officer = client_of("city_officer")
    for path in (PAGE, "/en/office/not-carried-out/", "/en/office/programmes/"):
        assert officer.get(path).status_code == 403
        assert Client().get(path).status_code == 302


def test_theme_typed_by_its_name_is_kept_by_its_key(organs: Any) -> None:
    decision = a_decision(organs[1], themes=["finance"])
    name_theme(key="finance", names={"fa": "مالی", "en": "Money matters"}, **SIGNED)
    name_theme(key="water", names={"fa": "آب"}, **SIGNED)
    client = client_of("secretary_general")
    url = f"/en/office/decisions/{decision.public_id}/wording/"
    assert "Money matters" in client.get(url).content.decode()
    asked = {"titles_en": "T", "themes": "money  MATTERS، آب, new", "reason": "r", "version": 1}
    assert client.post(url, asked).status_code == 302
    decision.refresh_from_db()
    assert decision.themes == ["finance", "water", "new"]
