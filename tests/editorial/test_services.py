"""Set hours, what may not be missing, files that strangers get, and what a public page costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision

from dabir.config.working import show_due_pages
from dabir.core import kept
from dabir.core.errors import InvalidInput
from dabir.core.models import AuditEntry
from dabir.editorial.forms import PaperForm, PictureForm
from dabir.editorial.models import NewsPage, Paper, Picture
from dabir.editorial.queries import is_publishing_due, pages_ended
from dabir.editorial.services import (
    _show,
    _take_down,
    bring_picture,
    publish_due,
)
from tests.editorial.clients import signed_in
from tests.editorial.pictures import a_picture, png
from tests.editorial.written import a_page
from tests.factories.people import AT, ON, SIGNED, an_association

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def association() -> Any:
    kept.forget_kept()
    return an_association()


def set_hour(page: Any, **hours: Any) -> Any:
    for name, value in hours.items():
        setattr(page, name, value)
    revision = page.save_revision()
    revision.publish()
    return revision


def acts() -> list[str]:
    entries = AuditEntry.objects.filter(act__startswith="editorial.").order_by("pk")
    return [entry.act.partition(".")[2] for entry in entries]


def test_a_page_appears_and_disappears_at_its_hours() -> None:
    page = a_page()
    later = AT + timedelta(days=400)
    page.unpublish()
    set_hour(page, go_live_at=later, expire_at=later + timedelta(days=1))
    assert Client().get("/en/news/harbour/").status_code == 404
    assert not is_publishing_due(AT)
    assert is_publishing_due(later)
    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        assert publish_due(by=SIGNED["by"], on=ON, at=timezone.now()) == 1
        assert publish_due(by=SIGNED["by"], on=ON, at=timezone.now()) == 0
    assert Client().get("/en/news/harbour/").status_code == 200
    with time_machine.travel(later + timedelta(days=2), tick=False):
        assert publish_due(by=SIGNED["by"], on=ON, at=timezone.now()) == 1
    assert Client().get("/en/news/harbour/").status_code == 404
    assert acts()[-2:] == ["publish_page", "unpublish_page"]


def test_a_page_in_which_something_is_missing_loses_its_hour_and_stops_no_other() -> None:
    faulty, sound = a_page("faulty"), a_page("sound")
    later = AT + timedelta(days=400)
    for page in (faulty, sound):
        page.unpublish()
        set_hour(page, go_live_at=later)
    revision = Revision.objects.filter(object_id=str(faulty.pk)).latest("pk")
    revision.content["intro"] = ""
    revision.save()
    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        publish_due(by=SIGNED["by"], on=ON, at=timezone.now())
    assert not NewsPage.objects.get(pk=faulty.pk).live
    assert NewsPage.objects.get(pk=sound.pk).live
    assert not is_publishing_due(later)
    assert acts()[-2:] == ["unschedule_page", "publish_page"]


def test_a_fault_with_one_page_stops_neither_the_others_nor_the_worker(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken, sound, ended = a_page("broken"), a_page("sound"), a_page("ended")
    later = AT + timedelta(days=400)
    for page in (broken, sound):
        page.unpublish()
        set_hour(page, go_live_at=later)
    set_hour(ended, expire_at=later)
    Revision.objects.filter(object_id=str(broken.pk), approved_go_live_at=later).update(content={})
    with time_machine.travel(later + timedelta(minutes=1), tick=False):
        show_due_pages()
        assert is_publishing_due(timezone.now()), "the broken one is tried again"
    assert sorted(NewsPage.objects.live().values_list("slug", flat=True)) == ["sound"]
    assert "could not be done" in caplog.text


def test_an_address_too_long_for_the_trail_is_refused() -> None:
    with pytest.raises(InvalidInput):
        a_page("x" * 200)
    assert not NewsPage.objects.exists()


def test_what_was_changed_since_it_was_looked_at_is_left_alone() -> None:
    page = a_page()
    later = AT + timedelta(days=400)
    set_hour(page, expire_at=later)
    assert pages_ended(later).exists()
    NewsPage.objects.filter(pk=page.pk).update(expire_at=None)
    assert not _take_down(page.pk, by=SIGNED["by"], on=ON, at=later)
    assert not _show(page.latest_revision_id, by=SIGNED["by"], on=ON, at=later)
    assert NewsPage.objects.get(pk=page.pk).live


def test_no_picture_without_words_for_it() -> None:
    shown = a_picture()
    with pytest.raises(InvalidInput):
        a_page(facts={"on": ON, "lead": shown})
    with pytest.raises(InvalidInput):
        a_page("second", body=[("picture", {"picture": shown, "alternative": "", "caption": ""})])
    assert not NewsPage.objects.filter(live=True).exists()


def test_a_picture_is_brought_in_and_what_is_none_is_refused() -> None:
    given = {"title": "Sea", "credit": "The harbour office"}
    picture = bring_picture(data=png(), name="../sea.png", **given, **SIGNED)
    assert (picture.width, picture.credit) == (1200, "The harbour office")
    assert picture.file.name.startswith("pictures/sea")
    assert picture.file_hash
    assert acts() == ["bring_file"]
    for data in (b"%PDF-1.7 no picture", b"<svg/>"):
        with pytest.raises(InvalidInput):
            bring_picture(data=data, name="sea.png", **given, **SIGNED)
    assert acts() == ["bring_file"]


def test_pictures_are_small_webp_from_this_host() -> None:
    words = {"lead_alternative": "The sea at noon"}
    written = a_page(facts={"on": ON, "lead": a_picture(), **words})
    page = Client().get("/en/news/harbour/").content.decode()
    assert 'alt="The sea at noon"' in page
    assert "/pictures/" in page and ".webp" in page  # noqa: PT018  one sentence
    address = page.split('srcset="')[1].split()[0]
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer["Cache-Control"]
    written.unpublish()
    assert Client().get(address).status_code == 404
    seen = signed_in("expert").get(address)
    assert (seen.status_code, seen["Cache-Control"]) == (200, "private, no-cache")
    assert Client().get("/pictures/../dabir.sqlite3").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), ("a.html", b"<p>x</p>"),
     ("a.pdf", b"<html><script>alert(1)</script>")],
)  # fmt: skip
def test_what_a_browser_could_run_is_refused(name: str, content: bytes) -> None:
    from wagtail.documents.forms import get_document_form
    from wagtail.images.forms import get_image_form

    for form_class, base in (
        (get_document_form(Paper), PaperForm),
        (get_image_form(Picture), PictureForm),
    ):
        assert issubclass(form_class, base)
        form = form_class({"title": "x"}, {"file": SimpleUploadedFile(name, content)})
        form.fields["file"].required = True
        assert not form.is_valid()
        assert "file" in form.errors


def test_strangers_get_a_document_only_while_a_published_page_uses_it() -> None:
    file = SimpleUploadedFile("study.csv", b"city,trees\nazmoon,12\n")
    paper = Paper.objects.create(title="Study", file=file)
    assert Client().get(f"/en{paper.url[3:]}").status_code == 404
    page = a_page(kind="papers", facts={"on": ON, "paper": paper, "source": "Office"}, body=[])
    answer = Client().get(f"/en{paper.url[3:]}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    page.unpublish()
    assert Client().get(f"/en{paper.url[3:]}").status_code == 404


def test_an_address_that_was_public_does_not_change() -> None:
    page = a_page()
    page.slug = "other"
    with pytest.raises(ValidationError):
        page.save_revision().publish()


def test_the_other_language_is_offered_and_a_missing_one_is_said() -> None:
    english = a_page()
    assert "not there in your language" not in Client().get("/en/news/harbour/").content.decode()
    assert "هنوز به زبان شما نیست" in Client().get("/fa/news/harbour/").content.decode()
    a_page(language="fa", title="بندر باز شد", version_of=english)
    persian = Client().get("/fa/news/harbour/").content.decode()
    assert "بندر باز شد" in persian
    assert 'hreflang="en" href="http://testserver/en/news/harbour/"' in persian


def test_a_page_speaks_its_own_language_whoever_reads_it() -> None:
    figure = {"number": "12", "counts": "trees", "source": "The gardener", "source_url": ""}
    paper = Paper(title="Study", file=SimpleUploadedFile("study.csv", b"city,trees\n" * 200))
    paper._set_document_file_metadata()
    paper.save()
    facts = {"on": ON, "source": "Office", "paper": paper}
    a_page(kind="papers", facts=facts, body=[("figure", figure)])
    answer = Client().get("/fa/library/harbour/")
    page = answer.content.decode()
    own = page[page.index('class="written-body"') :].partition("</div>")[0]
    assert "Source:" in own
    assert "منبع:" not in own
    assert "۲.۱" in page, "the size in the reader's own digits"


def test_the_head_of_an_answer_names_only_the_languages_that_are_there() -> None:
    a_page()
    for address in ("/en/news/harbour/", "/fa/news/harbour/"):
        answer = Client().get(address)
        assert 'hreflang="en"' in answer["Link"]
        assert 'hreflang="fa"' not in answer["Link"], answer["Link"]


def test_pages_are_found_fed_and_mapped() -> None:
    a_page()
    client = Client()
    assert b"/en/news/harbour/" in client.get("/en/search/?q=harbour").content
    feed = client.get("/en/news.atom").content
    assert b"Harbour opened" in feed
    assert b"<author><name>Test Union</name></author>" in feed
    assert b"/en/news/harbour/" in client.get("/sitemap.xml").content
    assert b'"NewsArticle"' in client.get("/en/news/harbour/").content
    assert b"Harbour opened" in client.get("/en/").content


@pytest.mark.parametrize("address", ["/en/", "/en/news/", "/en/news/harbour/", "/en/views/"])
def test_public_pages_cost_few_statements(address: str) -> None:
    for number in range(8):
        a_page(f"harbour-{number}")
    a_page()
    client = Client()
    client.get(address)
    kept.forget_kept()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= 20, [q["sql"][:120] for q in asked]


def test_a_page_changes_the_name_of_every_public_page() -> None:
    a_page()
    client = Client()
    first = client.get("/en/news/harbour/")
    again = client.get("/en/news/harbour/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    a_page("another")
    assert client.get("/en/news/harbour/")["ETag"] != first["ETag"]
