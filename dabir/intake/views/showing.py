"""How a review is shown: parts with their marks, the question in hand, what leads on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.documents.states import CLAUSE_KINDS
from dabir.intake.forms.findings import DATE_ROLES, findings_of
from dabir.intake.models import Receipt
from dabir.intake.queries.names import Registry
from dabir.intake.review.doubts import Question, neighbours, open_questions
from dabir.intake.review.fold import Review, is_entered
from dabir.intake.review.numbers import candidates_of
from dabir.intake.review.parts import Part
from dabir.intake.review.wording import place_of
from dabir.intake.states import ROLES, VERBS
from dabir.statutes.telling import period_said

PERIOD = re.compile(r"P\d+[YMWD]")
TONES = {"certain": "jade", "probable": "saffron", "ambiguous": "brick"}
SHAPES = {"certain": "mark-check", "probable": "mark-half", "ambiguous": "mark-alert"}
RULES = {
    "reversed_chunks": gettext_lazy(
        "The pieces of the line stood in another order; other orders are possible."
    ),
    "line_join": gettext_lazy("How this line goes on from the one before is in doubt."),
    "long_line": gettext_lazy(
        "The line was too long to be read as one; its stretches may stand in another order."
    ),
    "lost_space": gettext_lazy("A space was probably lost here."),
    "paragraph": gettext_lazy("Whether a paragraph ends here is in doubt."),
}


EVIDENCE = {
    "the labels leave several digits open": gettext_lazy("The labels leave several digits open."),
    "a day of a month": gettext_lazy("It is a day of a month."),
    "a year in use": gettext_lazy("It is a year of a calendar in use."),
    "all constraints together": gettext_lazy("All that is known of the numbers together."),
    "a term ends after it starts": gettext_lazy("A term ends after it starts."),
    "listed years rise": gettext_lazy("Listed years rise."),
    "future, so not before the meeting": gettext_lazy("The text calls it future."),
}


def evidence_said(evidence: str) -> list[str]:
    """Why a number may be what it may be, in the reader's language."""
    return [str(EVIDENCE.get(one, one)) for one in evidence.split("; ") if one]


def question_url(receipt: Receipt, key: str) -> str:
    """The address of a review with one question in hand."""
    return f"{receipt.get_absolute_url()}?doubt={key}#question"


def segments(part: Part, receipt: Receipt, current: str) -> list[dict[str, Any]]:
    """The words of a part cut at its marks: doubts and numbers, each a link to its question."""
    marks: list[tuple[int, int, str, str, bool]] = []
    for number in part["numbers"]:
        start = place_of(part, number)
        if start is not None and (number["decided"] or {}).get("how") != "proven":
            end = start + len(number["shown"])
            marks.append((start, end, number["key"], "open-number", number["decided"] is not None))
    for doubt in part["doubts"]:
        if doubt["start"] < doubt["end"]:
            row = (doubt["start"], doubt["end"], doubt["key"], doubt["class"])
            marks.append((*row, doubt["decided"] is not None))
    cuts = sorted({0, len(part["text"]), *(m[0] for m in marks), *(m[1] for m in marks)})
    shown: list[dict[str, Any]] = []
    for start, end in pairwise(cuts):
        over = next((m for m in marks if m[0] <= start and end <= m[1]), None)
        segment: dict[str, Any] = {"text": part["text"][start:end]}
        if over:
            _start, _end, key, kind, decided = over
            segment |= {
                "key": key,
                "kind": "decided" if decided else kind,
                "shape": "mark-check" if decided else SHAPES.get(kind, "mark-dots"),
                "url": question_url(receipt, key),
                "current": key == current,
                "is_first": start == over[0],
            }
        shown.append(segment)
    return shown


def part_rows(
    receipt: Receipt, review: Review, found: Sequence[Question], current: str, names: Registry
) -> list[dict[str, Any]]:
    """Every part with its marks, what it holds, and what may be done with it."""
    states = {question.key: question for question in found}
    rows = []
    for part in review.parts:
        key = part["key"]
        args = [receipt.public_id, key]
        findings = states.get(f"f-{key}")
        place = states.get(f"p-{key}")
        rows.append(
            {
                "part": part,
                "original": received_lines(part),
                "role": ROLES[part["role"]],
                "segments": segments(part, receipt, current),
                "findings": holds(part, names) if is_entered(part) else [],
                "findings_url": question_url(receipt, f"f-{key}") if findings else "",
                "findings_open": bool(findings and findings.is_open),
                "place_open": place is not None,
                "is_current": part_of(current, found) == key,
                "acts": [
                    (label, reverse("intake:part_act", args=[*args, act]))
                    for act, label in (
                        ("retype", _("Type anew")),
                        ("split", _("Divide")),
                        ("merge", _("Join to the one before")),
                        ("place", _("What it is")),
                    )
                ],
            }
        )
    return rows


def received_lines(part: Part) -> str:
    """What was received of a part, without its empty lines."""
    return "\n".join(line for line in part["original"].splitlines() if line.strip())


def part_of(key: str, found: Sequence[Question]) -> str:
    """The part that a question is about."""
    return next((one.part for one in found if one.key == key), "")


def holds(part: Part, names: Registry) -> list[dict[str, Any]]:
    """What a part holds or seems to hold, in words."""
    kinds, values = findings_of(part, names)
    named = {row.key: dict(row.names) for row in (*names.organs, *names.cities, *names.people)}
    rows: list[dict[str, Any]] = []
    if kinds:
        said = [str(CLAUSE_KINDS[kind]) for kind in kinds]
        rows.append({"label": _("Kinds"), "said": said, "led": _led(values, "kinds")})
    for field, label in (
        ("organs", _("Organs named")),
        ("addressees", _("Addressed to")),
        ("owners", _("Who would carry it out")),
        ("cities", _("Cities")),
        ("people", _("People")),
    ):
        keys = values.get(field) or []
        if keys:
            shown = [named.get(key.partition(":")[2] or key, key) for key in keys]
            rows.append({"label": label, "names": shown, "led": _led(values, field)})
    for date in values.get("dates") or []:
        role = date.get("role") or ""
        said = term_said(date.get("relative") or "", role)
        said = said or " | ".join(date.get("candidates") or []) or "—"
        label = str(DATE_ROLES.get(role, role)) if role else _("Date")
        rows.append({"label": label.capitalize(), "said": [said], "led": [date.get("words") or ""]})
    for row in values.get("inferred") or []:
        if row["field"] in ("cities", "people", "addressees"):
            alike = [named.get(key, {"en": key}) for key in row.get("alike") or []]
            unknown = {"label": _("Named, not in the registry"), "said": [row["words"]], "led": []}
            rows.append(unknown | {"alike": alike})
    return rows


def term_said(term: str, role: str) -> str:
    """A term such as P1Y in words: how often, or within which time; other words as they are."""
    if not PERIOD.fullmatch(term):
        return term
    words = _("every %(period)s") if role == "recurrence" else _("within %(period)s")
    return words % {"period": period_said(term)}


def _led(values: Mapping[str, Any], field: str) -> list[str]:
    """The words that led to what is proposed."""
    wanted = {"owners": "organ_responsible"}.get(field, field)
    rows = [row for row in values.get("inferred") or [] if row["field"] == wanted]
    return list(dict.fromkeys(row["words"] for row in rows if row["words"]))


def question_shown(
    receipt: Receipt, review: Review, found: Sequence[Question], key: str, names: Registry
) -> dict[str, Any] | None:
    """The question in hand with everything that helps to decide it."""
    question = next((one for one in found if one.key == key), None)
    if question is None:
        return None
    before, after = neighbours(found, key)
    shown: dict[str, Any] = {
        "question": question,
        "kind": question.kind,
        "data": question.data,
        "decided": question.decided,
        "how": _how(question),
        "previous_url": question_url(receipt, before.key) if before else "",
        "next_url": question_url(receipt, after.key) if after else "",
        "next_key": after.key if after else "",
    }
    if question.part:
        part = review.part(question.part)
        shown |= {"part": part, "role": ROLES[part["role"]]}
        if question.kind == "words":
            data = question.data
            shown["words"] = part["text"][data["start"] : data["end"]]
            shown["why"] = RULES.get(data["rule"], data["evidence"])
        elif question.kind == "number":
            reading = question.data["reading"]
            listed = candidates_of(reading)
            shown["candidates"] = listed if len(listed) <= 9 else []
            solutions = question.data["solutions"]
            shown["evidence"] = evidence_said(question.data["evidence"])
            shown["proposal"] = solutions[0] if len(solutions) == 1 else ""
            shown["solutions"] = solutions if len(solutions) > 1 else []
        elif question.kind == "findings":
            shown["holds"] = holds(part, names)
            shown["act_url"] = reverse(
                "intake:part_act", args=[receipt.public_id, part["key"], "findings"]
            )
        else:
            shown["act_url"] = reverse(
                "intake:part_act", args=[receipt.public_id, part["key"], "place"]
            )
    elif question.kind == "conflict":
        shown["act_url"] = reverse("intake:settle", args=[receipt.public_id, question.data["key"]])
    else:
        shown["act_url"] = reverse("intake:act", args=[receipt.public_id, "about"])
    return shown


def _how(question: Question) -> str:
    """What was decided, in words."""
    if not question.decided:
        return ""
    how = question.decided.get("how", "")
    return str(
        {
            "kept": VERBS["keep_words"],
            "chosen": VERBS["choose_number"]
            if question.kind == "number"
            else VERBS["choose_words"],
            "typed": VERBS["retype_words"],
            "open": VERBS["leave_open"],
        }.get(how, _("decided"))
    )


def first_open(found: Sequence[Question]) -> str:
    """The key of the first question that nobody decided, words before the rest."""
    left = open_questions(found)
    words = [one for one in left if one.kind != "about"]
    return (words or left)[0].key if left else ""
