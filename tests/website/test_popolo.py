"""Organs and people for everybody as Popolo: valid, of today, and nothing that is not public."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from django.test import Client
from jsonschema import Draft3Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

from dabir.core import firstday, kept
from dabir.organs.models import Organ
from dabir.organs.services import give_seat
from dabir.registry.models import City
from tests.factories.people import AT, ON, SIGNED, a_mandate, a_person, a_post
from tests.organs.test_exports import KINDS, SCHEMAS
from tests.website.public_record import a_public_record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Any:
    firstday.forget()
    kept.forget_kept()
    with time_machine.travel(AT, tick=False):
        yield


def test_who_sits_where_today_is_valid_popolo_and_tells_no_more() -> None:
    a_public_record()
    board = Organ.objects.get(key="executive-board")
    city = City.objects.order_by("id")[0]
    give_seat(organ=board, city=city, starts_on=ON, function="chair", source="quiet", **SIGNED)
    give_seat(organ=board, holder_unknown=True, starts_on=ON, **SIGNED)
    a_mandate(a_person("Clerk Unlisted"), a_post(name="Inside"))
    answer = Client().get("/en/forum/popolo.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    data = json.loads(answer.content)
    resources = [
        (schema["id"].rstrip("#"), Resource(contents=schema, specification=DRAFT3))
        for schema in SCHEMAS.values()
    ]
    registry: Any = Registry().with_resources(resources)
    for key, kind in KINDS.items():
        validator = Draft3Validator(SCHEMAS[kind], registry=registry)
        assert [e.message for row in data[key] for e in validator.iter_errors(row)] == [], kind
    assert [p["name"] for p in data["persons"]] == ["Darya Test"]
    roles = [
        m["role"] for m in data["memberships"] if m["organization_id"] == "organ/executive-board"
    ]
    assert len(roles) == 3
    told = answer.content.decode()
    assert "quiet" not in told
    assert "Clerk Unlisted" not in told
    for page in ("organs", "people"):
        assert "/en/forum/popolo.json" in Client().get(f"/en/forum/{page}/").content.decode()
