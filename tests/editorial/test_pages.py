"""The secretariat's pages: who writes, who approves, what must stand, what strangers see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, reverse
from wagtail.models import Locale, WorkflowState

from dabir.core import kept
from dabir.core.models import AuditEntry
from dabir.editorial import urls
from dabir.editorial.models import NewsPage, Section
from dabir.editorial.queries import MODELS
from dabir.editorial.views.door import _starting_fields
from tests.editorial.clients import signed_in
from tests.editorial.pictures import a_picture
from tests.factories.people import an_association

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def association() -> Any:
    kept.forget_kept()
    return an_association()


def the_part(kind: str = "news", language: str = "en") -> Section:
    return Section.objects.get(kind=kind, locale__language_code=language)


FIELDS = {
    "title": "Harbour opened",
    "slug": "harbour-opened",
    "intro": "The harbour of Azmoon is open again.",
    "on": "2026-11-20",
    "source": "Minutes of the harbour board",
    "lead": "",
    "lead_alternative": "",
    "body-count": "1",
    "body-0-deleted": "",
    "body-0-order": "0",
    "body-0-type": "quote",
    "body-0-id": "",
    "body-0-value-text": "Ships are back.",
    "body-0-value-by": "The harbour master",
}


def write(client: Client, kind: str = "news", language: str = "en", **changes: str) -> Any:
    part = the_part(kind, language)
    address = reverse(
        "wagtailadmin_pages:add", args=["editorial", MODELS[kind]._meta.model_name, part.pk]
    )
    return client.post(address, FIELDS | changes)


def test_a_writer_submits_and_the_secretary_general_approves() -> None:
    writer = signed_in("expert", email="writer@example.org")
    answer = write(writer, **{"action-submit": "yes"})
    assert answer.status_code == 302, answer.content[:3000]
    page = NewsPage.objects.get()
    assert not page.live
    assert Client().get("/en/news/harbour-opened/").status_code == 404
    chief = signed_in("secretary_general", email="chief@example.org")
    state = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    refused = writer.post(approve)
    page.refresh_from_db()
    assert not page.live, refused.status_code
    chief.post(approve)
    shown = Client().get("/en/news/harbour-opened/")
    assert shown.status_code == 200
    assert b"Ships are back." in shown.content
    assert not shown.cookies
    acts = list(AuditEntry.objects.filter(act__startswith="editorial.").order_by("pk"))
    assert [entry.act for entry in acts] == [
        "editorial.submit_page",
        "editorial.approve_page",
        "editorial.publish_page",
    ]


def test_what_waits_for_approval_or_came_back_stands_on_the_desk(
    django_assert_max_num_queries: Any,
) -> None:
    writer = signed_in("expert", email="writer@example.org")
    chief = signed_in("secretary_general", email="chief@example.org")
    for slug in ("one", "two"):
        write(writer, title=f"Harbour {slug}", slug=slug, **{"action-submit": "yes"})
    chief.get("/en/office/")
    with django_assert_max_num_queries(26):
        desk = chief.get("/en/office/")
    (waiting,) = (kind for kind in desk.context["waiting"] if kind.key == "pages")
    assert (waiting.number, len(waiting.things)) == (2, 2)
    page = NewsPage.objects.get(slug="one")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert edit in [thing.url for thing in waiting.things]
    assert b"workflow-action-name" in chief.get(edit).content
    state = page.current_workflow_task_state
    back = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])
    chief.post(back, {"comment": "Say which harbour."})
    (returned,) = (
        kind
        for kind in writer.get("/en/office/").context["waiting"]
        if kind.key == "returned_pages"
    )
    assert [(thing.url, thing.note) for thing in returned.things] == [(edit, "Say which harbour.")]
    assert b"Submit again" in writer.get(edit).content
    kinds = {kind.key: kind.number for kind in chief.get("/en/office/").context["waiting"]}
    assert kinds["pages"] == 1
    assert "returned_pages" not in kinds


def test_the_parts_of_the_site_are_there_for_good() -> None:
    chief, part = signed_in("secretary_general"), the_part()
    for act in ("delete", "unpublish", "move", "copy"):
        chief.post(reverse(f"wagtailadmin_pages:{act}", args=[part.pk]))
    asked = f"?id={part.pk}&next=/en/office/pages/"
    for act in ("delete", "unpublish"):
        chief.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", act]) + asked)
    part.refresh_from_db()
    assert part.live
    assert Section.objects.count() == 12


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("events", {"starts_on": "2026-11-20", "ends_on": "2026-11-19"}),
        (
            "news",
            {
                "body-0-type": "clause",
                "body-0-value-code": "no-such-text/1",
                "body-0-value-why": "",
            },
        ),
        ("news", {"lead": "picture", "lead_alternative": " "}),
    ],
    ids=["ends before it begins", "a code that opens nothing", "a picture without words"],
)
def test_what_is_wrong_in_a_page_is_said_and_not_submitted(
    kind: str, changes: dict[str, str]
) -> None:
    given = changes | ({"lead": str(a_picture().pk)} if "lead" in changes else {})
    answer = write(signed_in("expert"), kind, **given, **{"action-submit": "yes"})
    assert answer.status_code == 200
    assert b"could not be" in answer.content
    assert not WorkflowState.objects.exists()


def test_a_writer_cannot_publish() -> None:
    writer = signed_in("expert")
    write(writer, **{"action-publish": "yes"})
    assert not NewsPage.objects.filter(live=True).exists()


def test_others_do_not_come_in() -> None:
    for client in (signed_in("treasurer", email="m@example.org"), signed_in(email="n@example.org")):
        assert client.get(reverse("wagtailadmin_home")).status_code == 403
    assert "/account/login/" in Client().get(reverse("wagtailadmin_home"))["Location"]


def test_every_address_of_the_admin_is_behind_the_door() -> None:
    ahead, seen = list(urls.urlpatterns), 0
    while ahead:
        pattern = ahead.pop()
        if isinstance(pattern, URLResolver):
            ahead += pattern.url_patterns
            continue
        assert pattern.callback.asks_for == "editorial.write_page", pattern
        seen += 1
    assert seen > 100


def test_the_admin_opens() -> None:
    chief = signed_in("secretary_general")
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[the_part().pk]),
        reverse("wagtailadmin_pages:add", args=["editorial", "newspage", the_part().pk]),
        reverse("wagtailimages:index"),
        reverse("wagtaildocs:index"),
    ):
        answer = chief.get(address)
        assert answer.status_code == 200, address
        assert "unsafe-eval" not in answer["Content-Security-Policy"]


def test_the_rail_leads_to_pages_pictures_documents_and_the_desk() -> None:
    home = signed_in("expert").get(reverse("wagtailadmin_home")).content.decode()
    for place in ("office/pages/images/", "office/pages/documents/", "/en/office/"):
        assert place in home
    news = Section.objects.get(kind="news", locale__language_code="en")
    assert f'<a href="{reverse("wagtailadmin_explore", args=[news.pk])}">News</a>' in home


def test_locales_are_those_of_the_house() -> None:
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == ["en", "fa"]


def test_only_scripts_that_start_a_field_may_stand_in_a_page() -> None:
    page = "".join(
        f"<script>{said}</script>"
        for said in (
            'new ImageChooser("id_lead", {"modalUrl": "/en/"});',
            'initDateChooser("id_on", {"format": "Y-m-d"});',
            "alert(1);",
            'new ImageChooser("id_lead"); alert(1);',
            "new ImageChooser(alert(1));",
        )
    )
    assert len(list(_starting_fields(page))) == 2
    address = reverse("wagtailadmin_pages:add", args=["editorial", "newspage", the_part().pk])
    answer = signed_in("expert").get(address)
    in_page = answer.content.decode().count("<script>")
    assert in_page == answer["Content-Security-Policy"].count("'sha256-") > 0
    assert (
        "'unsafe-inline'"
        not in answer["Content-Security-Policy"].partition("script-src")[2].partition(";")[0]
    )


def test_the_rail_speaks_the_language_of_the_page() -> None:
    chief = signed_in("secretary_general")
    for language, other in (("fa", "en"), ("en", "fa")):
        home = chief.get(f"/{language}/office/pages/").content.decode()
        props = home.partition("wagtail-sidebar-props")[2].partition("</script>")[0]
        assert f"/{language}/office/pages/images/" in props
        assert f"/{other}/" not in props
        assert "Test Union" in home or "اتحادیهٔ آزمون" in home


def test_scripts_of_the_admin_speak_persian() -> None:
    said = signed_in("expert").get("/fa/office/pages/jsi18n/").content.decode()
    assert json.dumps("گشودن همه") in said
