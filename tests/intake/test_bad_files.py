"""Every kind of bad file through the office's upload, and a PDF with the pictures of its pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dabir.documents.models import Document, StoredFile
from dabir.intake.models import MachineReading, Receipt, WaitingBytes
from tests.decisions.worker import do_waiting_work
from tests.factories.people import a_holder, an_association
from tests.text.readers import made

pytestmark = pytest.mark.django_db
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
PDF = Path(__file__).parents[1] / "text" / "fixtures" / "pdf" / "cairo-dejavu.pdf"


@pytest.fixture
def expert() -> Client:
    an_association()
    client = Client()
    user = a_holder("expert", email="expert@example.org")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def receive(client: Client, **files: bytes) -> None:
    """Send files as the form does and let the worker read them; `_` stands for the dot."""
    sent = [SimpleUploadedFile(name.replace("_", "."), data) for name, data in files.items()]
    given = {"language": "fa", "purpose": "new", "kind": "declaration", "files": sent}
    assert client.post("/fa/office/intake/receive/", given).status_code == 302
    do_waiting_work()


def test_every_kind_of_bad_file_is_refused_in_words_and_nothing_else_is_kept(
    expert: Client,
) -> None:
    text = made.typeset(["ما شهرداران شهرها؛"])
    receive(
        expert,
        locked_pdf=made.locked(text),
        scan_pdf=made.picture_only(),
        signs_pdf=made.outlines_only(),
        loop_pdf=made.looping_pages(),
        pages_pdf=made.many_pages(2000),
        entities_docx=made.word(made.paragraph("x"), head=ENTITIES),
        named_docx=text,
        empty_txt=b"",
        bytes_txt=b"\x00\x01\x02\x03" * 500,
        photo_jpg=b"\xff\xd8\xff" + b"0" * 400,
    )
    rows = Receipt.objects.order_by("name")
    codes = {row.name: (row.state, (row.refusal or {}).get("code")) for row in rows}
    assert {state for state, _code in codes.values()} == {"refused"}, codes
    assert codes["locked.pdf"][1] == "encrypted"
    assert codes["scan.pdf"][1] == "scanned"
    assert codes["signs.pdf"][1] == "no_text"
    assert codes["pages.pdf"][1] == "too_many_pages"
    assert codes["entities.docx"][1] == "hostile"
    assert codes["named.docx"][1] == "wrong_name"
    assert codes["empty.txt"][1] == "empty"
    assert codes["photo.jpg"][1] == "picture"
    for model in (StoredFile, WaitingBytes, MachineReading, Document):
        assert not model.objects.exists(), model
    shown = expert.get("/fa/office/intake/").content.decode()
    assert "پرونده با گذرواژه قفل شده است" in shown
    assert "۵۰۰ صفحه" in shown


def test_pdf_is_reviewed_beside_the_pictures_of_its_pages(expert: Client) -> None:
    receive(expert, declaration_pdf=PDF.read_bytes())
    receipt = Receipt.objects.get()
    assert receipt.state == "review"
    address = f"/fa/office/intake/{receipt.public_id}/"
    shown = expert.get(address).content.decode()
    assert f"{address}pages/1.png" in shown
    picture = expert.get(f"{address}pages/1.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert "private" in picture["Cache-Control"]
    assert expert.get(f"{address}pages/999.png").status_code == 404
    assert Client().get(f"{address}pages/1.png").status_code == 302
