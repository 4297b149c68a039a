"""The form of a commitment is prefilled with what a person accepted in a clause."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dabir.decisions.forms.commitment import CommitmentForm
from dabir.decisions.models import Decision
from dabir.decisions.queries.suggestions import suggestion_for
from dabir.decisions.services.register import record_decision
from dabir.documents.models import Node
from dabir.documents.services import add_clause, add_document
from dabir.organs.models import Organ
from tests.decisions.reported import two_organs
from tests.factories.people import SIGNED

pytestmark = pytest.mark.django_db


def a_clause(found: dict[str, Any], precision: str = "day") -> Node:
    """A clause in which this was accepted."""
    two_organs()
    document = add_document(
        public_id="azmoon-2026",
        kind="declaration",
        titles={"fa": "آزمون"},
        adopted_on=date(2026, 1, 31),
        adopted_precision=precision,
        **SIGNED,
    )
    return add_clause(document=document, node_id="1", texts={"fa": "متن"}, found=found, **SIGNED)


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (
            {"role": "due", "words": "در یک ماه", "relative": "P1M"},
            {"deadline_type": "date", "deadline_on": date(2026, 2, 28)},
        ),
        (
            {"role": "due", "words": "تا 2027", "candidates": ["2027"]},
            {"deadline_type": "date", "deadline_on": date(2027, 12, 31)},
        ),
        (
            {"role": "due", "words": "تا 20{4|5}0", "candidates": ["2040", "2050"]},
            {"deadline_type": "candidates", "candidates": "2040|2050"},
        ),
        (
            {"role": "recurrence", "words": "سالانه", "relative": "P1Y"},
            {"deadline_type": "recurring", "recurrence": "P1Y"},
        ),
        ({"role": "due", "words": "به موقع"}, {"deadline_type": "on_time"}),
        ({"role": "meeting", "words": "در سال 2016", "candidates": ["2016"]}, {}),
    ],
)
def test_suggestion_of_a_date_fills_the_deadline(row: Any, fields: dict[str, Any]) -> None:
    found = dict(suggestion_for(a_clause({"dates": [row]})).deadline)
    found.pop("deadline_words", None)
    assert found == fields


def test_suggestion_counts_no_period_from_a_day_that_is_open() -> None:
    row = {"role": "due", "words": "در دو سال آینده", "relative": "P2Y"}
    found = suggestion_for(a_clause({"dates": [row]}, precision="candidates"))
    assert found.deadline["deadline_type"] == "on_time"


def test_commitment_form_begins_with_the_owner_and_the_addressees() -> None:
    node = a_clause({"owners": ["organ:executive-board"], "addressees": ["general-assembly"]})
    decision: Decision = record_decision(
        public_id="azmoon-2026/1",
        organ=Organ.objects.get(key="general-assembly"),
        node=node,
        titles={"fa": "آزمون"},
        decided_on=date(2026, 1, 31),
        **SIGNED,
    )
    form = CommitmentForm(record=decision)
    assert form.initial["lead"] == "organ:executive-board"
    assert form.initial["addressees"]
    assert form.initial["version"] == decision.version
