"""A new mayor and a hand-over, as the secretariat plays them in a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from dabir.core import firstday
from dabir.core.trail import trail_faults
from dabir.decisions.services.agreed import Lead
from dabir.decisions.services.terms import assign_commitment
from dabir.messaging.services import write_letter
from dabir.organs.services import give_seat
from dabir.registry.models import Mandate, Person
from dabir.registry.queries import contact_for_post
from dabir.registry.rights import mandates_in_force
from dabir.registry.services import create_post
from tests.browser.axe import no_grave_findings
from tests.browser.test_chain import fits, send, signed_in
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import SIGNED, a_holder, a_mandate, a_person, a_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def base(live_server: LiveServer) -> str:
    firstday.forget()
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_new_mayor_is_recorded_once_and_all_else_follows(
    browser: Browser, base: str, transactional_db: None, language: str
) -> None:
    organs = two_organs()
    city = a_city()
    give_seat(organ=organs[0], city=city, **SIGNED)
    post = create_post(
        names={"en": "Mayor", "fa": "شهردار"}, powers=["city_officer"], city=city, **SIGNED
    )
    mandate = a_mandate(a_person("Old Mayor"), post)
    today = timezone.localdate()
    with signed_in(browser, base, a_holder("secretary_general"), language) as context:
        page = context.new_page()
        page.goto(f"{base}/{language}/office/places/{city.public_id}/")
        no_grave_findings(page)
        page.locator(f"a[href$='/mandates/{mandate.pk}/mayor/']").click()
        no_grave_findings(page)
        fits(page)
        page.fill("[name=changes_on]", today.isoformat())
        page.fill("[name=names_fa]", "شهردار تازه")
        page.fill("[name=names_en]", "New Mayor")
        page.fill("[name=email]", "new@example.org")
        send(page)
        expect(page.locator("#main")).to_contain_text(
            "شهردار تازه" if language == "fa" else "New Mayor"
        )
        expect(page.locator("#main")).to_contain_text(
            "کرسی‌های شهر" if language == "fa" else "Its seats"
        )
    new = Person.objects.get(names__contains="New Mayor")
    assert [m.post for m in mandates_in_force(person=new, on=today)] == [post]
    assert mandates_in_force(person=mandate.person, on=today) == []
    contact = contact_for_post(post=post, on=today)
    assert contact
    assert contact.value == "new@example.org"
    assert city.seats.get().ends_on is None
    assert list(trail_faults()) == []


def test_whoever_leaves_hands_over_what_lies_open(
    browser: Browser, base: str, transactional_db: None
) -> None:
    post, other = a_post("events", name="Events"), a_post("expert", name="Programmes")
    commitment = a_commitment(a_decision(two_organs()[1]))
    assign_commitment(commitment=commitment, lead=Lead(post=post), reason="r", **SIGNED)
    leaving = a_mandate(a_person("Leaving"), post)
    successor = a_person("Successor")
    write_letter(
        key="k", kind="notice", language="en", recipient=leaving.person.reference(),
        subject="s", body="b", **SIGNED,
    )  # fmt: skip
    today = timezone.localdate()
    with signed_in(browser, base, a_holder("secretary_general"), "en") as context:
        page = context.new_page()
        page.goto(f"{base}/en/office/mandates/{leaving.pk}/hand-over/")
        no_grave_findings(page)
        page.select_option("[name=person]", str(successor.pk))
        page.fill("[name=hands_over_on]", (today - timedelta(days=1)).isoformat())
        page.locator("#main form button.primary").click()
        page.goto(f"{base}/en/office/posts/{post.public_id}/")
        expect(page.locator("#main")).to_contain_text(commitment.public_id)
        mandate = Mandate.objects.get(person=successor)
        page.goto(f"{base}/en/office/mandates/{mandate.pk}/end/")
        page.fill("[name=ends_on]", today.isoformat())
        page.locator("#main form button.primary, #main form button.grave").first.click()
        page.goto(f"{base}/en/office/posts/{post.public_id}/move/")
        page.select_option("[name=to]", other.public_id)
        page.fill("[name=reason]", "The post is no longer needed.")
        send(page)
        page.goto(f"{base}/en/office/posts/{post.public_id}/close/")
        page.fill("[name=ended_on]", today.isoformat())
        page.fill("[name=reason]", "The post is no longer needed.")
        send(page)
        no_grave_findings(page)
    commitment.refresh_from_db()
    post.refresh_from_db()
    assert commitment.lead_post == other
    assert post.ended_on == today
    assert list(trail_faults()) == []
