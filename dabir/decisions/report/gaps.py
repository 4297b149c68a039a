"""What a report still lacks before it is signed; pure, from the report's own data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Clause = dict[str, Any]


@dataclass(frozen=True)
class Gaps:
    """Public ids of what is missing, each kind apart."""

    without_commitment: list[str]
    without_decision: list[str]
    without_lead: list[str]
    silent_without_remark: list[str]

    @property
    def total(self) -> int:
        """How many things are missing in all."""
        return sum(
            map(
                len,
                (
                    self.without_commitment,
                    self.without_decision,
                    self.without_lead,
                    self.silent_without_remark,
                ),
            )
        )


def gaps_of(data: dict[str, Any]) -> Gaps:
    """No commitment, no decision, no lead, silence without a remark.

    A decision that did something at once needs no commitment; only binding ones are asked.
    """
    binding = [c for c in data["clauses"] if c["list"] in ("in_force", "amended")]
    return Gaps(
        without_commitment=[c["id"] for c in binding if not c["commitments"] and not c["effects"]],
        without_decision=[m["id"] for m in data["missing"]],
        without_lead=[
            commitment["id"]
            for clause in binding
            for commitment in clause["commitments"]
            if not commitment["lead"]
            and commitment["status"] not in ("done_accepted", "not_applicable")
        ],
        silent_without_remark=[
            c["id"] for c in binding if c["no_information_since"] and not c["remark"]
        ],
    )
