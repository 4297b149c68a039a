"""Pages on which somebody leaves: a new mayor, what lies open, a closed post, the desk's warnings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dabir.office.waiting import what_waits
from dabir.registry.models import Mandate, Person, Post
from dabir.registry.services import add_contact, create_post
from tests.decisions.reported import a_city, a_decision, two_organs
from tests.factories.people import SIGNED, a_holder, a_mandate, a_person, a_post, an_association
from tests.registry.test_leaving import with_open_things

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client: Client) -> Any:
    client.force_login(a_holder("secretary_general"))
    return client


def a_mayor() -> Mandate:
    post = create_post(names={"en": "Mayor"}, powers=["city_officer"], city=a_city(), **SIGNED)
    return a_mandate(a_person("Old Mayor"), post)


def test_new_mayor_is_recorded_on_one_page(keeper: Client) -> None:
    two_organs()
    mandate = a_mayor()
    a_mandate(mandate.person, a_post("president", name="President"))
    own = f"/en/office/mandates/{mandate.pk}/mayor/"
    assert "President" in keeper.get(own).content.decode()
    today = timezone.localdate()
    given = {
        "changes_on": today.isoformat(),
        "names_en": "New Mayor",
        "email": "new@example.org",
        "language": "en",
        "version": "1",
    }
    assert keeper.post(own, given | {"names_en": ""}).status_code == 422
    answer = keeper.post(own, given)
    assert answer["Location"].endswith("/office/places/isfahan/")
    said = keeper.get(answer["Location"]).content.decode()
    assert "New Mayor" in said
    assert Person.objects.filter(names__contains="New Mayor").get().contacts.count() == 1


def test_new_mayor_needs_the_session_until_which_the_presidency_goes_on(keeper: Client) -> None:
    two_organs()
    mandate = a_mayor()
    held = a_mandate(mandate.person, a_post("president", name="President"))
    own = f"/en/office/mandates/{mandate.pk}/mayor/"
    given = {
        "changes_on": timezone.localdate().isoformat(),
        "person": a_person("Next").public_id,
        "carries": str(held.pk),
        "version": "1",
    }
    assert keeper.post(own, given).status_code == 422
    assert keeper.post(own, given | {"until_organ": "executive-board"}).status_code == 302
    acting = Mandate.objects.get(until_organ="executive-board")
    assert acting.is_acting


def test_post_page_shows_and_moves_what_lies_open(keeper: Client) -> None:
    post, other = a_post("events", name="Leaving"), a_post("events", name="Other")
    with_open_things(post)
    own = f"/en/office/posts/{post.public_id}"
    assert "Lies open with it" in keeper.get(f"{own}/").content.decode()
    refused = keeper.post(f"{own}/close/", {"ended_on": "2026-11-30", "reason": "merged"})
    assert "lie open with this post" in refused.content.decode()
    given = {"to": other.public_id, "reason": "merged"}
    assert keeper.post(f"{own}/move/", given).status_code == 302
    assert (
        keeper.post(f"{own}/close/", {"ended_on": "2026-11-30", "reason": "m"}).status_code == 302
    )
    post.refresh_from_db()
    assert post.ended_on


def test_mandate_rests_on_a_decision_by_its_number_and_not_before_its_day(keeper: Client) -> None:
    decision = a_decision(two_organs()[0], public_id="board-2026/1")
    post, person = a_post("expert"), a_person("Named")
    own = f"/en/office/posts/{post.public_id}/mandate/"
    early = decision.decided_on - timedelta(days=1)
    given = {"person": person.pk, "starts_on": early.isoformat(), "basis": "board-2026/1"}
    refused = keeper.post(own, given)
    assert refused.status_code == 422
    assert "nothing takes effect before it" in refused.content.decode()
    keeper.post(own, given | {"starts_on": decision.decided_on.isoformat()})
    assert Mandate.objects.get(person=person).basis["id"] == "board-2026/1"


def keys(user: Any) -> dict[str, int]:
    return {part.key: part.number for part in what_waits(user, timezone.localdate())}


def test_desk_warns_of_ending_mandates_and_of_vacant_posts_with_work() -> None:
    user = a_holder("secretary_general")
    today = timezone.localdate()
    post = a_post("treasurer", name="Treasurer")
    a_mandate(a_person("Ending"), post, ends_on=today + timedelta(days=30))
    with_open_things(a_post("events", name="Vacant"))
    assert keys(user) | {"mandates": 1, "vacant": 1} == keys(user)
    a_mandate(a_person("Next"), post, starts_on=today + timedelta(days=30))
    assert "mandates" not in keys(user)


def test_closed_post_is_not_filled_by_the_page(keeper: Client) -> None:
    post = a_post("expert")
    keeper.post(
        f"/en/office/posts/{post.public_id}/close/", {"ended_on": "2026-11-01", "reason": "r"}
    )
    said = keeper.get(f"/en/office/posts/{post.public_id}/").content.decode()
    assert "Fill the post" not in said
    assert Post.objects.get(pk=post.pk).ended_on


def test_desk_shows_addresses_that_nobody_confirmed() -> None:
    an_association()
    user = a_holder("secretary_general")
    before = keys(user).get("addresses", 0)
    add_contact(of=a_city(), kind="email", value="office@example.org", **SIGNED)
    assert keys(user)["addresses"] == before + 1
    add_contact(of=a_city(), kind="phone", value="123", confirmed_on=timezone.localdate(), **SIGNED)
    assert keys(user)["addresses"] == before + 1
