"""Whether the organs hang together: pure, from plain facts and a reader of articles by day.

Each check yields findings; what they say and what cures them stands in `organs/saying.py`. A
contradiction within the record is a fault on whatever day it lies; what is merely missing is looked
for on the day of the check, for only that can be cured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dabir.organs.checking import founding, people, seats, terms
from dabir.organs.checking.facts import Found, Institution
from dabir.organs.states import Severity

Check = Callable[[Institution], Iterator[Found]]
CHECKS: tuple[Check, ...] = (
    founding.cyclic_parents,
    founding.gone_parents,
    founding.foundations,
    seats.seats_in_time,
    seats.seats_doubled,
    seats.too_many_seats,
    seats.composition_today,
    seats.seats_and_article,
    seats.functions_fit,
    seats.members_left,
    people.mandates_overlap,
    people.posts_without_holder,
    people.people_twice,
    people.presidents,
    people.chains_complete,
    terms.terms_of_seats,
    terms.terms_between_sessions,
    terms.intervals,
    terms.articles_unset,
)
WEIGHT = {Severity.FAULT: 0, Severity.KNOWN: 1, Severity.NOTE: 2}


def findings(institution: Institution) -> list[Found]:
    """Everything that the checks find, the heaviest first, organ by organ in their order."""
    found = [one for check in CHECKS for one in check(institution)]
    order = {organ.key: place for place, organ in enumerate(institution.organs)}
    return sorted(found, key=lambda f: (WEIGHT[Severity(f.severity)], order.get(f.organ, -1)))
