"""The life of a membership: each step by its own verb, on its basis, and never taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.numbering import count_from, new_public_id, next_number
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import day_said
from dabir.membership.models import Application, Member, Step
from dabir.membership.queries.statute import checked_category, require_article
from dabir.membership.states import APPLYING, BELONGING, DECIDED, GONE, MEMBERS, MemberState
from dabir.registry.models import City, Organisation, Person

Holder = City | Organisation | Person
NUMBERS = "membership"


@dataclass(frozen=True)
class Act:
    """A step as it is asked for: who takes it, when, on what ground."""

    verb: str
    by: Actor
    on: date
    at: datetime
    basis: Reference | None = None
    reason: str = ""
    source: str = ""
    application: Application | None = None
    opens: Mapping[str, Any] | None = None
    """What the letter says that opens an application by this step."""


def _refuse_without_ground(act: Act) -> None:
    """A decided step names its decision, and is never older than it."""
    if act.verb in DECIDED and act.basis is None:
        raise InvalidInput(
            _("This step of a membership rests on a decision."),
            cure=_("Enter the decision in the register first, then name its number here."),
            fields={"basis": [_("By which decision?")]},
            code="no_basis",
        )
    if act.basis is not None and act.basis.on is not None and act.basis.on > act.on:
        raise InvalidInput(
            _("The decision was taken on %(day)s; nothing follows from it before that day.")
            % {"day": day_said(act.basis.on)},
            fields={"on_day": [_("This day lies before the decision.")]},
            code="before_decision",
        )
    if act.on > timezone.localdate(act.at):
        raise InvalidInput(
            _("A step of a membership is recorded on its day or later."),
            fields={"on_day": [_("This day is still to come.")]},
            code="still_to_come",
        )


def _told(member: Member) -> dict[str, Any]:
    return {
        "state": member.state,
        "category": member.category,
        "number": member.number,
        "joined_on": member.joined_on,
        "ended_on": member.ended_on,
    }


def _keep(member: Member, act: Act, *, before: dict[str, Any] | None) -> Member:
    """Write the step and the entry of the trail; the member's own fields stand already."""
    check_record(member)
    member.save()
    application = act.application
    if act.opens is not None:
        application = Application(member=member, **act.opens)
        check_record(application)
        application.save()
    step = Step(
        member=member,
        verb=act.verb,
        state=member.state,
        category=member.category,
        joined_on=member.joined_on,
        precision=member.joined_precision,
        basis=act.basis.as_dict() if act.basis else None,
        reason=act.reason.strip(),
        application=application,
        source=act.source,
        on=act.on,
        at=act.at,
        by=act.by.as_dict(),
    )
    check_record(step)
    step.save()
    record_act(
        f"membership.{act.verb}_member",
        target=member.reference(),
        by=act.by,
        on=act.on,
        at=act.at,
        before=before,
        after=_told(member) | ({"source": act.source} if act.source else {}),
        basis=act.basis,
        reason=act.reason,
    )
    return member


def _free_public_id(holder: Holder) -> str:
    wanted = holder.public_id
    return new_public_id("member") if Member.objects.filter(public_id=wanted).exists() else wanted


def begin_membership(
    holder: Holder, act: Act, *, state: str, category: str, **known: Any
) -> Member:
    """The first step of somebody who was never here; refused when there is a membership already."""
    _refuse_without_ground(act)
    field = {City: "city", Organisation: "organisation", Person: "person"}[type(holder)]
    if Member.objects.filter(**{field: holder}).exists():
        raise InvalidInput(
            _("A membership of “%(name)s” is on record already.") % {"name": holder},
            cure=_("Open it and go on from there; one city has one membership, whatever its past."),
            code="member_known",
        )
    member = Member(
        public_id=_free_public_id(holder),
        category=category,
        state=state,
        state_since=act.on,
        source=act.source,
        **{field: holder},
        **known,
    )
    return _keep(member, act, before=None)


def take_step(
    member: Member,
    act: Act,
    *,
    version: int | None = None,
    category: str = "",
    lacking: str = "",
) -> Member:
    """Take one step in the table of states; a day before the last recorded step is refused.

    `lacking` is what the examination still lacks, in words: nobody is admitted over it.
    """
    fresh = lock_record(member, version=version)
    before = _told(fresh)
    target = MEMBERS.target(act.verb, fresh.state)
    _refuse_without_ground(act)
    require_article(act.verb, on=act.on)
    if lacking:
        raise InvalidInput(
            _("The examination is not complete: %(points)s.") % {"points": lacking},
            cure=_("Examine these points first, or say on each why it is not needed."),
            code="not_examined",
        )
    if act.on < fresh.state_since:
        raise InvalidInput(
            _("The last step was taken on %(day)s; this one cannot lie before it.")
            % {"day": day_said(fresh.state_since)},
            fields={"on_day": [_("This day lies before the last step.")]},
            code="before_last_step",
        )
    _fold(fresh, act, target, category)
    return _keep(fresh, act, before=before)


def _fold(member: Member, act: Act, target: str, category: str) -> None:
    """What lists show of the member after this step."""
    belonged = member.state in BELONGING
    member.state, member.state_since = target, act.on
    member.category = category or member.category
    member.version += 1
    if target in (MemberState.PROVISIONAL, MemberState.ADMITTED) and not belonged:
        member.joined_on, member.joined_precision, member.ended_on = act.on, "day", None
    if target in GONE or (belonged and target in (MemberState.REFUSED, MemberState.WITHDRAWN)):
        member.ended_on = act.on
    if target == MemberState.ADMITTED and member.number is None:
        member.number = next_number(NUMBERS)


def close_application(member: Member) -> None:
    """The open application is decided; it stays with everything that was examined."""
    if member.state not in APPLYING and member.state != MemberState.PROVISIONAL:
        Application.objects.filter(member=member, is_open=True).update(is_open=False)


@transaction.atomic
def change_membership(
    *,
    member: Member,
    verb: str,
    by: Actor,
    on: date,
    at: datetime,
    basis: Reference | None = None,
    reason: str = "",
    category: str = "",
    version: int | None = None,
) -> Member:
    """Suspend, lift a suspension, change the category, let lapse, let go, end, or take back.

    Admission and refusal go by the application (`services.applications`). Raises IllegalStep,
    RuleNotSet for an article that is not set, InvalidInput without a decision where one is needed.
    """
    if verb not in ("suspend", "lift", "change_category", "leave", "lapse", "end", "return"):
        raise ValueError(f"{verb} is no step of a membership that stands")
    if verb in ("suspend", "leave", "lapse", "end") and not reason.strip():
        raise InvalidInput(
            _("Say why."), fields={"reason": [_("This step needs a reason.")]}, code="no_reason"
        )
    if category:
        checked_category(category, on=on)
    if verb == "change_category" and category in ("", member.category):
        raise InvalidInput(
            _("This is the category already."),
            fields={"category": [_("Choose another category.")]},
            code="same_category",
        )
    act = Act(verb, by, on, at, basis, reason)
    return take_step(member, act, version=version, category=category)


@transaction.atomic
def honour_member(
    *,
    holder: Holder,
    basis: Reference | None,
    by: Actor,
    on: date,
    at: datetime,
    category: str = "honorary",
    reason: str = "",
) -> Member:
    """Give a person, city or body honorary membership by a decision; nobody applies for it."""
    require_article("honour", on=on)
    checked_category(category, on=on)
    act = Act("honour", by, on, at, basis, reason)
    return begin_membership(
        holder,
        act,
        state=MemberState.ADMITTED,
        category=category,
        joined_on=on,
        number=next_number(NUMBERS),
    )


@transaction.atomic
def enter_member(
    *,
    holder: Holder,
    category: str,
    source: str,
    by: Actor,
    on: date,
    at: datetime,
    state: str = MemberState.ADMITTED,
    since: date | None = None,
    joined_on: date | None = None,
    precision: str = "day",
    ended_on: date | None = None,
    number: int | None = None,
    basis: Reference | None = None,
    reason: str = "",
) -> Member:
    """Enter a membership that was kept before Dabir, as its source tells it.

    `since` is the day from which it has this state: the latest that is known. No article is asked:
    the acts lie in the past. An unknown first day stays unknown.
    """
    if state not in (*BELONGING, *GONE):
        raise InvalidInput(_("A list of members holds members, past or present."), code="no_member")
    if joined_on and ended_on and ended_on < joined_on:
        raise InvalidInput(
            _("A membership cannot end before it began."),
            fields={"ended_on": [_("This day lies before the first day.")]},
        )
    if number is not None:
        count_from(NUMBERS, number)
    begun = since or ended_on or joined_on or (basis.on if basis else None) or on
    act = Act("enter", by, min(begun, on), at, basis, reason, source)
    return begin_membership(
        holder,
        act,
        state=state,
        category=category,
        joined_on=joined_on,
        joined_precision=precision if joined_on else "unknown",
        ended_on=(ended_on or begun) if state in GONE else None,
        number=number,
    )
