"""State is a table: it allows what it lists, refuses the rest and says what would be possible."""

from __future__ import annotations

import pytest

from dabir.core.errors import IllegalStep
from dabir.core.states import Machine, Transition
from dabir.decisions.states import COMMITMENTS, FORCE_STEPS, REPORTS
from dabir.meetings.states import MEETINGS
from dabir.messaging.states import LETTERS

pytestmark = pytest.mark.pure
DOOR = Machine(
    {"open": "open", "shut": "shut", "walled": "walled up"},
    Transition("close", ("open",), "shut"),
    Transition("open", ("shut",), "open"),
    Transition("wall", ("open", "shut"), "walled"),
)
FINAL = {
    "commitments": (COMMITMENTS, set()),
    "force": (FORCE_STEPS, {"superseded", "retired"}),
    "reports": (REPORTS, set()),
    "meetings": (MEETINGS, {"held", "cancelled"}),
    "letters": (LETTERS, {"sent", "printed", "withdrawn"}),
}


def test_target_follows_the_table() -> None:
    assert DOOR.target("close", "open") == "shut"
    assert DOOR.verbs_from("shut") == ["open", "wall"]
    assert DOOR.verbs_from("walled") == []
    assert DOOR.final_states() == {"walled"}


def test_target_from_another_state_is_refused_and_names_the_cure() -> None:
    with pytest.raises(IllegalStep) as refusal:
        DOOR.target("open", "walled")
    assert refusal.value.code == "illegal_step"
    assert "walled up" in str(refusal.value.message)
    assert "shut" in str(refusal.value.cure)


@pytest.mark.parametrize("name", FINAL)
def test_each_machine_uses_only_its_own_states_and_ends_where_it_should(name: str) -> None:
    machine, final = FINAL[name]
    for transition in machine.transitions.values():
        assert {*transition.sources, transition.target} <= set(machine.labels)
    assert machine.final_states() == final


def test_acceptance_is_reached_only_through_a_claim() -> None:
    ways = [t for t in COMMITMENTS.transitions.values() if t.target == "done_accepted"]
    assert [(t.verb, t.sources) for t in ways] == [("accept", ("done_claimed",))]
