"""Plays the hand-written history of forty commitments through the services, in the order recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import yaml

from dabir.core.actors import Actor
from dabir.decisions.models import ActivityReport, Commitment, Decision, Evidence
from dabir.decisions.services import activity, agreed, register, terms
from dabir.documents.models import Document
from dabir.documents.services import add_document
from dabir.meetings.models import Meeting
from dabir.meetings.services import call_meeting, foresee_meeting, move_meeting
from dabir.organs.models import Organ
from dabir.organs.services import enter_organ
from dabir.registry.models import Association, City

FORTY = Path(__file__).parent / "fixtures" / "forty"
CLERK = Actor("person", "clerk", {"en": "Clerk"})


def load(name: str) -> dict[str, Any]:
    """One of the two files of the fixture."""
    return yaml.safe_load((FORTY / name).read_text())


def day(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)


def instant(entry: dict[str, Any], on: str) -> datetime:
    """When an act was recorded: as said, else on its own day at noon UTC."""
    if said := entry.get("recorded_at"):
        return datetime.fromisoformat(said)
    return datetime.combine(day(on), time(12), UTC)


class Replay:
    """The register made from the history."""

    def __init__(self) -> None:
        self.data = load("register.yaml")
        self.organs: dict[str, Organ] = {}
        self.cities: dict[str, City] = {}
        self.documents: dict[str, Document] = {}
        self.decisions: dict[str, Decision] = {}
        self.commitments: dict[str, Commitment] = {}
        self.names: dict[str, str] = {}
        self.reports: dict[str, ActivityReport] = {}
        self.evidence: dict[str, Evidence] = {}

    def run(self) -> Replay:
        """Set up the register and take every act in the order in which it was recorded."""
        self._set_up()
        steps = [*self._calls(), *self._decisions(), *self._forces(), *self._acts()]
        for at, _order, step, entry in sorted(steps, key=lambda s: (s[0], s[1])):
            step(entry, at)
        return self

    def _set_up(self) -> None:
        first = {"by": CLERK, "on": date(2018, 1, 1), "at": datetime(2018, 1, 1, tzinfo=UTC)}
        Association.objects.create(names={"en": "Forty"}, abbreviation="FORTY")
        for key in self.data["organs"]:
            kind = "assembly" if key == "general-assembly" else "board"
            self.organs[key] = enter_organ(key=key, kind=kind, names={"en": key}, **first)
        for party in self.data["parties"]:
            self.cities[party] = City.objects.create(public_id=party, names={"en": party})
        for entry in self.data["documents"]:
            self.documents[entry["id"]] = add_document(
                public_id=entry["id"],
                kind="declaration",
                titles={"en": entry["id"]},
                adopted_on=day(entry["adopted_on"]),
                **first,
            )
        for entry in self.data["meetings"]:
            foresee_meeting(
                public_id=entry["id"],
                organ=self.organs[entry["organ"]],
                names={"en": entry["id"]},
                **first,
            )

    def _calls(self) -> list[Any]:
        return [
            (instant(call, call["happened_on"]), 0, self._call, (entry["id"], call))
            for entry in self.data["meetings"]
            for call in entry["calls"]
        ]

    def _call(self, entry: tuple[str, dict[str, Any]], at: datetime) -> None:
        meeting = Meeting.objects.get(public_id=entry[0])
        starts_on = day(entry[1]["starts_on"])
        stamp = {"by": CLERK, "on": day(entry[1]["happened_on"]), "at": at, "told_by": "history"}
        if meeting.state == "foreseen":
            call_meeting(meeting=meeting, starts_on=starts_on, ends_on=starts_on, **stamp)
        else:
            move_meeting(
                meeting=meeting, starts_on=starts_on, ends_on=starts_on, reason="moved", **stamp
            )

    def _decisions(self) -> list[Any]:
        return [
            (instant(entry, entry["decided_on"]), 1, self._decide, entry)
            for entry in self.data["decisions"]
        ]

    def _decide(self, entry: dict[str, Any], at: datetime) -> None:
        decided = day(entry["decided_on"])
        decision = register.record_decision(
            public_id=entry["id"],
            organ=self.organs[entry.get("organ", "general-assembly")],
            document=self.documents.get(entry["document"]),
            titles={"en": entry["id"]},
            decided_on=decided,
            by=CLERK,
            on=max(decided, at.date()),
            at=at,
        )
        self.decisions[entry["id"]] = decision
        for wanted in self.data["commitments"]:
            if wanted["decision"] == entry["id"]:
                made = terms.make_commitment(
                    decision=decision,
                    terms=agreed.Terms(
                        titles={"en": wanted["id"]},
                        kind=wanted["kind"],
                        lead=agreed.Lead(city=self.cities[wanted["lead"]]),
                        deadline=self._deadline(wanted["deadline"]),
                    ),
                    by=CLERK,
                    on=decided,
                    at=at,
                )
                self.commitments[wanted["id"]] = made
                self.names[made.public_id] = wanted["id"]

    def _deadline(self, wanted: dict[str, Any]) -> agreed.Deadline:
        is_date = wanted["type"] == "date"
        first = day(wanted["date"]) if "date" in wanted else None
        return agreed.Deadline(
            type=wanted["type"],
            on=first if is_date else None,
            candidates=tuple(wanted.get("candidates", ())),
            organ=self.organs.get(wanted.get("organ", "")),
            recurrence=wanted.get("every", ""),
            recurrence_from=None if is_date else first,
        )

    def _forces(self) -> list[Any]:
        return [
            (instant(force, force["happened_on"]), 3, self._force, (entry["id"], force))
            for entry in self.data["decisions"]
            for force in entry.get("forces", [])
        ]

    def _force(self, entry: tuple[str, dict[str, Any]], at: datetime) -> None:
        decision, force = self.decisions[entry[0]], entry[1]
        stamp = {"by": CLERK, "on": day(force["happened_on"]), "at": at}
        kinds = {"superseded": "supersedes", "amended": "amends", "retired": "retires"}
        if force["force"] in kinds:
            register.relate_decisions(
                later=self.decisions[force["by"]],
                earlier=decision,
                kind=kinds[force["force"]],
                **stamp,
            )
        elif force["force"] == "lapsed":
            register.lapse_decision(decision=decision, reason="its own term", **stamp)
        elif force["force"] == "exhausted":
            register.exhaust_decision(decision=decision, **stamp)
        else:
            register.revive_decision(decision=decision, reason="reversed", **stamp)

    def _acts(self) -> list[Any]:
        return [
            (instant(entry, entry["happened_on"]), 2, self._act, entry)
            for entry in self.data["acts"]
        ]

    def _act(self, entry: dict[str, Any], at: datetime) -> None:
        commitment = self.commitments[entry["commitment"]]
        commitment.refresh_from_db()
        by = Actor("person", entry["by"], {"en": entry["by"]})
        stamp: dict[str, Any] = {"by": by, "on": day(entry["happened_on"]), "at": at}
        getattr(self, f"_{entry['act']}")(commitment, entry, stamp)
        wanted = entry.get("status")
        commitment.refresh_from_db()
        if wanted and commitment.status != wanted:
            verb = {"blocked": "block", "under_way": "start"}[wanted]
            terms.step_status(verb, commitment=commitment, reason=entry.get("reason", ""), **stamp)

    def _report(self, commitment: Commitment, entry: dict[str, Any], stamp: dict[str, Any]) -> None:
        report = activity.file_report(
            commitment=commitment,
            text=entry["id"],
            language="en",
            claims_done=entry["act"] == "claim",
            **stamp,
        )
        self.reports[entry["id"]] = report
        if name := entry.get("evidence"):
            self.evidence[name] = activity.attach_evidence(
                report=report,
                label=name,
                url="https://example.org/",
                seen_on=stamp["on"],
                **stamp,
            )

    _claim = _report

    def _accept(self, commitment: Commitment, entry: dict[str, Any], stamp: dict[str, Any]) -> None:
        activity.accept_report(report=self.reports[entry["of"]], **stamp)

    def _return(self, commitment: Commitment, entry: dict[str, Any], stamp: dict[str, Any]) -> None:
        activity.return_report(report=self.reports[entry["of"]], reason=entry["reason"], **stamp)

    def _reverse(
        self, commitment: Commitment, entry: dict[str, Any], stamp: dict[str, Any]
    ) -> None:
        activity.reverse_acceptance(
            report=self.reports[entry["of"]], reason=entry["reason"], **stamp
        )

    def _withdraw_evidence(
        self, commitment: Commitment, entry: dict[str, Any], stamp: dict[str, Any]
    ) -> None:
        activity.withdraw_evidence(
            evidence=self.evidence[entry["of"]], reason=entry["reason"], **stamp
        )

    def _retime(self, commitment: Commitment, entry: dict[str, Any], stamp: dict[str, Any]) -> None:
        terms.set_deadline(
            commitment=commitment,
            deadline=self._deadline(entry["deadline"]),
            reason=entry["reason"],
            **stamp,
        )

    def _hand_over(
        self, commitment: Commitment, entry: dict[str, Any], stamp: dict[str, Any]
    ) -> None:
        terms.assign_commitment(
            commitment=commitment,
            lead=replace(agreed.Lead(), city=self.cities[entry["lead"]]),
            reason=entry["reason"],
            **stamp,
        )

    def _set_aside(
        self, commitment: Commitment, entry: dict[str, Any], stamp: dict[str, Any]
    ) -> None:
        terms.set_aside_commitment(commitment=commitment, reason=entry["reason"], **stamp)

    def _take_up_again(
        self, commitment: Commitment, entry: dict[str, Any], stamp: dict[str, Any]
    ) -> None:
        terms.take_up_again(commitment=commitment, reason=entry["reason"], **stamp)
