"""Acts on decisions: each does what it says, each refusal leaves nothing half done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dabir.core.actors import Actor
from dabir.core.errors import IllegalStep, InvalidInput, StaleRecord
from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.core.words import as_words
from dabir.decisions.models import (
    Decision,
    DecisionWording,
    Effect,
    ForceEntry,
    NoActionNeeded,
    Programme,
    Relation,
)
from dabir.decisions.services.activity import accept_report, file_report
from dabir.decisions.services.register import (
    correct_wording,
    declare_no_action,
    exhaust_decision,
    lapse_decision,
    record_decision,
    record_effect,
    relate_decisions,
    revive_decision,
    set_up_programme,
)
from dabir.decisions.services.terms import set_aside_commitment
from dabir.documents.models import Node
from dabir.documents.services import add_clause, add_document
from dabir.organs.models import Organ
from tests.decisions.reported import a_commitment, a_decision, two_organs
from tests.factories.people import AT, ON, SIGNED

pytestmark = pytest.mark.django_db
SECOND = SIGNED | {"by": Actor("person", "person-second", {"en": "Second"})}


@pytest.fixture
def organs() -> tuple[Organ, Organ]:
    return two_organs()


@pytest.fixture
def assembly(organs: tuple[Organ, Organ]) -> Organ:
    return organs[1]


def _acts(name: str) -> int:
    return AuditEntry.objects.filter(act=f"decisions.{name}").count()


def _entry(name: str) -> AuditEntry:
    return AuditEntry.objects.get(act=f"decisions.{name}")


def _clause() -> Node:
    document = add_document(
        public_id="union-2026", kind="declaration", titles={"en": "D"}, **SIGNED
    )
    return add_clause(document=document, node_id="4", texts={"en": "Text"}, **SIGNED)


def test_record_decision_is_in_force_from_its_own_day(assembly: Organ) -> None:
    decision = a_decision(assembly, decided_on=date(2026, 1, 10))
    entry = ForceEntry.objects.get()
    assert (decision.force, entry.force, entry.on) == ("in_force", "in_force", date(2026, 1, 10))
    assert entry.at == AT
    assert as_words(DecisionWording.objects.get().titles) == as_words(decision.titles)
    told = _entry("record_decision")
    assert told.target_id == decision.public_id
    assert told.actor["id"] == "person-clerk"
    assert told.after["organ"] == "general-assembly"


def test_record_decision_of_a_clause_belongs_to_its_document(assembly: Organ) -> None:
    node = _clause()
    decision = a_decision(assembly, node=node)
    assert decision.document == node.document
    assert _entry("record_decision").after["clause"] == "union-2026/4"


def test_record_decision_of_a_clause_of_another_text_is_refused(assembly: Organ) -> None:
    node, titles = _clause(), {"en": "Another"}
    other = add_document(public_id="other-2026", kind="declaration", titles=titles, **SIGNED)
    with pytest.raises(InvalidInput, match="does not stand in the text other-2026") as refused:
        a_decision(assembly, document=other, node=node)
    assert set(refused.value.fields) == {"node"}
    assert not Decision.objects.exists()


def test_record_decision_of_a_day_to_come_is_refused(assembly: Organ) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_decision(assembly, decided_on=ON + timedelta(days=1))
    assert "decided_on" in refusal.value.fields
    assert not Decision.objects.exists()
    assert a_decision(assembly, decided_on=ON).decided_on == ON


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"titles": {}}, "titles"),
        ({"precision": "hour"}, "precision"),
        ({"public_id": ""}, "public_id"),
    ],
)
def test_record_decision_that_cannot_stand_enters_nothing(
    assembly: Organ, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        a_decision(assembly, **changes)
    assert field in refusal.value.fields
    for model in (Decision, DecisionWording, ForceEntry):
        assert not model.objects.exists()
    assert _acts("record_decision") == 0


def test_record_decision_under_an_id_already_given_is_refused(assembly: Organ) -> None:
    a_decision(assembly)
    with pytest.raises(InvalidInput) as refusal:
        a_decision(assembly)
    assert "public_id" in refusal.value.fields
    assert (Decision.objects.count(), ForceEntry.objects.count()) == (1, 1)


def test_correct_wording_keeps_the_old_one_and_is_found_by_the_new(assembly: Organ) -> None:
    decision = a_decision(assembly)
    commitment = a_commitment(decision)
    given = {"titles": {"en": "Bicycle lanes"}, "themes": ["mobility"], "reason": "clearer"}
    corrected = correct_wording(decision=decision, version=1, **given, **SIGNED)
    assert (corrected.version, as_words(corrected.titles)) == (2, {"en": "Bicycle lanes"})
    kept = {as_words(wording.titles)["en"] for wording in decision.wordings.all()}
    assert kept == {"Decision d1", "Bicycle lanes"}
    commitment.refresh_from_db()
    assert "bicycle" in commitment.folded
    told = _entry("correct_wording")
    assert (told.before["titles"]["en"], told.reason) == ("Decision d1", "clearer")


def test_correct_wording_from_a_stale_page_is_refused(assembly: Organ) -> None:
    decision = a_decision(assembly)
    given = {"themes": [], "reason": "r"}
    correct_wording(decision=decision, titles={"en": "A"}, version=1, **given, **SIGNED)
    with pytest.raises(StaleRecord) as refusal:
        correct_wording(decision=decision, titles={"en": "B"}, version=1, **given, **SIGNED)
    assert refusal.value.code == "stale_record"
    assert as_words(Decision.objects.get().titles) == {"en": "A"}
    assert (DecisionWording.objects.count(), _acts("correct_wording")) == (2, 1)


def test_correct_wording_to_nothing_is_refused(assembly: Organ) -> None:
    decision = a_decision(assembly)
    with pytest.raises(InvalidInput):
        correct_wording(decision=decision, titles={}, themes=[], reason="r", **SIGNED)
    assert DecisionWording.objects.count() == 1


def test_declare_no_action_says_why(assembly: Organ) -> None:
    row = declare_no_action(node=_clause(), reason={"en": "Thanks only"}, **SIGNED)
    assert as_words(row.reason) == {"en": "Thanks only"}
    told = _entry("declare_no_action")
    assert (told.target_kind, told.target_id) == ("clause", "union-2026/4")


def test_declare_no_action_without_reason_twice_or_beside_a_decision_is_refused(
    assembly: Organ,
) -> None:
    node = _clause()
    with pytest.raises(InvalidInput) as refusal:
        declare_no_action(node=node, reason={"en": ""}, **SIGNED)
    assert "reason" in refusal.value.fields
    declare_no_action(node=node, reason={"en": "Thanks"}, **SIGNED)
    with pytest.raises(InvalidInput):
        declare_no_action(node=node, reason={"en": "Thanks again"}, **SIGNED)
    other = add_clause(document=node.document, node_id="5", texts={"en": "Text"}, **SIGNED)
    a_decision(assembly, node=other)
    with pytest.raises(InvalidInput, match="already has a decision"):
        declare_no_action(node=other, reason={"en": "Thanks"}, **SIGNED)
    assert (NoActionNeeded.objects.count(), _acts("declare_no_action")) == (1, 1)


def test_record_effect_names_its_target_and_its_decision(assembly: Organ) -> None:
    decision = a_decision(assembly)
    city = Reference("city", "yazd", {"en": "Yazd"})
    effect = record_effect(decision=decision, kind="host", target=city, **SIGNED)
    assert effect.target == city.as_dict()
    assert _entry("record_effect").basis["id"] == decision.public_id


def test_record_effect_of_an_unknown_kind_is_refused(assembly: Organ) -> None:
    decision = a_decision(assembly)
    with pytest.raises(InvalidInput) as refusal:
        record_effect(decision=decision, kind="miracle", target=Reference("x", "y"), **SIGNED)
    assert "kind" in refusal.value.fields
    assert not Effect.objects.exists()


def _pair(organ: Organ) -> tuple[Decision, Decision]:
    return (
        a_decision(organ, "old", decided_on=date(2026, 1, 10)),
        a_decision(organ, "new", decided_on=date(2026, 3, 1)),
    )


@pytest.mark.parametrize(
    ("kind", "force"),
    [
        ("amends", "amended"),
        ("supersedes", "superseded"),
        ("retires", "retired"),
        ("repeats", "in_force"),
        ("restates", "in_force"),
        ("follows", "in_force"),
    ],
)
def test_relate_decisions_changes_force_on_the_day_of_the_later_one(
    assembly: Organ, kind: str, force: str
) -> None:
    earlier, later = _pair(assembly)
    relate_decisions(later=later, earlier=earlier, kind=kind, **SIGNED)
    earlier.refresh_from_db()
    assert earlier.force == force
    assert _acts("relate_decisions") == 1
    last = earlier.force_entries.order_by("id").last()
    if force == "in_force":
        assert earlier.force_entries.count() == 1
    else:
        assert (last.on, last.by_decision) == (date(2026, 3, 1), later)
        verb = {"amended": "amend", "superseded": "supersede", "retired": "retire"}[force]
        told = _entry(f"{verb}_decision")
        assert (told.before, told.after) == ({"force": "in_force"}, {"force": force})
        assert told.basis["id"] == later.public_id


def test_relate_decisions_backwards_in_time_is_refused(assembly: Organ) -> None:
    earlier, later = _pair(assembly)
    with pytest.raises(InvalidInput, match="after it"):
        relate_decisions(later=earlier, earlier=later, kind="repeats", **SIGNED)
    assert not Relation.objects.exists()


def test_relate_decisions_with_itself_or_twice_is_refused(assembly: Organ) -> None:
    earlier, later = _pair(assembly)
    with pytest.raises(InvalidInput):
        relate_decisions(later=later, earlier=later, kind="repeats", **SIGNED)
    relate_decisions(later=later, earlier=earlier, kind="amends", **SIGNED)
    with pytest.raises(InvalidInput):
        relate_decisions(later=later, earlier=earlier, kind="amends", **SIGNED)
    assert (Relation.objects.count(), earlier.force_entries.count()) == (1, 2)


def test_relate_decisions_of_an_organ_that_is_not_competent_is_refused(
    organs: tuple[Organ, Organ],
) -> None:
    board, assembly = organs
    of_assembly = a_decision(assembly, "a", decided_on=date(2026, 1, 10))
    of_board = a_decision(board, "b", decided_on=date(2026, 3, 1))
    for kind in ("amends", "supersedes", "retires"):
        with pytest.raises(InvalidInput) as refusal:
            relate_decisions(later=of_board, earlier=of_assembly, kind=kind, **SIGNED)
        assert refusal.value.code == "not_competent"
        assert refusal.value.cure
    assert not Relation.objects.exists()
    assert Decision.objects.get(pk=of_assembly.pk).force == "in_force"
    relate_decisions(later=of_board, earlier=of_assembly, kind="follows", **SIGNED)


def test_the_assembly_may_supersede_a_decision_of_the_board(organs: tuple[Organ, Organ]) -> None:
    board, assembly = organs
    of_board = a_decision(board, "b", decided_on=date(2026, 1, 10))
    later = a_decision(assembly, "a", decided_on=date(2026, 3, 1))
    relate_decisions(later=later, earlier=of_board, kind="supersedes", **SIGNED)
    assert Decision.objects.get(pk=of_board.pk).force == "superseded"


def test_a_superseded_decision_is_changed_no_more_and_no_relation_is_left(
    assembly: Organ,
) -> None:
    earlier, later = _pair(assembly)
    last = a_decision(assembly, "last", decided_on=date(2026, 4, 1))
    relate_decisions(later=later, earlier=earlier, kind="supersedes", **SIGNED)
    with pytest.raises(IllegalStep):
        relate_decisions(later=last, earlier=earlier, kind="amends", **SIGNED)
    assert Relation.objects.count() == 1
    assert _acts("relate_decisions") == 1


def test_a_change_of_force_before_a_later_one_is_refused(assembly: Organ) -> None:
    earlier, later = _pair(assembly)
    last = a_decision(assembly, "last", decided_on=date(2026, 4, 1))
    relate_decisions(later=last, earlier=earlier, kind="amends", **SIGNED)
    with pytest.raises(InvalidInput, match="later change of force"):
        relate_decisions(later=later, earlier=earlier, kind="supersedes", **SIGNED)
    assert Decision.objects.get(pk=earlier.pk).force == "amended"
    assert Relation.objects.count() == 1


def test_lapse_and_revive_need_their_reason(assembly: Organ) -> None:
    decision = a_decision(assembly)
    with pytest.raises(InvalidInput):
        lapse_decision(decision=decision, reason="  ", **SIGNED)
    with pytest.raises(IllegalStep):
        revive_decision(decision=decision, reason="never lapsed", **SIGNED)
    lapsed = lapse_decision(decision=decision, reason="for two years", **SIGNED)
    assert lapsed.force == "lapsed"
    assert _entry("lapse_decision").reason == "for two years"
    with pytest.raises(InvalidInput):
        revive_decision(decision=decision, reason="", **SIGNED)
    assert revive_decision(decision=decision, reason="misread", **SIGNED).force == "in_force"
    assert [e.force for e in decision.force_entries.all()] == ["in_force", "lapsed", "in_force"]


def test_exhaust_decision_only_when_all_it_asks_was_accepted_or_set_aside(
    assembly: Organ,
) -> None:
    decision = a_decision(assembly)
    with pytest.raises(InvalidInput) as refusal:
        exhaust_decision(decision=decision, **SIGNED)
    assert refusal.value.code == "commitments_open"
    first, second = a_commitment(decision), a_commitment(decision)
    report = file_report(commitment=first, text="Done", language="en", claims_done=True, **SIGNED)
    with pytest.raises(InvalidInput) as refusal:
        exhaust_decision(decision=decision, **SIGNED)
    assert first.public_id in str(refusal.value.cure)
    accept_report(report=report, **SECOND)
    with pytest.raises(InvalidInput) as refusal:
        exhaust_decision(decision=decision, **SIGNED)
    assert first.public_id not in str(refusal.value.cure)
    set_aside_commitment(commitment=second, reason="no city asked", **SIGNED)
    assert exhaust_decision(decision=decision, **SIGNED).force == "exhausted"
    assert _entry("exhaust_decision").after == {"force": "exhausted"}


def test_exhaust_decision_that_did_all_at_once_needs_no_commitment(assembly: Organ) -> None:
    decision = a_decision(assembly)
    record_effect(decision=decision, kind="host", target=Reference("city", "yazd"), **SIGNED)
    assert exhaust_decision(decision=decision, **SIGNED).force == "exhausted"


def test_set_up_programme_binds_decisions(assembly: Organ) -> None:
    decisions = [a_decision(assembly, "a"), a_decision(assembly, "b")]
    programme = set_up_programme(
        public_id="two-years",
        titles={"en": "Two years"},
        decisions=decisions,
        starts_on=date(2026, 1, 10),
        ends_on=date(2028, 1, 10),
        **SIGNED,
    )
    assert set(programme.decisions.all()) == set(decisions)
    assert _entry("set_up_programme").after["decisions"] == [d.public_id for d in decisions]


@pytest.mark.parametrize(
    "changes", [{"ends_on": date(2026, 1, 10)}, {"titles": {}}, {"public_id": "a b"}]
)
def test_set_up_programme_that_cannot_stand_is_refused(
    assembly: Organ, changes: dict[str, Any]
) -> None:
    given = {"public_id": "p", "titles": {"en": "P"}, "starts_on": date(2026, 1, 10)}
    with pytest.raises(InvalidInput):
        set_up_programme(decisions=[], **(given | changes), **SIGNED)
    assert not Programme.objects.exists()
    assert _acts("set_up_programme") == 0


def test_record_decision_takes_every_word_it_was_given(assembly: Organ) -> None:
    decision = record_decision(
        public_id="board-2026/9",
        organ=assembly,
        titles={"fa": "نهم"},
        text={"fa": "متن تصمیم"},
        kinds=["task"],
        themes=["mobility"],
        decided_on=date(2026, 2, 1),
        precision="month",
        source="minutes, page 3",
        **SIGNED,
    )
    kept = Decision.objects.get(pk=decision.pk)
    assert (kept.kinds, kept.themes, kept.precision) == (["task"], ["mobility"], "month")
    assert (as_words(kept.text), kept.source) == ({"fa": "متن تصمیم"}, "minutes, page 3")
    assert kept.recorded_by["id"] == "person-clerk"
