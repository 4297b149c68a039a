"""Every kind of page of the office, in both languages: no serious finding of axe, nothing hanging over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from dabir.core import firstday
from tests.browser import looked_at
from tests.browser.axe import bring, grave_findings
from tests.factories.people import a_holder
from tests.plugins.examples import Laid

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "office/",
    "office/register/",
    "office/register/?group=declaration&silence=30",
    "office/not-carried-out/",
    "office/in-force/assembly-2/",
    "office/programmes/",
    "office/documents/",
    "office/documents/practice-2021/",
    "office/decisions/practice-2021/9/",
    "office/decisions/practice-2021/P1/",
    "office/decisions/board-2025/1/",
    "office/decisions/new/",
    "office/decisions/practice-2021/3/relate/",
    "office/decisions/practice-2021/3/commit/",
    "office/clauses/practice-2021/9/erratum/",
    "office/commitments/practice-2021/3/c1/",
    "office/commitments/practice-2021/3/c1/report/",
    "office/commitments/practice-2021/3/c1/deadline/",
    "office/commitments/practice-2021/3/c1/ask/",
    "office/documents/new/",
    "office/reports/",
    "office/reports/draft/",
    "office/reports/{report}/",
    "office/reports/{report}/1/",
    "office/activity/{activity}/accept/",
    "office/evidence/{evidence}/withdraw/",
    "office/people/",
    "office/places/",
    "office/places/countries/",
    "office/places/tamrinshahr/",
    "office/places/tamrinshahr/values/add/",
    "office/places/tamrinshahr/change/",
    "office/posts/{post}/",
    "office/posts/{post}/move/",
    "office/posts/{post}/close/",
    "office/mandates/{mayor}/mayor/",
    "office/doubles/",
    "office/doubles/city/tamrinshahr/mashqabad/",
    "office/addresses/",
    "office/rights/",
    "office/glossary/",
    "office/import/",
    "office/import/decisions/",
    "office/intake/",
    "office/intake/receive/",
    "office/intake/{review}/?doubt=w0",
    "office/intake/{review}/about/",
    "office/intake/{review}/parts/m1/findings/",
    "office/intake/{review}/compare/",
    "office/intake/{unread}/",
    "office/trail/",
    "office/trail/1/",
    "account/",
    "sign-in-address/",
    "office/letters/",
    "office/letters/enter/",
    "office/readers/",
    "office/readers/{enquiry}/",
    "office/readers/{enquiry}/answer/",
    "office/readers/{enquiry}/close/",
    "office/newsletter/",
    "office/newsletter/begin/",
    "office/newsletter/end/",
    "office/newsletter/{issue}/",
    "office/newsletter/{issue}/approve/",
    "office/letters/book/",
    "office/letters/write/",
    "office/letters/models/",
    "office/letters/models/invitation/",
    "office/mail/",
    "office/letters/{incoming}/",
    "office/letters/{incoming}/answer/",
    "office/outbox/",
    "office/links/",
    "office/outbox/{letter}/",
    "office/members/",
    "office/members/nemunak/",
    "office/members/nemunak/standing/?on=2027-05-12",
    "office/members/nemunak/suspend/",
    "office/members/mashqabad/dues/",
    "office/applications/",
    "office/applications/receive/",
    "office/applications/checklist/",
    "office/applications/{application}/",
    "office/applications/{application}/examine/contact-named/",
    "office/standing/",
    "office/standing/{standing}/?vote=no",
    "office/my-city/nemunak/",
    "office/import/members/",
    "cities/",
    "cities/nemunak/",
    "certificates/",
    "office/meetings/",
    "office/meetings/assembly-4/",
    "office/organs/",
    "office/organs/executive-board/",
    "office/organs/treasurer/",
    "office/organs/found/",
    "office/organs/findings/",
    "office/organs/timeline/",
    "office/organs/executive-board/do/elect/",
    "office/organs/committee-water/seats/1/replace/",
    "office/organs/committee-water/acts/1/annul/",
    "office/rules/",
    "office/rules/compare/",
    "office/rules/adopt/",
    "office/search/?q=باغ",
)


# Links of letters, which open for whoever they were given to: nobody is signed in there.
BY_LINK = ("received/{received}/", "sign-in-address/{address}/")

# The public pages, as a stranger.
PUBLIC_PAGES = (
    "",
    "decisions/",
    "decisions/practice-2021/",
    "decisions/practice-2021/3/",
    "decisions/practice-2021/P1/",
    "follow-up/?status=delayed&words=گرما",
    "reports/",
    "forum/",
    "forum/organs/",
    "forum/organs/executive-board/",
    "forum/people/",
    "forum/history/",
    "forum/sessions/assembly-2/",
    "forum/rules/",
    "forum/hosts/",
    "cities/",
    "knowledge/",
    "news/",
    "news/board-met/",
    "news/reading-room/",
    "views/",
    "views/small-promises/",
    "events/follow-up-workshop/",
    "galleries/",
    "galleries/one-year/",
    "library/",
    "about/the-union/",
    "api/",
    "search/?q=گرما",
    "contact/",
    "newsletter/",
    "newsletter/asked/",
    "newsletter/issues/",
    "newsletter/issues/N-2026-01/",
    "security/",
    "contact/page/?page=/fa/decisions/practice-2021/3/",
)


@pytest.fixture
def base(live_server: LiveServer) -> str:
    firstday.forget()
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def places(transactional_db: None, lay_example: Laid) -> dict[str, str]:
    """The practice union with a frozen report and a letter; what the addresses above need."""
    lay_example("looked_at")
    return looked_at.places()


@pytest.fixture
def desk(browser: Browser, base: str, places: dict[str, str]) -> Iterator[BrowserContext]:
    """The Secretary General, signed in."""
    user = a_holder("secretary_general", "administrator", email="sg@example.org")
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    key = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
    yield context
    context.close()


# A third of the pages in each test, so that all processors have work to the end.
PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_page_is_clean(
    browser: Browser,
    desk: BrowserContext,
    base: str,
    places: dict[str, str],
    language: str,
    part: int,
) -> None:
    letters, visitor = browser.new_context(), browser.new_context()
    for context in (desk, letters, visitor):
        bring(context)
    office, by_link, stranger = desk.new_page(), letters.new_page(), visitor.new_page()
    faults: list[str] = []
    heard: list[str] = []
    complaints: list[str] = []
    for page in (office, by_link, stranger):
        page.on("request", lambda r: heard.append(r.url))
    stranger.on("console", lambda m: complaints.append(m.text))
    visits = [(office, path, 390) for path in PAGES]
    visits += [(by_link, path, 390) for path in BY_LINK]
    visits += [(stranger, path, 320) for path in PUBLIC_PAGES]
    for page, path, narrow in visits[part::PARTS]:
        address = f"{base}/{language}/{path.format(**places)}"
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            faults.append(f"{path}: {answer and answer.status}")
            continue
        if page.locator("h1").count() != 1:
            faults.append(f"{path}: {page.locator('h1').count()} first headings")
        faults += [f"{path}: {rule} {html[:120]}" for rule, html in grave_findings(page)]
        page.set_viewport_size({"width": narrow, "height": 844})
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            faults.append(f"{path}: hangs over by {over} px at {narrow}")
    outside = sorted({u for u in heard if not u.startswith((base, "data:", "blob:"))})
    letters.close()
    assert not faults, "\n".join(faults)
    assert complaints == []
    assert visitor.cookies() == []
    visitor.close()
    assert outside == []
