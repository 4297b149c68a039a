"""What membership costs under the fee rules of six networks, as data; proration; gaps and overlaps.

Sources: the published fees of Metropolis 2023 to 2025, Mayors for Peace, OWHC, the Union of the Baltic
Cities' discount by date, the Covenant of Mayors; ICLEI's shape of bands, with invented amounts.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dabir.core.errors import InvalidInput
from dabir.statutes import fees
from dabir.statutes.amounts import amount_said, minor_units
from dabir.statutes.outcomes import say_fee
from dabir.statutes.reading import read_rules
from dabir.statutes.starting import read_template

pytestmark = pytest.mark.pure
OWHC = {
    "engine": "formula",
    "currency": "USD",
    "product": ["gni_per_capita", "population"],
    "divisor": 1_000_000,
    "plus": {
        "groups": ["income_group"],
        "rows": [
            {"income_group": "low", "amount": 500},
            {"income_group": "lower-middle", "amount": 750},
            {"income_group": "upper-middle", "amount": 1000},
            {"income_group": "high", "amount": 2000},
        ],
    },
}
COVENANT = {"engine": "free", "duty": {"en": "report every two years"}}


def _template(name: str) -> dict[str, Any]:
    value: dict[str, Any] = read_rules(read_template(name)).value("members.fees")
    return value


def test_fee_of_owhc_is_income_times_people_and_a_fixed_part() -> None:
    facts = {"gni_per_capita": 4000, "population": 1_000_000, "income_group": "lower-middle"}
    assert fees.fee_of(OWHC, facts).amount == 475_000
    with translation.override("en"):
        assert say_fee(fees.fee_of(OWHC, facts)) == "4,750 USD (lower middle)"


def test_fee_of_mayors_for_peace_unpaid_from_2015_to_2018_is_8000_yen() -> None:
    fee = fees.fee_of(_template("mayors_for_peace"), {})
    assert 4 * fee.amount == 8000
    with translation.override("fa"):
        assert amount_said(4 * fee.amount, fee.currency) == "۸,۰۰۰ JPY"


@pytest.mark.parametrize(
    ("income", "membership", "capital", "euro"),
    [
        ("upper-middle", "exclusive", True, 7330),
        ("low", "joint", False, 2090),
        ("lower-middle", "joint", True, 5530),
        ("high", "joint", True, 19870),
        ("high", "exclusive", False, 11010),
    ],
)
def test_fee_of_metropolis_is_read_from_its_table(
    income: str, membership: str, capital: bool, euro: int
) -> None:
    facts = {"income_group": income, "membership": membership, "capital": capital}
    assert fees.fee_of(_template("metropolis"), facts).amount == euro * 100


def test_fee_of_the_covenant_of_mayors_is_a_duty_instead() -> None:
    fee = fees.fee_of(COVENANT, {})
    assert (fee.amount, fee.row["duty"]["en"]) == (0, "report every two years")


def test_fee_without_a_fact_names_the_fact_that_is_missing() -> None:
    with pytest.raises(fees.FactMissing) as refusal:
        fees.fee_of(_template("metropolis"), {"income_group": "low"})
    assert refusal.value.fact == "membership"


def test_fee_in_bands_is_half_open() -> None:
    """ICLEI: ten bands of population by four groups of income; here two and two."""
    table = {
        "engine": "table",
        "currency": "EUR",
        "band": "population",
        "groups": ["income_group"],
        "rows": [
            {"income_group": "low", "from": 0, "to": 100_000, "amount": 600},
            {"income_group": "low", "from": 100_000, "amount": 1000},
        ],
    }
    by_people = {
        n: fees.fee_of(table, {"income_group": "low", "population": n}).amount
        for n in (0, 99_999, 100_000)
    }
    assert by_people == {0: 60_000, 99_999: 60_000, 100_000: 100_000}
    with pytest.raises(InvalidInput):
        fees.fee_of(table, {"income_group": "high", "population": 5})


def test_discount_steps_down_by_date() -> None:
    """Union of the Baltic Cities: the earlier paid, the less."""
    steps = [{"paid_by": "03-31", "discount": "1/20"}, {"paid_by": "01-31", "discount": "1/10"}]
    paid = {
        day: fees.discounted(10_000, steps, paid_on=day, year=2025)
        for day in (date(2025, 1, 31), date(2025, 2, 1), date(2025, 4, 1))
    }
    assert list(paid.values()) == [9_000, 9_500, 10_000]


YEAR = fees.Year(date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("rule", "joined_on", "owed"),
    [
        ("by days", date(2024, 1, 1), 36_600),
        ("by days", date(2024, 12, 31), 100),  # both ends included, a leap year of 366 days
        ("by days", date(2024, 7, 1), 18_400),
        ("by quarters", date(2024, 2, 1), 36_600),
        ("by quarters", date(2024, 4, 1), 27_450),
        ("by quarters", date(2024, 12, 1), 9_150),
        ("whole year", date(2024, 12, 31), 36_600),
        ("from next year", date(2024, 1, 2), 0),
        ("from next year", date(2024, 1, 1), 36_600),
        ("whole year", date(2025, 1, 1), 0),
    ],
)
def test_proration_of_the_year_of_joining(rule: str, joined_on: date, owed: int) -> None:
    assert fees.prorated(36_600, rule, joined_on=joined_on, year=YEAR) == owed


def test_gaps_and_overlaps_are_found_group_by_group() -> None:
    rows = [
        {"income_group": "low", "from": 10, "to": 50, "amount": 1},
        {"income_group": "low", "from": 40, "to": 60, "amount": 1},
        {"income_group": "high", "from": 0, "amount": 1},
        {"income_group": "high", "from": 70, "to": 80, "amount": 1},
    ]
    found = fees.band_faults({"band": "population", "groups": ["income_group"], "rows": rows})
    assert [(f.kind, f.group["income_group"], f.start, f.end) for f in found] == [
        ("gap", "low", 0, 10),
        ("overlap", "low", 40, 50),
        ("gap", "low", 60, None),
        ("overlap", "high", 70, 80),
    ]


def test_amounts_are_whole_minor_units() -> None:
    assert [minor_units(a, c) for a, c in (("12.50", "EUR"), (2000, "JPY"), ("1.5", "KWD"))] == [
        1250,
        2000,
        1500,
    ]
    for amount, currency in (("1.005", "EUR"), ("1.5", "JPY"), ("x", "EUR")):
        with pytest.raises(InvalidInput):
            minor_units(amount, currency)


BOUNDS = st.lists(st.integers(1, 50), max_size=6, unique=True).map(sorted)


@given(bounds=BOUNDS, number=st.integers(0, 80))
def test_a_table_without_gap_or_overlap_has_one_row_for_every_number(
    bounds: list[int], number: int
) -> None:
    edges = [0, *bounds]
    rows: list[dict[str, int]] = [
        {"from": low, "to": high, "amount": low} for low, high in itertools.pairwise(edges)
    ]
    rows.append({"from": edges[-1], "amount": edges[-1]})
    table = {"band": "population", "rows": rows}
    assert fees.band_faults(table) == []
    assert fees.row_for(table, {"population": number})["amount"] == max(
        e for e in edges if e <= number
    )


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 20), st.none() | st.integers(1, 20)), min_size=1, max_size=5
    ),
    number=st.integers(0, 30),
)
def test_any_table_that_fails_for_a_number_has_a_fault(
    rows: list[tuple[int, int | None]], number: int
) -> None:
    table = {
        "band": "population",
        "rows": [
            {"from": low, "amount": 1} | ({"to": low + length} if length else {})
            for low, length in rows
        ],
    }
    try:
        fees.row_for(table, {"population": number})
    except InvalidInput:
        assert fees.band_faults(table)


@given(amount=st.integers(0, 10**6), joined=st.integers(0, 365))
def test_joining_later_never_costs_more(amount: int, joined: int) -> None:
    for rule in fees.PRORATIONS:
        first, later = (
            fees.prorated(amount, rule, joined_on=YEAR.first + timedelta(days=day), year=YEAR)
            for day in (joined, joined + 1)
        )
        assert 0 <= later <= first <= amount


@given(amount=st.integers(0, 10**9), parts=st.lists(st.integers(0, 99), min_size=1, max_size=9))
def test_no_minor_unit_is_lost_in_a_split(amount: int, parts: list[int]) -> None:
    if not sum(parts):
        return
    assert sum(fees.split(amount, parts)) == amount
