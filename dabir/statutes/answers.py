"""An answer that a rule gives: yes, no, or "cannot be said", with its reason, article and cure.

Reason and cure are data (a code and plain values), so that an answer can be kept, compared and
recomputed; `dabir.statutes.saying` tells them in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """True, False, or None when the statute in force does not say; `params` holds JSON values only."""

    verdict: bool | None
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    article: Mapping[str, str] = field(default_factory=dict)
    cure_code: str = ""
    cure_params: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain values, for a frozen snapshot or for JSON."""
        return {
            "verdict": self.verdict,
            "code": self.code,
            "params": dict(self.params),
            "article": dict(self.article),
            "cure_code": self.cure_code,
            "cure_params": dict(self.cure_params),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Answer:
        """The answer again, out of a snapshot."""
        return cls(**{name: data[name] for name in cls.__dataclass_fields__ if name in data})
