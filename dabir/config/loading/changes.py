"""What happened since to the people and records of an example, by the services a person uses."""

from __future__ import annotations

from dabir.config.loading.reading import Stage, first_day, words
from dabir.registry.models import Country, Mandate
from dabir.registry.services import (
    Newcomer,
    add_city,
    add_contact,
    change_mayor,
    merge_records,
)


def load_changes(stage: Stage) -> None:
    """New mayors, doubles that were joined, addresses with the day on which they were confirmed."""
    data = stage.read("changes.yaml")
    for entry in data.get("addresses", []):
        add_contact(
            of=stage.people[entry["person"]],
            kind=entry["kind"],
            value=entry["value"],
            language=entry["language"],
            confirmed_on=first_day(entry["confirmed_on"]),
            **stage.stamp,
        )
    for entry in data.get("new_mayors", []):
        day = first_day(entry["changes_on"])
        assert day is not None  # noqa: S101  the file says it
        held = Mandate.objects.select_related("post", "post__city", "person")
        change_mayor(
            mandate=held.get(post__public_id=entry["post"], ends_on=None),
            to=Newcomer(words(entry["name"]), entry["language"]),
            changes_on=day,
            reason=entry["reason"],
            **(stage.stamp | {"on": day}),
        )
    for entry in data.get("doubles", []):
        told = entry["double"]
        double = add_city(
            names=words(told["name"]),
            public_id=told["id"],
            country=Country.objects.filter(code=told["country"].upper()).first(),
            source=stage.name,
            **stage.stamp,
        )
        merge_records(
            kept=stage.cities[entry["kept"]], double=double, reason=entry["reason"], **stage.stamp
        )
