"""Both searches find what this state of the program says, whatever an earlier one laid down."""

from __future__ import annotations

import pytest

from dabir.config.indexes import renew_indexes
from dabir.core.models import MadeWith, PublicEntry, SearchEntry
from dabir.decisions.models import Commitment
from tests.decisions.reported import a_register, two_organs

pytestmark = pytest.mark.django_db


def at_start() -> list[str]:
    said: list[str] = []
    renew_indexes(said.append)
    return said


def test_a_start_makes_both_searches_that_were_never_made_and_then_lets_them_be() -> None:
    an_organ = two_organs()[0]
    PublicEntry.objects.all().delete()
    SearchEntry.objects.all().delete()
    assert len(at_start()) == 2
    assert PublicEntry.objects.filter(owner=an_organ.key).exists()
    assert SearchEntry.objects.filter(kind="organ").exists()
    assert at_start() == []


def test_what_an_earlier_version_showed_is_found_no_more_after_a_start_of_this_one() -> None:
    two_organs()
    at_start()
    PublicEntry.objects.create(id=9_000, number=9_000, kind="organ", owner="once-public", shown={})
    assert at_start() == []
    MadeWith.objects.filter(made="public search").update(mark="of an earlier version")
    assert at_start() == ["What is public is made findable…"]
    assert not PublicEntry.objects.filter(owner="once-public").exists()


def test_words_folded_in_another_way_are_folded_anew() -> None:
    a_register(1)
    commitment = Commitment.objects.get()
    at_start()
    Commitment.objects.filter(pk=commitment.pk).update(folded="torn")
    MadeWith.objects.all().update(mark="of an earlier version")
    assert len(at_start()) == 2
    assert Commitment.objects.get(pk=commitment.pk).folded != "torn"


def test_a_first_start_makes_nothing_nor_does_one_where_nothing_is_public() -> None:
    assert at_start() == []
    two_organs()
    PublicEntry.objects.all().delete()
    assert at_start() == []
