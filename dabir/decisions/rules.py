"""Who may do what in the register; the page of rights is made from this table."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import SamePerson
from dabir.decisions.models import ActivityReport, Commitment
from dabir.decisions.services.activity import refuse_own
from dabir.registry.rights import READERS, STAFF, allow, held_mandates, person_of, powers_of

HEADS = ("secretary_general", "executive_deputy")
EDITORS = (*HEADS, "expert")


def leads_commitment(user: Any, commitment: Commitment) -> bool:
    """The person holds the post, or a post of the city, that leads the commitment; staff may for anyone."""
    if powers_of(user) & set(STAFF):
        return True
    mandates = held_mandates(user)
    posts = {m.post_id for m in mandates}
    cities = {m.post.city_id for m in mandates if m.post.city_id}
    return commitment.lead_post_id in posts or commitment.lead_city_id in cities


def is_second_person(user: Any, report: ActivityReport) -> bool:
    """The person neither stands behind the report nor had seen the link by which it came."""
    person = person_of(user)
    if person is None:
        return False
    try:
        refuse_own(report, person.public_id)
    except SamePerson:
        return False
    return True


allow("decisions.view_register", _("Read the register of decisions"), *READERS)
allow("decisions.record_decision", _("Enter a decision"), *STAFF)
allow("decisions.correct_decision", _("Correct how a decision is kept"), *EDITORS)
allow("decisions.relate_decisions", _("Say how a decision bears on earlier ones"), *HEADS)
allow("decisions.declare_no_action", _("Say that a clause needs no action"), *EDITORS)
allow("decisions.make_commitment", _("Make a commitment from a decision"), *EDITORS)
allow("decisions.assign_commitment", _("Assign a commitment or hand it over"), *HEADS)
allow("decisions.set_deadline", _("Change a deadline"), *HEADS)
allow("decisions.change_status", _("Start, block or set aside a commitment"), *HEADS)
allow("decisions.close_decision", _("Record that a decision is done or lapsed"), *HEADS)
allow("decisions.plan_action", _("Plan and end steps of a commitment"), *STAFF)
allow(
    "decisions.file_report",
    _("File an activity report"),
    *STAFF,
    "treasurer",
    "president",
    "board_member",
    "city_officer",
    condition=leads_commitment,
    condition_label=_("staff for anyone with the source; others for what they lead"),
)
allow(
    "decisions.verify_report",
    _("Accept or return an activity report"),
    *HEADS,
    "member_affairs",
    condition=is_second_person,
    condition_label=_("never one's own report, nor one by a link that one has seen"),
)
allow(
    "decisions.reverse_acceptance",
    _("Reverse an acceptance"),
    "secretary_general",
    condition=is_second_person,
    condition_label=_("never one's own report, nor one by a link that one has seen"),
)
allow("decisions.withdraw_evidence", _("Withdraw evidence"), *HEADS)
allow("decisions.ask_for_report", _("Send reminders and links for reports"), *STAFF)
allow("decisions.import_register", _("Import decisions from a table"), *EDITORS)
allow("decisions.draft_report", _("Draft a progress report"), *EDITORS)
allow("decisions.sign_report", _("Sign off and freeze a progress report"), "secretary_general")
allow("decisions.send_report", _("Send a progress report"), *HEADS)
allow(
    "decisions.publish_edition",
    _("Show an edition of a report to everybody, or take it down"),
    "secretary_general",
)
