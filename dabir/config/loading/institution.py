"""The association of an example: names, cities, organs, people, rules and meetings."""

from __future__ import annotations

from typing import Any

from dabir.config.loading.places import load_city
from dabir.config.loading.reading import Stage, first_day, last_day, precision, source, words
from dabir.core.reference import Reference
from dabir.core.words import as_words
from dabir.meetings.services import (
    call_meeting,
    foresee_meeting,
    move_meeting,
    record_attendance,
    record_meeting_held,
)
from dabir.registry.services.association import found_association
from dabir.registry.services.mandates import give_mandate
from dabir.registry.services.people import add_person
from dabir.registry.services.places import add_city, add_country, add_organisation
from dabir.registry.services.posts import create_post
from dabir.statutes.services import adopt_rules
from dabir.text.calendars import (
    GREGORIAN,
    DateNotUnderstood,
    format_date,
    month_name,
    parse_partial_date,
)
from dabir.text.digits import localize_digits

ORDINALS = dict(
    enumerate(
        [
            "نخست",
            "دوم",
            "سوم",
            "چهارم",
            "پنجم",
            "ششم",
            "هفتم",
            "هشتم",
            "نهم",
            "دهم",
            "یازدهم",
            "دوازدهم",
        ],
        start=1,
    )
)
RULES = {
    "2011": (
        "2011-04-02",
        {"en": "Statute of 2011 (as far as known)", "fa": "اساسنامهٔ ۲۰۱۱ (تا آنجا که دانسته است)"},
    ),
    "2018": (
        "2018-12-01",
        {
            "en": "Statute as amended in 2018 (as far as known)",
            "fa": "اساسنامه با اصلاحات ۲۰۱۸ (تا آنجا که دانسته است)",
        },
    ),
    "2019": ("2019-01-01", {"en": "Practice statute", "fa": "اساسنامهٔ تمرینی"}),
}


def load_association(stage: Stage) -> None:
    """Name the association."""
    data = stage.read("association.yaml")["association"]
    cities = {c["id"]: c for c in stage.read("cities.yaml")["cities"]}
    seat = data["seat"]
    found_association(
        names=words(data["name"]),
        abbreviation=data["abbreviation"]["value"],
        languages=data["languages"]["value"],
        calendars=data["calendars"]["value"],
        seat=words(cities[seat["city"]]["name"]) if "city" in seat else words(seat),
        legal_form=words(data.get("legal_form")),
        slogan=words(data.get("slogan")),
        is_practice=stage.name == "practice",
        example=stage.name,
        founded_on=last_day((data.get("founded") or {}).get("date")),
        sources=stage.read("sources.yaml").get("sources", []),
        **stage.stamp,
    )


def load_rules(stage: Stage) -> None:
    """Adopt every rule set of the example."""
    for path in sorted((stage.folder / "rules").glob("*.toml")):
        day, names = RULES[path.stem]
        adopt_rules(
            key=f"{stage.name}-{path.stem}",
            names=names,
            text=path.read_text(),
            in_force_from=first_day(day),
            **stage.stamp,
        )


def load_places(stage: Stage) -> None:
    """Enter countries, cities and bodies."""
    countries = {}
    for entry in stage.read("countries.yaml").get("countries", []):
        names = words(entry["name"])
        countries[entry["id"]] = add_country(code=entry["iso"], names=names, **stage.stamp)
    data = stage.read("cities.yaml")
    for entry in data["cities"]:
        former = entry.get("former") or {}
        city = add_city(
            names=words(former.get("names")) or words(entry["name"]),
            country=countries.get(entry.get("country")),
            public_id=entry["id"],
            printed_as=entry.get("printed", ""),
            note=words(entry.get("flag")),
            source=source(entry),
            **stage.stamp,
        )
        stage.cities[entry["id"]] = load_city(stage, city, entry)
    for entry in data.get("bodies", []):
        stage.bodies[entry["id"]] = entry
        add_organisation(
            names=words(entry["name"]),
            public_id=entry["id"],
            note=words(entry.get("flag")),
            source=source(entry),
            **stage.stamp,
        )


def load_people(stage: Stage) -> None:
    """Enter the people whom the sources name, with the posts the sources give them."""
    posts: dict[tuple[str, str], Any] = {}
    for entry in stage.read("people.yaml")["people"]:
        person = add_person(
            names=words(entry["name"]),
            public_id=entry["id"],
            note=words(entry.get("flag")),
            source=source(entry),
            **stage.stamp,
        )
        stage.people[entry["id"]] = person
        for held in entry.get("posts", []):
            name = words(held["post"])
            key = (held.get("post_id") or name.get("en") or name["fa"], held.get("city") or "")
            if key not in posts:
                city = stage.cities.get(held.get("city"))
                posts[key] = stage.posts[held.get("post_id") or key[0]] = create_post(
                    names=name,
                    city=city,
                    organ_key=held.get("organ") or "",
                    public_id=held.get("post_id") or "",
                    source=source(held),
                    **stage.stamp,
                )
            _load_mandate(stage, person, posts[key], held)


def _load_mandate(stage: Stage, person: Any, post: Any, held: dict[str, Any]) -> None:
    basis = held.get("basis")
    shown = held.get("held_on") or held.get("as_of")
    give_mandate(
        person=person,
        post=post,
        starts_on=first_day(held.get("from")),
        ends_on=first_day(held.get("to")),
        precision=precision(held.get("from")),
        basis=Reference("decision", basis) if basis and basis != "unknown" else None,
        source=source(held) + (f"; shown in the post by {shown}" if shown else ""),
        **stage.stamp,
    )


def load_meetings(stage: Stage) -> None:
    """Enter the sessions: as planned, and as held."""
    for entry in stage.read("meetings.yaml")["meetings"]:
        stage.meetings[entry["id"]] = _load_meeting(stage, entry)


def _planned(entry: dict[str, Any]) -> dict[str, str]:
    planned = entry.get("planned")
    if not planned:
        return {}
    dates = [planned.get("date", ""), *(p["date"] for p in entry.get("plans", []))]
    return {
        language: " · ".join(_date_in_words(each, language) for each in dates)
        for language in ("en", "fa")
    }


def _date_in_words(text: str, language: str) -> str:
    """A day, a month or a year as a reader says it; words of a plan stay as they are."""
    try:
        found = parse_partial_date(text)
    except DateNotUnderstood:
        return text
    if found.day is not None:
        return format_date(found.first, language, GREGORIAN)
    month = f"{month_name(found.month, language, GREGORIAN)} " if found.month else ""
    return localize_digits(f"{month}{found.year}", language)


def _session_names(organ: Any, number: int | None, city: Any) -> dict[str, str]:
    """What a session is called: its organ, its number, its city."""
    organs, places = as_words(organ.names), as_words(city.names) if city else {}
    comma = {"fa": "، ", "en": ", "}
    counted = f"{ORDINALS[number]} " if number in ORDINALS else ""
    session = {"fa": f"نشست {counted}", "en": ""}
    numbered = {"fa": "", "en": f", session {number}" if number else ", session"}
    return {
        language: session[language]
        + organs[language]
        + numbered[language]
        + (comma[language] + places[language] if places.get(language) else "")
        for language in ("fa", "en")
    }


def _load_meeting(stage: Stage, entry: dict[str, Any]) -> Any:
    organ = stage.organs[entry["organ"]]
    city = stage.cities.get(entry.get("city"))
    ordinal = entry.get("ordinal")
    number = ordinal if isinstance(ordinal, int) else None
    meeting = foresee_meeting(
        public_id=entry["id"],
        organ=organ,
        ordinal=number,
        names=words(entry.get("name")) or _session_names(organ, number, city),
        city=city,
        planned=_planned(entry),
        theme=words(entry.get("theme")),
        mode={"in_person": "hall"}.get(entry.get("mode", ""), entry.get("mode", "")),
        conflicts=entry.get("conflicts", []),
        source=source(entry),
        **stage.stamp,
    )
    meeting = _load_calls(stage, meeting, entry.get("calls", []), source(entry))
    held = entry.get("held") or {}
    starts_on = first_day(held.get("from"))
    if starts_on is None:
        return meeting
    ends_on = last_day(held.get("to") or held["from"]) or starts_on
    meeting = record_meeting_held(
        meeting=meeting,
        starts_on=starts_on,
        ends_on=ends_on,
        precision=held.get("precision") or precision(held["from"]),
        **(stage.stamp | {"on": ends_on}),
    )
    present = [stage.cities[c] for c in entry.get("present", []) if c in stage.cities]
    if present:
        record_attendance(meeting=meeting, cities=present, source=source(entry), **stage.stamp)
    return meeting


def _load_calls(stage: Stage, meeting: Any, calls: list[dict[str, Any]], told_by: str) -> Any:
    """A session is called once, and moved by each further call; what sources tell is not judged."""
    told = "" if told_by == "invented" else told_by
    for number, call in enumerate(calls):
        day = first_day(call["from"])
        days = {"starts_on": day, "ends_on": last_day(call.get("to")) or day}
        stamp = stage.stamp | {"on": first_day(call["happened_on"])}
        if number == 0:
            meeting = call_meeting(meeting=meeting, told_by=told, **days, **stamp)
        else:
            reason = words(call.get("reason")).get("en", "")
            meeting = move_meeting(meeting=meeting, reason=reason, told_by=told, **days, **stamp)
    return meeting
