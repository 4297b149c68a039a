"""Search everything: any spelling, only what one may see, why it matched, always up to date."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dabir.core.models import SearchEntry
from dabir.core.search import find, rebuild, stale_entries
from dabir.decisions.services.register import correct_wording
from dabir.messaging.services import write_letter
from dabir.office.checks import find_stale_search
from dabir.office.views.search import mark_words
from dabir.registry.services import erase_person
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import SIGNED, a_holder, a_mandate, a_person, a_post, an_account

pytestmark = pytest.mark.django_db
PAGE = "/en/office/search/"


@pytest.fixture
def assembly() -> Any:
    cache.clear()
    return two_organs()[1]


def signed_in(power: str) -> Client:
    client = Client()
    client.force_login(a_holder(power, email=f"{power}@example.org"))
    return client


def found(client: Client, text: str, **more: str) -> dict[str, list[str]]:
    answer = client.get(PAGE, {"q": text, **more})
    assert answer.status_code == 200
    return {g["kind"]: [h.found.public_id for h in g["hits"]] for g in answer.context["groups"]}


@pytest.mark.parametrize(
    "typed", ["شهرهای كتابخوان", "شهرهای کتابخوان", "شهر های کتابخوان", "شهرهای  کتابخوان"]
)
def test_search_finds_a_decision_however_its_title_is_typed(assembly: Any, typed: str) -> None:
    a_decision(assembly, "d1", titles={"fa": "شهرهای کتابخوان", "en": "Reading cities"})
    a_decision(assembly, "d2")
    assert found(signed_in("expert"), typed)["decision"] == ["assembly-2026/d1"]


def test_search_groups_by_kind_and_says_why_each_matched(assembly: Any) -> None:
    decision = a_decision(assembly, titles={"fa": "بانک داده", "en": "Data bank <on> transport"})
    a_commitment(decision, titles={"en": "Collect the figures"})
    client = signed_in("expert")
    assert found(client, "transport") == {
        "commitment": ["assembly-2026/d1/c1"],
        "decision": ["assembly-2026/d1"],
    }
    page = client.get(PAGE, {"q": "TRANSPORT"}).content.decode()
    assert "Data bank &lt;on&gt; <mark>transport</mark>" in page
    assert "Collect the figures" in page


def test_search_follows_a_correction_at_once(assembly: Any) -> None:
    decision = a_decision(assembly)
    client = signed_in("expert")
    assert not found(client, "lighthouse")
    correct_wording(
        decision=decision, titles={"en": "A lighthouse"}, themes=[], reason="named", **SIGNED
    )
    assert found(client, "lighthouse") == {"decision": ["assembly-2026/d1"]}
    assert not found(client, "تصمیم")


def test_search_no_longer_finds_a_forgotten_person(assembly: Any) -> None:
    person = a_person("Parviz Nowhere")
    client = signed_in("secretary_general")
    assert found(client, "nowhere") == {"person": [person.public_id]}
    erase_person(person=person, reason="asked", **SIGNED)
    assert not found(client, "nowhere")
    assert not SearchEntry.objects.filter(folded__contains="nowhere").exists()


def test_search_shows_people_and_letters_only_to_those_who_may_see_them(assembly: Any) -> None:
    a_person("Golnar Seen")
    for kind in ("notice", "invitation"):
        write_letter(
            key=kind,
            kind=kind,
            language="en",
            recipient=a_city().reference(),
            subject=f"Golnar {kind}",
            body="…",
            **SIGNED,
        )
    keeper = signed_in("secretary_general").get(PAGE, {"q": "golnar"}).content.decode()
    assert "Seen" in keeper
    assert "2026/0001" in keeper
    assert "2026/0002" in keeper
    expert = signed_in("expert").get(PAGE, {"q": "golnar"}).content.decode()
    assert "2026/0001" in expert
    assert "2026/0002" not in expert
    officer = signed_in("city_officer")
    assert not found(officer, "golnar")


def test_search_of_a_city_officer_gives_the_commitments_of_the_city(assembly: Any) -> None:
    decision = a_decision(assembly)
    a_commitment(decision, titles={"en": "Plant trees here"})
    from dabir.decisions.services.agreed import Lead

    a_commitment(decision, titles={"en": "Plant trees there"}, lead=Lead(city=a_city("shiraz")))
    person = a_person("Officer")
    a_mandate(person, a_post("city_officer", city=a_city()))
    client = Client()
    client.force_login(an_account(person, "officer@example.org"))
    assert found(client, "trees") == {"commitment": ["assembly-2026/d1/c1"]}


def test_search_with_a_word_that_is_nowhere_gives_those_with_the_others(assembly: Any) -> None:
    a_decision(assembly, titles={"en": "Green roofs"})
    answer = signed_in("expert").get(PAGE, {"q": "green xylophone"})
    assert answer.context["is_whole"] is False
    assert "No record has all of these words" in answer.content.decode()
    assert "<mark>Green</mark>" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "a", "%%", "'; DROP TABLE", "{{ 7 }}", "_" * 300])
def test_search_for_nothing_or_signs_answers_in_words(assembly: Any, text: str) -> None:
    answer = signed_in("expert").get(PAGE, {"q": text})
    assert answer.status_code == 200
    assert not answer.context["groups"]


@pytest.mark.parametrize("size", [1, 3])
def test_search_asks_the_database_the_same_number_of_times(
    assembly: Any, size: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(size):
        a_commitment(a_decision(assembly, f"d{number}", titles={"en": f"Same word {number}"}))
    client = signed_in("expert")
    client.get(PAGE, {"q": "same"})
    with django_assert_max_num_queries(13):
        assert len(found(client, "same")["decision"]) == size


def test_search_shows_all_of_one_kind_when_asked(assembly: Any) -> None:
    for number in range(7):
        a_decision(assembly, f"d{number}", titles={"en": f"Common {number}"})
    client = signed_in("expert")
    assert len(found(client, "common")["decision"]) == 5
    assert len(found(client, "common", kind="decision")["decision"]) == 7


def test_entries_changed_behind_the_services_are_found_and_made_anew(assembly: Any) -> None:
    a_decision(assembly)
    assert not list(stale_entries())
    SearchEntry.objects.filter(kind="decision").update(folded="else")
    SearchEntry.objects.create(kind="organ", public_id="ghost", folded="ghost")
    assert sorted(stale_entries()) == [("decision", "assembly-2026/d1"), ("organ", "ghost")]
    assert len(list(find_stale_search())) == 2
    rebuild()
    assert not list(stale_entries())
    assert find("d1", ["decision"], shown=5).numbers == {"decision": 1}


def test_search_by_a_number_marks_the_number(assembly: Any) -> None:
    a_decision(assembly, "d1", titles={"en": "Trees"})
    a_decision(assembly, "d2")
    page = signed_in("expert").get(PAGE, {"q": "assembly-2026/d1"}).content.decode()
    assert "<mark>assembly</mark>-<mark>2026</mark>/<mark>d1</mark>" in page
    assert "d2" not in page


def test_mark_words_escapes_what_is_not_ours() -> None:
    assert mark_words("<b>Kāshān</b>", ["kashan"])[0] == "&lt;b&gt;<mark>Kāshān</mark>&lt;/b&gt;"
    assert mark_words("در 201{4|5}", ["x"])[0] == "در 201[4/5]"


def test_stranger_is_sent_to_the_door(assembly: Any) -> None:
    assert Client().get(PAGE, {"q": "decision"}).status_code == 302
