"""Slices of long lists: each row once, in both directions, and no cursor that a database would choke on."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest

from dabir.core import keyset
from dabir.documents.models import Document
from dabir.documents.services import add_document
from tests.factories.people import SIGNED

DAYS = {"b": 1, "a": 2, "d": 2, "c": 2, "e": 3}
OLDEST_FIRST = ["b", "a", "c", "d", "e"]


def coded(value: Any) -> str:
    """A cursor as somebody invents it."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def walk(*, descending: bool, limit: int) -> tuple[list[str], list[str]]:
    """The rows from the first slice to the last, and back again from there."""
    order = keyset.by_day("adopted_on", "public_id", descending=descending)

    def part(**cursor: str) -> keyset.Slice[Document]:
        return keyset.slice_of(Document.objects.all(), order, keyset.Asked(limit, **cursor))

    slices = [part()]
    while slices[-1].after:
        slices.append(part(after=slices[-1].after))
    back = [slices[-1]]
    while back[-1].before:
        back.append(part(before=back[-1].before))
    assert slices[0].before == ""
    assert back[-1].before == ""
    return (
        [row.public_id for one in slices for row in one.rows],
        [row.public_id for one in reversed(back) for row in one.rows],
    )


@pytest.mark.django_db
def test_slices_walked_there_and_back_have_each_row_once_in_order() -> None:
    for name, day in DAYS.items():
        add_document(public_id=name, kind="declaration", titles={"en": name},
                     adopted_on=date(2026, 1, day), **SIGNED)  # fmt: skip
    for limit in (1, 2, 4, 5, 9):
        assert walk(descending=False, limit=limit)[0] == OLDEST_FIRST
        there, back = walk(descending=True, limit=limit)
        assert there == OLDEST_FIRST[::-1]
        assert sorted(back) == sorted(DAYS)


@pytest.mark.parametrize(
    "told",
    ["", "x", "=", "W10", "bnVsbA", "é", "a" * 401, "[" * 90, coded(["2026-13-01", "a"]),
     coded(["2026-01-01"]), coded(["2026-01-01", "a", "b"]), coded(["2026-01-01", 7]),
     coded({"a": "b"}), coded(["2026-01-01", "\x00"]), coded(["2026-01-01", "\ud800"]),
     coded(["2026-01-01", "a\udfffb"]), coded([["a"] * 20] * 2),
     base64.urlsafe_b64encode(b"\xff\xfe[").decode()],
)  # fmt: skip
def test_a_cursor_that_no_slice_has_given_is_refused(told: str) -> None:
    with pytest.raises(keyset.UnknownCursor):
        keyset.read_cursor(told, (date.fromisoformat, str))


def test_a_cursor_says_what_it_was_made_of() -> None:
    values = [date(2026, 1, 2), "هایکو\u200c2014/4.b"]
    assert keyset.read_cursor(keyset.cursor(values), (date.fromisoformat, str)) == values
    assert keyset.read_cursor(coded(["😀"]), (str,)) == ["😀"]


def test_a_slice_that_begins_and_ends_by_a_cursor_is_refused() -> None:
    with pytest.raises(keyset.TwoCursors):
        keyset.Asked(5, after="a", before="b")
