"""What lists repeat is compared with the history: each fault planted by raw SQL is found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dabir.core.checks import CHECKS, run_checks
from dabir.decisions import checks
from dabir.decisions.models import Commitment, Decision
from dabir.decisions.services.finding import refold_commitments
from tests.decisions.replay import Replay
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs

pytestmark = pytest.mark.django_db
ALL = (
    checks.find_stale_statuses,
    checks.find_stale_terms,
    checks.find_stale_due_days,
    checks.find_stale_news,
    checks.find_stale_decisions,
)


def faults() -> list[str]:
    return [str(words) for find in ALL for words in find()]


def test_history_of_forty_commitments_leaves_nothing_stale() -> None:
    Replay().run()
    assert faults() == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "under_way"}, "the status"),
        ({"status_since": date(2026, 2, 2)}, "the day of the status"),
        ({"lead_city": None}, "the leading city"),
        ({"kind": "standing"}, "the kind"),
        ({"deadline_on": date(2026, 7, 1), "due_on": date(2026, 7, 1)}, "the deadline"),
        ({"due_on": date(2026, 7, 1)}, "the day that counts"),
        ({"due_on": None}, "the day that counts"),
        ({"last_report_on": date(2026, 2, 2)}, "the last information"),
        ({"budget": "unfunded"}, "the budget"),
        ({"titles": {"en": "Else"}}, "the wording"),
        ({"folded": "else"}, "not found by its own words"),
    ],
)
def test_fault_of_a_commitment_is_found_and_named(change: dict[str, Any], words: str) -> None:
    commitment = a_commitment(a_decision(two_organs()[1]))
    assert faults() == []
    Commitment.objects.filter(pk=commitment.pk).update(**change)
    found = faults()
    assert any(words in fault and commitment.public_id in fault for fault in found), found


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"force": "lapsed"}, "the force"),
        ({"titles": {"en": "Else"}}, "the title"),
        ({"themes": ["else"]}, "the themes"),
    ],
)
def test_fault_of_a_decision_is_found_and_named(change: dict[str, Any], words: str) -> None:
    decision = a_decision(two_organs()[1])
    Decision.objects.filter(pk=decision.pk).update(**change)
    assert any(words in fault and decision.public_id in fault for fault in faults())


def test_refold_puts_right_what_was_wrong_and_nothing_else() -> None:
    decision = a_decision(two_organs()[1])
    a_commitment(decision)
    other = a_commitment(decision, titles={"fa": "کاری", "en": "Work"})
    Commitment.objects.filter(pk=other.pk).update(folded="else")
    assert refold_commitments() == 1
    assert faults() == []


def test_checks_are_among_those_that_dabir_check_asks() -> None:
    a_city()
    names = {finding.name for finding in run_checks()}
    assert {n for n in names if n.startswith("decisions.")} >= {
        "decisions.statuses",
        "decisions.terms",
        "decisions.due_days",
        "decisions.news",
        "decisions.decisions",
    }
    assert "office.search" in CHECKS
