"""Equal data has equal bytes; what has no single spelling is refused."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabir.core.canonical import canonical_bytes, digest, keyed_digest

PLAIN = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"))
DATA = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=20,
)


def _turned(data: Any) -> Any:
    """The same data with every dict in the opposite order and every list a tuple."""
    if isinstance(data, dict):
        return {key: _turned(data[key]) for key in reversed(list(data))}
    if isinstance(data, list):
        return tuple(_turned(value) for value in data)
    return data


@given(DATA)
def test_equal_data_has_equal_bytes_and_reads_back(data: Any) -> None:
    assert canonical_bytes(data) == canonical_bytes(_turned(data))
    assert digest(data) == digest(_turned(data))
    assert json.loads(canonical_bytes(data)) == data


@given(DATA, DATA)
def test_different_data_has_different_bytes(one: Any, other: Any) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (canonical_bytes(one) == canonical_bytes(other)) == same


@given(DATA, st.floats())
def test_a_float_is_refused_wherever_it_hides(data: Any, number: float) -> None:
    for hidden in (number, [data, number], {"a": {"b": (number,)}}):
        with pytest.raises(TypeError, match="float"):
            canonical_bytes(hidden)


@pytest.mark.parametrize("value", [Decimal("1.5"), {1, 2}, object(), b"bytes"])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="canonical"):
        canonical_bytes({"value": value})


def test_the_same_instant_has_one_spelling_in_every_time_zone() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    elsewhere = noon.astimezone(timezone(timedelta(hours=3, minutes=30)))
    assert canonical_bytes([noon]) == canonical_bytes([elsewhere])
    assert canonical_bytes([noon]) == b'["2026-11-22T12:00:00.000000+00:00"]'
    assert canonical_bytes(date(2026, 11, 22)) == b'"2026-11-22"'


def test_keyed_digest_needs_the_key_of_the_installation(settings: Any) -> None:
    first = keyed_digest("Shirin")
    assert first == keyed_digest("Shirin")
    assert first != digest("Shirin")
    settings.DIGEST_KEY = settings.DIGEST_KEY + "another"
    assert keyed_digest("Shirin") != first
