"""The public pages as they are read: on a small screen, in the dark, without JavaScript, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from dabir.core import firstday, kept
from tests.browser.axe import findings
from tests.plugins.examples import Laid

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KINDS = (
    "",
    "decisions/practice-2021/",
    "decisions/practice-2021/3/",
    "follow-up/",
    "forum/organs/",
    "forum/people/",
    "forum/history/",
    "cities/",
    "contact/",
)
# Of what stands on a page: what hangs over, what nobody can see, and how dark paper and ink are.
LOOK = """(paper_only) => {
  const shown = (e) => e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const ink = (c) => (c.match(/[\\d.]+/g) || []).slice(0, 3).map(Number);
  const light = (c) => ink(c).reduce((a, b) => a + b, 0) / 765;
  const main = document.querySelector('main');
  const body = getComputedStyle(document.body), root = getComputedStyle(document.documentElement);
  const clear = /rgba\\(0, 0, 0, 0\\)|transparent/;
  const sheet = clear.test(body.backgroundColor) ? root.backgroundColor : body.backgroundColor;
  return {
    over: document.documentElement.scrollWidth - window.innerWidth,
    words: main.innerText.trim().length,
    unseen: [...main.querySelectorAll('h1, h2, h3, p, dd, li, td, th, button:not([popovertarget])')]
      .filter((e) => e.textContent.trim() && !shown(e) && !(paper_only && e.closest('nav, form'))
        && !e.closest('details, dialog, template, [hidden], [popover], .unseen, .visually-hidden'))
      .map((e) => e.outerHTML.slice(0, 100)),
    ways: [...document.querySelectorAll('nav, [role=search], form button, .foot-links')]
      .filter((e) => shown(e) && [...e.querySelectorAll('a, button, input')].some(shown))
      .map((e) => e.outerHTML.slice(0, 80)),
    paper: clear.test(sheet) ? 1 : light(sheet),
    ink: light(body.color),
  };
}"""


@dataclass(frozen=True)
class Reader:
    """How somebody reads."""

    language: str
    width: int
    scheme: Any = "light"
    media: Any = "screen"
    scripts: bool = True


READERS = {
    "small": Reader("fa", 320, scripts=False),
    "small, dark": Reader("en", 320, scheme="dark"),
    "middle": Reader("en", 768, scripts=False),
    "wide, dark": Reader("fa", 1280, scheme="dark"),
    "paper": Reader("fa", 1280, media="print"),
    "paper, dark": Reader("en", 768, scheme="dark", media="print", scripts=False),
}


@pytest.fixture
def base(live_server: LiveServer, lay_example: Laid) -> Iterator[str]:
    lay_example("practice")
    firstday.forget()
    kept.forget_kept()
    yield str(live_server.url).replace("127.0.0.1", "localhost")
    kept.forget_kept()


def test_everybody_can_read_every_kind_of_page(browser: Browser, base: str) -> None:
    faults = []
    for name, reader in READERS.items():
        context = browser.new_context(
            viewport={"width": reader.width, "height": 800},
            color_scheme=reader.scheme,
            java_script_enabled=reader.scripts,
        )
        page = context.new_page()
        page.emulate_media(media=reader.media, color_scheme=reader.scheme)
        for path in KINDS:
            answer = page.goto(f"{base}/{reader.language}/{path}")
            assert answer, path
            assert answer.status == 200, path
            faults += [f"{name}: {path}: {fault}" for fault in _faults(page, reader)]
        context.close()
    assert not faults, "\n".join(faults)


def _faults(page: Page, reader: Reader) -> list[str]:
    on_paper = reader.media == "print"
    look = page.evaluate(LOOK, on_paper)
    faults = [f"cannot be seen: {html}" for html in look["unseen"]]
    if look["over"] > 0:
        faults.append(f"hangs over by {look['over']} px")
    if look["words"] < 60:
        faults.append(f"{look['words']} signs of text")
    if on_paper:
        faults += [f"on paper: {html}" for html in look["ways"]]
    is_dark = reader.scheme == "dark" and not on_paper
    if (look["paper"] < 0.5) != is_dark or (look["ink"] > 0.5) != is_dark:
        faults.append(f"paper {look['paper']:.2f}, ink {look['ink']:.2f}")
    if is_dark:
        found = findings(page, runOnly=["color-contrast"])
        faults += [f"contrast: {n['html'][:100]}" for v in found for n in v["nodes"]]
    return faults


def test_a_reader_without_javascript_writes_to_the_secretariat(browser: Browser, base: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}/en/decisions/practice-2021/3/")
    page.get_by_role("link", name="Something wrong on this page?").click()
    page.get_by_label("What is wrong, and what would be right?").fill("The year is another one.")
    page.wait_for_timeout(3100)  # quicker than people read is refused
    page.get_by_role("button", name="Send").click()
    assert "Q-" in page.inner_text("main")
    assert context.cookies() == []
    context.close()
