"""What people do with hands, eyes and ears: keys, drafts, narrow screens, screen readers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.factories.people import a_holder, an_association

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Page]


@pytest.fixture
def visit(page: Page, live_server: object, client: Client) -> Visit:
    """Open the sample page of the design system as somebody signed in; nothing may go wrong."""
    an_association()
    client.force_login(a_holder())
    base = live_server.url  # type: ignore[attr-defined]  # pytest-django's live server
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
    troubles: list[str] = []
    page.on(
        "console", lambda m: troubles.append(m.text) if m.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda e: troubles.append(str(e)))
    page.on(
        "request", lambda r: None if r.url.startswith((base, "data:")) else troubles.append(r.url)
    )

    def open_page(language: str = "en", scheme: str = "light", width: int = 1280) -> Page:
        with override(language):
            address = reverse("office:design_sample", args=[scheme])
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(base + address)
        page.evaluate(
            "new Promise((done) => requestIdleCallback(() => done()))"
        )  # what scripts do at once
        assert troubles == []
        return page

    return open_page


def test_keys_search_help_rows_and_areas(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("j?")
    expect(page.locator("[data-search]")).to_have_value("j?")
    page.locator("[data-search]").blur()
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).not_to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("#commitments tbody tr").first).to_have_class("here")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#row$"))
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page).to_have_url(re.compile("#register$"))


def drafts(page: Page) -> list[str]:
    """The drafts kept in this browser."""
    found: list[str] = page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('dabir.draft'))"
    )
    return found


def leave_by_sending(page: Page) -> None:
    """Lead from the form to another page, as an accepted form does."""
    with override("en"):
        elsewhere = reverse("office:glossary")
    with page.expect_navigation(wait_until="networkidle"):
        page.evaluate(
            """(there) => {
                const name = `dabir.draft:${location.pathname}:sample-form`;
                localStorage.setItem('dabir.sent', name);
                location.href = there;
            }""",
            elsewhere,
        )


def test_draft_comes_back_until_the_form_is_sent(visit: Visit) -> None:
    page = visit()
    page.fill("#sample-form [name=title]", "Roof gardens of the invented union")
    page.wait_for_timeout(500)
    page = visit()
    expect(page.locator("#sample-form [name=title]")).to_have_value("")
    page.locator("#sample-form .notice button").first.click()
    expect(page.locator("#sample-form [name=title]")).to_have_value(
        "Roof gardens of the invented union"
    )
    leave_by_sending(page)
    assert drafts(page) == []


def test_draft_outlives_a_session_that_ended(visit: Visit) -> None:
    page = visit()
    page.fill("#sample-form [name=title]", "Roof gardens of the invented union")
    page.wait_for_timeout(500)
    page.context.clear_cookies()
    leave_by_sending(page)
    expect(page.locator("form[data-sign-in]")).to_have_count(1)
    assert len(drafts(page)) == 1
    assert page.evaluate("localStorage.getItem('dabir.sent')") is None


def test_draft_outlives_a_server_that_does_not_answer(visit: Visit) -> None:
    page = visit()
    page.fill("#sample-form [name=title]", "Roof gardens of the invented union")
    page.wait_for_timeout(500)
    page.evaluate(
        "localStorage.setItem('dabir.sent', `dabir.draft:${location.pathname}:sample-form`)"
    )
    page.goto(page.url, wait_until="networkidle")
    assert len(drafts(page)) == 1


def test_field_is_checked_in_words_when_left(visit: Visit) -> None:
    page = visit("fa")
    field = page.locator("#sample-form [name=email]")
    field.fill("نشانی نیست")
    field.blur()
    trouble = page.locator("#id_email_trouble").first
    expect(trouble).to_contain_text("name@city.org")
    expect(field).to_have_attribute("aria-invalid", "true")


def test_form_with_gaps_is_not_sent_and_the_first_gap_has_the_focus(visit: Visit) -> None:
    page = visit()
    page.locator("#sample-form .form-acts button").click()
    expect(page.locator("#sample-form [name=title]")).to_be_focused()


def test_window_opens_and_closes_by_key(visit: Visit) -> None:
    page = visit()
    page.locator("[data-opens=sample-window]").click()
    expect(page.locator("#sample-window")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#sample-window")).not_to_be_visible()


def test_part_loaded_again_is_announced_and_keeps_the_focus(visit: Visit) -> None:
    page = visit()
    page.locator("#load-part").focus()
    with page.expect_response(lambda r: r.request.headers.get("hx-request") == "true"):
        page.keyboard.press("Enter")
    expect(page.locator("#announce")).to_have_text("This part was loaded again.")
    expect(page.locator("#load-part")).to_be_focused()


def test_part_that_cannot_be_loaded_is_said_in_words(visit: Visit) -> None:
    page = visit()
    page.context.set_offline(True)
    page.locator("#load-part").click()
    expect(page.locator("#messages .toast.error")).to_contain_text("No answer from the server")


def test_undo_goes_after_five_seconds(visit: Visit) -> None:
    page = visit()
    page.mouse.move(0, 0)
    expect(page.locator("[data-undo] form")).to_have_count(1)
    expect(page.locator("[data-undo] form")).to_have_count(0, timeout=8000)


def test_rows_become_cards_with_their_heads_on_a_phone(visit: Visit) -> None:
    page = visit(width=390)
    cell = page.locator("#commitments tbody td").nth(2)
    expect(cell).to_have_attribute("data-label", "Due")
    assert cell.evaluate("e => getComputedStyle(e).display") == "grid"


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_page_fits_its_screen(visit: Visit, language: str, width: int) -> None:
    page = visit(language, width=width)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_has_no_finding_of_axe(visit: Visit, language: str, scheme: str) -> None:
    found = findings(visit(language, scheme))
    assert [(f["id"], f["impact"], f["nodes"][0]["html"]) for f in found] == []


def test_page_prints_without_its_furniture(visit: Visit) -> None:
    page = visit()
    page.emulate_media(media="print")
    for part in (".rail", ".tools", ".filters", ".page-actions"):
        expect(page.locator(part).first).not_to_be_visible()
    expect(page.locator("h1")).to_be_visible()


def test_rail_on_a_phone_opens_without_scripts(visit: Visit) -> None:
    page = visit(width=390)
    expect(page.locator("#rail")).not_to_be_visible()
    page.locator(".rail-open").click()
    expect(page.locator("#rail")).to_be_visible()
    page.locator(".rail-close").click()
    expect(page.locator("#rail")).not_to_be_visible()
