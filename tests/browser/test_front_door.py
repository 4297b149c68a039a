"""The front door in a browser: the first day, an invitation, wrong codes, too many attempts."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from dabir.accounts.queries import first_run_code
from dabir.core import firstday
from dabir.messaging.models import Letter
from dabir.registry.services import invite_person
from tests.browser.axe import no_grave_findings
from tests.factories.people import PASSWORD, a_holder, a_person, an_association

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    firstday.forget()
    yield
    firstday.forget()


@pytest.fixture
def base(live_server: LiveServer) -> str:
    return str(live_server.url).replace("127.0.0.1", "localhost")


def code_from(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def set_up_factor(page: Page) -> str:
    """From the page that asks for it to the recovery codes; returns the secret."""
    expect(page).to_have_url(re.compile(r"/account/second-factor/$"))
    no_grave_findings(page)
    page.locator("section[aria-labelledby=totp] a").click()
    secret = page.locator("#main bdi").first.inner_text()
    page.locator("#activate-app input[name=code]").fill("000000")
    page.locator("#activate-app button").click()
    expect(page.locator("#activate-app .errors, #activate-app [role=alert]").first).to_be_visible()
    secret = page.locator("#main bdi").first.inner_text()
    page.locator("#activate-app input[name=code]").fill(code_from(secret))
    page.locator("#activate-app button").click()
    expect(page).to_have_url(re.compile(r"/account/2fa/recovery-codes/$"))
    return secret


def test_first_day_leads_from_nothing_to_the_desk(page: Page, base: str) -> None:
    page.goto(base)
    expect(page).to_have_url(re.compile(r"/first-run/$"))
    page.goto(f"{base}/fa/first-run/")
    no_grave_findings(page)
    fill = page.locator
    fill("[name=code]").fill("2222-2222-2222")
    fill("[name=names_fa]").fill("اتحادیهٔ شهرهای آزمون")
    fill("[name=names_en]").fill("Union of Test Cities")
    fill("[name=abbreviation]").fill("UTC")
    fill("[name=seat_fa]").fill("تبریز")
    fill("[name=first_language][value=fa]").check()
    fill("[name=emblem]").set_input_files(
        {
            "name": "emblem.svg",
            "mimeType": "image/svg+xml",
            "buffer": b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"
            b"<script>alert(1)</script><rect width='9' height='9'/></svg>",
        }
    )
    fill("[name=person_fa]").fill("شیرین آزمون")
    fill("[name=email]").fill("shirin@example.org")
    fill("[name=password]").fill(PASSWORD)
    fill("[name=password_again]").fill(PASSWORD)
    page.locator("#first-run button.primary").click()
    # The code was wrong: said at the field, everything but passwords and files is kept.
    expect(page.locator("[name=code]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=names_en]")).to_have_value("Union of Test Cities")
    page.locator("[name=code]").fill(first_run_code())
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password_again]").fill(PASSWORD)
    page.locator("#first-run button.primary").click()
    set_up_factor(page)
    page.goto(base)
    expect(page).to_have_url(re.compile(r"/fa/office/$"))
    expect(page.locator("section[aria-labelledby=first-steps] li")).to_have_count(3)
    no_grave_findings(page)
    for link in page.locator("section[aria-labelledby=first-steps] a").evaluate_all(
        "all => all.map(a => a.href)"
    ):
        assert page.request.get(link).status == 200


def test_invitation_becomes_an_account_and_works_once(page: Page, base: str) -> None:
    an_association()
    person = a_person("Mina", language="fa")
    from datetime import UTC, datetime

    from django.utils import timezone

    from tests.factories.people import CLERK

    invite_person(
        person=person,
        email="mina@example.org",
        door=lambda token: f"{base}/fa/invitation/{token}/",
        by=CLERK,
        on=timezone.localdate(),
        at=datetime.now(tz=UTC),
    )
    found = re.search(r"http://\S+/invitation/\S+", Letter.objects.get().body)
    assert found
    page.goto(found[0])
    no_grave_findings(page)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password_again]").fill(PASSWORD)
    page.locator("#accept-invitation button").click()
    expect(page).to_have_url(re.compile(r"/fa/office/$"))
    page.context.clear_cookies()
    answer = page.goto(found[0])
    assert answer is not None
    assert answer.status == 410


def test_wrong_code_at_sign_in_is_refused_and_the_right_one_opens(page: Page, base: str) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.utils import decrypt

    an_association()
    user = a_holder("treasurer", email="t@example.org")
    secret = decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    page.goto(f"{base}/en/account/login/")
    no_grave_findings(page)
    page.locator("[name=login]").fill("t@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("#sign-in button.primary").click()
    expect(page).to_have_url(re.compile(r"/2fa/authenticate/$"))
    page.locator("[name=code]").fill("000000")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/2fa/authenticate/$"))
    expect(page.locator("[name=code]")).to_have_attribute("aria-invalid", "true")
    page.locator("[name=code]").fill(code_from(secret))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/office/$"))
    for path in ("/en/office/rights/", "/en/office/people/", "/en/account/"):
        page.goto(base + path)
        no_grave_findings(page)


def test_too_many_attempts_are_answered_with_a_page_that_says_so(page: Page, base: str) -> None:
    an_association()
    address = f"{base}/en/account/login/"
    page.goto(address)
    token = page.locator("#sign-in [name=csrfmiddlewaretoken]").input_value()
    for attempt in range(60):  # as many as one address may try in a minute
        given = {
            "csrfmiddlewaretoken": token,
            "login": f"nobody{attempt}@example.org",
            "password": "wrong-password-1405",
        }
        assert page.request.post(address, form=given).status == 200
    page.locator("[name=login]").fill("nobody@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_response(address) as answer:
        page.locator("#sign-in button.primary").click()
    assert answer.value.status == 429
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[name=password]")).to_have_count(0)
    no_grave_findings(page)
