"""A whole review in Persian by keyboard alone: doubts, an open number, places, findings, confirmation."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from dabir.accounts.models import User
from dabir.core import firstday
from dabir.core.trail import trail_faults
from dabir.documents.models import Document
from dabir.intake.models import Receipt
from dabir.intake.services.receiving import Nature
from tests.browser.axe import no_grave_findings
from tests.decisions.reported import two_organs
from tests.factories.people import a_holder
from tests.intake.readings import a_review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 40


@pytest.fixture
def base(live_server: LiveServer) -> str:
    firstday.forget()
    return str(live_server.url).replace("127.0.0.1", "localhost")


def signed_in(browser: Browser, base: str, user: User) -> BrowserContext:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fa-IR")
    key = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
    return context


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_whole_review_by_keyboard_in_persian(browser: Browser, base: str) -> None:
    two_organs()
    receipt = a_review(Nature("fa"))
    expert = signed_in(browser, base, a_holder("expert", email="expert@example.org"))
    page = expert.new_page()
    address = f"{base}/fa/office/intake/{receipt.public_id}/"
    page.goto(address)
    question = page.locator("#question")
    expect(question).to_contain_text("این بخش چه در بر دارد؟")
    press(page, "j")
    expect(question).to_contain_text("متن همین است؟")
    no_grave_findings(page)

    # J led to the first word; it is accepted, the second replaced by its candidate, taken back, then retyped.
    press(page, "a")
    page.goto(f"{address}?doubt=w1#question")
    press(page, "1")
    assert receipt.acts.filter(verb="choose_words").count() == 1
    press(page, "u")
    assert receipt.acts.filter(verb="undo_act").count() == 1
    expect(page).to_have_url(re.compile(r"doubt=w1"))
    page.keyboard.press("r")
    page.keyboard.type("نقشه‌ی گرما")
    press_in_field = page.locator("#retype button")
    page.locator("#retype-reason").focus()
    page.keyboard.type("در نسخهٔ چاپی چنین است")
    press_in_field.focus()
    press(page, "Enter")
    assert receipt.acts.get(verb="retype_words").reason == "در نسخهٔ چاپی چنین است"

    # The number: its second candidate, seen first, then left open by a key.
    page.goto(f"{address}?doubt=n0#question")
    expect(question).to_contain_text("کدام رقم‌ها؟")
    page.keyboard.press("2")
    expect(page.locator("input[name=value][value='2015']")).to_be_checked()
    page.locator("h2").first.click()
    page.evaluate("document.activeElement.blur()")
    press(page, "a")
    assert receipt.acts.filter(verb="leave_open").exists()

    # What is left is accepted one after the other; only what the text is needs a form.
    for _ in range(MOST):
        receipt.refresh_from_db()
        if receipt.open_count == 1:
            break
        page.goto(address)
        press(page, "a")
    assert receipt.open_count == 1
    page.goto(f"{address}?doubt=about#question")
    press(page, "r")
    page.fill("[name=public_id]", "azmoon-2026")
    page.fill("[name=titles_fa]", "بیانیهٔ آزمون")
    page.fill("[name=adopted_on]", "۱۴۰۵/۰۷/۱۰")
    page.select_option("[name=adopted_precision]", "day")
    page.fill("[name=source]", "پرونده چنان‌که رسیده است")
    page.locator("#main form .form-acts button.primary").click()
    expect(page.locator(".review-state")).to_contain_text("دربارهٔ همه چیز تصمیم گرفته شده است")
    page.goto(f"{address}ready/")
    page.locator("#main form .form-acts button.primary").click()
    expect(page.locator("#main")).to_contain_text("در انتظار شخص دوم")

    # Their own hand does not confirm it; a second person does.
    refused = page.goto(f"{address}confirm/")
    assert refused is not None
    assert refused.status == 403
    other = signed_in(browser, base, a_holder("member_affairs", email="second@example.org"))
    second = other.new_page()
    second.goto(f"{address}confirm/")
    no_grave_findings(second)
    second.locator("#main form .form-acts button.primary").click()
    expect(second.locator("#main")).to_contain_text("در دفتر")
    document = Document.objects.get(public_id="azmoon-2026")
    texts = {node.node_id: node.texts.get().text for node in document.nodes.all()}
    assert "نقشه‌ی گرما" in texts["1"]
    assert "201{4|5|8}" in texts["2"]
    second.goto(f"{address}compare/")
    no_grave_findings(second)
    assert Receipt.objects.get().state == "confirmed"
    assert list(trail_faults()) == []
    expert.close()
    other.close()
