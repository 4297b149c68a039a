"""The progress report as one dict of plain values, the same for every format and language.

Schema `dabir/progress-report/1`, described in docs/develop/progress-report.md. Every decision stands
in exactly one list; a decision without news says "no information since".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from dabir.core.trail import trail_head_at
from dabir.core.uncollected import uncollected
from dabir.core.words import as_words
from dabir.decisions.queries.cut import Cut, Known, Row, read_cut
from dabir.decisions.queries.themes import theme_names_known_at
from dabir.decisions.report.differences import changes_between
from dabir.decisions.report.standing import (
    CommitmentStanding,
    DecisionStanding,
    counted,
    decision_standings,
    no_counts,
    status_on,
)
from dabir.decisions.states import LISTS
from dabir.organs.models import Organ
from dabir.registry.models import Association

SCHEMA = "dabir/progress-report/1"
TITLE = {
    "en": "Progress report on the decisions of the organs",
    "fa": "گزارش پیشرفت اجرای تصمیمات ارکان",
}


@dataclass(frozen=True)
class ReportRequest:
    """What is asked for: the organ that receives it, the cut, the report before, and what people wrote."""

    organ: Organ
    cut: Cut
    since: Cut | None = None
    titles: Mapping[str, str] = field(default_factory=lambda: TITLE)
    introduction: Mapping[str, str] | None = None
    remarks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    edition: Mapping[str, Any] | None = None

    @property
    def previous(self) -> date | None:
        """The day of the report before."""
        return self.since.as_of if self.since else None


def instant(value: datetime) -> str:
    """An instant in UTC to the second or finer, as printed and stored."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _words(value: Any) -> dict[str, str]:
    return as_words(value)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _deadline(standing: CommitmentStanding) -> dict[str, Any]:
    terms = standing.terms
    return {
        "type": terms["deadline_type"],
        "date": _day(standing.due),
        "candidates": terms["deadline_candidates"],
        "words": _words(terms["deadline_words"]),
        "recurrence": terms["recurrence"],
    }


def _label(reference: Row | None) -> dict[str, str] | None:
    return dict(reference["labels"]) if reference else None


def _report_state(known: Known, report: Row) -> str:
    verdicts = known.verdicts.get(report["id"])
    if not verdicts:
        return "filed"
    return {"accepted": "accepted", "returned": "returned", "reversed": "filed"}[
        verdicts[-1]["verdict"]
    ]


def _evidence(known: Known, report: Row) -> list[dict[str, Any]]:
    verdicts = known.verdicts.get(report["id"], [])
    accepted = verdicts[-1] if verdicts and verdicts[-1]["verdict"] == "accepted" else None
    return [
        {
            "id": row["public_id"],
            "label": row["label"],
            "kind": "file" if row["file__sha256"] else "link",
            "url": row["url"] or None,
            "sha256": row["file__sha256"],
            "seen_on": _day(row["seen_on"]),
            "withdrawn": row["id"] in known.withdrawn,
            "accepted_on": _day(accepted["on"]) if accepted else None,
            "accepted_by": _label(accepted["by"]) if accepted else None,
        }
        for row in known.evidence.get(report["id"], [])
    ]


def _reports(known: Known, standing: CommitmentStanding) -> list[dict[str, Any]]:
    return [
        {
            "id": row["public_id"],
            "on": _day(row["on"]),
            "precision": row["precision"],
            "by": _label(row["by"]),
            "on_behalf_of": _label(row["on_behalf_of"]),
            "state": _report_state(known, row),
            "nature": row["nature"],
            "claims_done": row["claims_done"],
            "text": {row["language"]: row["text"], **row["translations"]},
            "evidence": _evidence(known, row),
        }
        for row in standing.reports
    ]


def _commitment(
    known: Known, standing: CommitmentStanding, previous: date | None
) -> dict[str, Any]:
    terms = standing.terms
    return {
        "id": standing.row["public_id"],
        "titles": _words(terms["titles"]),
        "lead": _label(terms["lead"]),
        "addressees": [dict(a["labels"]) for a in terms["addressees"]],
        "kind": terms["kind"],
        "status": standing.status,
        "status_since": _day(standing.status_since),
        "delayed": standing.delayed,
        "deadline": _deadline(standing),
        "budget": terms["budget"],
        "budget_line": terms["budget_line"],
        "silence_days": standing.silence,
        "no_information_since": _day(standing.silent_since(previous)),
        "reports": _reports(known, standing),
    }


class _Links:
    """What came before and after each decision."""

    def __init__(self, known: Known) -> None:
        self.forerunners: dict[int, list[str]] = defaultdict(list)
        self.successors: dict[int, list[dict[str, str]]] = defaultdict(list)
        for row in known.relations:
            self.forerunners[row["later_id"]].append(row["earlier__public_id"])
            self.successors[row["earlier_id"]].append(
                {"id": row["later__public_id"], "relation": row["kind"]}
            )


def _clause(
    known: Known, standing: DecisionStanding, links: _Links, request: ReportRequest
) -> dict[str, Any]:
    row = standing.row
    node = known.nodes.get(row["node_id"]) if row["node_id"] else None
    document = known.documents.get(row["document_id"]) if row["document_id"] else None
    text = known.texts.get(row["node_id"], {}) if node else _words(row["text"])
    basis = known.forces[row["id"]][-1]["by_decision__public_id"]
    return {
        "id": standing.public_id,
        "declaration": document["public_id"] if document else None,
        "organ": row["organ__key"],
        "label": _words(node["labels"]) if node else {},
        "titles": _words(standing.titles),
        "themes": standing.themes,
        "text": text or None,
        "status": standing.status,
        "force": standing.force,
        "force_by": basis,
        "list": standing.list_name,
        "decided_on": _day(row["decided_on"]),
        "precision": row["precision"],
        "basis": _words(document["titles"]) if document else None,
        "remark": dict(request.remarks.get(standing.public_id, {})) or None,
        "forerunners": links.forerunners.get(row["id"], []),
        "successors": links.successors.get(row["id"], []),
        "effects": [
            {"kind": e["kind"], "target": dict(e["target"]["labels"]), "words": _words(e["words"])}
            for e in known.effects.get(row["id"], [])
        ],
        "no_information_since": _day(standing.silent_since(request.previous)),
        "silence_days": standing.silence,
        "commitments": [_commitment(known, c, request.previous) for c in standing.commitments],
    }


def _series(known: Known, standings: list[DecisionStanding], as_of: date) -> list[dict[str, Any]]:
    """Counts by status at the end of each year since the first decision, and on the day itself."""
    if not any(standing.commitments for standing in standings):
        return []
    first = min(s.row["decided_on"] for s in standings).year
    days = [date(year, 12, 31) for year in range(first, as_of.year)]
    series = []
    for day in [*(d for d in days if d < as_of), as_of]:
        counts = no_counts()
        for standing in standings:
            for commitment in standing.commitments:
                status = status_on(known.statuses[commitment.row["id"]], day)
                if status:
                    counts[status] += 1
        series.append({"on": day.isoformat(), **counts})
    return series


def _declaration(
    known: Known, row: Row, standings: list[DecisionStanding], request: ReportRequest
) -> dict[str, Any]:
    organ = row["organ"]
    no_action = [
        n for n in known.no_action if known.nodes[n["node_id"]]["document_id"] == row["id"]
    ]
    return {
        "id": row["public_id"],
        "titles": _words(row["titles"]),
        "organ": {"key": organ["id"], "names": organ["labels"]} if organ else None,
        "adopted_on": _day(row["adopted_on"]),
        "adopted_precision": row["adopted_precision"],
        "adopted_candidates": row["adopted_candidates"],
        "counts": counted(standings, request.previous),
        "text_held": row["text_held"],
        "note": _words(row["note"]) or None,
        "series": _series(known, standings, request.cut.as_of),
        "no_action": [
            {
                "id": f"{row['public_id']}/{known.nodes[n['node_id']]['node_id']}",
                "label": _words(known.nodes[n["node_id"]]["labels"]),
                "reason": _words(n["reason"]),
            }
            for n in no_action
        ],
    }


def _missing(known: Known, standings: Iterable[DecisionStanding]) -> list[dict[str, Any]]:
    """What a reader should know is not there: clauses without decision, decisions without commitment."""
    told = {s.row["node_id"] for s in standings} | {n["node_id"] for n in known.no_action}
    asking = {"recital", "thanks"}
    missing = []
    for node in sorted(known.nodes.values(), key=lambda n: (n["document_id"], n["position"])):
        document = known.documents[node["document_id"]]
        adopted = document["adopted_on"]
        if document["kind"] == "page" or node["id"] in told:
            continue
        if adopted is None or adopted > known.cut.as_of:
            continue
        if node["node_id"].startswith("P") and set(node["kinds"]) <= asking:
            continue
        missing.append(
            {
                "id": f"{document['public_id']}/{node['node_id']}",
                "words": {
                    "en": "This clause has neither a decision nor a note that no action is needed.",
                    "fa": "برای این بند نه تصمیمی ثبت شده و نه یادداشت «اقدامی لازم نیست».",
                },
            }
        )
    return missing


def _deadlines(standings: list[DecisionStanding], as_of: date) -> list[dict[str, Any]]:
    """Open commitments with a day ahead or passed, nearest first."""
    found = [
        {
            "commitment": c.row["public_id"],
            "decision": s.public_id,
            "due": c.due.isoformat(),
            "days": (c.due - as_of).days,
        }
        for s in standings
        if s.is_binding
        for c in s.commitments
        if c.due and c.is_open
    ]
    return sorted(found, key=lambda d: (d["due"], d["commitment"]))


def _association() -> dict[str, Any]:
    association = Association.objects.get()
    return {
        "names": as_words(association.names),
        "abbreviation": association.abbreviation,
        "practice": association.is_practice,
        "seat": as_words(association.seat),
    }


def _themes(clauses: list[dict[str, Any]], request: ReportRequest) -> dict[str, dict[str, str]]:
    """The name of each theme of the report in each language, by the key that its clauses carry."""
    names = theme_names_known_at(request.cut.known_at)
    used = sorted({key for clause in clauses for key in clause["themes"]})
    return {key: names[key] for key in used if names.get(key)}


@uncollected()
def build_report(request: ReportRequest) -> dict[str, Any]:
    """The whole report inside its cut. Statements: a fixed number, whatever the size."""
    known = read_cut(request.cut)
    standings = decision_standings(known)
    links = _Links(known)
    by_document: dict[int, list[DecisionStanding]] = defaultdict(list)
    for standing in standings:
        by_document[standing.row["document_id"]].append(standing)
    clauses = [_clause(known, s, links, request) for s in standings]
    lists: dict[str, list[str]] = {name: [] for name in LISTS.values()}
    for standing in standings:
        lists[standing.list_name].append(standing.public_id)
    sequence, head = trail_head_at(request.cut.known_at)
    as_of = request.cut.as_of
    return {
        "schema": SCHEMA,
        "association": _association(),
        "organ": {"key": request.organ.key, "names": as_words(request.organ.names)},
        "title": dict(request.titles),
        "as_of": as_of.isoformat(),
        "known_at": instant(request.cut.known_at),
        "edition": dict(request.edition) if request.edition else None,
        "since": _since(request.since),
        "introduction": dict(request.introduction) if request.introduction else None,
        "counts": counted(standings, request.previous),
        "lists": lists,
        "declarations": [
            _declaration(known, row, by_document[row["id"]], request)
            for row in known.documents.values()
            if row["kind"] != "page" and (row["adopted_on"] is None or row["adopted_on"] <= as_of)
        ],
        "clauses": clauses,
        "themes": _themes(clauses, request),
        "changes": _changes(clauses, request),
        "no_information": [c["id"] for c in clauses if c["no_information_since"]],
        "silent_commitments": [
            c["id"]
            for clause in clauses
            for c in clause["commitments"]
            if c["no_information_since"]
        ],
        "deadlines": _deadlines(standings, as_of),
        "missing": _missing(known, standings),
        "trail": {"sequence": sequence, "hash": head},
    }


def _since(since: Cut | None) -> dict[str, str] | None:
    if since is None:
        return None
    return {"as_of": since.as_of.isoformat(), "known_at": instant(since.known_at)}


def _changes(clauses: list[dict[str, Any]], request: ReportRequest) -> list[dict[str, Any]]:
    if request.since is None:
        return []
    known = read_cut(request.since)
    links = _Links(known)
    earlier = ReportRequest(request.organ, request.since)
    before = [_clause(known, s, links, earlier) for s in decision_standings(known)]
    return changes_between(before, clauses)
