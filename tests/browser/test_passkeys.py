"""Passkeys in a browser, with a key that Chromium plays: set up, signed in with, asked for again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import CDPSession, Page, expect
from pytest_django.live_server_helper import LiveServer

from dabir.core import firstday
from dabir.core.models import AuditEntry
from tests.browser.axe import no_grave_findings
from tests.factories.people import PASSWORD, a_holder, an_association

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = re.compile(r"/en/office/$")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    firstday.forget()
    an_association()
    yield
    firstday.forget()


@pytest.fixture
def base(live_server: LiveServer) -> str:
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def key(page: Page) -> CDPSession:
    """A key of this device that knows its owner, as a phone or a laptop has one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def sign_in_by_password(page: Page, base: str) -> None:
    page.goto(f"{base}/en/account/login/")
    page.locator("[name=login]").fill("t@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("#sign-in button.primary").click()


def sign_out(page: Page, base: str) -> None:
    page.goto(f"{base}/en/account/logout/")
    page.locator("#main form button").first.click()
    expect(page).to_have_url(re.compile(r"/account/login/"))


def set_up(page: Page, *, passwordless: bool) -> None:
    """From the page that asks for a second factor to the recovery codes."""
    expect(page).to_have_url(re.compile(r"/account/second-factor/$"))
    page.locator("section[aria-labelledby=passkey] a").click()
    no_grave_findings(page)
    page.locator("[name=name]").fill("This laptop")
    if passwordless:
        page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    expect(page).to_have_url(re.compile(r"/account/2fa/recovery-codes/"))


def test_passkey_set_up_signs_in_without_a_password(page: Page, base: str, key: CDPSession) -> None:
    a_holder("treasurer", email="t@example.org", factor=False)
    sign_in_by_password(page, base)
    set_up(page, passwordless=True)
    sign_out(page, base)
    page.locator("#passkey_login").click()
    expect(page).to_have_url(DESK)
    assert AuditEntry.objects.filter(act="accounts.sign_in").count() == 2
    added = AuditEntry.objects.filter(act="accounts.add_factor", after__factor="webauthn")
    assert added.count() == 1


def test_passkey_as_second_factor_is_asked_after_the_password_and_before_a_new_address(
    page: Page, base: str, key: CDPSession
) -> None:
    user = a_holder("treasurer", email="t@example.org", factor=False)
    sign_in_by_password(page, base)
    set_up(page, passwordless=False)
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1
    sign_out(page, base)
    sign_in_by_password(page, base)
    expect(page).to_have_url(re.compile(r"/2fa/authenticate/$"))
    no_grave_findings(page)
    page.locator("#mfa_webauthn_authenticate").click()
    expect(page).to_have_url(DESK)
    page.goto(f"{base}/en/account/email/")
    expect(page).to_have_url(
        re.compile(r"/2fa/webauthn/reauthenticate/|/2fa/reauthenticate/webauthn/")
    )
    no_grave_findings(page)
    page.locator("#mfa_webauthn_reauthenticate").click()
    expect(page).to_have_url(re.compile(r"/sign-in-address/$"))
    no_grave_findings(page)


def test_passkey_of_nobody_opens_nothing(page: Page, base: str, key: CDPSession) -> None:
    page.goto(f"{base}/en/account/login/")
    page.locator("#passkey_login").click()
    expect(page.locator("[data-passkey-trouble]")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/account/login/$"))
