"""The acts on organs by their pages: asked, refused in words, taken, shown in the history."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dabir.core.errors import IllegalStep
from dabir.organs import services
from dabir.organs.models import Appointment, KnownFinding, Organ, OrganAct, Seat
from dabir.organs.services.taking import Ground
from dabir.registry.models import Mandate
from dabir.statutes.services import adopt_rules
from tests.decisions.reported import a_city, a_decision, two_organs
from tests.factories.people import SIGNED, a_holder, a_person, a_post

pytestmark = pytest.mark.django_db
BASE = "/en/office/organs/"
RULES = """
[treasurer]
appointment.value = ["recommended by secretary-general", "approved by executive-board"]
appointment.article = { en = "article 20" }
"""


@pytest.fixture
def organs() -> tuple[Organ, Organ]:
    cache.clear()
    return two_organs()


@pytest.fixture
def head(organs: Any) -> Client:
    client = Client()
    client.force_login(a_holder("secretary_general", email="sg@example.org"))
    return client


def committee(**changes: Any) -> Organ:
    given = {"key": "committee", "kind": "committee", "names": {"en": "Committee"}}
    return services.enter_organ(**(given | changes), **SIGNED)


def posted(client: Client, path: str, **data: Any) -> Any:
    return client.post(f"{BASE}{path}", data)


def test_found_page_founds_an_organ_by_a_decision_of_the_register(
    head: Client, organs: Any
) -> None:
    a_decision(organs[1], "d1")
    given = {
        "names_fa": "کمیته",
        "names_en": "Committee",
        "key": "committee",
        "kind": "committee",
        "seats_foreseen": "3",
        "founded_on": "2026-01-10",
        "founded_precision": "day",
        "basis": "assembly-2026/d1",
    }
    assert posted(head, "found/", **given).status_code == 302
    act = OrganAct.objects.get(organ__key="committee")
    assert (act.decided_by, act.basis["id"]) == ("general-assembly", "assembly-2026/d1")
    page = head.get(f"{BASE}committee/").content.decode()
    assert "Decision d1" in page
    early = given | {"key": "early", "founded_on": "2026-01-09"}
    answer = posted(head, "found/", **early)
    assert answer.status_code == 422
    assert "no effect before" in answer.content.decode()
    assert "no decision" in posted(head, "found/", **(given | {"basis": "x/1"})).content.decode()


def test_seat_pages_fill_entrust_replace_and_end(head: Client, organs: Any) -> None:
    committee(seats_foreseen=2)
    a_city()
    a_city("shiraz")
    given = {"holder": "city:isfahan", "manner": "elected", "starts_on": "2021-01-01"}
    assert posted(head, "committee/do/fill/", **given).status_code == 302
    doubled = posted(head, "committee/do/fill/", **given)
    assert doubled.status_code == 422
    assert "two seats of this organ" in doubled.content.decode()
    seat = Seat.objects.get()
    path = f"committee/seats/{seat.number}/"
    assert "Entrust" not in head.get(f"{BASE}committee/").content.decode()
    function = {"function": "chair", "starts_on": "2021-01-01"}
    assert posted(head, f"{path}entrust/", **function).status_code == 302
    heir = {"holder": "city:shiraz", "starts_on": "2022-01-01"}
    assert posted(head, f"{path}replace/", **heir).status_code == 302
    page = head.get(f"{BASE}committee/", {"on": "2021-06-01"})
    assert [row["sitting"].functions for row in page.context["sittings"]] == [["chair"]]
    successor = Seat.objects.latest("id")
    end = {"ends_on": "2023-01-01"}
    assert posted(head, f"committee/seats/{successor.number}/end/", **end).status_code == 302
    assert head.get(f"{BASE}committee/").context["sittings"] == []


def test_election_page_ends_the_old_seats_and_begins_the_new(head: Client, organs: Any) -> None:
    organ = committee()
    for city in ("isfahan", "shiraz", "tabriz"):
        a_city(city)
    a_decision(organs[1], "d1")
    a_decision(organs[1], "d2", decided_on=date(2026, 3, 1))
    elect = {"cities": ["isfahan", "shiraz"], "starts_on": "2026-01-10"}
    first = posted(head, "committee/do/elect/", **elect, basis="assembly-2026/d1")
    assert first.status_code == 302
    again = {"cities": ["shiraz", "tabriz"], "starts_on": "2026-03-01"}
    second = posted(head, "committee/do/elect/", **again, basis="assembly-2026/d2")
    assert second.status_code == 302
    held = {s.city.public_id for s in Seat.objects.filter(organ=organ, ends_on=None)}
    assert held == {"shiraz", "tabriz"}
    missing = posted(head, "committee/do/elect/", **again)
    assert missing.status_code == 422


def test_annul_page_undoes_an_act_and_names_what_rests_on_it(head: Client, organs: Any) -> None:
    organ = committee()
    services.give_seat(organ=organ, city=a_city(), starts_on=date(2021, 1, 1), **SIGNED)
    refused = posted(head, "committee/acts/1/annul/", reason="wrong")
    assert refused.status_code == 422
    assert "Later acts rest on this one" in refused.content.decode()
    assert posted(head, "committee/acts/2/annul/", reason="wrong").status_code == 302
    page = head.get(f"{BASE}committee/")
    assert page.context["sittings"] == []
    assert [row["annul_url"] != "" for row in page.context["history"]] == [False, False, True]


def test_change_and_abolish_pages_keep_earlier_days(head: Client, organs: Any) -> None:
    committee(founded_on=date(2020, 1, 1), founded_precision="day")
    a_decision(organs[1], "d1")
    change = {"names_en": "Council", "effective_on": "2022-01-01", "powers_en": "advises"}
    assert posted(head, "committee/do/change/", **change).status_code == 302
    end = {"effective_on": "2026-02-01"}
    assert posted(head, "committee/do/abolish/", **end).status_code == 422  # by decision only
    end["basis"] = "assembly-2026/d1"
    assert posted(head, "committee/do/abolish/", **end).status_code == 302
    for day, name in (("2021-01-01", "Committee"), ("2023-01-01", "Council")):
        page = head.get(f"{BASE}committee/", {"on": day})
        assert page.context["composition"].names == {"en": name}
        assert page.context["composition"].exists
    now = head.get(f"{BASE}committee/")
    assert not now.context["composition"].exists
    assert now.context["acts"] == []


def test_appointment_goes_step_by_step_as_the_rule_set_says(head: Client, organs: Any) -> None:
    office = services.enter_organ(
        key="treasurer", kind="office", names={"en": "Treasurer"}, **SIGNED
    )
    post = a_post("treasurer", name="Treasurer", organ_key="treasurer")
    person = a_person("Roxana")
    begin = {"post": post.public_id, "person": person.public_id, "opened_on": "2026-02-01"}
    unset = posted(head, "treasurer/do/appoint/", **begin)
    assert "not set in the statute" in unset.content.decode()
    assert not Appointment.objects.exists()
    rules = {"key": "r", "names": {"en": "R"}, "in_force_from": date(2019, 1, 1)}
    adopt_rules(text=RULES, **rules, **SIGNED)
    assert posted(head, "treasurer/do/appoint/", **begin).status_code == 302
    appointment = Appointment.objects.get()
    with pytest.raises(IllegalStep, match="out of order"):
        services.record_step(appointment=appointment, position=2, ground=Ground(), **SIGNED)
    path = f"/en/office/appointments/{appointment.public_id}/step/"
    early = head.post(path, {"outcome": "granted", "taken_on": "2026-01-01"})
    assert early.status_code == 422
    a_decision(organs[1], "d1")
    other = {"outcome": "granted", "taken_on": "2026-02-02", "basis": "assembly-2026/d1"}
    assert "taken by another organ" in head.post(path, other).content.decode()
    assert head.post(path, other | {"basis": ""}).status_code == 302
    assert not Mandate.objects.filter(person=person).exists()
    a_decision(organs[0], "b1", decided_on=date(2026, 2, 5))
    last = {"outcome": "granted", "taken_on": "2026-02-05", "starts_on": "2026-03-01"}
    assert head.post(path, last | {"basis": "assembly-2026/b1"}).status_code == 302
    mandate = Mandate.objects.get(person=person)
    assert mandate.starts_on == date(2026, 3, 1)
    assert mandate.basis["id"] == "assembly-2026/b1"
    closed = head.post(path, last)
    assert "closed" in closed.content.decode()
    assert office.appointments.get().state == "complete"


def test_refused_step_closes_the_appointment_and_another_may_begin(
    head: Client, organs: Any
) -> None:
    services.enter_organ(key="treasurer", kind="office", names={"en": "Treasurer"}, **SIGNED)
    post = a_post("treasurer", name="Treasurer", organ_key="treasurer")
    rules = {"key": "r", "names": {"en": "R"}, "in_force_from": date(2019, 1, 1)}
    adopt_rules(text=RULES, **rules, **SIGNED)
    begin = {"post": post.public_id, "person": a_person().public_id, "opened_on": "2026-02-01"}
    assert posted(head, "treasurer/do/appoint/", **begin).status_code == 302
    assert "under way" in posted(head, "treasurer/do/appoint/", **begin).content.decode()
    appointment = Appointment.objects.get()
    path = f"/en/office/appointments/{appointment.public_id}/"
    head.post(f"{path}step/", {"outcome": "refused", "taken_on": "2026-02-02"})
    appointment.refresh_from_db()
    assert (appointment.state, appointment.mandate) == ("failed", None)
    assert posted(head, "treasurer/do/appoint/", **begin).status_code == 302
    newest = Appointment.objects.latest("id")
    head.post(f"/en/office/appointments/{newest.public_id}/withdraw/", {"reason": "declined"})
    newest.refresh_from_db()
    assert newest.state == "withdrawn"


def test_findings_page_shows_faults_with_their_cure_until_a_source_tells_them(
    head: Client, organs: Any
) -> None:
    organ = committee()
    services.give_seat(organ=organ, city=a_city(), starts_on=date(2021, 1, 1), **SIGNED)
    page = head.get(f"{BASE}findings/")
    (row,) = page.context["faults"]
    assert row["words"] == "It has no chair."
    assert row["cure"]
    answer = head.post(row["known_url"], {"reason_en": "none is named", "source": "minutes"})
    assert answer.status_code == 302
    assert KnownFinding.objects.get().source == "minutes"
    after = head.get(f"{BASE}findings/")
    assert after.context["faults"] == []
    assert len(after.context["known"]) == 1


def test_composition_is_exported_as_shown(head: Client, organs: Any) -> None:
    services.give_seat(organ=organs[0], city=a_city(), source="minutes", **SIGNED)
    answer = head.get(f"{BASE}executive-board/", {"export": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    assert "Isfahan" in answer.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "path",
    ["found/", "committee/do/fill/", "committee/do/abolish/", "committee/acts/1/annul/"],
)
def test_acts_are_refused_to_those_who_may_only_read(organs: Any, path: str) -> None:
    committee()
    client = Client()
    client.force_login(a_holder("expert", email="expert@example.org"))
    assert client.get(f"{BASE}{path}").status_code == 403
    assert client.post(f"{BASE}{path}", {}).status_code == 403
