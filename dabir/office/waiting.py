"""What waits for one person: each kind of waiting thing with its number, a few of them, and where the
rest are. A part is asked for only where the person's rights let them do something about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dabir.core.words import as_words, say
from dabir.decisions.models import ActivityReport, Decision, ProgressReport
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
from dabir.documents.models import ImportRun
from dabir.messaging.models import IncomingLetter, Letter, SignedLink
from dabir.messaging.queries.incoming import incoming_waiting
from dabir.messaging.rules import KEEPERS, OPENING
from dabir.messaging.states import LetterState
from dabir.registry.rights import held_mandates, person_of, powers_of
from dabir.statutes.queries import articles_in_force

SHOWN, ALL_SHOWN = 6, 200
SOON_DAYS = 30


@dataclass(frozen=True)
class Thing:
    """One waiting thing: its name, where one answers it, its states and what is to be known."""

    names: Any
    url: str
    statuses: tuple[str, ...] = ()
    code: str = ""
    day: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Waiting:
    """A kind of waiting thing: how many, the first of them, and the page with all."""

    key: str
    title: str
    number: int
    things: list[Thing]
    url: str = ""
    tone: str = ""
    why: str = ""


@dataclass(frozen=True)
class Desk:
    """Whose desk it is, and on which day."""

    user: Any
    today: date
    posts: list[int] = field(default_factory=list)
    cities: list[int] = field(default_factory=list)
    whole: str = ""

    def first(
        self, key: str, rows: QuerySet[Any], thing: Callable[[Any], Thing]
    ) -> tuple[int, list[Thing]]:
        """The number of all and the first few; counted only where more may stand behind."""
        shown = ALL_SHOWN if key == self.whole else SHOWN
        first = list(rows[: shown + 1])
        number = len(first) if len(first) <= shown else rows.count()
        return number, [thing(row) for row in first[:shown]]

    def may(self, right: str) -> bool:
        """Whether the person holds a right."""
        return bool(self.user.has_perm(right))


Part = Callable[[Desk], "Waiting | None"]


def what_waits(user: Any, today: date, *, whole: str = "") -> list[Waiting]:
    """Everything that waits for the person on that day, the most pressing kind first.

    Of the kind `whole` all are given, of the others a few.
    """
    mandates = held_mandates(user)
    desk = Desk(
        user,
        today,
        posts=[m.post_id for m in mandates],
        cities=[m.post.city_id for m in mandates if m.post.city_id],
        whole=whole,
    )
    parts = (part(desk) for part in PARTS)
    return [part for part in parts if part is not None and part.number]


def _register(**query: str) -> str:
    return f"{reverse('decisions:register')}?{urlencode(query)}"


def _requests(desk: Desk) -> Waiting | None:
    """Reports that my city or post was asked for and has not given."""
    mandates = held_mandates(desk.user)
    holders = [m.post.city.public_id for m in mandates if m.post.city]
    holders += [m.post.public_id for m in mandates]
    if not holders:
        return None
    links = SignedLink.objects.filter(
        purpose=REPORT_PURPOSE, used_at=None, revoked_at=None, expires_on__gte=desk.today
    )
    asked = Q(pk__in=[])
    for holder in holders:
        asked |= Q(recipient__id=holder)

    def thing(link: SignedLink) -> Thing:
        code = link.target["id"]
        url = act_url("commitment_act", code, "report")
        return Thing(as_words(link.target.get("labels")), url, (), code, link.expires_on)

    number, things = desk.first("requests", links.filter(asked).order_by("expires_on", "pk"), thing)
    why = _("Answer here: what was done, and what shows it. The day is the last of the link.")
    return Waiting("requests", _("You are asked to report"), number, things, "", "attention", why)


def _silence_asked(desk: Desk) -> int | None:
    """After how many days of silence the rules ask; None where they do not say."""
    article = articles_in_force(desk.today).get("follow_up.silence_days")
    return article.value if article and article.is_set else None


def _mine(desk: Desk) -> Waiting | None:
    """Commitments that I lead, late, due soon or silent."""
    if not desk.posts and not desk.cities:
        return None
    mine = Q(lead_post__in=desk.posts) | Q(lead_city__in=desk.cities)
    rows = register_on(desk.today).filter(mine, binding=True, status__in=OPEN)
    soon = Q(due__gte=desk.today, due__lte=desk.today + timedelta(days=SOON_DAYS))
    pressing = Q(late=True) | soon
    days = _silence_asked(desk)
    if days:
        pressing |= Q(silent_since__lte=desk.today - timedelta(days=days))
    rank = Case(
        When(late=True, then=Value(0)),
        When(soon, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ordered = (
        rows.filter(pressing).annotate(rank=rank).order_by("rank", "due", "silent_since", "pk")
    )

    def thing(row: Any) -> Thing:
        return _commitment(row, desk.today)

    number, things = desk.first("mine", ordered, thing)
    why = _("Led by your post or your city, and late, due within 30 days, or silent for long.")
    return Waiting("mine", _("Commitments you lead"), number, things, "", "attention", why)


def _commitment(row: Any, today: date) -> Thing:
    silence = silence_of(row, today)
    note = _("%(days)s days of silence") % {"days": silence} if silence is not None else ""
    statuses = (row.status, "delayed") if row.late else (row.status,)
    return Thing(as_words(row.titles), commitment_url(row), statuses, row.public_id, row.due, note)


def _to_verify(desk: Desk) -> Waiting | None:
    """Activity reports that wait for a second person; never one's own."""
    if not desk.may("decisions.verify_report"):
        return None
    rows = reports_waiting()
    person = person_of(desk.user)
    if person is not None:
        not_behalf = Q(on_behalf_of=None) | ~Q(on_behalf_of__id=person.public_id)
        rows = rows.filter(~Q(by__id=person.public_id), not_behalf)

    def thing(report: ActivityReport) -> Thing:
        commitment = report.commitment
        url = f"{commitment_url(commitment)}#{report.public_id}"
        statuses = ("done_claimed",) if report.claims_done else ("filed",)
        return Thing(
            as_words(commitment.titles), url, statuses, commitment.public_id, report.on, report.text
        )

    number, things = desk.first("verify", rows, thing)
    why = _("Somebody who did not write the report accepts or returns it. Your own are not here.")
    return Waiting("verify", _("Reports for a second person"), number, things, "", "", why)


def _unled(desk: Desk) -> Waiting | None:
    """Open commitments that nobody leads."""
    if not desk.may("decisions.assign_commitment"):
        return None
    nobody = {"lead_post": None, "lead_city": None, "lead_organ": None}
    rows = register_on(desk.today).filter(binding=True, status__in=OPEN, **nobody)
    number, things = desk.first(
        "unled",
        rows.order_by("-decision__decided_on", "pk"),
        lambda row: _commitment(row, desk.today),
    )
    url = _register(lead="none", status="open", force="binding")
    return Waiting("unled", _("Commitments without a lead"), number, things, url)


def _late(desk: Desk) -> Waiting | None:
    """Every late commitment of the register, for those who answer for the whole of it."""
    if not powers_of(desk.user) & {"secretary_general", "executive_deputy", "president"}:
        return None
    rows = register_on(desk.today).filter(late=True).order_by("due", "pk")
    number, things = desk.first("late", rows, lambda row: _commitment(row, desk.today))
    return Waiting("late", _("Delayed"), number, things, _register(deadline="late"), "grave")


def _not_carried_out(desk: Desk) -> Waiting | None:
    """What the Assembly decided and is open, for the members of the Board."""
    if not powers_of(desk.user) & {"board_member", "president"}:
        return None
    rows = register_on(desk.today).filter(
        decision__organ__kind="assembly", decision__force__in=BINDING, status__in=OPEN
    )
    number, things = desk.first(
        "board", rows.order_by("silent_since", "pk"), lambda row: _commitment(row, desk.today)
    )
    url = reverse("decisions:board")
    return Waiting("board", _("Decided by the Assembly, not carried out"), number, things, url)


def _progress_reports(desk: Desk) -> Waiting | None:
    """Progress reports that are drafted, or signed and not frozen."""
    if not desk.may("decisions.draft_report"):
        return None
    rows = ProgressReport.objects.exclude(state=ReportState.FROZEN).order_by("as_of", "pk")

    def thing(report: ProgressReport) -> Thing:
        url = reverse("decisions:progress_report", args=[report.public_id])
        return Thing(as_words(report.titles), url, (report.state,), day=report.as_of)

    number, things = desk.first("reports", rows, thing)
    url = reverse("decisions:progress_reports")
    return Waiting("reports", _("Progress reports not finished"), number, things, url)


def _letters(desk: Desk) -> Waiting | None:
    """Letters that wait in the outbox or could not be sent; those that open accounts for keepers only."""
    if not desk.may("messaging.view_outbox"):
        return None
    rows = Letter.objects.filter(state__in=[LetterState.QUEUED, LetterState.FAILED])
    if not KEEPERS & powers_of(desk.user):
        rows = rows.exclude(kind__in=OPENING)

    def thing(letter: Letter) -> Thing:
        url = reverse("messaging:letter", args=[letter.public_id])
        names = {letter.language: letter.subject}
        return Thing(names, url, (letter.state,), letter.number, letter.written_on)

    number, things = desk.first("letters", rows.order_by("queued_at", "pk"), thing)
    url = reverse("messaging:outbox")
    return Waiting("letters", _("Letters that have not left"), number, things, url)


def _incoming(desk: Desk) -> Waiting | None:
    """Letters that arrived and lie on the desks of one's posts."""
    if not desk.posts or not desk.may("messaging.view_letter_book"):
        return None

    def thing(letter: IncomingLetter) -> Thing:
        url = reverse("messaging:incoming_letter", args=[letter.public_id])
        late = letter.answer_by is not None and letter.answer_by < desk.today
        return Thing(
            {letter.language: letter.subject},
            url,
            ("waiting", "delayed") if late else ("waiting",),
            letter.number,
            letter.answer_by or letter.received_on,
            say(letter.sender["labels"]),
        )

    number, things = desk.first("incoming", incoming_waiting(posts=desk.posts), thing)
    why = _("Answer each, lay it on another desk, or file it with a reason.")
    return Waiting("incoming", _("Letters on your desk"), number, things, "", "attention", why)


def _clauses(desk: Desk) -> Waiting | None:
    """Clauses of which nobody has said what they ask for."""
    if not desk.may("decisions.declare_no_action"):
        return None

    def thing(node: Any) -> Thing:
        names = as_words(node.document.titles)
        return Thing(names, decision_url(node.public_id), (), node.public_id)

    number, things = desk.first("clauses", clauses_unanswered(), thing)
    why = _("Make a decision from each, or say with a reason that no action is needed.")
    url = reverse("decisions:documents")
    return Waiting("clauses", _("Clauses without an answer"), number, things, url, "", why)


def _decision(row: Decision) -> Thing:
    return Thing(
        as_words(row.titles),
        decision_url(row.public_id),
        (row.force,),
        row.public_id,
        row.decided_on,
    )


def _fulfilled(desk: Desk) -> Waiting | None:
    """Decisions of which everything is accepted and which are still in force."""
    if not desk.may("decisions.close_decision"):
        return None
    number, things = desk.first(
        "fulfilled", decisions_fulfilled().order_by("decided_on", "pk"), _decision
    )
    why = _("Everything they ask for is accepted. Record them as done, or let them stay in force.")
    title = _("Fulfilled, still in force")
    return Waiting("fulfilled", title, number, things, "", "", why)


def _reopened(desk: Desk) -> Waiting | None:
    """Decisions recorded as done of which something is open again."""
    if not desk.may("decisions.close_decision"):
        return None
    number, things = desk.first(
        "reopened", decisions_reopened().order_by("decided_on", "pk"), _decision
    )
    why = _("An acceptance was reversed after the decision was recorded as done.")
    return Waiting("reopened", _("Done, and open again"), number, things, "", "attention", why)


def _imports(desk: Desk) -> Waiting | None:
    """Tables that one tried and neither entered nor dropped."""
    person = person_of(desk.user)
    if person is None or not desk.may("documents.bring_table"):
        return None
    rows = ImportRun.objects.filter(state="tried", by__id=person.public_id).select_related("file")

    def thing(run: ImportRun) -> Thing:
        url = reverse("documents:import_run", args=[run.public_id])
        return Thing({"en": run.file.name}, url, (), "", run.tried_at.date())

    number, things = desk.first("imports", rows.order_by("-tried_at"), thing)
    return Waiting("imports", _("Tables tried, not entered"), number, things)


PARTS: tuple[Part, ...] = (
    _requests,
    _mine,
    _to_verify,
    _late,
    _not_carried_out,
    _reopened,
    _fulfilled,
    _unled,
    _clauses,
    _progress_reports,
    _incoming,
    _letters,
    _imports,
)
