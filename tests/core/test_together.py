"""Several tables in one statement: the records are those that ordinary queries give."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import BooleanField, Case, DecimalField, IntegerField, Value, When
from django.test.utils import CaptureQueriesContext
from i18nfield.strings import LazyI18nString

from dabir.core.models import AuditEntry
from dabir.core.readback import reader_of
from dabir.core.together import Together, gather, given, in_order, link
from dabir.decisions.models import Commitment, CommitmentTerms, Decision, StatusEntry
from dabir.organs.models import Organ
from dabir.registry.models import Association, City
from tests.decisions.reported import a_register

pytestmark = pytest.mark.django_db
MODELS = (AuditEntry, Association, City, Commitment, CommitmentTerms, Decision, StatusEntry)


def plain(record: Any) -> dict[str, Any]:
    """The fields of a record; names in several languages by what they hold."""
    fields = record._meta.concrete_fields
    values = {f.attname: getattr(record, f.attname) for f in fields}
    return {name: getattr(value, "data", value) for name, value in values.items()}


def test_read_gives_the_records_of_ordinary_queries_in_one_statement() -> None:
    a_register()
    together = Together(**{model.__name__.lower(): model._default_manager.all for model in MODELS})
    with CaptureQueriesContext(connection) as asked:
        found = together.read()
    assert len(asked) == 1
    for model in MODELS:
        rows = in_order(found[model.__name__.lower()], "pk")
        assert rows, model
        assert [plain(row) for row in rows] == [plain(row) for row in model.objects.order_by("pk")]


def test_read_puts_in_what_is_given_each_time_anew() -> None:
    a_register()
    named = Together(rows=lambda: Decision.objects.filter(public_id=given("id")))
    for name in ("assembly-2026/d1", "assembly-2026/d2", "' OR 1=1 --"):
        found = [row.public_id for row in named.read(id=name)["rows"]]
        assert found == ([name] if name.startswith("assembly") else [])
    keyed = Together(rows=lambda: Decision.objects.filter(pk=given("key", IntegerField())))
    first = Decision.objects.order_by("pk")[0]
    assert keyed.read(key=first.pk)["rows"] == [first]


def test_read_keeps_limit_annotation_and_what_was_left_out() -> None:
    a_register()
    late = Case(
        When(public_id="assembly-2026/d1/c1", then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    found = Together(
        newest=lambda: AuditEntry.objects.only("sequence").order_by("-sequence")[:2],
        commitments=lambda: Commitment.objects.annotate(late=late),
    ).read()
    last = AuditEntry.objects.order_by("-sequence")[0].sequence
    assert [e.sequence for e in in_order(found["newest"], "-sequence")] == [last, last - 1]
    assert "reason" in found["newest"][0].get_deferred_fields()
    assert {c.late for c in found["commitments"]} == {True, False}


def test_read_takes_only_the_parts_named_and_count_tells_all_behind_a_limit() -> None:
    a_register()
    together = Together(cities=City.objects.all, organs=Organ.objects.all)
    some = {"cities": City.objects.all, "first": lambda: Decision.objects.order_by("pk")[:1]}
    found = together.read(some)
    assert {name: len(rows) for name, rows in found.items()} == {"cities": 1, "first": 1}
    assert together.count({"decisions": Decision.objects.all, "organs": Organ.objects.all}) == {
        "decisions": 3,
        "organs": 2,
    }
    assert together.read({}) == {} == together.count({})


def test_compose_refuses_a_field_that_json_would_change() -> None:
    worth = Value(Decimal("0.10"), output_field=DecimalField())
    with pytest.raises(TypeError, match="DecimalField"):
        Together(rows=lambda: City.objects.annotate(worth=worth)).read()


def test_linked_records_ask_nothing_more() -> None:
    a_register()
    found = Together(
        decisions=Decision.objects.all,
        organs=Organ.objects.all,
        commitments=Commitment.objects.all,
    ).read()
    link(found["decisions"], "organ", found["organs"])
    gather(found["decisions"], "commitments", found["commitments"])
    with CaptureQueriesContext(connection) as asked:
        told = [
            (decision.organ.key, c.decision.public_id)
            for decision in in_order(found["decisions"], "pk")
            for c in decision.commitments.all()
        ]
    assert len(asked) == 0
    assert told == [("general-assembly", f"assembly-2026/d{n}") for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "kept", ['{"fa": "شهر"}', "plain", '"quoted"', "12", "", "{", '{"a": 1} x']
)
def test_names_of_data_are_read_back_as_their_field_reads_them(kept: str) -> None:
    read = reader_of(Decision._meta.get_field("titles"))
    assert read is not None
    assert read(kept).data == LazyI18nString(kept).data
