"""The organs of an example and their life: each act with its decision, or "unknown"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from dabir.config.loading.reading import Stage, first_day, last_day, precision, source, words
from dabir.core.reference import Reference
from dabir.organs import services
from dabir.organs.models import Organ, OrganAct, Seat
from dabir.organs.services.taking import Ground
from dabir.registry.models import Post

Act = dict[str, Any]


def _joined(parts: Any) -> dict[str, str]:
    if not isinstance(parts, list):
        return {}
    found: dict[str, list[str]] = {}
    for part in parts:
        for language, text in words(part).items():
            found.setdefault(language, []).append(text)
    return {language: "\n".join(texts) for language, texts in found.items()}


def _note(entry: dict[str, Any]) -> dict[str, str]:
    notes = [
        entry.get("note"),
        entry.get("composition"),
        (entry.get("founded_by") or {}).get("note"),
    ]
    return _joined([note for note in notes if isinstance(note, dict)])


def _conflicts(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "field": conflict.get("field", ""),
            "sides": [words(side) | {"source": source(side)} for side in conflict["sides"]],
        }
        for conflict in entry.get("conflicts", [])
    ]


def load_organs(stage: Stage) -> None:
    """Enter the organs, each with its founding decision or "unknown"."""
    data = stage.read("organs.yaml")
    for entry in data["organs"]:
        stage.organs[entry["id"]] = _load_organ(stage, entry)
    for entry in data.get("groups", []):
        stage.groups[entry["id"]] = Reference("group", entry["id"], words(entry["name"]))


def _load_organ(stage: Stage, entry: dict[str, Any]) -> Organ:
    founded = entry.get("founded_by") or {}
    basis, decided_by = _founding_decision(stage, founded.get("basis"))
    told = founded.get("date") or founded.get("since")
    day = last_day(told) or (basis.on if basis else None)
    seats = entry.get("seats")
    return services.enter_organ(
        key=entry["id"],
        kind=entry["kind"],
        names=words(entry["name"]),
        powers=_joined(entry.get("powers")),
        seats_foreseen=seats.get("count") if isinstance(seats, dict) else seats,
        seats_least=seats.get("least") if isinstance(seats, dict) else None,
        parent=stage.organs.get(entry.get("belongs_to")),
        founded_on=day,
        founded_precision=precision(told) if told else "day" if day else "unknown",
        basis=basis,
        decided_by=decided_by,
        conflicts=_conflicts(entry),
        note=_note(entry),
        source=source(entry) or source(founded),
        **stage.stamp,
    )


def _founding_decision(stage: Stage, name: str | None) -> tuple[Reference | None, str]:
    """The decision that founded an organ, as the files tell it: the register is entered later."""
    if not name or name == "unknown":
        return None, ""
    if name == "statute":
        rules = stage.read("organs.yaml")["statute"]
        return Reference("text", "", words(rules["name"]), first_day(rules["in_force_from"])), ""
    entry = next(d for d in stage.read("decisions.yaml")["decisions"] if d["id"] == name)
    day = last_day(entry.get("decided_on"))
    if entry.get("document"):
        adopted = stage.read(f"documents/{entry['document']}.yaml")["document"]["adopted_on"]
        day = last_day(adopted.get("counted_from") or adopted.get("date"))
    return Reference("decision", name, words(entry["title"]), day), entry["organ"]


def load_life(stage: Stage) -> None:
    """Take every act on the organs that the example tells, in its order."""
    for act in stage.read("organs_life.yaml").get("acts", []):
        take_act(stage, act, stage.stamp)


def take_act(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    """Take one act."""
    _ACTS[act["act"]](stage, act, stamp)


def _organ(stage: Stage, act: Act) -> Organ:
    organ = stage.organs[act["organ"]]
    organ.refresh_from_db()
    return organ


def _ground(stage: Stage, act: Act) -> Ground:
    decision = stage.decisions.get(act.get("basis"))
    return Ground(
        basis=decision.reference() if decision else None,
        decided_by=decision.organ.key if decision else "",
        source=source(act),
        reason=words(act.get("reason")).get("en", ""),
    )


def _seat(stage: Stage, act: Act) -> Seat:
    """The seat that a city holds in the organ on the day of the act."""
    rows = Seat.objects.filter(organ=_organ(stage, act), is_annulled=False)
    rows = rows.filter(city=stage.cities[act["holder"]])
    return next(seat for seat in rows.order_by("-id") if seat.is_in_force(_day(act)))


def _day(act: Act) -> date:
    day = first_day(str(act.get("from") or act["happened_on"]))
    assert day is not None  # noqa: S101  an act of an example has its day
    return day


def _fill(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    ground = _ground(stage, act)
    starts = act.get("from")
    services.give_seat(
        organ=_organ(stage, act),
        city=stage.cities.get(act.get("city")),
        post=Post.objects.get(public_id=act["post"]) if act.get("post") else None,
        holder_unknown=bool(act.get("holder_unknown")),
        starts_on=first_day(starts),
        ends_on=first_day(act.get("to")),
        precision=precision(starts),
        manner=act.get("manner", "unknown"),
        function=act.get("function", ""),
        basis=ground.basis,
        decided_by=ground.decided_by,
        note=words(act.get("note")),
        source=ground.source,
        **stamp,
    )


def _elect(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    services.record_election(
        organ=_organ(stage, act),
        cities=[stage.cities[city] for city in act["cities"]],
        starts_on=_day(act),
        ground=_ground(stage, act),
        **stamp,
    )


def _replace(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    services.replace_seat(
        seat=_seat(stage, act),
        city=stage.cities[act["city"]],
        starts_on=_day(act),
        ground=_ground(stage, act),
        **stamp,
    )


def _end(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    seat, ground = _seat(stage, act), _ground(stage, act)
    services.end_seat(seat=seat, ends_on=_day(act), ground=ground, **stamp)


def _change(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    changes = {}
    if "name" in act:
        changes["names"] = words(act["name"])
    if "seats" in act:
        changes["seats_foreseen"] = act["seats"]
    services.change_organ(
        organ=_organ(stage, act),
        effective_on=_day(act),
        ground=_ground(stage, act),
        **changes,
        **stamp,
    )


def _abolish(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    services.abolish_organ(
        organ=_organ(stage, act), effective_on=_day(act), ground=_ground(stage, act), **stamp
    )


def _annul(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    seat = Seat.objects.filter(organ=_organ(stage, act), city=stage.cities[act["holder"]])
    annulled = OrganAct.objects.get(kind="fill", seat=seat.latest("id"))
    services.annul_act(act=annulled, ground=_ground(stage, act), **stamp)


def _known(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    services.mark_finding_known(
        organ=_organ(stage, act),
        code=act["finding"],
        subject=act.get("about", ""),
        reason=words(act["reason"]),
        source=source(act),
        **stamp,
    )


def _appoint(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    stage.appointments[act["id"]] = services.open_appointment(
        organ=_organ(stage, act),
        post=Post.objects.get(public_id=act["post"]),
        person=stage.people[act["person"]],
        **stamp,
    )


def _step(stage: Stage, act: Act, stamp: dict[str, Any]) -> None:
    services.record_step(
        appointment=stage.appointments[act["of"]],
        position=act["step"],
        ground=_ground(stage, act),
        **stamp,
    )


_ACTS: dict[str, Callable[[Stage, Act, dict[str, Any]], None]] = {
    "fill": _fill,
    "elect": _elect,
    "replace": _replace,
    "end": _end,
    "change": _change,
    "abolish": _abolish,
    "annul": _annul,
    "appoint": _appoint,
    "step": _step,
    "known": _known,
}
