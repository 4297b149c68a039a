"""A query composed once: the records are those that the query itself gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, DateField, F, IntegerField, Prefetch
from django.test.utils import CaptureQueriesContext

from dabir.core.composed import Composed
from dabir.core.together import given
from dabir.decisions.models import Commitment, Decision
from tests.decisions.reported import a_register

pytestmark = pytest.mark.django_db


def test_read_gives_the_records_of_the_query_in_its_order_with_all_that_it_selects() -> None:
    a_register()
    commitments = Prefetch("commitments", Commitment.objects.order_by("-pk"))
    rows = (
        Decision.objects.filter(decided_on__lte=given("today", DateField()))
        .annotate(many=Count("commitments"), twice=F("many") * given("by", IntegerField()))
        .select_related("organ", "document")
        .prefetch_related(commitments)
        .order_by("-many", "-pk")
    )
    composed = Composed(lambda: rows)
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            found = composed.read(today=date(2100, 1, 1), by=2)
        assert len(asked) == 2
        with CaptureQueriesContext(connection) as more:
            told = [
                (d.pk, d.organ.key, d.twice, [c.pk for c in d.commitments.all()]) for d in found
            ]
        assert not more
        plain = Decision.objects.annotate(many=Count("commitments")).order_by("-many", "-pk")
        assert told == [
            (d.pk, d.organ.key, d.many * 2, [c.pk for c in d.commitments.order_by("-pk")])
            for d in plain
        ]
    assert told
    assert composed.read(today=date(1900, 1, 1), by=2) == []


def test_read_gives_plain_values_where_the_query_does() -> None:
    a_register()
    names = Decision.objects.filter(public_id=given("id")).values_list("public_id", "titles")
    composed = Composed(lambda: names)
    first: Any = Decision.objects.order_by("pk")[0]
    assert composed.read(id=first.public_id) == [(first.public_id, first.titles)]
    assert composed.read(id="' OR 1=1 --") == []
    flat = Composed(lambda: Decision.objects.order_by("pk").values_list("pk", flat=True))
    assert flat.read() == list(Decision.objects.order_by("pk").values_list("pk", flat=True))


def test_read_keeps_what_two_readers_are_given_apart() -> None:
    composed = Composed(
        lambda: Decision.objects.filter(public_id=given("id")).values_list("public_id", flat=True)
    )
    composed.read(id="nobody")  # composed, with nothing put in yet
    register = a_register()
    assert register
    ids = list(Decision.objects.values_list("public_id", flat=True))
    assert [composed.read(id=each) for each in ids] == [[each] for each in ids]
