"""Activity reports, their evidence, and the second person who verifies them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput, SamePerson
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import day_said
from dabir.decisions.models import (
    Action,
    ActionOutcome,
    ActivityReport,
    Commitment,
    Evidence,
    EvidenceWithdrawal,
    ReportVerdict,
)
from dabir.decisions.services.agreed import due_day_kept, terms_in_force
from dabir.decisions.services.terms import step_status
from dabir.decisions.states import COMMITMENTS, DeadlineType, Nature, Status, Verdict
from dabir.documents.models import StoredFile
from dabir.messaging.models import SignedLink
from dabir.messaging.queries import readers_of_link
from dabir.registry.models import Post
from dabir.registry.queries import mandates_on

Words = Mapping[str, str]


@transaction.atomic
def file_report(
    *,
    commitment: Commitment,
    text: str,
    language: str,
    by: Actor,
    on: date,
    at: datetime,
    precision: str = "day",
    translations: Words | None = None,
    nature: str = Nature.ACTIVITY,
    claims_done: bool = False,
    on_behalf_of: Reference | None = None,
    source: str = "",
    link: SignedLink | None = None,
) -> ActivityReport:
    """File what was done; the first report starts the work, a claim of completion waits for a second person.

    A report entered on behalf of somebody needs its source; `link` is the one by which it came.
    """
    fresh = lock_record(commitment)
    if on > timezone.localdate(at):
        raise InvalidInput(
            _("This day is still to come."), fields={"on": [_("This day is still to come.")]}
        )
    if on < fresh.created_on and nature == Nature.ACTIVITY:
        raise InvalidInput(
            _("News cannot be older than the commitment."),
            fields={
                "on": [_("Give a day on or after %(day)s.") % {"day": day_said(fresh.created_on)}]
            },
        )
    if fresh.status in (Status.DONE_ACCEPTED, Status.NOT_APPLICABLE):
        raise InvalidInput(
            _("This commitment is closed."),
            cure=_("If it is not done after all, ask the secretariat to reverse the acceptance."),
        )
    report = ActivityReport(
        commitment=fresh,
        precision=precision,
        language=language,
        text=text.strip(),
        translations=dict(translations or {}),
        nature=nature,
        claims_done=claims_done,
        on_behalf_of=on_behalf_of.as_dict() if on_behalf_of else None,
        source=source.strip(),
        link_seen_by=sorted(readers_of_link(link)) if link else None,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(report)
    report.save()
    is_news = nature == Nature.ACTIVITY
    if is_news and (fresh.last_report_on is None or on > fresh.last_report_on):
        fresh.last_report_on = on
        fresh.version += 1
        fresh.save(update_fields=["last_report_on", "version"])
    record_act(
        "decisions.file_report",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "report": report.public_id,
            "text": report.text,
            "claims_done": claims_done,
            "on_behalf_of": report.on_behalf_of,
            "source": report.source,
            "link": link.public_id if link else None,
        },
        basis=fresh.decision.reference(),
    )
    if is_news:
        if fresh.deadline_type == DeadlineType.RECURRING:
            fresh.due_on = due_day_kept(fresh, terms_in_force(fresh).deadline)
            fresh.save(update_fields=["due_on"])
        _move_status(fresh, report, by=by, on=max(on, fresh.status_since), at=at)
    return report


def _move_status(
    commitment: Commitment, report: ActivityReport, *, by: Actor, on: date, at: datetime
) -> None:
    verb = "claim" if report.claims_done else "start"
    may_move = COMMITMENTS.allows(verb, commitment.status)
    if may_move and (report.claims_done or commitment.status == Status.NOT_STARTED):
        step_status(verb, commitment=commitment, by=by, on=on, at=at, report=report)


@transaction.atomic
def attach_evidence(
    *,
    report: ActivityReport,
    label: str,
    by: Actor,
    on: date,
    at: datetime,
    file: StoredFile | None = None,
    url: str = "",
    seen_on: date | None = None,
) -> Evidence:
    """Attach a file with its hash, or a link with the day it was seen, to a report."""
    evidence = Evidence(
        report=report,
        label=label.strip(),
        file=file,
        url=url,
        seen_on=seen_on,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(evidence)
    evidence.save()
    record_act(
        "decisions.attach_evidence",
        target=report.commitment.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "evidence": evidence.public_id,
            "label": evidence.label,
            "sha256": file.sha256 if file else None,
            "url": url,
        },
    )
    return evidence


@transaction.atomic
def withdraw_evidence(
    *, evidence: Evidence, reason: str, by: Actor, on: date, at: datetime
) -> EvidenceWithdrawal:
    """Say that a piece of evidence no longer counts, and why; it stays readable."""
    row = EvidenceWithdrawal(
        evidence=evidence, reason=reason.strip(), on=on, at=at, by=by.as_dict()
    )
    check_record(row)
    row.save()
    record_act(
        "decisions.withdraw_evidence",
        target=evidence.report.commitment.reference(),
        by=by,
        on=on,
        at=at,
        after={"evidence": evidence.public_id},
        reason=reason,
    )
    return row


def authors_of(report: ActivityReport) -> set[str]:
    """Everybody whose own work the report is: who filed it and on whose behalf.

    A report that came by a signed link names a post or a city; whoever held the post, or a post of
    the city, on the day of the news or of the filing stands behind it.
    """
    named = [author for author in (report.by, report.on_behalf_of) if author]
    authors = {author["id"] for author in named}
    paths = {"post": "post__public_id", "city": "post__city__public_id"}
    behind = [(paths[a["kind"]], a["id"]) for a in named if a["kind"] in paths]
    for path, public_id in behind:
        for day in {report.on, timezone.localdate(report.at)}:
            held = mandates_on(day).filter(**{path: public_id})
            authors |= set(held.values_list("person__public_id", flat=True))
    return authors


class LinkSeen(SamePerson):
    """Whoever could have written the report, having seen its link, would also verify it."""

    code = "link_seen"
    message = _(
        "This report came by a link that you had seen before it was used: a second person has to "
        "do this."
    )
    cure = _("Ask a colleague with the right to verify who had not seen the link.")


def refuse_own(report: ActivityReport, person: str) -> None:
    """Refuse whoever is not a second person for a report: its authors, and who could have sent it."""
    if person in authors_of(report):
        raise SamePerson
    if person in (report.link_seen_by or ()):
        raise LinkSeen


def last_verdict(report: ActivityReport) -> ReportVerdict | None:
    """What was last said of the report by a second person."""
    return report.verdicts.order_by("-at", "-id").first()


def _give_verdict(
    verdict: str,
    report: ActivityReport,
    *,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
) -> ReportVerdict:
    refuse_own(report, by.public_id)
    if on < report.on:
        raise InvalidInput(_("A report is verified on or after its own day."))
    row = ReportVerdict(
        report=report, verdict=verdict, reason=reason.strip(), on=on, at=at, by=by.as_dict()
    )
    check_record(row)
    row.save()
    record_act(
        "decisions.verify_report",
        target=report.commitment.reference(),
        by=by,
        on=on,
        at=at,
        after={"report": report.public_id, "verdict": verdict},
        reason=reason,
    )
    return row


@transaction.atomic
def accept_report(
    *, report: ActivityReport, by: Actor, on: date, at: datetime, reason: str = ""
) -> ReportVerdict:
    """A second person accepts a report; a claim of completion closes the commitment by it."""
    commitment = lock_record(report.commitment)
    last = last_verdict(report)
    if last and last.verdict == Verdict.ACCEPTED:
        raise InvalidInput(_("This report was already accepted."))
    row = _give_verdict(Verdict.ACCEPTED, report, reason=reason, by=by, on=on, at=at)
    if report.claims_done:
        step_status(
            "accept",
            commitment=commitment,
            by=by,
            on=max(on, commitment.status_since),
            at=at,
            report=report,
        )
    return row


@transaction.atomic
def return_report(
    *, report: ActivityReport, reason: str, by: Actor, on: date, at: datetime
) -> ReportVerdict:
    """A second person returns a report with the reason; a claim of completion falls."""
    commitment = lock_record(report.commitment)
    if last_verdict(report):
        raise InvalidInput(_("This report was already decided on."))
    row = _give_verdict(Verdict.RETURNED, report, reason=reason, by=by, on=on, at=at)
    if report.claims_done and commitment.status == Status.DONE_CLAIMED:
        step_status(
            "return",
            commitment=commitment,
            by=by,
            on=max(on, commitment.status_since),
            at=at,
            reason=reason,
            report=report,
        )
    return row


@transaction.atomic
def reverse_acceptance(
    *, report: ActivityReport, reason: str, by: Actor, on: date, at: datetime
) -> ReportVerdict:
    """Take an acceptance back, with the reason; what it closed is open again."""
    commitment = lock_record(report.commitment)
    last = last_verdict(report)
    if last is None or last.verdict != Verdict.ACCEPTED:
        raise InvalidInput(_("This report was not accepted."))
    row = _give_verdict(Verdict.REVERSED, report, reason=reason, by=by, on=on, at=at)
    if report.claims_done and commitment.status == Status.DONE_ACCEPTED:
        step_status(
            "reverse_acceptance",
            commitment=commitment,
            by=by,
            on=max(on, commitment.status_since),
            at=at,
            reason=reason,
            report=report,
        )
    return row


@transaction.atomic
def plan_action(
    *,
    commitment: Commitment,
    titles: Words,
    by: Actor,
    on: date,
    at: datetime,
    due_on: date | None = None,
    post: Post | None = None,
) -> Action:
    """Plan a step that helps to carry out a commitment."""
    action = Action(
        commitment=commitment,
        titles=dict(titles),
        due_on=due_on,
        post=post,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(action)
    action.save()
    record_act(
        "decisions.plan_action",
        target=commitment.reference(),
        by=by,
        on=on,
        at=at,
        after={"action": action.public_id, "titles": dict(titles), "due_on": due_on},
    )
    return action


@transaction.atomic
def end_action(
    *, action: Action, is_done: bool, note: str, by: Actor, on: date, at: datetime
) -> ActionOutcome:
    """Record that a planned step was done or dropped."""
    if ActionOutcome.objects.filter(action=action).exists():
        raise InvalidInput(_("This step has already ended."))
    row = ActionOutcome.objects.create(
        action=action, is_done=is_done, note=note, on=on, at=at, by=by.as_dict()
    )
    record_act(
        "decisions.end_action",
        target=action.commitment.reference(),
        by=by,
        on=on,
        at=at,
        after={"action": action.public_id, "is_done": is_done},
        reason=note,
    )
    return row
