"""Loads an example through the same services that a person uses."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from dabir.config.loading import (
    changes,
    history,
    institution,
    members,
    organs,
    received,
    register,
    written,
)
from dabir.config.loading.reading import EXAMPLES, Stage
from dabir.core.actors import Actor
from dabir.core.errors import InvalidInput

CLERK = Actor("person", "demonstration-clerk", {"en": "Demonstration clerk", "fa": "متصدی نمایش"})


def example_names() -> list[str]:
    """The examples that ship."""
    return sorted(p.name for p in EXAMPLES.iterdir() if (p / "association.yaml").exists())


@transaction.atomic
def load_example(name: str, *, on: date | None = None, at: datetime | None = None) -> Stage:
    """Load an example into an installation that has no association yet: all of it, or nothing."""
    if name not in example_names():
        raise InvalidInput(
            f"There is no example “{name}”.", cure="Examples: " + ", ".join(example_names())
        )
    stage = Stage(name=name, by=CLERK, on=on or timezone.localdate(), at=at or timezone.now())
    institution.load_association(stage)
    institution.load_rules(stage)
    institution.load_places(stage)
    organs.load_organs(stage)
    institution.load_people(stage)
    institution.load_meetings(stage)
    changes.load_changes(stage)
    register.load_documents(stage)
    if (stage.folder / "history.yaml").exists():
        history.play_history(stage)
    else:
        register.load_decisions(stage)
        register.load_activity(stage)
        organs.load_life(stage)
    members.load_honours(stage)
    members.load_sizes(stage)
    received.load_waiting(stage)
    written.load_pages(stage)
    return stage
