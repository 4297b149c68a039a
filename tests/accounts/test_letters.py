"""A letter that opens an account is read only by those who may invite."""

from __future__ import annotations

import pytest

from dabir.messaging.models import Letter
from tests.factories.people import a_holder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["invitation", "recovery"])
def test_expert_may_not_read_a_letter_that_opens_an_account(kind: str) -> None:
    letter = Letter(kind=kind)
    assert not a_holder("expert").has_perm("messaging.send_letter", letter)
    for power in ("administrator", "secretary_general"):
        keeper = a_holder(power, email=f"{power}@example.org".replace("_", "-"))
        assert keeper.has_perm("messaging.send_letter", letter)


def test_expert_may_read_every_other_letter() -> None:
    assert a_holder("expert").has_perm("messaging.send_letter", Letter(kind="reminder"))
    officer = a_holder("city_officer", email="officer@example.org")
    assert not officer.has_perm("messaging.send_letter", Letter(kind="reminder"))
