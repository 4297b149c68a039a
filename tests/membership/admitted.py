"""Members for tests, made by the services that a person uses, under a complete invented statute."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from dabir.core.money import Money
from dabir.core.reference import Reference
from dabir.documents.models import StoredFile
from dabir.documents.services import store_file
from dabir.membership.models import Application, DuesEntry, Member
from dabir.membership.queries.examination import points_of
from dabir.membership.services.applications import (
    admit_member,
    examine_point,
    receive_application,
)
from dabir.membership.services.dues import enter_dues
from dabir.membership.services.steps import enter_member
from dabir.registry.models import City, Country
from dabir.registry.services import add_city, add_country
from dabir.statutes.models import RuleSet
from dabir.statutes.services import adopt_rules
from tests.factories.people import AT, ON, SIGNED, a_mandate, a_person, a_post

BOARD = Reference("decision", "board-2026/3", {"en": "Admission", "fa": "پذیرش"}, date(2026, 10, 1))
ARTICLE = 'article = { en = "article 5", fa = "مادهٔ ۵" }'
CATEGORIES = """
[members.categories]
article = { en = "article 5", fa = "مادهٔ ۵" }
[[members.categories.value]]
key = "full"
names = { en = "full member", fa = "عضو اصلی" }
votes = true
stands = true
speaks = true
[[members.categories.value]]
key = "associate"
names = { en = "associate member", fa = "عضو وابسته" }
votes = false
stands = false
speaks = true
[[members.categories.value]]
key = "honorary"
names = { en = "honorary member", fa = "عضو افتخاری" }
votes = false
stands = false
speaks = true
pays_dues = false
"""
CHAINS = "".join(
    f'[members.{key}]\n{ARTICLE}\nvalue = ["decided by executive-board"]\n'
    for key in ("admission", "honorary", "suspension", "exclusion")
)
PROVISIONAL = f"[members.provisional]\n{ARTICLE}\nvalue = true\n"
STANDING = (
    f'[members.standing]\n{ARTICLE}\nvalue = {{ rule = "paid up to the year before", plan = true }}\n'
    f'[members.candidacy]\n{ARTICLE}\nvalue = {{ rule = "fully paid" }}\n'
)
WHOLE = CATEGORIES + CHAINS + PROVISIONAL + STANDING


def a_statute(text: str = WHOLE, key: str = "test-2020", **changes: Any) -> RuleSet:
    """A rule set in force since 2000."""
    given: dict[str, Any] = {"names": {"en": "Statute"}, "in_force_from": date(2000, 1, 1)}
    return adopt_rules(key=key, text=text, **(given | changes), **SIGNED)


def a_country(code: str = "XA", name: str = "Mashqestan") -> Country:
    """A country."""
    known = Country.objects.filter(code=code).first()
    return known or add_country(code=code, names={"en": name, "fa": "مشقستان"}, **SIGNED)


def a_town(name: str = "Nemunak", *, country: Country | None = None, **changes: Any) -> City:
    """A city of the registry."""
    given = {"names": {"en": name, "fa": f"شهر {name}"}, "public_id": name.lower()}
    return add_city(country=country or a_country(), **(given | changes), **SIGNED)


def a_letter() -> StoredFile:
    """A letter of a mayor, as a file."""
    data = b"%PDF-1.4\nletter of the mayor\n%%EOF\n"
    return store_file(data=data, name="letter.pdf", media_type="application/pdf", at=AT)


def an_application(city: City | None = None, **changes: Any) -> Application:
    """A letter whose signer holds a post of the city."""
    town = city or a_town()
    mayor = a_person(f"Mayor of {town.public_id}")
    a_mandate(mayor, a_post(name="Mayor", city=town), starts_on=date(2015, 1, 1))
    given: dict[str, Any] = {
        "category": "full",
        "received_on": date(2026, 9, 1),
        "letter": a_letter(),
        "signer": mayor,
    }
    return receive_application(holder=town, **(given | changes), **SIGNED)


def examined(application: Application, **stamp: Any) -> Application:
    """Every point examined and found in order."""
    signed = SIGNED | stamp
    for point in points_of(application, on=signed["on"]):
        if not point.is_settled:
            examine_point(
                application=application, point=point.key, outcome="met", note="seen", **signed
            )
    application.refresh_from_db()
    return application


def an_admitted(name: str = "Nemunak", **changes: Any) -> Member:
    """A member that came by letter, examination and decision."""
    application = examined(an_application(a_town(name)))
    given: dict[str, Any] = {"basis": BOARD, "on": date(2026, 11, 22)}
    return admit_member(application=application, **(SIGNED | given | changes))


def an_entered(name: str, city: City | None = None, **changes: Any) -> Member:
    """A member from a list that was kept before."""
    given: dict[str, Any] = {
        "category": "full",
        "source": "list of 2025",
        "joined_on": date(2015, 1, 1),
    }
    return enter_member(holder=city or a_town(name), **(given | changes), **SIGNED)


def owes(member: Member, year: int, due: int, paid: int = 0, **changes: Any) -> list[DuesEntry]:
    """What a year costs and what was paid of it on the first of June."""
    given: dict[str, Any] = {"source": "ledger", "currency": "EUR"} | changes
    currency = given.pop("currency")
    return [
        enter_dues(
            member=member,
            year=year,
            kind=kind,
            amount=Money(minor, currency, 2),
            day=date(year, month, day),
            **(SIGNED | given),
        )
        for kind, minor, month, day in (("due", due, 3, 31), ("paid", paid, 6, 1))
        if minor
    ]


def at(day: date) -> dict[str, Any]:
    """Signed on a day."""
    return SIGNED | {"on": day, "at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC)}


__all__ = ["AT", "BOARD", "ON", "SIGNED", "WHOLE"]
