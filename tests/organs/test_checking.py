"""The checker of the organs: every planted fault is found, and nothing is found where nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from dabir.organs.checking import findings
from dabir.organs.checking.facts import (
    FunctionFact,
    Institution,
    LeftFact,
    MandateFact,
    OrganFact,
    SeatFact,
    SessionFact,
)
from dabir.organs.saying import SAYINGS, cure, said
from dabir.organs.states import Severity

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Rule:
    value: Any
    article: dict[str, str]


RULES = {
    "executive_board.seats": 3,
    "executive_board.term_years": 2,
    "executive_board.hold_over": True,
    "general_assembly.interval": "P2Y",
    "president.presidency": {"holder": "mayor of the host", "of": "general-assembly"},
    "treasurer.appointment": ["approved by executive-board"],
    "organs.founders": {"committee": ["general-assembly"]},
    "organs.incompatible": [["committee", "treasurer"]],
}


def _articles(**changes: Any) -> Mapping[str, Rule]:
    said_ = RULES | {name.replace("__", "."): value for name, value in changes.items()}
    return {key: Rule(value, {"en": f"article on {key}"}) for key, value in said_.items()}


def _organ(key: str, kind: str, **changes: Any) -> OrganFact:
    given = {"founded_on": date(2020, 1, 10), "founded_by": "", "decided_on": date(2020, 1, 10)}
    return OrganFact(key, kind, {"en": key}, **(given | changes))


def _seat(organ: str, number: int, city: str, **changes: Any) -> SeatFact:
    given: dict[str, Any] = {"starts_on": date(2025, 3, 1), "decided_on": date(2025, 3, 1)}
    return SeatFact(organ, number, f"city:{city}", {"en": city}, **(given | changes))


def _session(number: int, day: date, city: str) -> SessionFact:
    return SessionFact(
        "general-assembly", f"assembly-{number}", {"en": f"Assembly {number}"}, city, day, day
    )


def _mandate(number: int, post: str, person: str, **changes: Any) -> MandateFact:
    given: dict[str, Any] = {"starts_on": date(2021, 1, 1), "one_holder": True}
    return MandateFact(number, post, {"en": post}, person, {"en": person}, **(given | changes))


ORGANS = [
    _organ("general-assembly", "assembly", founded_on=None, decided_on=None),
    _organ("executive-board", "board", foreseen=3, founded_by="general-assembly"),
    _organ("president", "office"),
    _organ("treasurer", "office"),
    _organ(
        "committee", "committee", parent="executive-board", least=2, founded_by="general-assembly"
    ),
]
SEATS = [
    _seat("executive-board", 1, "a", is_elected=True, term_ends_on=date(2027, 3, 1)),
    _seat("executive-board", 2, "b", is_elected=True, term_ends_on=date(2027, 3, 1)),
    _seat("executive-board", 3, "c"),
    _seat("president", 1, "b", starts_on=date(2025, 3, 1)),
    _seat("committee", 1, "a", starts_on=date(2021, 5, 1)),
    _seat("committee", 2, "c", starts_on=date(2021, 5, 1)),
]
SEATS[4:] = [replace(seat, decided_on=date(2021, 5, 1)) for seat in SEATS[4:]]
SESSIONS = [
    _session(1, date(2021, 3, 1), "a"),
    _session(2, date(2023, 3, 1), "a"),
    _session(3, date(2025, 3, 1), "b"),
]
SOUND = Institution(
    today=TODAY,
    articles=lambda _day: _articles(),
    organs=ORGANS,
    seats=SEATS,
    functions=[FunctionFact("committee", 1, "chair", date(2021, 5, 1))],
    mandates=[_mandate(1, "post-treasurer", "p", organ="treasurer", chain_complete=True)],
    sessions=SESSIONS,
)


def organs_with(key: str, **changes: Any) -> Institution:
    rows = [replace(o, **changes) if o.key == key else o for o in ORGANS]
    return replace(SOUND, organs=rows)


def seats_with(place: int, **changes: Any) -> Institution:
    rows = [replace(s, **changes) if i == place else s for i, s in enumerate(SEATS)]
    return replace(SOUND, seats=rows)


def more_seats(*seats: SeatFact) -> Institution:
    return replace(SOUND, seats=[*SEATS, *seats])


def more_mandates(*mandates: MandateFact) -> Institution:
    return replace(SOUND, mandates=[*SOUND.mandates, *mandates])


def post_seat(organ: str, number: int, post: str) -> SeatFact:
    return replace(_seat(organ, number, ""), holder=f"post:{post}", starts_on=date(2025, 3, 1))


def test_a_sound_institution_has_no_faults() -> None:
    assert [f for f in findings(SOUND) if f.severity == Severity.FAULT] == []


PLANTED: dict[str, Institution] = {
    "cyclic_parents": organs_with("executive-board", parent="committee"),
    "parent_gone": replace(
        organs_with("committee", parent="old"),
        organs=[
            *organs_with("committee", parent="old").organs,
            _organ("old", "commission", abolished_on=date(2026, 1, 1)),
        ],
    ),
    "founded_before_decision": organs_with("committee", decided_on=date(2020, 2, 1)),
    "founded_after_session": replace(
        SOUND,
        sessions=[*SESSIONS, replace(_session(9, date(2019, 6, 1), "a"), organ="committee")],
    ),
    "founder_not_there": organs_with("committee", founded_by="committee"),
    "may_not_found": organs_with("committee", founded_by="executive-board"),
    "seat_before_founded": seats_with(4, starts_on=date(2019, 5, 1), decided_on=None),
    "seat_before_decision": seats_with(1, decided_on=date(2025, 3, 2)),
    "seat_after_abolished": organs_with("committee", abolished_on=date(2026, 1, 1)),
    "seat_doubled": more_seats(_seat("committee", 3, "a")),
    "too_many_seats": more_seats(_seat("executive-board", 4, "d")),
    "too_few_seats": seats_with(5, ends_on=date(2026, 1, 1)),
    "no_chair": replace(SOUND, functions=[]),
    "seats_differ": organs_with("executive-board", foreseen=5),
    "function_without_seat": replace(
        SOUND, functions=[*SOUND.functions, FunctionFact("committee", 9, "secretary", TODAY)]
    ),
    "function_doubled": replace(
        SOUND, functions=[*SOUND.functions, FunctionFact("committee", 2, "chair", TODAY)]
    ),
    "member_left": replace(SOUND, left=[LeftFact("c", date(2026, 5, 1))]),
    "mandates_overlap": more_mandates(
        _mandate(2, "post-treasurer", "q", organ="treasurer", chain_complete=True)
    ),
    "post_unheld": more_seats(post_seat("committee", 3, "post-expert")),
    "person_twice": replace(
        more_mandates(_mandate(2, "x", "r"), _mandate(3, "y", "r")),
        seats=[*SEATS, post_seat("committee", 3, "x"), post_seat("committee", 4, "y")],
    ),
    "person_in_excluding": replace(
        more_mandates(_mandate(2, "x", "p")),
        seats=[*SEATS, post_seat("committee", 3, "x")],
    ),
    "president_not_host": seats_with(3, holder="city:c"),
    "chain_incomplete": replace(
        SOUND, mandates=[_mandate(1, "post-treasurer", "p", organ="treasurer")]
    ),
    "term_over": replace(
        seats_with(0, term_ends_on=date(2026, 3, 1)),
        articles=lambda _day: _articles(executive_board__hold_over=None),
    ),
    "term_overrun": replace(
        SOUND,
        sessions=[SESSIONS[0], SESSIONS[2]],
        articles=lambda _day: _articles(
            executive_board__hold_over=None, general_assembly__interval="P5Y"
        ),
    ),
    "interval_overrun": replace(SOUND, sessions=[SESSIONS[0], SESSIONS[2]]),
}
NOTES: dict[str, Institution] = {
    "unknown_foundation": organs_with("committee", has_basis=False),
    "unknown_ground_of_seats": seats_with(0, has_basis=False),
    "seats_vacant": seats_with(2, ends_on=date(2026, 1, 1)),
    "composition_unknown": replace(SOUND, seats=SEATS[:4], functions=[]),
    "sources_contradict": organs_with("treasurer", conflicts=2),
    "article_unset": replace(
        SOUND, articles=lambda _day: _articles(general_assembly__interval=None)
    ),
}


@pytest.mark.parametrize("code", PLANTED)
def test_a_planted_fault_is_found_once_and_alone(code: str) -> None:
    faults = [f for f in findings(PLANTED[code]) if f.severity == Severity.FAULT]
    wanted = {code}
    if code == "cyclic_parents":  # a circle is a fault of each organ in it
        assert {f.organ for f in faults} == {"executive-board", "committee"}
        faults = faults[:1]
    assert {f.code for f in faults} == wanted
    # Both seats of the committee outlive it; the city that left has two seats.
    assert len(faults) == (2 if code in {"seat_after_abolished", "member_left"} else 1)


@pytest.mark.parametrize("code", NOTES)
def test_what_is_unknown_is_a_note_and_no_fault(code: str) -> None:
    found = findings(NOTES[code])
    assert code in {f.code for f in found if f.severity == Severity.NOTE}
    assert [f for f in found if f.severity == Severity.FAULT] == []


def test_every_finding_has_its_words_and_its_cure() -> None:
    codes = set(PLANTED) | set(NOTES)
    assert codes == set(SAYINGS)
    for institution in (*PLANTED.values(), *NOTES.values()):
        for found in findings(institution):
            assert "%(" not in said(found)
            assert cure(found)


def test_an_unknown_start_is_no_proof_of_overlap() -> None:
    rows = [
        _seat("committee", 3, "d", starts_on=None, ends_on=date(2022, 1, 1), decided_on=None),
        _seat(
            "committee",
            4,
            "d",
            starts_on=date(2021, 1, 1),
            ends_on=date(2021, 6, 1),
            decided_on=None,
        ),
        _seat(
            "committee",
            5,
            "d",
            starts_on=date(2022, 1, 1),
            ends_on=date(2023, 1, 1),
            decided_on=None,
        ),
    ]
    assert "seat_doubled" not in {f.code for f in findings(more_seats(*rows))}


@pytest.mark.parametrize(
    ("second", "overlap"),
    [
        ((date(2022, 1, 1), date(2023, 1, 1)), False),  # touching, half-open
        ((date(2021, 12, 31), date(2023, 1, 1)), True),  # one day
        ((date(2021, 3, 1), date(2021, 4, 1)), True),  # contained
        ((date(2021, 1, 1), date(2022, 1, 1)), True),  # equal
        ((date(2020, 6, 1), date(2021, 1, 1)), False),  # touching before
        ((date(2020, 6, 1), None), True),  # open end
        ((date(2024, 1, 1), None), False),  # disjoint
    ],
)
def test_seats_of_one_holder_overlap_by_half_open_intervals(
    second: tuple[date, date | None], overlap: bool
) -> None:
    first = _seat(
        "committee", 3, "d", starts_on=date(2021, 1, 1), ends_on=date(2022, 1, 1), decided_on=None
    )
    other = _seat("committee", 4, "d", starts_on=second[0], ends_on=second[1], decided_on=None)
    codes = {f.code for f in findings(more_seats(first, other))}
    assert ("seat_doubled" in codes) is overlap


def test_a_long_seat_is_held_against_all_that_lie_within_it() -> None:
    long = _seat(
        "committee", 3, "d", starts_on=date(2020, 2, 1), ends_on=date(2030, 1, 1), decided_on=None
    )
    short = [
        _seat(
            "committee",
            4 + i,
            "d",
            starts_on=date(2021 + i, 1, 1),
            ends_on=date(2021 + i, 2, 1),
            decided_on=None,
        )
        for i in range(2)
    ]
    doubled = [f for f in findings(more_seats(long, *short)) if f.code == "seat_doubled"]
    assert [f.subject for f in doubled] == ["seats 3 4", "seats 3 5"]


def test_a_month_is_no_earlier_than_a_day_in_it() -> None:
    imprecise = seats_with(
        1, starts_on=date(2025, 3, 1), precision="month", decided_on=date(2025, 3, 20)
    )
    assert "seat_before_decision" not in {f.code for f in findings(imprecise)}
