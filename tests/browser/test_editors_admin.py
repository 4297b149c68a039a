"""The admin in which the secretariat writes: clean for axe on every page that a writer uses, and it works."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from dabir.core import firstday
from dabir.editorial.models import Section
from dabir.editorial.services import publish_written_page
from tests.browser.axe import grave_findings
from tests.editorial.pictures import a_picture
from tests.factories.people import ON, SIGNED, a_holder, an_association

DOOR = "allauth.account.auth_backends.AuthenticationBackend"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def addresses() -> list[str]:
    """A first page, a part, an editor, what is added to it, pictures, documents, approvals."""
    part = Section.objects.get(kind="news", locale__language_code="fa")
    page = publish_written_page(
        kind="news",
        language="fa",
        slug="harbour",
        title="بندر باز شد",
        intro="بندر دوباره باز است.",
        facts={"on": ON},
        body=[("text", "<p>کشتی‌ها برگشتند.</p>")],
        **SIGNED,
    )
    with translation.override("fa"):
        return [
            reverse("wagtailadmin_home"),
            reverse("wagtailadmin_explore", args=[part.pk]),
            reverse("wagtailimages:index"),
            reverse("wagtailimages:add_multiple"),
            reverse("wagtaildocs:index"),
            reverse("wagtailadmin_reports:workflow"),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ]


def test_the_admin_is_clean_and_a_picture_is_chosen_in_it(
    browser: Browser, live_server: LiveServer
) -> None:
    firstday.forget()
    an_association()
    picture = a_picture()
    base = str(live_server.url).replace("127.0.0.1", "localhost")
    client = Client()
    client.force_login(a_holder("secretary_general"), backend=DOOR)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    key = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
    page = context.new_page()
    faults: list[str] = []
    outside: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: outside.append(asked.url))
    for address in addresses():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(base + address)
        faults += [f"{address}: {rule} {html[:120]}" for rule, html in grave_findings(page)]
        page.set_viewport_size({"width": 390, "height": 844})
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        away = page.locator(f'a[href^="http"]:not([href^="{base}"])').count()
        if over > 0 or away:
            faults.append(f"{address}: hangs over by {over} px, {away} links to other hosts")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("#id_lead-chooser .unchosen button").click()
    page.locator(".modal a.image-choice").click()
    expect(page.locator("#id_lead")).to_have_value(str(picture.pk))
    context.close()
    assert not faults, "\n".join(faults)
    assert [url for url in outside if not url.startswith((base, "data:", "blob:"))] == []
