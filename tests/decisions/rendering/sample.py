"""Invented reports to set: a short one with every kind of line, and large ones for time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

STATUSES = [
    "not_started",
    "under_way",
    "done_claimed",
    "done_accepted",
    "blocked",
    "not_applicable",
]
FORCES = ["in_force", "amended", "superseded", "done", "retired", "lapsed"]


def commitment(number: int, status: str = "under_way", **changes: Any) -> dict[str, Any]:
    """One invented commitment."""
    out: dict[str, Any] = {
        "id": f"C-{number:05d}",
        "titles": {
            "fa": f"راه‌اندازی سامانهٔ شمارهٔ {number}",
            "en": f"Set up system number {number}",
        },
        "lead": {"fa": "دبیرخانه", "en": "Secretariat"},
        "addressees": [{"fa": "شهرهای عضو", "en": "Member cities"}],
        "kind": "one_off",
        "status": status,
        "status_since": "2023-05-02",
        "delayed": False,
        "deadline": {"type": "date", "date": "2027-03-01", "candidates": [], "words": {}},
        "budget": "none_needed",
        "silence_days": 120,
        "no_information_since": None,
        "reports": [],
    }
    out.update(changes)
    return out


def report(number: int, **changes: Any) -> dict[str, Any]:
    """One invented activity report with a piece of evidence."""
    out: dict[str, Any] = {
        "on": "2024-02-10",
        "precision": "day",
        "by": {"fa": "شهر لاله‌زار", "en": "City of Laleh"},
        "on_behalf_of": None,
        "state": "accepted",
        "text": {
            "fa": "سامانه آزمایش شد و ۳ شهر به آن پیوستند.",
            "en": "The system was tested; 3 cities joined.",
        },
        "evidence": [
            {
                "id": f"E-{number}",
                "label": f"Minutes {number}.pdf",
                "kind": "file",
                "url": None,
                "sha256": f"{number:064x}",
                "withdrawn": False,
                "accepted_on": "2024-03-01",
                "accepted_by": {"fa": "کارشناس دوم", "en": "Second officer"},
            }
        ],
    }
    out.update(changes)
    return out


def clause(
    declaration: str, label: str, commitments: list[dict[str, Any]], **changes: Any
) -> dict[str, Any]:
    """One invented clause."""
    out: dict[str, Any] = {
        "id": f"{declaration}/{label}",
        "declaration": declaration,
        "label": {"fa": label.replace(".b", ".ب").replace(".a", ".الف"), "en": label},
        "titles": {
            "fa": f"بند {label}: وب‌گاه و بانک اطلاعات",
            "en": f"Clause {label}: website and data bank",
        },
        "text": {
            "fa": "دبیرخانه وب‌گاه (website) اتحادیه را تا سال 201{4|5|8} به دو زبان راه می‌اندازد؛",
            "en": "The Secretariat shall set up the website in two languages by 201{4|5|8};",
        },
        "status": "under_way",
        "force": "in_force",
        "list": "in_force",
        "decided_on": "2019-10-14",
        "basis": {"fa": "مجمع عمومی دوم", "en": "Second General Assembly"},
        "remark": None,
        "forerunners": [],
        "successors": [],
        "effects": [],
        "no_information_since": None,
        "silence_days": 120,
        "commitments": commitments,
    }
    out.update(changes)
    return out


def declaration(key: str, clauses: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """One invented declaration whose counts are taken from its clauses."""
    tally = dict.fromkeys(STATUSES, 0)
    forces = dict.fromkeys(FORCES, 0)
    for each in clauses:
        forces[each["list"]] += 1
        for one in each["commitments"]:
            tally[one["status"]] += 1
    total = sum(tally.values())
    early = {**dict.fromkeys(STATUSES, 0), "not_started": total}
    middle = {**early, "not_started": total - total // 2, "under_way": total // 2}
    out: dict[str, Any] = {
        "id": key,
        "titles": {"fa": f"اعلامیهٔ تمرینی {key}", "en": f"Practice Declaration {key}"},
        "organ": {
            "key": "general-assembly",
            "names": {"fa": "مجمع عمومی", "en": "General Assembly"},
        },
        "adopted_on": "2019-10-14",
        "adopted_precision": "day",
        "adopted_candidates": [],
        "counts": {"decisions": forces, "commitments": tally, "delayed": 0, "no_information": 0},
        "text_held": True,
        "note": None,
        "series": [
            {"on": "2019-10-14", **early},
            {"on": "2022-01-01", **middle},
            {"on": "2026-11-22", **tally},
        ],
    }
    out.update(changes)
    return out


def whole(
    declarations: list[dict[str, Any]], clauses: list[dict[str, Any]], **changes: Any
) -> dict[str, Any]:
    """A whole report over the given declarations and clauses."""
    tally = dict.fromkeys(STATUSES, 0)
    lists: dict[str, list[str]] = {force: [] for force in FORCES}
    for each in clauses:
        lists[each["list"]].append(each["id"])
        for one in each["commitments"]:
            tally[one["status"]] += 1
    late = sum(one["delayed"] for each in clauses for one in each["commitments"])
    silent = [each["id"] for each in clauses if each["no_information_since"]]
    out: dict[str, Any] = {
        "schema": "dabir/progress-report/1",
        "association": {
            "names": {"fa": "اتحادیهٔ تمرینی شهرها", "en": "Practice Union of Cities"},
            "abbreviation": "PUC",
            "practice": True,
            "seat": {"fa": "لاله‌زار", "en": "Laleh"},
        },
        "organ": {
            "key": "executive-board",
            "names": {"fa": "هیئت اجرایی", "en": "Executive Board"},
        },
        "title": {"fa": "گزارش پیشرفت تصمیم‌ها", "en": "Progress report on decisions"},
        "as_of": "2026-11-22",
        "known_at": "2026-11-22T03:00:00.000000+00:00",
        "edition": {
            "number": 1,
            "label": "1",
            "frozen_at": "2026-11-22T04:00:00+00:00",
            "signed_off_by": {"fa": "دبیرکل", "en": "Secretary General"},
            "signed_off_on": "2026-11-22",
            "verification_code": "PUC-7F3A-91C2",
        },
        "since": {"as_of": "2025-11-22", "known_at": "2025-11-22T03:00:00+00:00"},
        "introduction": {
            "fa": "این گزارش به هیئت اجرایی تقدیم می‌شود.\n\nدر یک سال گذشته ۲ نشست برگزار شد.",
            "en": "This report is presented to the Board.\n\nTwo meetings were held this year.",
        },
        "counts": {
            "decisions": {force: len(lists[force]) for force in FORCES},
            "commitments": tally,
            "delayed": late,
            "no_information": len(silent),
        },
        "lists": lists,
        "declarations": declarations,
        "clauses": clauses,
        "changes": [],
        "no_information": silent,
        "deadlines": [],
        "missing": [],
        "trail": {"sequence": 4211, "hash": "9f" * 32},
    }
    out.update(changes)
    return out


def short_report(**changes: Any) -> dict[str, Any]:
    """A short report in which every kind of line occurs."""
    first = [
        clause(
            "laleh-2019",
            "4.b",
            [
                commitment(
                    1,
                    "under_way",
                    reports=[report(1), report(2, state="returned", precision="month")],
                ),
                commitment(
                    2,
                    "blocked",
                    delayed=True,
                    lead=None,
                    deadline={"type": "date", "date": "2024-01-01", "candidates": [], "words": {}},
                    budget="unfunded",
                ),
            ],
            remark={"fa": "نیازمند تصمیم تازه دربارهٔ بودجه است."},
            effects=[
                {
                    "kind": "body_recognised",
                    "target": {"fa": "کمیتهٔ حمل‌ونقل", "en": "Transport committee"},
                }
            ],
            successors=[{"id": "laleh-2021/2", "relation": "repeats"}],
        ),
        clause(
            "laleh-2019",
            "5",
            [
                commitment(
                    3,
                    "not_started",
                    silence_days=2596,
                    no_information_since="2019-10-14",
                    deadline={
                        "type": "candidates",
                        "date": None,
                        "candidates": ["2016-11-24", "2016-11-25"],
                        "words": {},
                    },
                )
            ],
            status="not_started",
            no_information_since="2019-10-14",
            silence_days=2596,
            text={"en": "Requests all cities <b>to report</b> & #hash *stars* \\ _under_;"},
            titles={"en": "Reports by cities"},
        ),
    ]
    second = [
        clause(
            "laleh-2021",
            "2",
            [commitment(4, "done_accepted")],
            status="done_accepted",
            list="done",
            force="exhausted",
        ),
        clause(
            "laleh-2021",
            "3",
            [],
            status="no_commitment",
            list="retired",
            force="retired",
            text=None,
        ),
        clause(
            "laleh-2021",
            "9",
            [commitment(5, "done_claimed"), commitment(6, "not_applicable", kind="standing")],
            status="done_claimed",
            list="amended",
            force="amended",
            forerunners=["laleh-2019/4.b", "missing-1999/1"],
        ),
    ]
    declarations = [
        declaration("laleh-2019", first),
        declaration(
            "laleh-2021",
            second,
            adopted_on=None,
            adopted_precision="candidates",
            adopted_candidates=["2021-11-24", "2021-11-25"],
            text_held=False,
            note={"fa": "تنها از روی خبرها شناخته شده است."},
        ),
    ]
    base: dict[str, Any] = {
        "changes": [
            {
                "id": "laleh-2019/4.b",
                "what": "status",
                "before": "not_started",
                "after": "under_way",
            },
            {
                "id": "laleh-2019/4.b",
                "what": "deadline",
                "before": "2025-01-01",
                "after": "2027-03-01",
            },
            {"id": "C-00001", "what": "newly_delayed", "before": None, "after": True},
            {"id": "C-00001", "what": "evidence", "before": [], "after": ["E-1", "E-2"]},
            {
                "id": "laleh-2021/2",
                "what": "lead",
                "before": None,
                "after": {"fa": "مدیر رویدادها", "en": "Director of events"},
            },
        ],
        "deadlines": [
            {
                "commitment": "C-00002",
                "decision": "laleh-2019/4.b",
                "due": "2024-01-01",
                "days": -1056,
            },
            {
                "commitment": "C-00001",
                "decision": "laleh-2019/4.b",
                "due": "2027-03-01",
                "days": 99,
            },
        ],
        "missing": [
            {
                "id": "laleh-2019/5",
                "words": {"fa": "ترجمهٔ فارسی متن نیست.", "en": "No Persian text."},
            }
        ],
    }
    return whole(declarations, first + second, **{**base, **changes})


def large_report(decisions: int = 1500, commitments: int = 10_000) -> dict[str, Any]:
    """A report of the size that the secretariat must be able to print."""
    declarations = []
    clauses: list[dict[str, Any]] = []
    made = 0
    per_declaration = 75
    for first in range(0, decisions, per_declaration):
        key = f"laleh-{1900 + first // per_declaration}"
        mine = []
        for number in range(first, min(first + per_declaration, decisions)):
            upto = commitments * (number + 1) // decisions
            inside = []
            for index in range(made, upto):
                status = STATUSES[index % 6]
                reports = [report(index)] if index % 5 == 0 else []
                inside.append(commitment(index, status, reports=reports, delayed=index % 7 == 0))
            made = upto
            mine.append(clause(key, str(number), inside, list=FORCES[number % 6]))
        declarations.append(declaration(key, mine))
        clauses += mine
    start = date(2026, 11, 22)
    deadlines = [
        {
            "commitment": f"C-{index:05d}",
            "decision": clauses[0]["id"],
            "due": (start + timedelta(days=index - 50)).isoformat(),
            "days": index - 50,
        }
        for index in range(400)
    ]
    return whole(declarations, clauses, deadlines=deadlines)
