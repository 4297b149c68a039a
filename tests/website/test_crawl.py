"""A stranger opens every public page of both examples: no dead link, nothing private, all translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dabir.core import firstday, kept
from dabir.documents.typesetting.letters import letter_docx, letter_pdf
from dabir.messaging.models import IncomingLetter, Letter
from dabir.registry.models import ContactPoint, Person, Post
from tests.documents.typesetting.test_letters import letter
from tests.plugins.examples import InPlace
from tests.website.crawling import crawl, read_file

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# Words of the interface that Persian pages would show in English if they were not translated.
ENGLISH = re.compile(r"\b(the|of|and|not|no|is|yet|known|unknown)\b")


@pytest.fixture(scope="module", params=["forum", "practice"])
def example(request: pytest.FixtureRequest, example_in_place: InPlace) -> Iterator[str]:
    """One example after the other."""
    with example_in_place(request.param) as name:
        yield name


def test_a_stranger_finds_nothing_dead_private_or_untranslated(example: str) -> None:
    firstday.forget()
    kept.forget_kept()
    found = crawl("/fa/", "/en/", "/sitemap.xml", "/robots.txt")
    faults = [fault for fault in found.faults if not fault.startswith("/: 302")]
    assert faults == []
    assert len(found.pages) > 100
    everything = "\n".join(found.read[address] for address in sorted(found.read))
    for secret in _secrets():
        assert secret not in everything, secret
    addresses = set(re.findall(r"[\w.+-]+@[\w-]+(?:\.\w+)+", everything)) - {"name@city.org"}
    assert {a for a in addresses if not a.endswith("@testserver")} == set()
    _english_on_persian_pages(found.pages)


def test_whoever_crawls_reads_papers_as_well() -> None:
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    said = letter(paragraphs=[{"en": "Write to somebody@example.net."}])
    assert "somebody@example.net" in read_file("application/pdf", letter_pdf(said, "en"))
    assert "somebody@example.net" in read_file(office, letter_docx(said, "en"))
    with pytest.raises(ValueError, match="nobody here reads"):
        read_file("application/octet-stream", b"somebody@example.net")


def _secrets() -> set[str]:
    """What the records hold and nobody outside may see."""
    found = set(ContactPoint.objects.values_list("value", flat=True))
    found |= {letter.number for letter in Letter.objects.exclude(number="")}
    found |= {letter.number for letter in IncomingLetter.objects.all()}
    found |= set(Person.objects.filter(is_demonstration=True).values_list("public_id", flat=True))
    desks = Post.objects.filter(is_demonstration=True)
    return {value for value in found | set(desks.values_list("public_id", flat=True)) if value}


def _english_on_persian_pages(found: dict[str, bytes]) -> None:
    """What a Persian page says in English stands in an element that says so."""
    for address, content in found.items():
        if not address.startswith("/fa/") or b"<html" not in content:
            continue
        if re.search(r"/reports/.*/en\.html$", address):
            assert b'<html lang="en"' in content  # the English file of a frozen report says so
            continue
        shown = content.decode().partition("</head>")[2]
        shown = re.sub(r'<(\w+)[^>]*\blang="en"[^>]*>.*?</\1>', "", shown, flags=re.DOTALL)
        shown = re.sub(r"<(script|template|dialog)\b.*?</\1>", "", shown, flags=re.DOTALL)
        words = re.sub(r"<[^>]+>", "\n", shown)
        assert not ENGLISH.findall(words), (address, ENGLISH.search(words))
