"""What is known of a city: values beside each other, one official, none lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.models import AuditEntry, SearchEntry
from dabir.registry.figures import degrees
from dabir.registry.models import City, CityFact
from dabir.registry.proposals import proposal, proposals_for
from dabir.registry.queries.facts import (
    cities_matching,
    coordinates_of_cities,
    figures_of,
    income_group_of,
    population_of_cities,
)
from dabir.registry.services import (
    accept_proposal,
    add_city,
    add_country,
    change_city,
    make_official,
    tell_fact,
    withdraw_fact,
)
from tests.factories.people import AT, CLERK, SIGNED

pytestmark = pytest.mark.django_db


def a_city(**changes: Any) -> City:
    given = {"names": {"en": "Haikou", "fa": "هایکو"}, "public_id": "haikou"}
    return add_city(**(given | changes), **SIGNED)


def a_figure(city: City, value: str, source: str, year: int = 2020, **changes: Any) -> CityFact:
    return tell_fact(
        city=city, kind="population", value=value, year=year, source=source, **changes, **SIGNED
    )


def test_tell_fact_keeps_contradicting_values_and_none_counts_before_one_is_official() -> None:
    city = a_city()
    census = a_figure(city, "۲٬۸۷۳٬۳۵۸", "Census 2020")
    a_figure(city, "2,300,000", "Brochure")
    figure = figures_of(city)[0]
    assert figure.conflicts
    assert figure.standing is None
    assert population_of_cities([city]) == {}
    make_official(fact=census, reason="The census counts.", **SIGNED)
    assert population_of_cities([city]) == {city.pk: (2873358, 2020)}
    entry = AuditEntry.objects.get(act="registry.make_official")
    assert (entry.reason, entry.after["value"]) == ("The census counts.", "2873358")


def test_make_official_again_moves_on_and_keeps_both_judgements() -> None:
    city = a_city()
    first, second = a_figure(city, "100", "A"), a_figure(city, "200", "B")
    make_official(fact=first, reason="first", **SIGNED)
    make_official(fact=second, reason="second", **(SIGNED | {"at": AT.replace(hour=10)}))
    figure = figures_of(city)[0]
    assert figure.official
    assert figure.official.value == "200"
    assert first.judgements.get().reason == "first"


def test_withdraw_fact_lets_the_other_value_stand_and_is_final() -> None:
    city = a_city()
    good, wrong = a_figure(city, "100", "A"), a_figure(city, "999", "B")
    withdraw_fact(fact=wrong, reason="Misprint.", **SIGNED)
    figure = figures_of(city)[0]
    assert figure.standing
    assert figure.standing.pk == good.pk
    assert len(figure.values) == 2
    with pytest.raises(IllegalStep):
        make_official(fact=wrong, reason="after all", **SIGNED)
    a_figure(city, "999", "B")


def test_equal_values_of_two_sources_are_no_contradiction() -> None:
    city = a_city()
    a_figure(city, "100", "A", confidence="doubtful")
    sure = a_figure(city, "100", "B", confidence="certain")
    figure = figures_of(city)[0]
    assert not figure.conflicts
    assert figure.standing
    assert figure.standing.pk == sure.pk


def test_newest_year_counts_and_an_earlier_one_when_asked() -> None:
    city = a_city()
    a_figure(city, "100", "A", year=2010)
    a_figure(city, "200", "A", year=2020)
    assert population_of_cities([city])[city.pk] == (200, 2020)
    assert population_of_cities([city], year=2019)[city.pk] == (100, 2010)
    tell_fact(city=city, kind="income_group", value="high", year=2018, source="WB", **SIGNED)
    assert income_group_of(city, year=2024) == ("high", 2018)
    assert income_group_of(city, year=2017) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "population", "value": "many"}, "value"),
        ({"kind": "population", "value": "-5"}, "value"),
        ({"kind": "population", "value": "0"}, "value"),
        ({"kind": "population", "value": "5", "year": None}, "year"),
        ({"kind": "population", "value": "5", "year": 2027}, "year"),
        ({"kind": "population", "value": "5", "year": 999}, "year"),
        ({"kind": "coordinates", "value": "91 0"}, "value"),
        ({"kind": "coordinates", "value": "here"}, "value"),
        ({"kind": "income_group", "value": "rich"}, "value"),
        ({"kind": "weather", "value": "fine"}, "kind"),
        ({"kind": "population", "value": "5", "source": " "}, "source"),
        ({"kind": "population", "value": "5", "source_on": date(2027, 1, 1)}, "source_on"),
        ({"kind": "population", "value": "5", "confidence": "sure"}, "confidence"),
    ],
)
def test_tell_fact_refuses_in_words(changes: dict[str, Any], field: str) -> None:
    city = a_city()
    with pytest.raises(InvalidInput) as refusal:
        tell_fact(city=city, **({"year": 2020, "source": "S"} | changes), **SIGNED)
    assert field in refusal.value.fields
    assert not CityFact.objects.exists()
    assert not AuditEntry.objects.filter(act="registry.tell_fact").exists()


def test_tell_fact_twice_from_one_source_is_refused() -> None:
    city = a_city()
    a_figure(city, "100", "A")
    with pytest.raises(IllegalStep) as refusal:
        a_figure(city, "100", "A")
    assert refusal.value.code == "fact_known"


def test_make_official_without_reason_is_refused() -> None:
    with pytest.raises(InvalidInput):
        make_official(fact=a_figure(a_city(), "1", "A"), reason=" ", **SIGNED)


def test_facts_refuse_change_in_raw_sql() -> None:
    a_figure(a_city(), "100", "A")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("UPDATE registry_cityfact SET value = '1'")


def test_change_city_keeps_the_former_name_and_finds_by_it() -> None:
    country = add_country(code="IN", names={"en": "India"}, **SIGNED)
    city = a_city(names={"en": "Bombay"}, public_id="mumbai", country=country)
    change_city(
        city=city,
        names={"en": "Mumbai", "fa": "بمبئی"},
        country=country,
        reason="renamed",
        by=CLERK,
        on=date(1995, 11, 1),
        at=AT,
    )
    former = city.former_names.get()
    assert (str(former.names), former.on) == ("Bombay", date(1995, 11, 1))
    assert [c.public_id for c in cities_matching(words="bombay")] == ["mumbai"]
    assert [c.public_id for c in cities_matching(words="بمبيي", country="IN")] == ["mumbai"]
    assert SearchEntry.objects.get(kind="city").public_id == "mumbai"
    entry = AuditEntry.objects.get(act="registry.change_city")
    assert entry.before == {"names": {"en": "Bombay"}}


def test_change_city_by_a_further_language_is_no_new_name() -> None:
    city = a_city(names={"en": "Qom"}, public_id="qom")
    change_city(city=city, names={"en": "Qom", "fa": "قم"}, country=None, **SIGNED)
    assert not city.former_names.exists()
    with pytest.raises(IllegalStep):
        change_city(city=city, names={"en": "Qom", "fa": "قم"}, country=None, **SIGNED)


def test_proposals_show_both_cities_of_one_name_and_decide_nothing() -> None:
    found = proposals_for(["Haikou", "هایکو"], "CN")
    assert [p.number for p in found] == [1809078, 1809077]
    city = a_city()
    assert figures_of(city) == []
    accept_proposal(city=city, proposal=found[0], coordinates=True, **SIGNED)
    told = figures_of(city)[0].values[0]
    assert told.value == "20.03421 110.34651"
    assert "1809078" in told.source
    assert coordinates_of_cities([city])[city.pk] == (20.03421, 110.34651)


def test_accept_proposal_leaves_name_and_country_of_the_association() -> None:
    city = a_city(names={"en": "Al-Quds", "fa": "قدس"}, public_id="al-quds")
    found = next(p for p in proposals_for(["القدس", "قدس"]) if p.country == "IL")
    assert proposal(found.number) == found
    accept_proposal(city=city, proposal=found, coordinates=True, **SIGNED)
    city.refresh_from_db()
    assert (str(city.names), city.country) == ("Al-Quds", None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("35.69439 51.42151", (35.69439, 51.42151)),
        ("35.69439, 51.42151", (35.69439, 51.42151)),
        ("35.69439,51.42151", (35.69439, 51.42151)),
        ("۳۵٫۶۹۴۳۹ ۵۱٫۴۲۱۵۱", (35.69439, 51.42151)),
        ("-6.2 106.8", (-6.2, 106.8)),
        ("35", None),
        ("95 10", None),
        ("", None),
        ("a b", None),
        ("nan 10", None),
    ],
)
def test_degrees_are_read_as_people_write_them(typed: str, meant: Any) -> None:
    assert degrees(typed) == meant
