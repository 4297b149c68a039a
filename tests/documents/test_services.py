"""Texts clause by clause, errata that keep the old text, and files kept by their content."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from dabir.core.errors import InvalidInput
from dabir.core.models import AuditEntry
from dabir.documents.models import Document, LanguageVersion, Node, NodeText, StoredFile
from dabir.documents.services import (
    add_clause,
    add_document,
    add_version,
    correct_text,
    file_path,
    read_file,
    store_file,
)
from dabir.documents.uploads import check_upload, harmless_name, kind_of
from tests.factories.people import AT, ON, SIGNED

pytestmark = pytest.mark.django_db
LATER = SIGNED | {"on": ON + timedelta(days=1), "at": AT + timedelta(days=1)}


def _document(**changes: Any) -> Document:
    given = {"public_id": "union-2026", "kind": "declaration", "titles": {"en": "Declaration"}}
    return add_document(**(given | changes), **SIGNED)


def _clause(document: Document, node_id: str = "1", **changes: Any) -> Node:
    given: dict[str, Any] = {"texts": {"fa": "متن", "en": "Text"}, "labels": {"en": "1."}}
    return add_clause(document=document, node_id=node_id, **(given | changes), **SIGNED)


def _stored(data: bytes = b"evidence", **changes: Any) -> StoredFile:
    given = {"name": "letter.txt", "media_type": "text/plain", "at": AT}
    return store_file(data=data, **(given | changes))


def test_add_document_and_its_versions_tell_the_trail() -> None:
    document = _document(adopted_on=ON, source="minutes")
    add_version(document=document, language="fa", state="authentic", **SIGNED)
    add_version(document=document, language="en", state="unofficial", **SIGNED)
    acts = list(AuditEntry.objects.order_by("sequence").values_list("act", "target_id"))
    assert acts == [
        ("documents.add_document", "union-2026"),
        ("documents.add_version", "union-2026"),
        ("documents.add_version", "union-2026"),
    ]
    assert AuditEntry.objects.first().after["source"] == "minutes"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"kind": "rumour"}, "kind"), ({"public_id": "a b"}, "public_id"), ({"titles": {}}, "titles")],
)
def test_add_document_that_cannot_stand_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        _document(**changes)
    assert field in refusal.value.fields
    assert not Document.objects.exists()
    assert not AuditEntry.objects.exists()


def test_add_version_in_one_language_twice_or_authentic_in_two_is_refused() -> None:
    document = _document()
    add_version(document=document, language="fa", state="authentic", **SIGNED)
    with pytest.raises(InvalidInput):
        add_version(document=document, language="fa", state="unofficial", **SIGNED)
    with pytest.raises(InvalidInput, match="authentic"):
        add_version(document=document, language="en", state="authentic", **SIGNED)
    assert LanguageVersion.objects.count() == 1
    assert AuditEntry.objects.filter(act="documents.add_version").count() == 1


def test_add_clause_stands_in_the_order_of_the_text() -> None:
    document = _document()
    first = _clause(document, "4", kinds=["priority"])
    second = _clause(document, "4.b", parent=first)
    assert (first.position, second.position) == (1, 2)
    assert second.public_id == "union-2026/4.b"
    assert not second.is_recital
    assert {t.language: (t.text, t.revision) for t in first.texts.all()} == {
        "fa": ("متن", 1),
        "en": ("Text", 1),
    }
    entry = AuditEntry.objects.filter(act="documents.add_clause").first()
    assert (entry.target_id, entry.after["kinds"]) == ("union-2026/4", ["priority"])


def test_add_clause_of_an_unknown_kind_is_refused() -> None:
    document = _document()
    with pytest.raises(InvalidInput, match="rumour"):
        _clause(document, kinds=["priority", "rumour"])
    assert not Node.objects.exists()


def test_add_clause_under_an_id_already_given_is_refused_with_its_texts() -> None:
    document = _document()
    _clause(document)
    with pytest.raises(InvalidInput):
        _clause(document)
    assert NodeText.objects.count() == 2


def test_correct_text_keeps_the_old_text_and_the_reason() -> None:
    node = _clause(_document())
    new = correct_text(node=node, language="en", text="Texts", reason="Copied wrongly", **LATER)
    assert new.revision == 2
    english = node.texts.filter(language="en").order_by("revision")
    assert [t.text for t in english] == ["Text", "Texts"]
    assert node.texts.get(language="fa").text == "متن"
    entry = AuditEntry.objects.get(act="documents.correct_text")
    assert (entry.before["text"], entry.after["text"]) == ("Text", "Texts")
    assert entry.reason == "Copied wrongly"


def test_correct_text_in_a_language_not_yet_there_is_its_first_text() -> None:
    node = _clause(_document())
    assert correct_text(node=node, language="tr", text="Metin", reason="new", **LATER).revision == 1


@pytest.mark.parametrize(
    "changes", [{"reason": "  "}, {"reason": ""}, {"text": "Text"}, {"text": ""}]
)
def test_correct_text_without_reason_or_change_is_refused(changes: dict[str, str]) -> None:
    node = _clause(_document())
    given = {"language": "en", "text": "Texts", "reason": "Copied wrongly"}
    with pytest.raises(InvalidInput) as refusal:
        correct_text(node=node, **(given | changes), **LATER)
    assert refusal.value.code == "invalid_input"
    assert node.texts.count() == 2
    assert not AuditEntry.objects.filter(act="documents.correct_text").exists()


def test_impossible_texts_are_refused_by_the_database() -> None:
    document = _document()
    node = _clause(document)
    stamp = {"on": ON, "at": AT, "by": SIGNED["by"].as_dict()}
    rows: list[Any] = [
        lambda: NodeText.objects.create(
            node=node, language="en", revision=2, text="x", reason="", **stamp
        ),
        lambda: NodeText.objects.create(
            node=node, language="en", revision=1, text="x", reason="y", **stamp
        ),
        lambda: Node.objects.create(document=document, node_id="1", position=9),
        lambda: Node.objects.create(document=document, node_id="9", position=1),
    ]
    for row in rows:
        with pytest.raises(IntegrityError), transaction.atomic():
            row()


def test_store_file_keeps_the_same_bytes_once() -> None:
    data = b"the same bytes"
    first, again = _stored(data), _stored(data, name="another name.txt")
    assert first == again
    assert first.sha256 == hashlib.sha256(data).hexdigest()
    assert read_file(first) == data
    assert file_path(first.sha256) == f"{first.sha256[:2]}/{first.sha256}"


def test_store_file_mends_what_a_killed_process_left() -> None:
    data = b"a whole file"
    path = file_path(hashlib.sha256(data).hexdigest())
    default_storage.delete(path)
    default_storage.save(path, ContentFile(data[:4]))
    assert read_file(_stored(data)) == data


def test_read_file_refuses_bytes_that_were_changed() -> None:
    file = _stored(b"as received")
    path = file_path(file.sha256)
    default_storage.delete(path)
    default_storage.save(path, ContentFile(b"as wanted!!"))
    with pytest.raises(InvalidInput, match=r"letter\.txt"):
        read_file(file)
    default_storage.delete(path)


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7 ...", "x.exe", "application/pdf"),
        (PNG, "x.pdf", "image/png"),
        (b"\xff\xd8\xff\xe0", "x", "image/jpeg"),
        (b"RIFF0000WEBPVP8 ", "x", "image/webp"),
        ("متن".encode(), "x.txt", "text/plain; charset=utf-8"),
        (b"a;b", "x.CSV", "text/csv; charset=utf-8"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_content(data: bytes, name: str, kind: str) -> None:
    found = kind_of(data, name)
    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize(
    "data",
    [b"MZ\x90\0", b"<html><script>", b" \n<svg onload=x>", b"\xff\xfe\x41", b"PK\x03\x04broken"],
)
def test_other_kinds_do_not_come_in(data: bytes) -> None:
    assert kind_of(data, "harmless.txt") is None
    with pytest.raises(InvalidInput, match="kind"):
        check_upload(SimpleUploadedFile("harmless.txt", data))


def test_check_upload_gives_a_harmless_name() -> None:
    upload = check_upload(SimpleUploadedFile("photo.exe", PNG))
    assert (upload.name, upload.media_type, upload.data) == ("photo.png", "image/png", PNG)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\temp\\x<y>.doc", "x_y_.txt"),
        ("invoice\u202etxt.exe", "invoicetxt.txt"),
        ("نامه ۱.txt", "نامه ۱.txt"),
        ("...", "file.txt"),
        ("", "file.txt"),
    ],
)
def test_a_name_loses_folders_control_and_direction_signs(name: str, kept: str) -> None:
    assert harmless_name(name, ".txt") == kept


def test_an_empty_or_too_large_file_is_refused(settings: Any) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        check_upload(SimpleUploadedFile("x.txt", b""))
    settings.UPLOAD_LIMIT = 1024**2
    with pytest.raises(InvalidInput) as refusal:
        check_upload(SimpleUploadedFile("x.txt", b"a" * (1024**2 + 1)))
    assert "1 MB" in str(refusal.value.message)
    assert refusal.value.cure
