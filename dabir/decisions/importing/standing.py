"""What stands in the register that a table is held against, and who or what a cell names; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from dabir.decisions.importing.rows import GivenDeadline, RowRefused
from dabir.documents.tabular.reading import message
from dabir.text.folding import fold


@dataclass(frozen=True)
class Party:
    """Somebody who can lead: which shelf, which key, under which names."""

    kind: str
    key: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class StandingReport:
    """A past report that stands: its day and its folded words."""

    on: date
    text: str


@dataclass
class StandingCommitment:
    """A commitment that stands, or that an earlier row of the table makes."""

    public_id: str
    titles: dict[str, str]
    lead: str
    lead_words: dict[str, str]
    deadline: GivenDeadline
    kind: str
    budget: str
    budget_line: str
    addressees: tuple[str, ...] = ()
    """`kind:key` of those who are registered, the text's words for others."""
    is_closed: bool = False
    reports: list[StandingReport] = field(default_factory=list)


@dataclass
class StandingDecision:
    """A decision that stands, or that an earlier row of the table makes."""

    public_id: str
    organ: str
    decided_on: date
    titles: dict[str, str]
    commitments: list[StandingCommitment] = field(default_factory=list)


@dataclass
class Register:
    """What the table is held against; grows while the plan is made."""

    today: date
    organs: dict[str, str]
    """Key and folded name to key."""
    sessions: dict[str, str]
    parties: dict[str, list[Party]]
    """Key and folded name to those who bear it."""
    decisions: dict[str, StandingDecision]
    themes: dict[str, str] = field(default_factory=dict)
    """Folded name in any language to key."""
    clauses: frozenset[str] = frozenset()
    """Addresses of clauses: a decision under one of them is made from the clause."""


def organ_named(name: str, register: Register) -> str:
    """The key of a registered organ."""
    key = register.organs.get(name) or register.organs.get(fold(name))
    if key is None:
        raise RowRefused(
            "unknown_organ",
            message("The organ “%(name)s” is not registered. Enter it first, or correct its name."),
            name=name,
        )
    return key


def party_named(name: str, register: Register) -> Party:
    """The post, city or organ of a name; a name of several is refused."""
    found = register.parties.get(name) or register.parties.get(fold(name)) or []
    if not found:
        raise RowRefused(
            "unknown_lead",
            message(
                "“%(name)s” is no registered post, city or organ. Correct the name, register it "
                "first, or put it under “Lead in words”."
            ),
            name=name,
        )
    if len({(p.kind, p.key) for p in found}) > 1:
        raise RowRefused(
            "several_leads",
            message("“%(name)s” is the name of several: %(keys)s. Write the key."),
            name=name,
            keys=", ".join(f"{p.kind}:{p.key}" for p in found),
        )
    return found[0]


def addressees_named(names: Iterable[str], register: Register) -> tuple[str, ...]:
    """Those who are registered by kind and key, others as they are named; several of a name refused."""
    found = []
    for name in names:
        known = name in register.parties or fold(name) in register.parties
        party = party_named(name, register) if known else None
        found.append(f"{party.kind}:{party.key}" if party else name)
    return tuple(dict.fromkeys(found))


def themes_named(names: Iterable[str], register: Register) -> tuple[str, ...]:
    """The keys of themes that have a name; another is kept as it is written."""
    return tuple(dict.fromkeys(register.themes.get(fold(name), name) for name in names))
