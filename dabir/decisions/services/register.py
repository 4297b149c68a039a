"""Acts on decisions: record them, say what they did, and how they bear on earlier ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import as_words
from dabir.decisions.models import (
    Decision,
    DecisionWording,
    Effect,
    ForceEntry,
    NoActionNeeded,
    Programme,
    Relation,
)
from dabir.decisions.services.agreed import folded_words
from dabir.decisions.states import FORCE_STEPS, FORCE_VERBS, Force, RelationKind, Status
from dabir.documents.models import Document, Node
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ

Words = Mapping[str, str]


def _text_of_clause(node: Node, document: Document | None) -> Document:
    """The text in which the clause stands; raises InvalidInput where another one was named."""
    if document is not None and document.pk != node.document_id:
        raise InvalidInput(
            _("Clause %(clause)s does not stand in the text %(text)s.")
            % {"clause": node.public_id, "text": document.public_id},
            cure=_("Choose a clause of this text, or leave the text to the clause."),
            fields={"node": [_("This clause stands in another text.")]},
        )
    return node.document


@transaction.atomic
def record_decision(
    *,
    public_id: str,
    organ: Organ,
    titles: Words,
    decided_on: date,
    by: Actor,
    on: date,
    at: datetime,
    document: Document | None = None,
    node: Node | None = None,
    meeting: Meeting | None = None,
    text: Words | None = None,
    kinds: Sequence[str] = (),
    themes: Sequence[str] = (),
    precision: str = "day",
    source: str = "",
) -> Decision:
    """Enter a decision of an organ, from a clause or typed in; it is in force from its day."""
    if decided_on > on:
        raise InvalidInput(
            _("A decision cannot lie in the future."),
            fields={"decided_on": [_("This day is still to come.")]},
        )
    if node is not None:
        document = _text_of_clause(node, document)
    decision = Decision(
        public_id=public_id,
        document=document,
        node=node,
        organ=organ,
        meeting=meeting,
        titles=dict(titles),
        text=dict(text or {}),
        kinds=list(kinds),
        themes=list(themes),
        decided_on=decided_on,
        precision=precision,
        source=source,
        recorded_at=at,
        recorded_by=by.as_dict(),
    )
    check_record(decision)
    decision.save()
    stamp: dict[str, Any] = {"on": decided_on, "at": at, "by": by.as_dict()}
    DecisionWording.objects.create(
        decision=decision, titles=dict(titles), themes=list(themes), **stamp
    )
    ForceEntry.objects.create(decision=decision, force=Force.IN_FORCE, **stamp)
    record_act(
        "decisions.record_decision",
        target=decision.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "organ": organ.key,
            "decided_on": decided_on,
            "titles": dict(titles),
            "clause": node.public_id if node else None,
            "source": source,
        },
    )
    return decision


@transaction.atomic
def correct_wording(
    *,
    decision: Decision,
    titles: Words,
    themes: Sequence[str],
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Decision:
    """Correct the title or themes under which a decision is kept; the old wording stays visible."""
    fresh = lock_record(decision, version=version)
    before = {"titles": as_words(fresh.titles), "themes": fresh.themes}
    DecisionWording.objects.create(
        decision=fresh,
        titles=dict(titles),
        themes=list(themes),
        reason=reason,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    fresh.titles, fresh.themes = dict(titles), list(themes)
    fresh.version += 1
    check_record(fresh)
    fresh.save(update_fields=["titles", "themes", "version"])
    for commitment in fresh.commitments.select_related("decision"):
        commitment.folded = folded_words(commitment)
        commitment.save(update_fields=["folded"])
    record_act(
        "decisions.correct_wording",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before=before,
        after={"titles": dict(titles), "themes": list(themes)},
        reason=reason,
    )
    return fresh


@transaction.atomic
def declare_no_action(
    *, node: Node, reason: Words, by: Actor, on: date, at: datetime
) -> NoActionNeeded:
    """Say that a clause asks nothing of anybody, with the reason."""
    if node.decisions.exists():
        raise InvalidInput(_("This clause already has a decision in the register."))
    if not any(reason.values()):
        raise InvalidInput(
            _("Say why no action is needed."), fields={"reason": [_("A reason is needed.")]}
        )
    row = NoActionNeeded(node=node, reason=dict(reason), on=on, at=at, by=by.as_dict())
    check_record(row)
    row.save()
    record_act(
        "decisions.declare_no_action",
        target=Reference("clause", node.public_id, as_words(node.labels)),
        by=by,
        on=on,
        at=at,
        after={"reason": dict(reason)},
    )
    return row


@transaction.atomic
def record_effect(
    *,
    decision: Decision,
    kind: str,
    target: Reference,
    by: Actor,
    on: date,
    at: datetime,
    words: Words | None = None,
) -> Effect:
    """Record what a decision did at once, with its target."""
    effect = Effect(
        decision=decision,
        kind=kind,
        target=target.as_dict(),
        words=dict(words or {}),
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(effect)
    effect.save()
    record_act(
        "decisions.record_effect",
        target=decision.reference(),
        by=by,
        on=on,
        at=at,
        after={"kind": kind, "target": target.as_dict()},
        basis=decision.reference(),
    )
    return effect


def _enter_force(
    verb: str,
    decision: Decision,
    *,
    by_decision: Decision | None,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
) -> Decision:
    fresh = lock_record(decision)
    before = fresh.force
    force = FORCE_STEPS.target(verb, before)
    last = fresh.force_entries.order_by("-on", "-at", "-id").first()
    if last and on < last.on:
        raise InvalidInput(_("A later change of force is already recorded."))
    entry = ForceEntry(
        decision=fresh,
        force=force,
        by_decision=by_decision,
        reason=reason,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(entry)
    entry.save()
    fresh.force = force
    fresh.version += 1
    fresh.save(update_fields=["force", "version"])
    record_act(
        f"decisions.{verb}_decision",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={"force": before},
        after={"force": force},
        basis=by_decision.reference() if by_decision else None,
        reason=reason,
    )
    return fresh


@transaction.atomic
def relate_decisions(
    *,
    later: Decision,
    earlier: Decision,
    kind: str,
    by: Actor,
    on: date,
    at: datetime,
    note: Words | None = None,
) -> Relation:
    """Say what a later decision does to an earlier one; to amend, supersede or retire changes its force.

    The change of force has the day of the later decision; only the same organ or the Assembly,
    which is the higher organ, may change another organ's decision.
    """
    if later.decided_on < earlier.decided_on:
        raise InvalidInput(_("A decision cannot bear on one that was taken after it."))
    verb = FORCE_VERBS.get(RelationKind(kind))
    if verb and later.organ_id != earlier.organ_id and later.organ.kind != "assembly":
        raise InvalidInput(
            _("Only the same organ or the Assembly can change this decision."),
            cure=_("Record the decision of the competent organ first."),
            code="not_competent",
        )
    relation = Relation(
        later=later,
        earlier=earlier,
        kind=kind,
        note=dict(note or {}),
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(relation)
    relation.save()
    record_act(
        "decisions.relate_decisions",
        target=earlier.reference(),
        by=by,
        on=on,
        at=at,
        after={"kind": kind, "later": later.public_id},
        basis=later.reference(),
    )
    if verb:
        _enter_force(verb, earlier, by_decision=later, reason="", by=by, on=later.decided_on, at=at)
    return relation


@transaction.atomic
def lapse_decision(
    *, decision: Decision, reason: str, by: Actor, on: date, at: datetime
) -> Decision:
    """Record that a decision lapsed by its own term, with the words that say so."""
    if not reason.strip():
        raise InvalidInput(_("Say by which term of its own the decision lapsed."))
    return _enter_force("lapse", decision, by_decision=None, reason=reason, by=by, on=on, at=at)


@transaction.atomic
def exhaust_decision(*, decision: Decision, by: Actor, on: date, at: datetime) -> Decision:
    """Record that a decision is done: each of its commitments was accepted or is not applicable."""
    commitments = decision.commitments.all()
    waiting = [
        c.public_id
        for c in commitments
        if c.status not in (Status.DONE_ACCEPTED, Status.NOT_APPLICABLE)
    ]
    effects = decision.effects.exists()
    if waiting or (not commitments and not effects):
        raise InvalidInput(
            _("Not everything that this decision asks for has been accepted as done."),
            cure=_("Still open: %(open)s.") % {"open": ", ".join(waiting) or "–"},
            code="commitments_open",
        )
    return _enter_force("exhaust", decision, by_decision=None, reason="", by=by, on=on, at=at)


@transaction.atomic
def revive_decision(
    *, decision: Decision, reason: str, by: Actor, on: date, at: datetime
) -> Decision:
    """Put a decision back in force whose fulfilment or lapse was recorded by mistake."""
    if not reason.strip():
        raise InvalidInput(_("Say why the decision is in force again."))
    return _enter_force("revive", decision, by_decision=None, reason=reason, by=by, on=on, at=at)


@transaction.atomic
def set_up_programme(
    *,
    public_id: str,
    titles: Words,
    decisions: Sequence[Decision],
    by: Actor,
    on: date,
    at: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    period_words: Words | None = None,
    source: str = "",
) -> Programme:
    """Bind decisions into a programme over a period, such as two-year priorities."""
    programme = Programme(
        public_id=public_id,
        titles=dict(titles),
        starts_on=starts_on,
        ends_on=ends_on,
        period_words=dict(period_words or {}),
        source=source,
    )
    check_record(programme)
    programme.save()
    programme.decisions.set(decisions)
    record_act(
        "decisions.set_up_programme",
        target=Reference("programme", public_id, dict(titles)),
        by=by,
        on=on,
        at=at,
        after={"decisions": [d.public_id for d in decisions], "source": source},
    )
    return programme
