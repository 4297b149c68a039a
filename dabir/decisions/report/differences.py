"""What changed between two reports, decision by decision; pure."""

from __future__ import annotations

from typing import Any

Clause = dict[str, Any]
Change = dict[str, Any]


def _parts(clause: Clause) -> dict[str, Any]:
    """What is compared of one decision."""
    commitments = clause["commitments"]
    return {
        "force": clause["force"],
        "status": {c["id"]: c["status"] for c in commitments},
        "deadline": {c["id"]: (c["deadline"]["type"], c["deadline"]["date"]) for c in commitments},
        "lead": {c["id"]: c["lead"] for c in commitments},
        "evidence": {
            c["id"]: sorted(
                e["id"] for r in c["reports"] for e in r["evidence"] if not e["withdrawn"]
            )
            for c in commitments
        },
    }


def _deadline_words(value: Any) -> Any:
    return value[1] or value[0] if isinstance(value, tuple) else value


def _differences(before: dict[str, Any], after: dict[str, Any], name: str) -> list[Change]:
    changes = []
    for commitment in sorted(before.keys() | after.keys()):
        old, new = before.get(commitment), after.get(commitment)
        if old != new:
            changes.append(
                {
                    "id": commitment,
                    "what": name,
                    "before": _deadline_words(old),
                    "after": _deadline_words(new),
                }
            )
    return changes


def changes_between(before: list[Clause], after: list[Clause]) -> list[Change]:
    """New decisions, and changes of force, status, deadline, lead and evidence, in the order of the report."""
    known = {clause["id"]: clause for clause in before}
    changes: list[Change] = []
    for clause in after:
        old = known.get(clause["id"])
        if old is None:
            changes.append(
                {"id": clause["id"], "what": "new", "before": None, "after": clause["list"]}
            )
            continue
        was, now = _parts(old), _parts(clause)
        if was["force"] != now["force"]:
            changes.append(
                {"id": clause["id"], "what": "force", "before": was["force"], "after": now["force"]}
            )
        for name in ("status", "deadline", "lead", "evidence"):
            changes.extend(_differences(was[name], now[name], name))
    return changes
