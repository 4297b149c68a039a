"""The way in: the mayor's letter, its examination point by point, and what the Board decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.documents.models import StoredFile
from dabir.membership.models import Application, ChecklistItem, Examination, Member
from dabir.membership.queries.examination import SEEN_BY_ITSELF, lacking_of, points_of
from dabir.membership.queries.statute import checked_category
from dabir.membership.services.steps import Act, begin_membership, close_application, take_step
from dabir.membership.states import MemberState, Outcome
from dabir.registry.models import City, Organisation, Person

Words = Mapping[str, str]


@transaction.atomic
def receive_application(
    *,
    holder: City | Organisation,
    category: str,
    received_on: date,
    by: Actor,
    on: date,
    at: datetime,
    letter: StoredFile | None = None,
    letter_number: str = "",
    signer: Person | None = None,
    signer_words: Words | None = None,
    note: Words | None = None,
) -> Application:
    """Keep the letter by which a city or body asks for membership, the first time or again.

    Whether it may be admitted is not asked here: a letter that arrived has arrived.
    """
    if received_on > on:
        raise InvalidInput(
            fields={"received_on": [_("This day is still to come.")]}, code="still_to_come"
        )
    opens = {
        "category": category,
        "received_on": received_on,
        "letter": letter,
        "letter_number": letter_number.strip(),
        "signer": signer,
        "signer_words": dict(signer_words or {}),
        "note": dict(note or {}),
    }
    field = "city" if isinstance(holder, City) else "organisation"
    known = Member.objects.filter(**{field: holder}).first()
    if known is None:
        act = Act("apply", by, received_on, at, opens=opens)
        member = begin_membership(holder, act, state=MemberState.APPLIED, category=category)
    else:
        act = Act("apply_again", by, received_on, at, opens=opens)
        member = take_step(known, act, category=category)
    application = Application.objects.get(member=member, is_open=True)
    record_act(
        "membership.receive_application",
        target=application.reference(),
        by=by,
        on=received_on,
        at=at,
        after={
            "category": category,
            "letter": letter.sha256 if letter else None,
            "letter_number": letter_number,
            "signer": signer.public_id if signer else None,
        },
    )
    return application


def _still_open(application: Application, version: int | None) -> Application:
    fresh = lock_record(application, version=version)
    if not fresh.is_open:
        raise InvalidInput(
            _("This application is decided already; its examination is closed."),
            cure=_("A new letter of the city opens a new application."),
            code="application_closed",
        )
    return fresh


@transaction.atomic
def examine_point(
    *,
    application: Application,
    point: str,
    outcome: str,
    by: Actor,
    on: date,
    at: datetime,
    note: str = "",
    evidence: StoredFile | None = None,
    version: int | None = None,
) -> Examination:
    """Say what was found on one point, with what shows it; saying it again later replaces it.

    The first point begins the examination. A point that the record leaves in doubt is settled only
    with words.
    """
    fresh = _still_open(application, version)
    if point not in {each.key for each in points_of(fresh, on=on)}:
        raise InvalidInput(_("There is no such point."), fields={"point": [_("Choose a point.")]})
    if (outcome != Outcome.MET or point in SEEN_BY_ITSELF) and not note.strip():
        raise InvalidInput(
            _("Say what you found."), fields={"note": [_("This needs a word.")]}, code="no_note"
        )
    if fresh.member.state == MemberState.APPLIED:
        # Under examination since the letter came: a decision can be recorded after its day.
        day = fresh.member.state_since
        take_step(fresh.member, Act("begin_checks", by, day, at, application=fresh))
    found = Examination(
        application=fresh,
        point=point,
        outcome=outcome,
        note=note.strip(),
        evidence=evidence,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(found)
    found.save()
    fresh.version += 1
    fresh.save(update_fields=["version"])
    record_act(
        "membership.examine_point",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "point": point,
            "outcome": outcome,
            "evidence": evidence.sha256 if evidence else None,
        },
        reason=note,
    )
    return found


@transaction.atomic
def admit_member(
    *,
    application: Application,
    basis: Reference | None,
    by: Actor,
    on: date,
    at: datetime,
    category: str = "",
    provisionally: bool = False,
    reason: str = "",
    version: int | None = None,
) -> Member:
    """Record that the competent organ admitted the applicant, finally or provisionally.

    Gives the membership its number. Raises RuleNotSet while the statute's article on admission is
    not set, and InvalidInput over an examination that is not complete.
    """
    fresh = _still_open(application, version)
    verb = "admit_provisionally" if provisionally else "admit"
    act = Act(verb, by, on, at, basis, reason, application=fresh)
    wanted = checked_category(category or fresh.category, on=on)
    lacking = "، ".join(lacking_of(fresh, on=on))
    member = take_step(fresh.member, act, category=wanted, lacking=lacking)
    close_application(member)
    return member


@transaction.atomic
def refuse_application(
    *,
    application: Application,
    basis: Reference | None,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Member:
    """Record that the competent organ refused the applicant, and why."""
    return _close(application, Act("refuse", by, on, at, basis, reason), version)


@transaction.atomic
def withdraw_application(
    *,
    application: Application,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Member:
    """Record that the city took its application back, by its own word."""
    return _close(application, Act("withdraw", by, on, at, None, reason), version)


def _close(application: Application, act: Act, version: int | None) -> Member:
    if not act.reason.strip():
        raise InvalidInput(
            _("Say why."), fields={"reason": [_("This step needs a reason.")]}, code="no_reason"
        )
    fresh = _still_open(application, version)
    act = Act(act.verb, act.by, act.on, act.at, act.basis, act.reason, application=fresh)
    member = take_step(fresh.member, act)
    close_application(member)
    return member


@transaction.atomic
def set_checklist_item(
    *,
    names: Words,
    is_required: bool,
    by: Actor,
    on: date,
    at: datetime,
    item: ChecklistItem | None = None,
    is_used: bool = True,
    version: int | None = None,
) -> ChecklistItem:
    """Add a point to the checklist, or change it; a point no longer used stays with what was found."""
    before = None
    if item is None:
        last = ChecklistItem.objects.order_by("-position").values_list("position", flat=True)
        kept = ChecklistItem(
            key=new_public_id("point"), position=(last.first() or 0) + 1, version=0
        )
    else:
        kept = lock_record(item, version=version)
        before = {"required": kept.is_required, "used": kept.is_used}
    kept.names, kept.is_required, kept.is_used = dict(names), is_required, is_used
    kept.version += 1
    check_record(kept)
    kept.save()
    record_act(
        "membership.set_checklist_item",
        target=kept.reference(),
        by=by,
        on=on,
        at=at,
        before=before,
        after={"required": is_required, "used": is_used},
    )
    return kept
