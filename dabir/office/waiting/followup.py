"""What waits in the register: reports to give and to verify, late and unled commitments, clauses."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dabir.core.words import as_words
from dabir.decisions.models import ActivityReport, Commitment, Decision, ProgressReport
from dabir.decisions.places import act_url, commitment_url, decision_url
from dabir.decisions.queries.register import (
    BINDING,
    OPEN,
    clauses_unanswered,
    decisions_fulfilled,
    decisions_reopened,
    register_on,
    reports_waiting,
    silence_of,
)
from dabir.decisions.services.asking import REPORT_PURPOSE
from dabir.decisions.states import ReportState
from dabir.documents.models import ImportRun, Node
from dabir.messaging.models import SignedLink
from dabir.office.asked import (
    PERSON,
    SILENT,
    SOON,
    TODAY,
    Asked,
    Desk,
    Thing,
    held_today,
    text_at,
)
from dabir.registry.rights import held_mandates, person_of, powers_of


def _register(**query: str) -> str:
    return f"{reverse('decisions:register')}?{urlencode(query)}"


def requests(desk: Desk) -> Asked | None:
    """Reports that my city or post was asked for and has not given."""
    if not held_mandates(desk.user):
        return None

    def rows() -> QuerySet[SignedLink]:
        held = held_today()
        mine = Q(asked_of__in=held.values("post__public_id"))
        mine |= Q(asked_of__in=held.exclude(post__city=None).values("post__city__public_id"))
        links = SignedLink.objects.filter(
            purpose=REPORT_PURPOSE, used_at=None, revoked_at=None, expires_on__gte=TODAY
        )
        return (
            links.annotate(asked_of=text_at("recipient__id"))
            .filter(mine)
            .order_by("expires_on", "pk")
        )

    def thing(link: SignedLink) -> Thing:
        code = link.target["id"]
        url = act_url("commitment_act", code, "report")
        return Thing(as_words(link.target.get("labels")), url, (), code, link.expires_on)

    why = _("Answer here: what was done, and what shows it. The day is the last of the link.")
    return Asked("requests", _("You are asked to report"), rows, thing, "", "attention", why)


def mine(desk: Desk) -> Asked | None:
    """Commitments that I lead, late, due soon or silent."""
    if not held_mandates(desk.user):
        return None
    silence_counts = bool(desk.silence_asked)

    def rows() -> QuerySet[Commitment]:
        held = held_today()
        mine = Q(lead_post__in=held.values("post")) | Q(lead_city__in=held.values("post__city"))
        soon = Q(due__gte=TODAY, due__lte=SOON)
        pressing = Q(late=True) | soon
        if silence_counts:
            pressing |= Q(silent_since__lte=SILENT)
        rank = Case(
            When(late=True, then=Value(0)),
            When(soon, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        led = register_on(TODAY).filter(mine, binding=True, status__in=OPEN)
        return (
            led.filter(pressing).annotate(rank=rank).order_by("rank", "due", "silent_since", "pk")
        )

    def thing(row: Any) -> Thing:
        return _commitment(row, desk.today)

    why = _("Led by your post or your city, and late, due within 30 days, or silent for long.")
    form = "_or_silent" if silence_counts else ""
    return Asked("mine", _("Commitments you lead"), rows, thing, "", "attention", why, form)


def _commitment(row: Any, today: date) -> Thing:
    silence = silence_of(row, today)
    note = _("%(days)s days of silence") % {"days": silence} if silence is not None else ""
    statuses = (row.status, "delayed") if row.late else (row.status,)
    return Thing(as_words(row.titles), commitment_url(row), statuses, row.public_id, row.due, note)


def to_verify(desk: Desk) -> Asked | None:
    """Activity reports that wait for a second person; never one's own."""
    if not desk.may("decisions.verify_report"):
        return None

    def rows() -> QuerySet[ActivityReport]:
        told = reports_waiting().annotate(
            author=text_at("by__id"),
            behalf=text_at("on_behalf_of__id"),
            what=F("commitment__titles"),
            code=F("commitment__public_id"),
        )
        return told.filter(~Q(author=PERSON), Q(behalf=None) | ~Q(behalf=PERSON))

    def thing(report: Any) -> Thing:
        url = f"{commitment_url(report.code)}#{report.public_id}"
        statuses = ("done_claimed",) if report.claims_done else ("filed",)
        return Thing(as_words(report.what), url, statuses, report.code, report.on, report.text)

    why = _("Somebody who did not write the report accepts or returns it. Your own are not here.")
    return Asked("verify", _("Reports for a second person"), rows, thing, why=why)


def unled(desk: Desk) -> Asked | None:
    """Open commitments that nobody leads."""
    if not desk.may("decisions.assign_commitment"):
        return None

    def rows() -> QuerySet[Commitment]:
        nobody = {"lead_post": None, "lead_city": None, "lead_organ": None}
        found = register_on(TODAY).filter(binding=True, status__in=OPEN, **nobody)
        return found.order_by("-decision__decided_on", "pk")

    url = _register(lead="none", status="open", force="binding")
    title = _("Commitments without a lead")
    return Asked("unled", title, rows, lambda row: _commitment(row, desk.today), url)


def late(desk: Desk) -> Asked | None:
    """Every late commitment of the register, for those who answer for the whole of it."""
    if not powers_of(desk.user) & {"secretary_general", "executive_deputy", "president"}:
        return None
    return Asked(
        "late",
        _("Delayed"),
        lambda: register_on(TODAY).filter(late=True).order_by("due", "pk"),
        lambda row: _commitment(row, desk.today),
        _register(deadline="late"),
        "grave",
    )


def not_carried_out(desk: Desk) -> Asked | None:
    """What the Assembly decided and is open, for the members of the Board."""
    if not powers_of(desk.user) & {"board_member", "president"}:
        return None

    def rows() -> QuerySet[Commitment]:
        found = register_on(TODAY).filter(
            decision__organ__kind="assembly", decision__force__in=BINDING, status__in=OPEN
        )
        return found.order_by("silent_since", "pk")

    title, url = _("Decided by the Assembly, not carried out"), reverse("decisions:board")
    return Asked("board", title, rows, lambda row: _commitment(row, desk.today), url)


def progress_reports(desk: Desk) -> Asked | None:
    """Progress reports that are drafted, or signed and not frozen."""
    if not desk.may("decisions.draft_report"):
        return None

    def rows() -> QuerySet[ProgressReport]:
        unfinished = ProgressReport.objects.exclude(state=ReportState.FROZEN)
        return unfinished.only("public_id", "titles", "state", "as_of").order_by("as_of", "pk")

    def thing(report: ProgressReport) -> Thing:
        url = reverse("decisions:progress_report", args=[report.public_id])
        return Thing(as_words(report.titles), url, (report.state,), day=report.as_of)

    url = reverse("decisions:progress_reports")
    return Asked("reports", _("Progress reports not finished"), rows, thing, url)


def clauses(desk: Desk) -> Asked | None:
    """Clauses of which nobody has said what they ask for."""
    if not desk.may("decisions.declare_no_action"):
        return None

    def rows() -> QuerySet[Node]:
        return clauses_unanswered().annotate(
            titles=F("document__titles"), of=F("document__public_id")
        )

    def thing(node: Any) -> Thing:
        code = f"{node.of}/{node.node_id}"
        return Thing(as_words(node.titles), decision_url(code), (), code)

    why = _("Make a decision from each, or say with a reason that no action is needed.")
    url = reverse("decisions:documents")
    return Asked("clauses", _("Clauses without an answer"), rows, thing, url, "", why)


def _decision(row: Decision) -> Thing:
    return Thing(
        as_words(row.titles),
        decision_url(row.public_id),
        (row.force,),
        row.public_id,
        row.decided_on,
    )


def fulfilled(desk: Desk) -> Asked | None:
    """Decisions of which everything is accepted and which are still in force."""
    if not desk.may("decisions.close_decision"):
        return None

    def rows() -> QuerySet[Decision]:
        return decisions_fulfilled().order_by("decided_on", "pk")

    why = _("Everything they ask for is accepted. Record them as done, or let them stay in force.")
    return Asked("fulfilled", _("Fulfilled, still in force"), rows, _decision, why=why)


def reopened(desk: Desk) -> Asked | None:
    """Decisions recorded as done of which something is open again."""
    if not desk.may("decisions.close_decision"):
        return None

    def rows() -> QuerySet[Decision]:
        return decisions_reopened().order_by("decided_on", "pk")

    why = _("An acceptance was reversed after the decision was recorded as done.")
    return Asked("reopened", _("Done, and open again"), rows, _decision, "", "attention", why)


def imports(desk: Desk) -> Asked | None:
    """Tables that one tried and neither entered nor dropped."""
    if person_of(desk.user) is None or not desk.may("documents.bring_table"):
        return None

    def rows() -> QuerySet[ImportRun]:
        tried = ImportRun.objects.annotate(author=text_at("by__id"), file_name=F("file__name"))
        mine = tried.filter(state="tried", author=PERSON)
        return mine.only("public_id", "tried_at").order_by("-tried_at")

    def thing(run: Any) -> Thing:
        url = reverse("documents:import_run", args=[run.public_id])
        return Thing({"en": run.file_name}, url, (), "", run.tried_at.date())

    return Asked("imports", _("Tables tried, not entered"), rows, thing)
