"""Numbers have no gaps and are given back with a record that came to nothing."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from dabir.core.models import Counter
from dabir.core.numbering import ALPHABET, new_public_id, next_number


@pytest.mark.django_db
def test_next_number_counts_each_series_on_its_own() -> None:
    assert [next_number("letters/2026") for _ in range(3)] == [1, 2, 3]
    assert next_number("letters/2027") == 1
    assert next_number("letters/2026") == 4


@pytest.mark.django_db
def test_next_number_is_given_back_when_its_record_fails() -> None:
    next_number("letters/2026")
    with transaction.atomic():
        assert next_number("letters/2026") == 2
        transaction.set_rollback(True)
    assert Counter.objects.get(series="letters/2026").last == 1
    assert next_number("letters/2026") == 2


@given(st.sampled_from(["report", "link", "letter"]))
def test_public_id_is_unguessable_and_can_be_read_aloud(prefix: str) -> None:
    one, other = new_public_id(prefix), new_public_id(prefix)
    assert one != other
    name, _, secret = one.partition("-")
    assert name == prefix
    assert len(secret) == 10
    assert set(secret) <= set(ALPHABET)
    assert not set("01ilo") & set(secret)
