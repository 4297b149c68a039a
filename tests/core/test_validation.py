"""What no other record may have is asked for with a statement composed once, and refused in words."""

from __future__ import annotations

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.functional import SimpleLazyObject

from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput, StaleRecord
from dabir.core.validation import check_record, is_free
from dabir.decisions.models import Commitment, Decision
from tests.decisions.reported import a_commitment, a_decision, two_organs

pytestmark = pytest.mark.django_db


def test_check_record_refuses_what_another_has_and_lets_a_record_keep_its_own() -> None:
    board, _assembly = two_organs()
    decision, other = a_decision(board), a_decision(board, "d2")
    first, second = a_commitment(decision), a_commitment(decision)
    for record in (decision, first, second):
        check_record(record)
    second.position = first.position
    with pytest.raises(InvalidInput):
        check_record(second)
    second.position, second.public_id = 9, first.public_id
    with pytest.raises(InvalidInput) as refused:
        check_record(second)
    assert set(refused.value.fields) == {"public_id"}
    other.public_id = decision.public_id
    with pytest.raises(InvalidInput) as refused:
        check_record(other)
    assert refused.value.fields["public_id"]


def test_is_free_says_only_what_is_sure() -> None:
    board, _assembly = two_organs()
    decision = a_decision(board)
    assert is_free(decision, "public_id")
    assert not is_free(Decision(public_id=decision.public_id), "public_id")
    assert not is_free(Decision(public_id=""), "public_id")
    assert not is_free(decision, "themes")  # told in no way that both databases compare alike
    is_free(Commitment(decision=decision, position=1), "decision", "position")
    with CaptureQueriesContext(connection) as asked:
        assert is_free(Commitment(decision=decision, position=1), "decision", "position")
    assert len(asked) == 1
    assert not is_free(Commitment(position=1), "decision", "position")


def test_lock_record_tells_of_a_record_that_is_gone_or_overtaken() -> None:
    board, _assembly = two_organs()
    decision = a_decision(board)
    with transaction.atomic():
        assert lock_record(decision, version=decision.version) == decision
        assert lock_record(SimpleLazyObject(lambda: decision)) == decision
        with pytest.raises(StaleRecord):
            lock_record(decision, version=decision.version + 1)
        with pytest.raises(ObjectDoesNotExist):
            lock_record(Decision(pk=0))
