"""The read API asked at random from its own description: it never breaks, and keeps what it promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from dabir.core import firstday, kept
from tests.website.public_record import a_public_record

MOST = 8
pytestmark = [pytest.mark.django_db, pytest.mark.once]
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_headers_conformance, response_schema_conformance, negative_data_rejection,
    unsupported_method,
]  # fmt: skip


@pytest.fixture
def described(settings: Any) -> Iterator[Any]:
    settings.API_LIMIT = 100_000
    firstday.forget()
    # The server would give its connection back after each request; the test still needs it.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    kept.forget_kept()
    a_public_record()
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    for signal in signals:
        signal.connect(close_old_connections)


MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
def test_whatever_is_asked_the_answer_is_as_described(described: Any, mode: Any) -> None:
    for found in described.get_all_operations():
        operation = found.ok()

        @seed(20261128)
        @settings(
            max_examples=MOST,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        ask()
