"""Impossible rows are refused by the database itself, whichever program writes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from dabir.decisions.models import (
    ActivityReport,
    Commitment,
    CommitmentTerms,
    Decision,
    DecisionWording,
    Evidence,
    EvidenceWithdrawal,
    ForceEntry,
    NoActionNeeded,
    Programme,
    ProgressReport,
    Relation,
    Remark,
    ReportVerdict,
    SavedView,
    StatusEntry,
)
from dabir.decisions.services.activity import attach_evidence, file_report
from dabir.decisions.services.progress import draft_report
from dabir.documents.models import Document, ImportRun, Node
from dabir.documents.services import store_file
from dabir.registry.models import Mandate
from tests.decisions.reported import a_commitment, a_decision, two_organs
from tests.factories.people import AT, CLERK, ON, SIGNED, a_holder

pytestmark = pytest.mark.django_db
STAMP: dict[str, Any] = {"on": ON, "at": AT, "by": CLERK.as_dict()}


class World:
    """A small register whose rows the impossible ones would stand beside."""

    def __init__(self) -> None:
        _, self.assembly = two_organs()
        self.decision = a_decision(self.assembly)
        self.other = a_decision(self.assembly, "d2")
        self.commitment = a_commitment(self.decision)
        self.report = file_report(
            commitment=self.commitment, text="Done so far", language="en", **SIGNED
        )
        self.evidence = attach_evidence(
            report=self.report, label="x", url="https://example.org/", seen_on=ON, **SIGNED
        )
        self.progress = draft_report(organ=self.assembly, as_of=ON, **SIGNED)
        self.file = store_file(data=b"table", name="t.csv", media_type="text/csv", at=AT)
        document = Document.objects.create(public_id="x", kind="page", titles={"en": "x"})
        self.node = Node.objects.create(document=document, node_id="1", position=1)

    def terms(self, **changes: Any) -> CommitmentTerms:
        given = {"titles": {"en": "x"}, "kind": "one_off", "deadline_type": "none"}
        return CommitmentTerms.objects.create(
            commitment=self.commitment, **({"budget": "unknown"} | given | changes), **STAMP
        )

    def news(self, **changes: Any) -> ActivityReport:
        given = {"language": "en", "text": "x"}
        return ActivityReport.objects.create(
            commitment=self.commitment, **(given | changes), **STAMP
        )


def _commitment(world: World, **changes: Any) -> Commitment:
    given = {
        "public_id": "another",
        "decision": world.decision,
        "position": 2,
        "titles": {"en": "x"},
        "status_since": ON,
        "created_on": ON,
    }
    return Commitment.objects.create(**(given | changes))


IMPOSSIBLE: dict[str, Callable[[World], Any]] = {
    "a clause without its document": lambda w: Decision.objects.create(
        public_id="y",
        organ=w.assembly,
        node=w.node,
        titles={"en": "y"},
        decided_on=ON,
        recorded_at=AT,
        recorded_by={},
    ),
    "a decision under another's id": lambda w: Decision.objects.create(
        public_id=w.decision.public_id,
        organ=w.assembly,
        titles={"en": "y"},
        decided_on=ON,
        recorded_at=AT,
        recorded_by={},
    ),
    "amended by nothing": lambda w: ForceEntry.objects.create(
        decision=w.decision, force="amended", **STAMP
    ),
    "superseded by nothing": lambda w: ForceEntry.objects.create(
        decision=w.decision, force="superseded", **STAMP
    ),
    "retired by nothing": lambda w: ForceEntry.objects.create(
        decision=w.decision, force="retired", **STAMP
    ),
    "a decision that bears on itself": lambda w: Relation.objects.create(
        later=w.decision, earlier=w.decision, kind="repeats", **STAMP
    ),
    "a programme that ends as it starts": lambda w: Programme.objects.create(
        public_id="p", titles={"en": "p"}, starts_on=ON, ends_on=ON
    ),
    "two commitments in one place": lambda w: _commitment(w, position=1),
    "a day for an open deadline": lambda w: _commitment(
        w, deadline_type="candidates", deadline_on=ON
    ),
    "terms of a date without day": lambda w: w.terms(deadline_type="date"),
    "terms before the session of nobody": lambda w: w.terms(deadline_type="before_next"),
    "terms of several readings with a day": lambda w: w.terms(
        deadline_type="candidates", deadline_on=ON
    ),
    "a budget line without name": lambda w: w.terms(budget="line"),
    "news that says nothing": lambda w: w.news(text=""),
    "news on behalf without source": lambda w: w.news(on_behalf_of={"kind": "city", "id": "x"}),
    "an observation that claims completion": lambda w: w.news(
        nature="observation", claims_done=True
    ),
    "accepted without report": lambda w: StatusEntry.objects.create(
        commitment=w.commitment, status="done_accepted", **STAMP
    ),
    "returned without reason": lambda w: ReportVerdict.objects.create(
        report=w.report, verdict="returned", **STAMP
    ),
    "reversed without reason": lambda w: ReportVerdict.objects.create(
        report=w.report, verdict="reversed", **STAMP
    ),
    "evidence of nothing": lambda w: Evidence.objects.create(report=w.report, label="x", **STAMP),
    "a link without the day it was seen": lambda w: Evidence.objects.create(
        report=w.report, label="x", url="https://example.org/", **STAMP
    ),
    "withdrawn without reason": lambda w: EvidenceWithdrawal.objects.create(
        evidence=w.evidence, reason="", **STAMP
    ),
    "signed by nobody": lambda w: ProgressReport.objects.create(
        public_id="r", organ=w.assembly, titles={"en": "r"}, as_of=ON, state="signed_off"
    ),
    "frozen and never signed": lambda w: ProgressReport.objects.create(
        public_id="r", organ=w.assembly, titles={"en": "r"}, as_of=ON, state="frozen"
    ),
    "an import confirmed at no instant": lambda w: ImportRun.objects.create(
        file=w.file, plan={}, state="confirmed", by={}, tried_at=AT
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_an_impossible_row_is_refused(name: str) -> None:
    world = World()
    with pytest.raises(IntegrityError), transaction.atomic():
        IMPOSSIBLE[name](world)


ONCE: dict[str, Callable[[World], Any]] = {
    "a relation": lambda w: Relation.objects.create(
        later=w.other, earlier=w.decision, kind="repeats", **STAMP
    ),
    "no action for a clause": lambda w: NoActionNeeded.objects.create(
        node=w.node, reason={"en": "x"}, **STAMP
    ),
    "a remark on a decision": lambda w: Remark.objects.create(
        report=w.progress, decision=w.decision, text={"en": "x"}
    ),
    "a withdrawal of evidence": lambda w: EvidenceWithdrawal.objects.create(
        evidence=w.evidence, reason="x", **STAMP
    ),
}


@pytest.mark.parametrize("name", ONCE)
def test_what_happens_once_is_refused_the_second_time(name: str) -> None:
    world = World()
    ONCE[name](world)
    with pytest.raises(IntegrityError), transaction.atomic():
        ONCE[name](world)


def test_a_saved_view_has_one_name_for_each_person() -> None:
    one, other = a_holder("expert"), a_holder("events", email="b@example.org")
    for user in (one, other):
        SavedView.objects.create(user=user, name="Mine", query="force=in_force")
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(user=one, name="Mine", query="")


def test_a_mandate_that_ends_before_it_begins_is_refused() -> None:
    person = a_holder("expert").person
    mandate = Mandate.objects.filter(person=person).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(
            starts_on=date(2026, 1, 1), ends_on=date(2025, 1, 1)
        )


def test_a_decision_with_a_history_cannot_be_removed() -> None:
    world = World()
    with pytest.raises(ProtectedError), transaction.atomic():
        world.decision.delete()
    assert Decision.objects.filter(pk=world.decision.pk).exists()
    assert DecisionWording.objects.filter(decision=world.decision).exists()
