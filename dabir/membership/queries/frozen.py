"""Frozen lists of standing: the list as it was frozen, and what holds after the chair's rulings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dabir.membership.models import Ruling, Snapshot, SnapshotLine
from dabir.statutes.answers import Answer
from dabir.statutes.standing import QUESTIONS

NAMED = dict(zip(QUESTIONS, ("may_vote", "may_stand", "may_speak"), strict=True))


@dataclass
class ListedMember:
    """One member of a frozen list with its reasons, and the rulings that came after."""

    line: SnapshotLine
    public_id: str
    answers: dict[str, Answer]
    rulings: dict[str, Ruling] = field(default_factory=dict)

    def may(self, question: str) -> bool | None:
        """What holds in the meeting: the newest ruling, else the list."""
        ruling = self.rulings.get(question)
        if ruling is not None:
            return bool(ruling.granted)
        return getattr(self.line, NAMED[question])  # type: ignore[no-any-return]  # a column of the line


def listed_members(snapshot: Snapshot) -> list[ListedMember]:
    """Every member of a frozen list in two statements, rulings applied in their order."""
    shared: list[dict[str, Any]] = snapshot.answers
    read = [
        {question: Answer.from_dict(standing[name]) for question, name in NAMED.items()}
        for standing in shared
    ]
    found = {
        line.member_id: ListedMember(line, line.member.public_id, read[line.answer])
        for line in snapshot.lines.select_related("member").order_by("pk")
    }
    for ruling in snapshot.rulings.order_by("on", "at", "id"):
        found[ruling.member_id].rulings[ruling.right] = ruling
    return list(found.values())


def snapshots_of(meeting_id: str) -> list[Snapshot]:
    """The frozen lists of a meeting, the newest first."""
    rows = Snapshot.objects.filter(meeting__id=meeting_id).defer("answers")
    return list(rows.order_by("-at", "-id"))


def snapshots_listed() -> list[Snapshot]:
    """Every frozen list, the newest first."""
    return list(Snapshot.objects.defer("answers").order_by("-at", "-id"))
