"""What every page of the office shows: the association and the areas open to the reader."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from dabir.registry.queries import the_association


def office_context(request: HttpRequest) -> dict[str, Any]:
    """The association, for the masthead and the practice ribbon."""
    return {"association": the_association()}
