"""Lists of cities and people as tables: messy ones are understood, refused in words, entered whole."""

from __future__ import annotations

from typing import Any

import pytest

from dabir.documents.importing import SUBJECTS, confirm_import, plan_table, try_import
from dabir.documents.models import ImportRun
from dabir.registry.models import City, CityFact, ContactPoint, Country, Mandate, Person
from dabir.registry.queries.facts import population_of_cities
from dabir.registry.services import add_city, add_contact, add_country, merge_records
from tests.factories.people import ON, SIGNED, a_mandate, a_person, a_post, an_association

pytestmark = pytest.mark.django_db
CITIES = "name_fa,name_en,country,country_en,coordinates,population,year,source"
PEOPLE = "Name in Persian,Name in English,E-mail address,Post,From,Until,Acting"


def tried(subject: str, head: str, *rows: str) -> ImportRun:
    an_association() if not ImportRun.objects.exists() else None
    data = "\n".join([head, *rows]).encode()
    return try_import(
        SUBJECTS[subject], data=data, name="list.csv", media_type="text/csv", **SIGNED
    )


def confirmed(run: ImportRun, *, leave_out: bool = False) -> ImportRun:
    return confirm_import(run=run, leave_out_refused=leave_out, **SIGNED)


def refusals(run: ImportRun) -> list[str]:
    return [row["refused"]["code"] if row["refused"] else "" for row in run.plan["rows"]]


def test_cities_come_in_with_country_and_values_and_twice_is_once() -> None:
    row = "هایکو,Haikou,CN,China,20.03421 110.34651,۲٬۸۷۳٬۳۵۸,۲۰۲۰,Census"
    run = confirmed(tried("cities", CITIES, row))
    assert run.plan["counts"] == {
        "country": 1, "city": 1, "change": 0, "value": 2, "nothing": 0, "refused": 0,
    }  # fmt: skip
    city = City.objects.get()
    assert (city.public_id, city.country and city.country.code) == ("haikou", "CN")
    assert population_of_cities([city]) == {city.pk: (2873358, 2020)}
    assert {fact.source for fact in CityFact.objects.all()} == {"Census"}
    again = tried("cities", CITIES, row)
    assert again.plan["counts"]["nothing"] == 1


def test_cities_are_found_by_any_spelling_and_by_the_number_of_a_double() -> None:
    china = add_country(code="CN", names={"en": "China", "fa": "چین"}, **SIGNED)
    kept = add_city(names={"fa": "هایکو"}, country=china, public_id="haikou", **SIGNED)
    double = add_city(names={"en": "Hoihow"}, public_id="hoihow", **SIGNED)
    merge_records(kept=kept, double=double, reason="r", **SIGNED)
    run = tried("cities", "id,name_fa,name_en,country", ",هايكو,Haikou,چين", "hoihow,,Haikou,")
    first, second = run.plan["rows"]
    assert first["acts"] == [
        {
            "kind": "change",
            "id": "haikou",
            "changes": {"name_en": {"before": "", "after": "Haikou"},
                        "name_fa": {"before": "هایکو", "after": "هايكو"}},
        }
    ]  # fmt: skip
    assert second["acts"] == []
    confirmed(run)
    assert City.objects.filter(merged_into=None).count() == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",Qom,Atlantis,,,,,", "unknown_country"),
        (",Qom,,,somewhere,,,", "bad_coordinates"),
        (",Qom,,,,many,2020,", "bad_population"),
        (",Qom,,,,100,,", "no_year"),
        (",Qom,,,,100,2099,", "no_year"),
        (",Qom,,,,100,soon,", "bad_year"),
        (",Twin,,,,,,", "several_cities"),
        (",,IR,Iran,,,,", "no_name"),
    ],
)
def test_city_is_refused_in_words(row: str, code: str) -> None:
    for number in (1, 2):
        add_city(names={"en": "Twin"}, public_id=f"twin-{number}", **SIGNED)
    run = tried("cities", CITIES, row, ",Karaj,,,,,,")
    assert refusals(run) == [code, ""]
    wrong = run.plan["rows"][0]["refused"]
    assert wrong["text"] % wrong["params"]
    confirmed(run, leave_out=True)
    assert City.objects.filter(public_id="karaj").exists()
    assert not Country.objects.exists()


def test_people_come_in_with_address_and_mandate_and_twice_is_once() -> None:
    post = a_post("secretary_general", name="Secretary General")
    row = "شیرین کریمی,Shirin Karimi,SHIRIN@example.org,secretary general,۱۴۰۵/۰۱/۰۱,,"
    run = confirmed(tried("people", PEOPLE, row))
    assert run.plan["counts"]["person"] == 1
    mandate = Mandate.objects.get()
    assert (mandate.post, mandate.starts_on and mandate.starts_on.isoformat()) == (
        post,
        "2026-03-21",
    )
    assert ContactPoint.objects.get().value == "shirin@example.org"
    assert tried("people", PEOPLE, row).plan["counts"]["nothing"] == 1


def test_person_is_found_by_address_before_the_name() -> None:
    person = a_person("Old Spelling")
    add_contact(of=person, kind="email", value="s@example.org", **SIGNED)
    run = confirmed(tried("people", PEOPLE, ",New Spelling,s@example.org,,,,"))
    assert run.plan["counts"]["change"] == 1
    assert str(Person.objects.get()) == "New Spelling"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",A,not an address,,,,", "bad_email"),
        (",A,,Unknown post,,,", "unknown_post"),
        (",A,,Treasurer,2026-02-01,,", "post_held"),
        (",A,,Treasurer,2026-02-01,2026-01-01,", "ends_early"),
        (",A,,Treasurer,someday,,", "unreadable_date"),
        (",A,,Treasurer,2026-02-01,,perhaps", "unknown_word"),
        (",Twin,,,,,", "several_people"),
        (",,x@example.org,,,,", "no_name"),
    ],
)
def test_person_is_refused_in_words(row: str, code: str) -> None:
    a_mandate(a_person("Holder"), a_post("treasurer", name="Treasurer"))
    a_person("Twin")
    a_person("Twin")
    run = tried("people", PEOPLE, row, ",B,,Treasurer,2026-02-01,2026-03-01,yes")
    assert refusals(run) == [code, ""]
    confirmed(run, leave_out=True)
    assert Mandate.objects.filter(is_acting=True).count() == 1


def test_two_rows_that_give_one_post_to_two_people_are_refused() -> None:
    a_post("treasurer", name="Treasurer")
    run = tried("people", PEOPLE, ",A,,Treasurer,2026-01-01,,", ",B,,Treasurer,2026-02-01,,")
    assert refusals(run) == ["", "post_held"]


def test_excluded_posts_are_refused_as_a_whole_and_nothing_is_entered() -> None:
    from dabir.core.errors import InvalidInput

    a_post("treasurer", name="Treasurer")
    a_post("auditor", name="Auditor")
    run = tried("people", PEOPLE, ",A,,Treasurer,2026-01-01,,", ",A,,Auditor,2026-01-01,,")
    with pytest.raises(InvalidInput) as refusal:
        confirmed(run)
    assert "excludes" in str(refusal.value.message)
    assert not Person.objects.exists()


def test_large_list_is_planned_quickly() -> None:
    rows = [f",City {number},,,,,," for number in range(3000)]
    data: Any = "\n".join([CITIES, *rows]).encode()
    trial = plan_table(SUBJECTS["cities"], data=data, name="x.csv", on=ON)
    assert len(trial.rows) == 3000
    assert all(row.wrong is None for row in trial.rows)
