"""The whole chain as four people play it: a clause becomes a commitment, is assigned, reported, accepted."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from dabir.accounts.models import User
from dabir.core import firstday
from dabir.core.trail import trail_faults
from dabir.decisions.models import ActivityReport, Commitment, Decision
from dabir.registry.services import add_city
from tests.browser.axe import no_grave_findings
from tests.decisions.reported import two_organs
from tests.factories.people import SIGNED, a_holder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWPORTS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def base(live_server: LiveServer) -> str:
    firstday.forget()
    return str(live_server.url).replace("127.0.0.1", "localhost")


def signed_in(browser: Browser, base: str, user: User, language: str) -> BrowserContext:
    """A browser in which the person is signed in; the front door has tests of its own."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    locale = {"fa": "fa-IR", "en": "en-GB"}[language]
    context = browser.new_context(viewport=VIEWPORTS["desk"], locale=locale)
    key = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
    return context


def fits(page: Page) -> None:
    """Nothing hangs over the side of the page, on the desk and on a phone."""
    for size in VIEWPORTS.values():
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a width and a height
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{page.url} hangs over by {wide} px at {size['width']} px"
    page.set_viewport_size(VIEWPORTS["desk"])  # type: ignore[arg-type]  # as above


def send(page: Page) -> None:
    """Press the one primary button of the form in the middle."""
    page.locator("#main form .form-acts button.primary").click()


def enter_clause(page: Page, base: str, language: str) -> None:
    """The expert enters a declaration, its clause, the decision and the commitment."""
    page.goto(f"{base}/{language}/office/documents/new/")
    no_grave_findings(page)
    page.fill("[name=public_id]", "azmoon-2026")
    page.fill("[name=titles_fa]", "بیانیهٔ آزمون")
    page.fill("[name=titles_en]", "Test Declaration")
    page.select_option("[name=organ]", "general-assembly")
    page.fill("[name=adopted_on]", "۱۴۰۵/۰۷/۱۰")
    page.fill("[name=source]", "minutes of the session")
    send(page)
    page.goto(f"{base}/{language}/office/documents/azmoon-2026/clause/")
    page.fill("[name=node_id]", "1")
    page.fill("[name=texts_fa]", "از شهرها می‌خواهیم نقشهٔ گرما بکشند؛")
    page.fill("[name=texts_en]", "We ask cities to draw a map of heat;")
    send(page)
    page.goto(f"{base}/{language}/office/clauses/azmoon-2026/1/decide/")
    page.fill("[name=titles_fa]", "نقشهٔ گرما")
    page.fill("[name=titles_en]", "Map of heat")
    send(page)
    page.goto(f"{base}/{language}/office/decisions/azmoon-2026/1/commit/")
    page.fill("[name=titles_fa]", "کشیدن نقشهٔ گرما")
    page.fill("[name=titles_en]", "Draw the map of heat")
    page.select_option("[name=deadline_type]", "date")
    page.fill("[name=deadline_on]", "1405/12/29")
    send(page)
    page.goto(f"{base}/{language}/office/decisions/azmoon-2026/1/")
    no_grave_findings(page)
    fits(page)


def assign_and_ask(page: Page, base: str, language: str) -> str:
    """The Secretary General gives it to a city and asks it for a report; returns the link."""
    page.goto(f"{base}/{language}/office/commitments/azmoon-2026/1/c1/assign/")
    no_grave_findings(page)
    page.select_option("[name=lead]", "city:isfahan")
    send(page)
    page.goto(f"{base}/{language}/office/commitments/azmoon-2026/1/c1/ask/")
    page.select_option("[name=language]", language)
    send(page)
    return page.locator("#link-address").input_value()


def report_by_link(browser: Browser, link: str) -> None:
    """The city reports with evidence on its phone, without an account; the link opens once."""
    city = browser.new_context(viewport=VIEWPORTS["phone"])
    page = city.new_page()
    page.goto(link)
    no_grave_findings(page)
    fits(page)
    page.fill("[name=text]", "نقشه کشیده شد و در شورا تصویب شد.")
    page.check("[name=claims_done][value=yes]")
    page.fill("[name=name]", "شهردار اصفهانِ آزمون")
    page.set_input_files(
        "[name=files]", {"name": "../map.pdf", "mimeType": "text/html", "buffer": PDF}
    )
    send(page)
    expect(page.locator("#main bdi").first).to_contain_text("activity-")
    no_grave_findings(page)
    page.goto(link)
    expect(page.locator("[name=text]")).to_have_count(0)
    city.close()


def refuse_own_acceptance(page: Page, base: str, language: str) -> None:
    """The deputy files on behalf of the city and may not accept that report."""
    page.goto(f"{base}/{language}/office/commitments/azmoon-2026/1/c1/report/")
    page.fill("[name=text]", "نامهٔ شهر رسید: کار در راه است.")
    page.select_option("[name=behalf]", "city:isfahan")
    page.fill("[name=source]", "letter 12 of the city")
    send(page)
    own = ActivityReport.objects.get(on_behalf_of__isnull=False)
    answer = page.goto(f"{base}/{language}/office/activity/{own.public_id}/accept/")
    assert answer is not None
    assert answer.status == 403
    words = {"en": "Nobody accepts their own report", "fa": "هیچ‌کس گزارش خود را"}[language]
    expect(page.locator("#main")).to_contain_text(words)
    no_grave_findings(page)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_four_people_carry_a_clause_to_its_acceptance(
    browser: Browser, base: str, language: str
) -> None:
    two_organs()
    add_city(names={"fa": "اصفهان", "en": "Isfahan"}, public_id="isfahan", **SIGNED)
    people = {
        power: signed_in(browser, base, a_holder(power, email=f"{power}@example.org"), language)
        for power in ("expert", "secretary_general", "executive_deputy")
    }
    enter_clause(people["expert"].new_page(), base, language)
    link = assign_and_ask(people["secretary_general"].new_page(), base, language)

    deputy = people["executive_deputy"].new_page()
    refuse_own_acceptance(deputy, base, language)
    report_by_link(browser, link)

    commitment = Commitment.objects.get()
    assert commitment.status == "done_claimed"
    filed = ActivityReport.objects.get(claims_done=True)
    assert filed.by["id"] == "isfahan"
    assert filed.evidence.get().label == "map.pdf"

    deputy.goto(f"{base}/{language}/office/commitments/azmoon-2026/1/c1/")
    no_grave_findings(deputy)
    fits(deputy)
    deputy.goto(f"{base}/{language}/office/activity/{filed.public_id}/accept/")
    send(deputy)
    commitment.refresh_from_db()
    assert commitment.status == "done_accepted"
    assert Decision.objects.get().decided_on == date(2026, 10, 2)
    assert list(trail_faults()) == []
    for context in people.values():
        context.close()
