"""What a finding says, and what cures it: one table of words for page, command and desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import Words
from dabir.core.words import day_said, number_said, say
from dabir.organs.checking.facts import Found
from dabir.organs.states import FUNCTIONS
from dabir.statutes.vocabulary import STEPS


@dataclass(frozen=True)
class Saying:
    """What a finding says with its placeholders, and what cures it."""

    words: Words
    cure: Words


SAYINGS: dict[str, Saying] = {
    "cyclic_parents": Saying(
        _("The organ belongs to itself, by way of others."),
        _("Change to what it belongs, by a decision."),
    ),
    "parent_gone": Saying(
        _("It belongs to “%(parent)s”, which is not there any more."),
        _("Let it belong to another organ, or abolish it."),
    ),
    "unknown_foundation": Saying(
        _("By which decision it was founded is unknown."),
        _("When the decision is found: enter it in the register and name it here."),
    ),
    "founded_before_decision": Saying(
        _("It is recorded as founded on %(day)s; that was decided only on %(decided)s."),
        _("Annul the foundation and found it with effect from the decision."),
    ),
    "founded_after_session": Saying(
        _("It met on %(day)s (%(session)s), before it was founded on %(founded)s."),
        _("Correct the day of the session or of the foundation."),
    ),
    "founder_not_there": Saying(
        _(
            "It was founded by “%(founder)s”, which was not there on that day or is the organ itself."
        ),
        _("Annul the foundation and name the decision of an organ that existed."),
    ),
    "may_not_found": Saying(
        _("It was founded by “%(founder)s”, which may not found an organ of this kind."),
        _("Let an organ that may found it confirm the foundation by a decision."),
    ),
    "seat_before_founded": Saying(
        _("%(holder)s holds a seat since %(day)s, before the organ was founded."),
        _("Annul the seat and give it with effect from the foundation or later."),
    ),
    "seat_before_decision": Saying(
        _("The seat of %(holder)s begins on %(day)s; it was decided only on %(decided)s."),
        _("Annul the seat and give it with effect from the decision."),
    ),
    "seat_after_abolished": Saying(
        _("%(holder)s holds a seat although the organ is abolished since %(day)s."),
        _("End the seat on the day of the abolition."),
    ),
    "seat_doubled": Saying(
        _("%(holder)s holds two seats of the organ on the same day."),
        _("End or annul one of the two seats."),
    ),
    "too_many_seats": Saying(
        _("%(held)s seats are held, %(foreseen)s are foreseen."),
        _("End a seat, or change the number of seats by a decision."),
    ),
    "too_few_seats": Saying(
        _("%(held)s seats are held; the organ has to have at least %(least)s."),
        _("Fill the vacant seats, or change the least number by a decision."),
    ),
    "seats_vacant": Saying(
        _("%(held)s of %(foreseen)s seats are known to be held."),
        _("Fill the vacant seats, or enter those that are held, each with its source."),
    ),
    "composition_unknown": Saying(
        _("Nobody is known to hold a seat in it today."),
        _("Enter the seats, each with its decision or source."),
    ),
    "no_chair": Saying(_("It has no chair."), _("Give a seat the function of chair.")),
    "unknown_ground_of_seats": Saying(
        _("Of %(held)s seats, %(number)s rest on no known decision."),
        _("When the decision is found: annul the seat and give it anew by that decision."),
    ),
    "sources_contradict": Saying(
        _("Sources contradict each other about this organ; both stand on its page."),
        _("Find the decision that settles it, and record it."),
    ),
    "seats_differ": Saying(
        _("The organ has %(foreseen)s seats, the rule set in force says %(said)s."),
        _("Change the number of seats, or enter the rule set that says so."),
    ),
    "function_without_seat": Saying(
        _("%(holder)s is %(function)s on days on which the seat is not held."),
        _("End the function with the seat, or annul it."),
    ),
    "function_doubled": Saying(
        _("Two holders are %(function)s on the same day."), _("End one of the two functions.")
    ),
    "member_left": Saying(
        _("%(holder)s sits in the organ, but is no member since %(day)s."),
        _("End the seat with the membership."),
    ),
    "mandates_overlap": Saying(
        _("“%(post)s” is held by %(one)s and %(other)s on the same day."),
        _("End one of the two mandates on the right day."),
    ),
    "post_unheld": Saying(
        _("The seat belongs to the post “%(holder)s”, which nobody holds today."),
        _("Fill the post, or end the seat."),
    ),
    "person_twice": Saying(
        _("%(person)s sits in this organ twice, through two posts."), _("End one of the two seats.")
    ),
    "person_in_excluding": Saying(
        _("%(person)s sits also in “%(other)s”; the rule set lets nobody sit in both."),
        _("End one of the two seats."),
    ),
    "president_not_host": Saying(
        _("%(holder)s presides, but did not host the Assembly before (%(session)s)."),
        _("Correct the seat, or the city of the session."),
    ),
    "chain_incomplete": Saying(
        _("%(person)s is %(post)s, but not all steps of the appointment are recorded."),
        _("Record the appointment step by step, each with its decision."),
    ),
    "term_over": Saying(
        _("%(number)s seats were held after their term, which ended on %(day)s: %(holders)s."),
        _("Let them be given anew or end them; or set the article on hold-over."),
    ),
    "term_overrun": Saying(
        _(
            "After %(session)s the term of %(years)s years was over on %(over)s; the next Assembly "
            "could elect only on %(until)s, %(days)s days later."
        ),
        _("Call the Assembly; or set the article on hold-over, if the statute has one."),
    ),
    "interval_overrun": Saying(
        _("After %(session)s the next Assembly was due by %(day)s; it is %(days)s days late."),
        _("Call the Assembly."),
    ),
    "article_unset": Saying(
        _("What the rule set in force says about this is not known, so it was not looked at."),
        _("Enter the article in the rule set, with the decision that adopted it."),
    ),
}


def said(found: Found) -> str:
    """What a finding says, in the reader's language."""
    params = {name: _in_words(name, value) for name, value in found.params.items()}
    return str(SAYINGS[found.code].words) % params


def cure(found: Found) -> str:
    """What cures it."""
    return str(SAYINGS[found.code].cure)


def _in_words(name: str, value: Any) -> str:
    if name == "function":
        return str(FUNCTIONS[value])
    if isinstance(value, date):
        return day_said(value)
    if isinstance(value, int):
        return number_said(value)
    if isinstance(value, list):
        return "، ".join(say(dict(one)) for one in value)
    if isinstance(value, Mapping):
        return say(dict(value)) or str(_("a holder whom no source names"))
    return str(value)


def step_said(verb: str, organ: Any) -> str:
    """A step of an appointment in the reader's words: what is done, and which organ does it."""
    words = STEPS.get(verb)
    return str(words) % {"who": say(organ)} if words else f"{verb}: {say(organ)}"
