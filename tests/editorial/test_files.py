"""Who may touch the files that pages show, and that what is deleted is found by nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.documents.forms import get_document_form
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from dabir.core import publicsearch
from dabir.core.models import AuditEntry, PublicEntry, SearchEntry
from dabir.core.search import stale_entries
from dabir.editorial.models import NewsPage, Paper, Picture
from tests.editorial.clients import signed_in
from tests.editorial.pictures import a_picture
from tests.editorial.test_pages import the_part
from tests.editorial.test_services import set_hour
from tests.editorial.written import a_page
from tests.factories.people import AT, ON, an_association

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def association() -> Any:
    return an_association()


def a_paper(name: str = "study.csv") -> Paper:
    return Paper.objects.create(title="Study", file=SimpleUploadedFile(name, b"city,trees\n"))


def shown_in_words(paper: Paper) -> Any:
    """A published page whose text links to the document."""
    link = f'<p><a linktype="document" id="{paper.pk}">Study</a></p>'
    return a_page("with-paper", body=[("text", link)])


def shown_on_top(picture: Picture, **changes: Any) -> Any:
    facts = {"on": ON, "lead": picture, "lead_alternative": "The sea"}
    return a_page("with-picture", facts=facts, **changes)


def touch(client: Client, file: Any) -> None:
    """Everything by which the admin changes or removes a file."""
    app, kind = (
        ("wagtailimages", "image") if isinstance(file, Picture) else ("wagtaildocs", "document")
    )
    new = SimpleUploadedFile("other.csv", b"other\n")
    client.post(reverse(f"{app}:edit", args=[file.pk]), {"title": "Other", "file": new})
    client.post(
        reverse(f"{app}:edit_multiple", args=[file.pk]), {f"{kind}-{file.pk}-title": "Other"}
    )
    client.post(reverse(f"{app}:delete", args=[file.pk]))
    client.post(reverse(f"{app}:delete_multiple", args=[file.pk]))
    label = file._meta.label_lower.split(".")
    bulk = reverse("wagtail_bulk_action", args=[*label, "delete"])
    client.post(f"{bulk}?id={file.pk}&next=/en/office/pages/")


def is_untouched(file: Any) -> bool:
    now = type(file).objects.filter(pk=file.pk).first()
    return now is not None and (now.title, now.file.name) == (file.title, file.file.name)


def test_a_writer_leaves_alone_what_the_public_sees() -> None:
    picture, paper = a_picture(), a_paper()
    shown_on_top(picture)
    shown_in_words(paper)
    writer = signed_in("expert")
    for file in (picture, paper):
        touch(writer, file)
        assert is_untouched(file), file


def test_a_writer_leaves_alone_what_was_approved_for_a_later_hour() -> None:
    paper = a_paper()
    page = a_page(body=[("quote", {"text": "Soon.", "by": "The harbour master"})])
    page.body = [("paper", {"paper": paper, "about": ""})]
    set_hour(page, go_live_at=AT + timedelta(days=400))
    touch(signed_in("expert"), paper)
    assert is_untouched(paper)


def test_a_writer_removes_what_nobody_sees_and_a_publisher_all() -> None:
    unseen, seen = a_paper("unseen.csv"), a_paper("seen.csv")
    shown_in_words(seen)
    signed_in("expert").post(reverse("wagtaildocs:delete", args=[unseen.pk]))
    chief = signed_in("secretary_general", email="chief@example.org")
    chief.post(reverse("wagtaildocs:delete", args=[seen.pk]))
    assert not Paper.objects.exists()


def test_every_way_in_and_out_of_a_file_is_in_the_trail() -> None:
    writer = signed_in("expert")
    for name in ("one.csv", "two.csv"):
        file = SimpleUploadedFile(name, b"city,trees\n")
        writer.post(reverse("wagtaildocs:add_multiple"), {"title": name, "files[]": file})
    numbers = list(Paper.objects.values_list("pk", flat=True))
    assert len(numbers) == 2
    asked = "&".join(f"id={number}" for number in numbers)
    bulk = reverse("wagtail_bulk_action", args=["editorial", "paper", "delete"])
    writer.post(f"{bulk}?{asked}&next=/en/office/pages/")
    entries = AuditEntry.objects.filter(target_kind="editorial_paper").order_by("pk")
    acts = [entry.act.partition(".")[2] for entry in entries]
    assert acts == ["bring_file", "bring_file", "remove_file", "remove_file"]
    assert {entry.actor["kind"] for entry in entries} == {"person"}


@pytest.mark.django_db(transaction=True)
def test_replaced_bytes_go_when_the_new_ones_are_there_for_good() -> None:
    paper = a_paper()
    before = paper.file.name
    new = {"file": SimpleUploadedFile("new.csv", b"city,trees,year\n")}
    with transaction.atomic():
        a_form(paper, new).save()
        transaction.set_rollback(True)
    paper.refresh_from_db()
    assert paper.file.name == before
    assert paper.file.storage.exists(before)
    new["file"].seek(0)
    a_form(paper, new).save()
    paper.refresh_from_db()
    assert paper.file.read() == b"city,trees,year\n"
    assert not paper.file.storage.exists(before)


def a_form(paper: Paper, files: dict[str, Any]) -> Any:
    given = {"title": "Study", "collection": paper.collection_id}
    form = get_document_form(Paper)(given, files, instance=Paper.objects.get(pk=paper.pk))
    assert form.is_valid(), form.errors
    return form


def test_a_deleted_page_is_found_by_nobody() -> None:
    one, others = a_page("one"), [a_page("two"), a_page("three")]
    chief = signed_in("secretary_general")
    assert PublicEntry.objects.filter(kind="page").count() == 3
    assert IndexEntry.objects.filter(object_id=str(one.pk)).exists()
    chief.post(reverse("wagtailadmin_pages:delete", args=[one.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    asked = "&".join(f"id={page.pk}" for page in others)
    chief.post(f"{bulk}?{asked}&next=/en/office/pages/")
    assert not NewsPage.objects.exists()
    assert not PublicEntry.objects.filter(kind="page").exists()
    assert not SearchEntry.objects.filter(kind="editorial_page").exists()
    assert not IndexEntry.objects.filter(object_id__in=[str(p.pk) for p in (one, *others)]).exists()
    assert list(publicsearch.stale()) == []
    assert list(stale_entries()) == []


def test_what_lies_below_a_deleted_page_is_found_by_nobody_either() -> None:
    a_page()
    the_part().delete()
    assert not PublicEntry.objects.filter(kind="page").exists()
    assert list(stale_entries()) == []


def test_a_copy_begins_as_a_draft_and_a_page_stays_in_its_part() -> None:
    page = a_page()
    chief = signed_in("secretary_general")
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    shown = chief.get(address).content.decode()
    assert 'name="alias"' not in shown
    assert 'name="publish_copies"' not in shown
    given = {"new_title": "Copy", "new_parent_page": the_part().pk, "publish_copies": "on"}
    for slug in ("copy", "alias"):
        chief.post(
            address, {"new_slug": slug, **given, **({"alias": "on"} if slug == "alias" else {})}
        )
    copies = NewsPage.objects.exclude(pk=page.pk)
    assert [(copy.live, copy.alias_of_id) for copy in copies] == [(False, None)] * 2
    elsewhere = the_part("views")
    chief.post(address, {**given, "new_slug": "third", "new_parent_page": elsewhere.pk})
    chief.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, elsewhere.pk]))
    assert not Page.objects.child_of(elsewhere).exists()


@pytest.mark.parametrize("act", ["publish", "create_alias"])
def test_programs_have_no_way_around_approval(act: str) -> None:
    page = a_page()
    page.unpublish()
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, act])
    assert signed_in("secretary_general").post(address).status_code == 404
    assert Page.objects.filter(live=True, depth=4).count() == 0
