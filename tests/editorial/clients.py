"""Who comes into the office in these tests."""

from __future__ import annotations

from django.test import Client

from tests.factories.people import a_holder


def signed_in(*powers: str, email: str = "holder@example.org") -> Client:
    client = Client()
    client.force_login(a_holder(*powers, email=email))
    return client
