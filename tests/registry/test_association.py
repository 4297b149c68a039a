"""Founding the association and changing what it says about itself."""

from __future__ import annotations

import pytest

from dabir.core.errors import IllegalStep, InvalidInput, StaleRecord
from dabir.core.models import AuditEntry
from dabir.core.words import as_words
from dabir.registry.emblem import LIMIT, clean_emblem
from dabir.registry.models import Association
from dabir.registry.services import change_association, found_association
from tests.factories.people import SIGNED, an_association

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.mark.django_db
def test_found_association_enters_names_languages_and_an_entry_in_the_trail() -> None:
    association = an_association(seat={"fa": "تهران", "en": "Tehran"}, emblem=DRAWING)
    assert as_words(association.names) == {"fa": "اتحادیهٔ آزمون", "en": "Test Union"}
    assert association.languages == ["fa", "en"]
    entry = AuditEntry.objects.get(act="registry.found_association")
    assert entry.after["seat"] == {"fa": "تهران", "en": "Tehran"}
    assert entry.after["emblem"]
    assert entry.actor["id"] == "person-clerk"


@pytest.mark.django_db
def test_found_association_twice_is_refused() -> None:
    an_association()
    with pytest.raises(IllegalStep) as refusal:
        an_association(abbreviation="TU2")
    assert refusal.value.code == "already_founded"
    assert Association.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"names": {"fa": "  "}}, "names"),
        ({"languages": []}, "languages"),
        ({"languages": ["Persian"]}, "languages"),
        ({"calendars": ["mayan"]}, "calendars"),
        ({"calendars": []}, "calendars"),
        ({"abbreviation": ""}, "abbreviation"),
        ({"abbreviation": "X" * 21}, "abbreviation"),
        ({"emblem": "no drawing"}, "emblem"),
    ],
)
def test_found_association_with_a_wrong_field_names_it(changes: dict, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        an_association(**changes)
    assert field in refusal.value.fields
    assert not Association.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_change_association_records_only_what_changed() -> None:
    association = an_association()
    changed = change_association(
        association=association, changes={"abbreviation": "TUX"}, version=1, **SIGNED
    )
    assert changed.version == 2
    entry = AuditEntry.objects.get(act="registry.change_association")
    assert entry.before == {"abbreviation": "TU"}
    assert entry.after == {"abbreviation": "TUX"}


@pytest.mark.django_db
def test_change_association_of_an_old_version_is_refused() -> None:
    association = an_association()
    change_association(association=association, changes={"abbreviation": "B"}, version=1, **SIGNED)
    with pytest.raises(StaleRecord):
        change_association(
            association=association, changes={"abbreviation": "C"}, version=1, **SIGNED
        )
    assert Association.objects.get().abbreviation == "B"


@pytest.mark.django_db
def test_change_association_of_the_practice_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="is_practice"):
        change_association(association=an_association(), changes={"is_practice": False}, **SIGNED)


@pytest.mark.django_db
def test_change_association_cleans_an_emblem_keeps_it_or_takes_it_away() -> None:
    association = change_association(
        association=an_association(), changes={}, emblem=DRAWING, **SIGNED
    )
    assert "<path" in association.emblem
    kept = change_association(association=association, changes={}, **SIGNED)
    assert kept.emblem == association.emblem
    without = change_association(association=kept, changes={}, emblem="", **SIGNED)
    assert without.emblem == ""


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '<path d="M0 0" onclick="alert(1)"/>',
    "link": '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
    "foreign": '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
    "image": '<image href="https://stranger.example/x.png"/>',
    "use": '<use href="https://stranger.example/x.svg#a"/>',
    "sheet": "<style>path{fill:url(https://stranger.example)}</style>",
    "fill": '<path d="M0 0" fill="url(https://stranger.example/#a)"/>',
    "style": '<path d="M0 0" style="fill:url(//stranger.example/#a);behavior:url(x)"/>',
    "animation": '<set attributeName="href" to="javascript:alert(1)"/>',
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE.keys())
def test_clean_emblem_keeps_only_what_draws(part: str) -> None:
    clean = clean_emblem(
        f'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><rect width="1"/>{part}</svg>'
    )
    assert "<rect" in clean
    for sign in ("script", "on", "href", "stranger", "foreign", "style", "<set", "<a", "url("):
        assert sign not in clean.replace("version", ""), sign


def test_clean_emblem_keeps_inner_gradients_and_gives_a_frame() -> None:
    clean = clean_emblem(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40px" height="20"><defs>'
        '<linearGradient id="g"><stop offset="0" stop-color="#123"/></linearGradient></defs>'
        '<circle r="3" style="fill: url(#g); stroke:#000"/></svg>'
    )
    assert 'fill="url(#g)"' in clean
    assert 'stroke="#000"' in clean
    assert 'viewBox="0 0 40 20"' in clean
    assert clean_emblem(clean) == clean


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'><g>",
        b"<html><path d='M0 0'/></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><text>AMF</text></svg>",
        b"<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg><title>&b;</title></svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 99 + b"</g>" * 99 + b"</svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + b" " * LIMIT + b"</svg>",
    ],
    ids=["binary", "broken", "no svg", "only letters", "entities", "deep", "large"],
)
def test_clean_emblem_refuses_in_words(data: bytes) -> None:
    with pytest.raises(InvalidInput) as refusal:
        clean_emblem(data)
    assert str(refusal.value.fields["emblem"][0])


def test_clean_emblem_of_nothing_is_no_emblem() -> None:
    assert clean_emblem(b"  ") == ""


@pytest.mark.django_db
def test_found_association_of_the_practice_union_says_so() -> None:
    association = found_association(
        names={"en": "Practice"},
        abbreviation="P",
        languages=["en"],
        calendars=["gregorian"],
        is_practice=True,
        **SIGNED,
    )
    assert association.is_practice
    assert AuditEntry.objects.get().after["practice"] is True
