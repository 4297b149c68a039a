"""A city comes in: from the mayor's letter to the certificate that anybody can verify, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from dabir.accounts.models import User
from dabir.core import firstday
from dabir.core.trail import trail_faults
from dabir.membership.models import Certificate, Member
from tests.decisions.reported import a_decision, two_organs
from tests.factories.people import a_holder, a_mandate, a_person, a_post
from tests.membership.admitted import a_statute, a_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def base(live_server: LiveServer) -> str:
    firstday.forget()
    return str(live_server.url).replace("127.0.0.1", "localhost")


def signed_in(browser: Browser, base: str, user: User) -> BrowserContext:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    key = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
    return context


def send(page: Page) -> None:
    """Press the one primary button of the form in the middle."""
    page.locator("#main form .form-acts button.primary").click()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_city_is_admitted_from_its_letter_to_its_certificate(
    browser: Browser, base: str, language: str
) -> None:
    board, _assembly = two_organs()
    a_statute()
    a_decision(board, "d1", public_id="board-2026/7", decided_on=date(2026, 10, 1))
    town = a_town("Nemunak")
    mayor = a_person("Mayor Test")
    a_mandate(mayor, a_post(name="Mayor", city=town), starts_on=date(2015, 1, 1))
    office = signed_in(browser, base, a_holder("member_affairs", email="affairs@example.org"))
    page = office.new_page()

    page.goto(f"{base}/{language}/office/applications/receive/")
    page.select_option("[name=applicant]", "city:nemunak")
    page.select_option("[name=category]", "full")
    page.fill("[name=received_on]", "۱۴۰۵/۰۶/۱۰")
    page.set_input_files(
        "[name=letter]", {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.select_option("[name=signer]", mayor.public_id)
    send(page)
    page.locator("#main table a").first.click()
    expect(page.locator(".notice")).to_be_visible()

    for point in ("statute-accepted", "contact-named"):
        page.locator(f'a[href$="/examine/{point}/"]').click()
        page.check("[name=outcome][value=met]")
        page.fill("[name=note]", "دیده شد")
        send(page)

    page.locator(".page-actions a.primary").click()
    page.fill("[name=on_day]", "2026-11-22")
    page.fill("[name=basis]", "board-2026/7")
    send(page)
    member = Member.objects.get()
    assert (member.state, member.number, member.joined_on) == ("admitted", 1, date(2026, 11, 22))

    page.goto(f"{base}/{language}/office/members/nemunak/")
    code = Certificate.objects.get().verification_code
    expect(page.locator("#main")).to_contain_text(code)
    expect(page.locator("#main")).to_contain_text("board-2026/7")
    paper = page.request.get(f"{base}/{language}/office/certificates/{code}.{language}.pdf")
    assert paper.body().startswith(b"%PDF")

    stranger = browser.new_page()
    stranger.goto(f"{base}/{language}/certificates/")
    stranger.fill("[name=code]", code.replace("-", ""))
    stranger.locator("#main button.primary").click()
    expect(stranger.locator("#main")).to_contain_text(code)
    stranger.goto(f"{base}/{language}/cities/nemunak/")
    assert stranger.locator("h1").count() == 1
    stranger.close()
    assert list(trail_faults()) == []
    office.close()
