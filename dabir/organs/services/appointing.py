"""Appoint somebody to an office step by step, as the rule set in force says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.organs.articles import chain_of
from dabir.organs.models import Appointment, AppointmentStep, Organ
from dabir.organs.saying import step_said
from dabir.organs.services.taking import Ground
from dabir.organs.states import APPOINTMENTS, AppointmentState
from dabir.registry.models import Person, Post
from dabir.registry.services import give_mandate
from dabir.statutes.queries import rule_set_in_force


@transaction.atomic
def open_appointment(
    *, organ: Organ, post: Post, person: Person, by: Actor, on: date, at: datetime
) -> Appointment:
    """Begin an appointment; its steps are those of the rule set in force on that day, and stay so.

    Raises RuleNotSet where no article says how the office is filled.
    """
    locked = lock_record(organ)
    if post.organ_key != locked.key:
        raise InvalidInput(fields={"post": [_("This post does not belong to the organ.")]})
    if not locked.exists_on(on):
        raise IllegalStep(_("This organ is not there any more."), code="organ_gone")
    steps, article = chain_of(locked.key, on)
    if Appointment.objects.filter(post=post, state=AppointmentState.OPEN).exists():
        raise IllegalStep(
            _("Another appointment to this post is under way."),
            cure=_("Complete or withdraw it first."),
            code="appointment_open",
        )
    rules = rule_set_in_force(on)
    appointment = Appointment(
        public_id=new_public_id("appointment"),
        organ=locked,
        post=post,
        person=person,
        opened_on=on,
        chain=[{"verb": step.act, "organ": step.by} for step in steps],
        article=dict(article.article),
        rule_set=rules.key if rules else "",
    )
    check_record(appointment)
    appointment.save()
    record_act(
        "organs.open_appointment",
        target=appointment.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "organ": locked.key,
            "post": post.public_id,
            "person": person.public_id,
            "chain": appointment.chain,
            "rule_set": appointment.rule_set,
        },
    )
    return appointment


@transaction.atomic
def record_step(
    *,
    appointment: Appointment,
    position: int,
    ground: Ground,
    by: Actor,
    on: date,
    at: datetime,
    is_refusal: bool = False,
    starts_on: date | None = None,
    version: int | None = None,
) -> Appointment:
    """Record the next step; with the last one the person holds the post from `starts_on`.

    Raises IllegalStep when an earlier step is missing or another organ took it.
    """
    fresh = lock_record(appointment, version=version)
    done = list(fresh.steps.order_by("position"))
    _refuse_disorder(fresh, position, done, ground, on)
    step = AppointmentStep(
        appointment=fresh,
        position=position,
        is_refusal=is_refusal,
        basis=ground.basis.as_dict() if ground.basis else None,
        reason=ground.reason,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(step)
    step.save()
    if is_refusal:
        fresh.state = APPOINTMENTS.target("refuse", fresh.state)
    elif position == len(fresh.chain):
        _complete(fresh, starts_on or on, ground.basis, by=by, on=on, at=at)
    fresh.version += 1
    check_record(fresh)
    fresh.save(update_fields=["state", "mandate", "version"])
    record_act(
        "organs.record_step",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "step": position,
            "verb": fresh.chain[position - 1]["verb"],
            "organ": fresh.chain[position - 1]["organ"],
            "refused": is_refusal,
            "state": fresh.state,
        },
        basis=ground.basis,
        reason=ground.reason,
    )
    return fresh


def _refuse_disorder(
    appointment: Appointment,
    position: int,
    done: list[AppointmentStep],
    ground: Ground,
    on: date,
) -> None:
    if appointment.state != AppointmentState.OPEN:
        raise IllegalStep(_("This appointment is closed."), code="appointment_closed")
    following = len(done) + 1
    if position != following:
        raise IllegalStep(
            _("This step is out of order: the next one is “%(step)s”.")
            % {"step": _step_said(appointment.chain[following - 1])},
            cure=_("Record the steps one by one, as the article names them."),
            code="step_out_of_order",
        )
    expected = appointment.chain[position - 1]
    if ground.decided_by and ground.decided_by != expected["organ"]:
        raise IllegalStep(
            _("This step is “%(step)s”: that decision was taken by another organ.")
            % {"step": _step_said(expected)},
            cure=_("Name a decision of that organ."),
            code="wrong_organ",
        )
    earlier = done[-1].on if done else appointment.opened_on
    if on < earlier:
        raise InvalidInput(
            fields={"taken_on": [_("This day lies before the step that came before.")]},
            cure=_("Choose a later day."),
        )
    if ground.basis and ground.basis.on and on < ground.basis.on:
        raise InvalidInput(
            fields={"taken_on": [_("An act has no effect before the day on which it was decided.")]}
        )


def _step_said(step: dict[str, str]) -> str:
    organ = Organ.objects.filter(key=step["organ"]).first()
    return step_said(step["verb"], organ.names if organ else step["organ"])


def _complete(
    appointment: Appointment,
    starts_on: date,
    basis: Reference | None,
    *,
    by: Actor,
    on: date,
    at: datetime,
) -> None:
    """The chain is complete: the mandate begins, by the decision of the last step."""
    if starts_on < on:
        raise InvalidInput(
            fields={"starts_on": [_("A mandate does not begin before its last step.")]},
            cure=_("Choose the day of the last step, or a later one."),
        )
    appointment.state = APPOINTMENTS.target("complete", appointment.state)
    appointment.mandate = give_mandate(
        person=appointment.person,
        post=appointment.post,
        starts_on=starts_on,
        basis=basis,
        by=by,
        on=on,
        at=at,
    )


@transaction.atomic
def withdraw_appointment(
    *,
    appointment: Appointment,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Appointment:
    """Give an appointment up before its chain is complete; the steps taken stay on record."""
    fresh = lock_record(appointment, version=version)
    fresh.state = APPOINTMENTS.target("withdraw", fresh.state)
    fresh.version += 1
    fresh.save(update_fields=["state", "version"])
    told: dict[str, Any] = {"state": fresh.state}
    record_act(
        "organs.withdraw_appointment",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        after=told,
        reason=reason,
    )
    return fresh
