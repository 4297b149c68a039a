"""What a table of decisions is held against, read in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from dabir.core.words import as_words
from dabir.decisions.importing.rows import GivenDeadline
from dabir.decisions.importing.standing import (
    Party,
    Register,
    StandingCommitment,
    StandingDecision,
    StandingReport,
)
from dabir.decisions.models import ActivityReport, CommitmentTerms, Decision
from dabir.decisions.queries.themes import theme_names
from dabir.decisions.states import Status
from dabir.documents.models import Node
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ
from dabir.registry.models import City, Post
from dabir.text.folding import fold

CLOSED = (Status.DONE_ACCEPTED, Status.NOT_APPLICABLE)


def _names(key: str, names: Any) -> Iterable[str]:
    yield key
    for name in as_words(names).values():
        yield fold(name)


def _parties() -> dict[str, list[Party]]:
    found: dict[str, list[Party]] = defaultdict(list)
    shelves: list[tuple[str, Iterable[tuple[str, Any]]]] = [
        ("post", Post.objects.values_list("public_id", "names")),
        ("city", City.objects.values_list("public_id", "names")),
        ("organ", Organ.objects.values_list("key", "names")),
    ]
    for kind, rows in shelves:
        for key, names in rows:
            party = Party(kind, key, tuple(as_words(names).values()))
            for name in {*_names(key, names), f"{kind}:{key}"}:
                found[name].append(party)
    return dict(found)


def _lead_of(row: dict[str, Any]) -> str:
    for kind in ("post", "city", "organ"):
        field = "lead_organ__key" if kind == "organ" else f"lead_{kind}__public_id"
        if row[field]:
            return f"{kind}:{row[field]}"
    return ""


def _addressee(named: dict[str, Any]) -> str:
    """Who is addressed, by kind and key; in the words of the text where nobody registered is named."""
    if named["id"]:
        return f"{named['kind']}:{named['id']}"
    return next(iter(named["labels"].values()), "")


def _commitment(row: dict[str, Any]) -> StandingCommitment:
    return StandingCommitment(
        public_id=row["commitment__public_id"],
        titles=as_words(row["titles"]),
        lead=_lead_of(row),
        lead_words=as_words(row["lead_words"]),
        addressees=tuple(_addressee(each) for each in row["addressees"]),
        deadline=GivenDeadline(
            row["deadline_type"],
            row["deadline_on"],
            tuple(row["deadline_candidates"]),
            row["deadline_organ__key"] or "",
            row["recurrence"],
            row["recurrence_from"],
        ),
        kind=row["kind"],
        budget=row["budget"],
        budget_line=row["budget_line"],
        is_closed=row["commitment__status"] in CLOSED,
    )


def read_register(today: date) -> Register:
    """Organs, sessions, parties, decisions and their commitments as they stand today."""
    decisions = {
        row["pk"]: StandingDecision(
            row["public_id"], row["organ__key"], row["decided_on"], as_words(row["titles"])
        )
        for row in Decision.objects.order_by("id").values(
            "pk", "public_id", "organ__key", "decided_on", "titles"
        )
    }
    newest = CommitmentTerms.objects.order_by("on", "at", "id").values(
        "commitment_id",
        "commitment__public_id",
        "commitment__decision_id",
        "commitment__position",
        "commitment__status",
        "titles",
        "lead_post__public_id",
        "lead_city__public_id",
        "lead_organ__key",
        "lead_words",
        "addressees",
        "deadline_type",
        "deadline_on",
        "deadline_candidates",
        "deadline_organ__key",
        "recurrence",
        "recurrence_from",
        "kind",
        "budget",
        "budget_line",
    )
    rows = {row["commitment_id"]: row for row in newest.iterator(chunk_size=5000)}
    standing = {key: _commitment(dict(row)) for key, row in rows.items()}
    for key, row in sorted(rows.items(), key=lambda r: r[1]["commitment__position"]):
        decisions[row["commitment__decision_id"]].commitments.append(standing[key])
    for key, on, text in ActivityReport.objects.values_list("commitment_id", "on", "text"):
        standing[key].reports.append(StandingReport(on, fold(text)))
    nodes = Node.objects.values_list("document__public_id", "node_id")
    return Register(
        today=today,
        organs={
            name: key
            for key, names in Organ.objects.values_list("key", "names")
            for name in _names(key, names)
        },
        sessions={
            name: key
            for key, names in Meeting.objects.values_list("public_id", "names")
            for name in _names(key, names)
        },
        parties=_parties(),
        decisions={decision.public_id: decision for decision in decisions.values()},
        themes={fold(name): key for key, names in theme_names().items() for name in names.values()},
        clauses=frozenset(f"{document}/{node}" for document, node in nodes),
    )
