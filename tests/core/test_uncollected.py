"""The search for garbage rests as long as anybody's long work goes on, and no longer."""

from __future__ import annotations

import gc

import pytest

from dabir.core.uncollected import uncollected

pytestmark = [pytest.mark.pure, pytest.mark.once]


def test_rest_within_rest_ends_with_the_outer_one() -> None:
    assert gc.isenabled()
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_rest_after_a_fault_ends_too() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_rest_where_nobody_searches_leaves_it_so() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
