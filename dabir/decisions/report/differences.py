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
        "deadline": {c["id"]: c["deadline"]["date"] for c in commitments},
        "delayed": {c["id"]: c["delayed"] for c in commitments},
        "lead": {c["id"]: c["lead"] for c in commitments},
        "evidence": {
            c["id"]: sorted(
                e["id"] for r in c["reports"] for e in r["evidence"] if not e["withdrawn"]
            )
            for c in commitments
        },
    }


def _differences(before: dict[str, Any], after: dict[str, Any], name: str) -> list[Change]:
    """Where a commitment that both reports have differs in one respect."""
    return [
        {"id": commitment, "what": name, "before": before[commitment], "after": new}
        for commitment, new in after.items()
        if commitment in before and before[commitment] != new
    ]


def _delays(before: dict[str, bool], after: dict[str, bool]) -> list[Change]:
    return [
        {
            "id": commitment,
            "what": "newly_delayed" if now else "no_longer_delayed",
            "before": before.get(commitment),
            "after": now,
        }
        for commitment, now in after.items()
        if now != before.get(commitment, False)
    ]


def _of_decision(old: Clause | None, clause: Clause) -> list[Change]:
    now = _parts(clause)
    was = _parts(old) if old else {name: {} for name in now}
    changes: list[Change] = []
    if old is None:
        changes.append({"id": clause["id"], "what": "new", "before": None, "after": clause["list"]})
    elif was["force"] != now["force"]:
        changes.append(
            {"id": clause["id"], "what": "force", "before": was["force"], "after": now["force"]}
        )
    for commitment, status in now["status"].items():
        if commitment not in was["status"]:
            changes.append({"id": commitment, "what": "new", "before": None, "after": status})
    for name in ("status", "deadline", "lead", "evidence"):
        changes.extend(_differences(was[name], now[name], name))
    changes.extend(_delays(was["delayed"], now["delayed"]))
    return changes


def changes_between(before: list[Clause], after: list[Clause]) -> list[Change]:
    """What changed between two reports, decision by decision, in the order of the later one."""
    known = {clause["id"]: clause for clause in before}
    return [change for clause in after for change in _of_decision(known.get(clause["id"]), clause)]
