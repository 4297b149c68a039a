"""The invented life of the practice union: every act by its own person on its own day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

from dabir.config.loading import organs as living
from dabir.config.loading import register as entering
from dabir.config.loading.letters import Correspondence
from dabir.config.loading.members import MemberLife
from dabir.config.loading.readers import Readers
from dabir.config.loading.reading import Stage, first_day, last_day, words
from dabir.config.loading.reported import Reporting
from dabir.core.actors import Actor
from dabir.decisions.services import activity, agreed, register, terms
from dabir.documents.services import correct_text, store_file
from dabir.registry.models import Mandate

Act = dict[str, Any]
RELATIONS = {"amend": "amends", "supersede": "supersedes", "retire": "retires"}


def noon(day: date) -> datetime:
    """Noon of a day: when an act was recorded that was recorded on its own day."""
    return datetime.combine(day, time(12), UTC)


class History(Correspondence, Readers, Reporting):
    """Plays decisions and acts in the order in which they were recorded."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.reports: dict[str, Any] = {}
        self.evidence: dict[str, Any] = {}
        self.steps: dict[str, Any] = {}
        self.received: dict[str, Any] = {}
        self.written: dict[str, Any] = {}

    def play(self) -> None:
        """Take every decision and act, earliest recorded first."""
        data = self.stage.read("decisions.yaml")
        entering.load_themes(self.stage, data)
        life = MemberLife(self.stage, self._author)
        life.load_places()
        events: list[tuple[datetime, int, Callable[[Any], None], Any]] = [
            (noon(entering.decided_on(self.stage, entry)), 0, self._decide, entry)
            for entry in [*data["decisions"], *life.decisions()]
        ]
        for day, take, entry in life.events():
            events.append((noon(day), 2, partial(life.play, take, day), entry))
        for act in self.stage.read("history.yaml")["acts"]:
            said = act.get("recorded_at")
            at = datetime.fromisoformat(said) if said else noon(_day(act["happened_on"]))
            events.append((at, 1, self._take, act))
        lived = self.stage.read("organs_life.yaml").get("acts", [])
        events += [(noon(_day(act["happened_on"])), 2, self._live, act) for act in lived]
        last = max(at for at, _order, step, _entry in events if step == self._decide)
        bearings = {k: v for k, v in data.items() if k != "decisions"}
        events.append((last, 1, self._bear, bearings))
        for at, _order, step, entry in sorted(events, key=lambda event: event[:2]):
            self.stage.at, self.stage.on = at, at.date()
            step(entry)

    def _decide(self, entry: Act) -> None:
        entering.load_decision(self.stage, entry)

    def _live(self, act: Act) -> None:
        by = self._author("post-secretary-general", self.stage.on)
        living.take_act(self.stage, act, self.stage.stamp | {"by": by})

    def _bear(self, data: Act) -> None:
        entering.load_bearings(self.stage, data)

    def _take(self, act: Act) -> None:
        stamp = {
            "by": self._author(act["by"], _day(act["happened_on"])),
            "on": _day(act["happened_on"]),
            "at": self.stage.at,
        }
        verb = RELATIONS.get(act["act"])
        if verb:
            self._relate(act, verb, stamp)
        else:
            getattr(self, f"_{act['act']}")(act, stamp)

    def _author(self, post_id: str, day: date) -> Actor:
        """The person who held the post on that day; before its first holder, the clerk who enters."""
        mandates = Mandate.objects.filter(post__public_id=post_id).select_related("person")
        held = next((m.person for m in mandates if m.is_in_force(day)), None)
        return held.as_actor() if held else self.stage.by

    def _commitment(self, act: Act) -> Any:
        commitment = self.stage.commitments[act["commitment"]]
        commitment.refresh_from_db()
        return commitment

    def _decision(self, act: Act) -> Any:
        decision = self.stage.decisions[act["decision"]]
        decision.refresh_from_db()
        return decision

    def _relate(self, act: Act, kind: str, stamp: Act) -> None:
        later = self.stage.decisions[act["by_decision"]]
        register.relate_decisions(later=later, earlier=self._decision(act), kind=kind, **stamp)

    def _assign(self, act: Act, stamp: Act) -> None:
        lead = entering.lead_named(self.stage, act["lead"])
        terms.assign_commitment(
            commitment=self._commitment(act), lead=lead, reason=_reason(act), **stamp
        )

    _hand_over = _assign

    def _retime(self, act: Act, stamp: Act) -> None:
        commitment = self._commitment(act)
        deadline = agreed.Deadline("date", last_day(act["deadline"]["date"]))
        terms.set_deadline(commitment=commitment, deadline=deadline, reason=_reason(act), **stamp)

    def _start(self, act: Act, stamp: Act) -> None:
        terms.start_commitment(commitment=self._commitment(act), **stamp)

    def _block(self, act: Act, stamp: Act) -> None:
        terms.block_commitment(commitment=self._commitment(act), reason=_reason(act), **stamp)

    def _set_aside(self, act: Act, stamp: Act) -> None:
        terms.set_aside_commitment(commitment=self._commitment(act), reason=_reason(act), **stamp)

    def _take_up_again(self, act: Act, stamp: Act) -> None:
        terms.take_up_again(commitment=self._commitment(act), reason=_reason(act), **stamp)

    def _report(self, act: Act, stamp: Act) -> None:
        texts = words(act["text"])
        language = act.get("language", "fa")
        language = language if language in texts else next(iter(texts))
        city = self.stage.cities.get(act.get("on_behalf_of"))
        report = activity.file_report(
            commitment=self._commitment(act),
            text=texts.pop(language),
            language=language,
            translations=texts,
            claims_done=act["act"] == "claim",
            on_behalf_of=city.reference() if city else None,
            source=words(act.get("source")).get("en", ""),
            **stamp,
        )
        self.reports[act["id"]] = report
        for item in act.get("evidence", []):
            self.evidence[item["id"]] = self._attach(report, item, stamp)

    _claim = _report

    def _attach(self, report: Any, item: Act, stamp: Act) -> Any:
        file = None
        if item.get("content"):
            file = store_file(
                data=item["content"].encode(),
                name=item["file"],
                media_type="text/plain; charset=utf-8",
                at=stamp["at"],
            )
        label = words(item["label"])
        return activity.attach_evidence(
            report=report,
            label=label.get(report.language) or next(iter(label.values())),
            file=file,
            url=item.get("url", ""),
            seen_on=first_day(item.get("seen_on")),
            **stamp,
        )

    def _accept(self, act: Act, stamp: Act) -> None:
        activity.accept_report(report=self.reports[act["of"]], reason=_reason(act), **stamp)

    def _return(self, act: Act, stamp: Act) -> None:
        activity.return_report(report=self.reports[act["of"]], reason=_reason(act), **stamp)

    def _reverse(self, act: Act, stamp: Act) -> None:
        activity.reverse_acceptance(report=self.reports[act["of"]], reason=_reason(act), **stamp)

    def _withdraw_evidence(self, act: Act, stamp: Act) -> None:
        activity.withdraw_evidence(
            evidence=self.evidence[act["evidence"]], reason=_reason(act), **stamp
        )

    def _plan(self, act: Act, stamp: Act) -> None:
        self.steps[act["id"]] = activity.plan_action(
            commitment=self._commitment(act),
            titles=words(act["text"]),
            due_on=first_day(act.get("due")),
            **stamp,
        )

    def _step_done(self, act: Act, stamp: Act) -> None:
        note = words(act.get("text")).get("fa", "")
        activity.end_action(action=self.steps[act["of"]], is_done=True, note=note, **stamp)

    def _erratum(self, act: Act, stamp: Act) -> None:
        document, node_id = act["node"].split("/", 1)
        node = self.stage.documents[document].nodes.get(node_id=node_id)
        correct_text(
            node=node, language=act["language"], text=act["text"], reason=_reason(act), **stamp
        )

    def _exhaust(self, act: Act, stamp: Act) -> None:
        register.exhaust_decision(decision=self._decision(act), **stamp)

    def _lapse(self, act: Act, stamp: Act) -> None:
        register.lapse_decision(decision=self._decision(act), reason=_reason(act), **stamp)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _reason(act: Act) -> str:
    """The reason in the language in which such notes are kept here."""
    said = act.get("reason")
    if isinstance(said, str):
        return said
    told = words(said)
    return told.get("fa") or told.get("en", "")


def play_history(stage: Stage) -> None:
    """Play the example's life; afterwards the stage stands at its own day again."""
    today = replace(stage)
    History(stage).play()
    stage.on, stage.at = today.on, today.at
