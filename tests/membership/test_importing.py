"""An existing list of members comes in: messy, doubled, in two calendars; tried first, whole or not."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from dabir.core.errors import InvalidInput
from dabir.core.trail import trail_faults
from dabir.documents.importing import confirm_import, plan_table, try_import
from dabir.membership.importing.members import plain_name
from dabir.membership.models import DuesEntry, Member
from dabir.membership.services.importing import DUES_SUBJECT, MEMBERS_SUBJECT
from dabir.registry.models import City
from tests.factories.people import SIGNED, a_holder, an_association
from tests.membership.admitted import a_country, a_statute, a_town, an_entered

pytestmark = pytest.mark.django_db
MESSY = Path(__file__).parent / "fixtures" / "messy-members.csv"
HEAD = "Name in English,Name in Persian,Country,Category,State,Membership number,Member since,Member until"


@pytest.fixture(autouse=True)
def union() -> None:
    cache.clear()
    an_association()
    a_statute()
    a_country("XA")


def _table(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join([head, *rows]).encode()


def _plan(data: bytes, subject: Any = MEMBERS_SUBJECT, name: str = "list.csv") -> dict[str, Any]:
    return plan_table(subject, data=data, name=name, on=SIGNED["on"]).as_plan()


def _enter(data: bytes, subject: Any = MEMBERS_SUBJECT, name: str = "list.csv") -> dict[str, Any]:
    run = try_import(subject, data=data, name=name, media_type="text/csv", **SIGNED)
    confirm_import(run=run, leave_out_refused=True, **SIGNED)
    return dict(run.plan["counts"])


def _as_xlsx(data: bytes) -> bytes:
    """The same table as a workbook, with real dates where a spreadsheet would make them."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(io.StringIO(data.decode()), delimiter=";"):
        sheet.append(
            [
                date.fromisoformat(cell) if len(cell) == 10 and cell[4] == cell[7] == "-" else cell
                for cell in row
            ]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_messy_list_of_200_is_tried_entered_and_tried_again_without_change() -> None:
    plan = _plan(MESSY.read_bytes(), name=MESSY.name)
    wanted = {"country": 3, "city": 182, "body": 0, "member": 182, "nothing": 9, "refused": 9}
    assert plan["counts"] == wanted
    assert not Member.objects.exists()
    refused = {row["refused"]["code"] for row in plan["rows"] if row["refused"]}
    assert refused == {
        "unknown_word",
        "no_category",
        "unreadable_date",
        "no_end",
        "no_name",
        "number_taken",
        "unknown_country",
        "future",
        "double",
    }
    _enter(MESSY.read_bytes(), name=MESSY.name)
    assert Member.objects.count() == City.objects.count() == 182
    again = _plan(MESSY.read_bytes(), name=MESSY.name)["counts"]
    assert (again["member"], again["nothing"], again["refused"]) == (0, 191, 9)
    assert list(trail_faults()) == []
    rudkenar = Member.objects.get(public_id="rudkenar")
    assert (rudkenar.number, rudkenar.joined_on) == (2, date(2004, 7, 27))
    year_only = Member.objects.get(public_id="sabzpol")
    assert (year_only.joined_on, year_only.joined_precision) == (date(2014, 1, 1), "year")


def test_workbook_of_the_same_list_plans_the_same() -> None:
    as_csv = _plan(MESSY.read_bytes(), name=MESSY.name)
    as_xlsx = _plan(_as_xlsx(MESSY.read_bytes()), name="messy-members.xlsx")
    assert as_xlsx["counts"] == as_csv["counts"]


def test_row_finds_the_city_by_another_spelling_and_a_member_otherwise_is_refused() -> None:
    an_entered("Nemunak", a_town("Nemunak", names={"fa": "نمونک", "en": "Nemunak"}), number=3)
    plan = _plan(
        _table(
            ",شهرداري نمونك,XA,full,,,,",
            "NEMUNAK,,,associate,,,,",
            "City of Nemunak (XA),,XA,full,suspended,,,",
            "Nemunak,,XB,full,,,,",
        )
    )
    codes = [row["refused"] and row["refused"]["code"] for row in plan["rows"]]
    assert codes == [None, "stands_otherwise", "stands_otherwise", "unknown_country"]


def test_name_of_two_cities_is_refused_with_their_keys() -> None:
    a_town("Nemunak", public_id="one")
    a_town("Nemunak", public_id="two")
    (row,) = _plan(_table("Nemunak,,XA,full,,,,"))["rows"]
    assert row["refused"]["params"]["keys"] == "one, two"


def test_list_with_refused_rows_enters_nothing_until_they_are_left_out_knowingly() -> None:
    data = _table("One,,XA,full,,,,", "Two,,XA,gold,,,,")
    run = try_import(MEMBERS_SUBJECT, data=data, name="l.csv", media_type="text/csv", **SIGNED)
    with pytest.raises(InvalidInput) as refusal:
        confirm_import(run=run, leave_out_refused=False, **SIGNED)
    assert refusal.value.code == "rows_refused"
    assert not Member.objects.exists()


@pytest.mark.parametrize("head", ["Name in English,Country", "Category,Country"])
def test_table_without_what_tells_a_member_is_refused(head: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        _plan(_table("x,y", head=head))
    assert refusal.value.code == "no_member_column"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("City of Nemunak (XA)", "Nemunak"),
        ("شهرداری نمونک", "نمونک"),
        ("شهر نمونک", "نمونک"),
        ("Nemunak *", "Nemunak"),
        ("شهر", "شهر"),
        ("The City of London", "London"),
        ("Shahr-e Kord", "Shahr-e Kord"),
    ],
)
def test_name_is_told_without_what_lists_put_around_it(written: str, plain: str) -> None:
    assert plain_name(written) == plain


DUES_HEAD = "Member,Year,Due,Paid,Currency,Due on,Paid on,Source"


def test_ledger_of_dues_is_entered_once_and_refuses_by_row() -> None:
    an_entered("Nemunak", a_town("Nemunak", names={"fa": "نمونک", "en": "Nemunak"}))
    data = _table(
        "نمونك,2025,۱٬۲۵۰,500,EUR,1404/01/11,2025-06-01,ledger 2025",
        "nemunak,2026,1250,,EUR,,,",
        "Nowhere,2025,10,,EUR,,,",
        "nemunak,2025,10,5,EUR,,,",
        "nemunak,2025,ten,,EUR,,,",
        "nemunak,2025,10,,EURO,,,",
        "nemunak,25,10,,EUR,,,",
        "nemunak,2025,,,EUR,,,",
        "nemunak,2025,-5,,EUR,,,",
        head=DUES_HEAD,
    )
    counts = _enter(data, DUES_SUBJECT)
    assert counts == {"due": 2, "paid": 1, "nothing": 0, "refused": 7}
    entry = DuesEntry.objects.get(kind="paid")
    assert (entry.minor, entry.on, entry.source) == (50_000, date(2025, 6, 1), "ledger 2025")
    assert DuesEntry.objects.get(year=2026).on == date(2026, 12, 31)
    assert _plan(data, DUES_SUBJECT)["counts"]["nothing"] == 2


def test_list_comes_in_on_its_page_and_the_expert_may_not() -> None:
    client = Client()
    client.force_login(a_holder("member_affairs", email="affairs@example.org"))
    file = SimpleUploadedFile("list.csv", _table("One,,XA,full,,1,2010,"))
    answer = client.post("/en/office/import/members/", {"file": file})
    assert answer.status_code == 302
    shown = client.get(answer["Location"]).content.decode()
    assert "Membership entered" in shown
    other = Client()
    other.force_login(a_holder("expert", email="expert@example.org"))
    assert other.get("/en/office/import/members/").status_code == 403
