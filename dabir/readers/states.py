"""The life of what a reader wrote to the association, and of a newsletter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dabir.core.states import Machine, Transition


class EnquiryState(models.TextChoices):
    """Where an enquiry stands."""

    RECEIVED = "received", pgettext_lazy("enquiry", "received")
    TAKEN = "taken", pgettext_lazy("enquiry", "being looked at")
    ANSWERED = "answered", pgettext_lazy("enquiry", "answered")
    CLOSED = "closed", pgettext_lazy("enquiry", "closed without an answer")


OPEN = (EnquiryState.RECEIVED, EnquiryState.TAKEN)
DONE = (EnquiryState.ANSWERED, EnquiryState.CLOSED)
ENQUIRY_STATES = {c.value: c.label for c in EnquiryState}
ENQUIRIES = Machine(
    ENQUIRY_STATES,
    Transition("take", OPEN, EnquiryState.TAKEN),
    Transition("put_back", (EnquiryState.TAKEN,), EnquiryState.RECEIVED),
    Transition("answer", OPEN, EnquiryState.ANSWERED),
    Transition("close", OPEN, EnquiryState.CLOSED),
    Transition("reopen", DONE, EnquiryState.RECEIVED),
)
# The design system's mark for each state.
MARKS = {"received": "waiting", "taken": "under_way", "answered": "answered", "closed": "archived"}
ENQUIRY_KINDS = {
    "question": _("a question or message"),
    "correction": _("something wrong on a page"),
}
OUTCOMES = {
    "corrected": _("the page was corrected"),
    "as_it_is": _("the page is right as it is"),
    "no_answer": _("it asks for no answer"),
    "spam": _("it is advertising or abuse"),
}


class IssueState(models.TextChoices):
    """Where a newsletter stands."""

    DRAFT = "draft", pgettext_lazy("newsletter", "being written")
    CHECKING = "checking", pgettext_lazy("newsletter", "waits for a second look")
    SENDING = "sending", pgettext_lazy("newsletter", "goes into the outbox")
    SENT = "sent", pgettext_lazy("newsletter", "handed to the outbox")
    DROPPED = "dropped", pgettext_lazy("newsletter", "dropped")


ISSUE_STATES = {c.value: c.label for c in IssueState}
ISSUES = Machine(
    ISSUE_STATES,
    Transition("submit", (IssueState.DRAFT,), IssueState.CHECKING),
    Transition("return", (IssueState.CHECKING,), IssueState.DRAFT),
    Transition("approve", (IssueState.CHECKING,), IssueState.SENDING),
    Transition("finish", (IssueState.SENDING,), IssueState.SENT),
    Transition("drop", (IssueState.DRAFT, IssueState.CHECKING), IssueState.DROPPED),
)
ISSUE_MARKS = {
    "draft": "draft",
    "checking": "waiting",
    "sending": "under_way",
    "sent": "done_accepted",
    "dropped": "archived",
}
ITEM_KINDS = {
    "decision": _("Decisions adopted"),
    "edition": _("Progress reports published"),
    "held": _("Sessions held"),
    "to_come": _("Sessions to come"),
}
