"""What axe is asked for is found, though light rules are left out and one of each look is measured."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.axe import findings, grave_findings

pytestmark = pytest.mark.browser
FAINT = "color: #bbb"


def shown(page: Page, body: str) -> list[tuple[str, str]]:
    page.set_content(
        f"<!doctype html><html lang=en><head><title>t</title>"
        f"<style>.cell::after {{ content: 'x' }} p {{ color: #222; background: #fff }}</style></head>"
        f"<body><main><h1>a</h1>{body}</main></body></html>"
    )
    return grave_findings(page)


def test_what_is_in_order_has_no_finding(page: Page) -> None:
    assert shown(page, "<p>one</p><p>two</p>") == []


GRAVE = {
    "<input>": "label",
    "<a href=x></a>": "link-name",
    "<p aria-nothing=x>one</p>": "aria-valid-attr",
    f"<p>one</p><p>two</p><p style='{FAINT}'>three</p>": "color-contrast",
    "<p>one</p><p style='background: #333'>two</p>": "color-contrast",
    "<p>one</p><div style='opacity: .4'><p>two</p></div>": "color-contrast",
    f"<p style='{FAINT}'></p><p style='{FAINT}' hidden>one</p><p style='{FAINT}'>two</p>": "color-contrast",
    f"<button style='{FAINT}' disabled>one</button><button style='{FAINT}'>two</button>": "color-contrast",
}


def test_what_is_grave_is_found(page: Page) -> None:
    for body, rule in GRAVE.items():
        assert [found for found, _html in shown(page, body)] == [rule], body


def test_the_same_grave_rules_are_found_as_by_all_rules(page: Page) -> None:
    body = f"<h3>c</h3><input><p style='{FAINT}'>one</p><img src=x><ul><p>b</p></ul><a href=x></a>"
    grave = {rule for rule, _html in shown(page, body)}
    every = findings(page)
    assert grave == {one["id"] for one in every if one["impact"] in ("serious", "critical")}
    assert len(grave) >= 5
    assert {one["impact"] for one in every} > {"serious", "critical"}
