"""What the words of a part suggest, as a proposal that a person accepts or changes.

A proposal has the shape in which clauses keep what was found in them (`Node.found`): keys of the
registry, dates with their candidates, and `inferred` for what the words only suggest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from dabir.documents.states import CLAUSE_KINDS
from dabir.intake.review.numbers import candidates_of, is_open
from dabir.intake.review.parts import Part

Found = dict[str, Any]
ORDER = (
    "organs",
    "addressees",
    "cities",
    "people",
    "references",
    "inferred",
    "owners",
    "digits",
    "dates",
    "flags",
    "source",
)


class Names(Protocol):
    """What the registry may say to a name that was found."""

    def organs_meant(self, found: Mapping[str, Any]) -> list[Any]:
        """Organs, the likeliest first."""

    def cities_meant(self, found: Mapping[str, Any]) -> list[Any]:
        """Cities, the likeliest first."""

    def people_meant(self, found: Mapping[str, Any]) -> list[Any]:
        """People, the likeliest first."""

    def alike(self, field: str, found: Mapping[str, Any]) -> list[Any]:
        """Records whose names are written alike; never taken for the same without a person."""


def proposal(part: Part, names: Names) -> tuple[list[str], Found]:
    """Kinds and findings as the machine would enter them; what no record matches stays words."""
    said = part["proposals"]
    kinds = [f["value"] for f in said["kinds"] if f["value"] in CLAUSE_KINDS]
    organs = _matched(said["organs"], names.organs_meant)
    found: Found = {
        "organs": organs,
        "addressees": _matched(said["addressees"], names.organs_meant),
        "cities": _matched(said["cities"], names.cities_meant),
        "people": _matched(said["people"], names.people_meant),
        "references": [_reference(f) for f in said["references"]],
        "inferred": _inferred(said, names),
        "owners": [
            f"organ:{key}"
            for key in _matched(
                [f for f in said["organs"] if f.get("role") == "responsible"], names.organs_meant
            )
        ],
        "dates": [_date(f) for f in said["dates"]],
    }
    return list(dict.fromkeys(kinds)), {key: value for key, value in found.items() if value}


def _matched(found: list[Found], meant: Any) -> list[str]:
    keys = [rows[0].key for each in found if (rows := meant(each))]
    return list(dict.fromkeys(keys))


def _reference(found: Found) -> Found:
    return {
        "document": found.get("document"),
        "node": found.get("article"),
        "words": found["words"],
    }


def _inferred(said: dict[str, list[Found]], names: Names) -> list[Found]:
    """Kinds that words only suggest, who is responsible, and names that no record bears."""
    inferred = [
        {"field": "kinds", "value": f["value"], "words": f["words"]}
        for f in said["kinds"]
        if f["inferred"] and f["words"]
    ]
    for found in said["organs"]:
        if found.get("role") == "responsible" and (rows := names.organs_meant(found)):
            row = {"field": "organ_responsible", "value": rows[0].key, "words": found["words"]}
            inferred.append(row)
    for field, meant in (
        ("addressees", names.organs_meant),
        ("cities", names.cities_meant),
        ("people", names.people_meant),
    ):
        for found in said[field]:
            if not meant(found):
                row = {"field": field, "value": found["value"], "words": found["words"]}
                alike = [one.key for one in names.alike(field, found)]
                inferred.append(row | ({"alike": alike} if alike else {}))
    return [row for n, row in enumerate(inferred) if row not in inferred[:n]]


def _date(found: Found) -> Found:
    kind, value = found.get("type"), found.get("value")
    if kind in ("relative", "recurring"):
        role = "recurrence" if kind == "recurring" else "due"
        return {"role": role, "words": found["words"], "relative": value, "status": "open"}
    if kind == "on_time":
        return {"role": "due", "words": found["words"], "precision": "unknown", "status": "open"}
    return {
        "role": "",
        "words": found["words"],
        "candidates": list(found.get("candidates") or ([value] if value else [])),
        "proposal": value or "",
        "precision": found.get("precision", "unknown"),
        "status": "certain" if value else "open",
    }


def digits_of(part: Part) -> list[Found]:
    """The numbers of a part as the register keeps them: raw, reading, candidates, who decided."""
    rows = []
    for number in part["numbers"]:
        decided = number["decided"] or {}
        note = decided.get("note") or {}
        row: Found = {
            "where": note.get("where") or part["name"] or part["role"],
            "raw": number["raw"],
            "reading": number["shown"],
            "candidates": note.get("candidates") or candidates_of(number["reading"]),
            "proposal": note.get("proposal") or _proposal(number),
            "status": note.get("status") or _status(number, decided),
            "evidence": note.get("evidence") or _evidence(number, decided),
        }
        for key in ("solutions", "conflict", "source"):
            if note.get(key):
                row[key] = note[key]
        if decided.get("how") == "chosen":
            row["printed_as"] = number["reading"]
            row["chosen_by"] = decided["by"]
        rows.append(row)
    return rows


def _proposal(number: Found) -> str:
    solutions = number["solutions"]
    return solutions[0] if len(solutions) == 1 else ""


def _status(number: Found, decided: Found) -> str:
    if decided.get("how") == "chosen":
        return "confirmed"
    return str(number["status"]) if not is_open(number["reading"]) or _proposal(number) else "open"


def _evidence(number: Found, decided: Found) -> Found:
    reason = decided.get("reason") or ""
    said = f"{reason}" if reason else number["evidence"]
    return {"en": said} if said.isascii() else {"fa": said}


def entered_findings(part: Part) -> tuple[list[str], Found]:
    """Kinds and findings of a part as they enter the register, with its numbers."""
    accepted = part["found"] or {"kinds": [], "values": {}}
    found: Found = dict(accepted["values"])
    digits = digits_of(part)
    if digits:
        found["digits"] = digits
    ordered = {key: found[key] for key in ORDER if found.get(key)}
    return list(accepted["kinds"]), ordered | {k: v for k, v in found.items() if k not in ORDER}
