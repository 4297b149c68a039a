"""What lists repeat of commitments and decisions must equal the newest entries they repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.checks import register
from dabir.core.errors import Words
from dabir.core.words import as_words
from dabir.decisions.models import (
    ActivityReport,
    Commitment,
    CommitmentTerms,
    Decision,
    DecisionWording,
    ForceEntry,
    StatusEntry,
)
from dabir.decisions.services.agreed import due_day_kept, folded_words, terms_in_force
from dabir.decisions.states import DeadlineType, Nature

BATCH = 1000
TERMS = ("kind", "lead_post_id", "lead_city_id", "lead_organ_id", "deadline_type", "deadline_on")


def _newest(model: type[Model], owner: str, *fields: str) -> dict[int, dict[str, Any]]:
    """The newest entry of each record: the last one by day, then instant, then number."""
    newest: dict[int, dict[str, Any]] = {}
    rows: QuerySet[Any, dict[str, Any]] = model._default_manager.order_by("on", "at", "id").values(
        owner, *fields
    )
    for row in rows.iterator(chunk_size=BATCH):
        newest[row[owner]] = row
    return newest


def _fault(record: str, field: Words, kept: object, told: object) -> str:
    return _("%(record)s: %(field)s is kept as %(kept)s, its history says %(told)s.") % {
        "record": record,
        "field": field,
        "kept": kept,
        "told": told,
    }


def find_stale_statuses() -> Iterable[Words]:
    """Commitments whose status or its day is not that of their newest entry."""
    newest = _newest(StatusEntry, "commitment_id", "status", "on")
    for pk, public_id, status, since in Commitment.objects.order_by("pk").values_list(
        "pk", "public_id", "status", "status_since"
    ):
        entry = newest.get(pk)
        if entry is None:
            yield _("%(record)s has no entry of its status.") % {"record": public_id}
        elif entry["status"] != status:
            yield _fault(public_id, _("the status"), status, entry["status"])
        elif entry["on"] != since:
            yield _fault(public_id, _("the day of the status"), since, entry["on"])


def find_stale_terms() -> Iterable[Words]:
    """Commitments whose lead, kind, deadline or wording is not that of their newest terms."""
    newest = _newest(CommitmentTerms, "commitment_id", "titles", "budget", *TERMS)
    names: dict[str, Words] = {
        "kind": _("the kind"),
        "lead_post_id": _("the leading post"),
        "lead_city_id": _("the leading city"),
        "lead_organ_id": _("the leading organ"),
        "deadline_type": _("the kind of deadline"),
        "deadline_on": _("the deadline"),
        "budget": _("the budget"),
    }
    rows = Commitment.objects.select_related("decision").order_by("pk")
    for commitment in rows.iterator(chunk_size=BATCH):
        entry = newest.get(commitment.pk)
        if entry is None:
            yield _("%(record)s has no terms.") % {"record": commitment.public_id}
            continue
        for field, name in names.items():
            kept = getattr(commitment, field)
            if kept != entry[field]:
                yield _fault(commitment.public_id, name, kept, entry[field])
        if as_words(commitment.titles) != as_words(entry["titles"]):
            yield _fault(commitment.public_id, _("the wording"), commitment.titles, entry["titles"])
        if commitment.folded != folded_words(commitment):
            yield _("%(record)s is not found by its own words.") % {"record": commitment.public_id}


def find_stale_due_days() -> Iterable[Words]:
    """Commitments whose day that counts is not the one their terms give."""
    plain = Commitment.objects.exclude(deadline_type=DeadlineType.RECURRING).order_by("pk")
    wrong = plain.exclude(
        Q(deadline_type=DeadlineType.DATE, due_on__isnull=False)
        | ~Q(deadline_type=DeadlineType.DATE) & Q(due_on__isnull=True)
    )
    yield from (_due_fault(c, c.deadline_on) for c in wrong)
    dated = plain.filter(deadline_type=DeadlineType.DATE, due_on__isnull=False)
    for public_id, due_on, deadline_on in dated.values_list("public_id", "due_on", "deadline_on"):
        if due_on != deadline_on:
            yield _fault(public_id, _("the day that counts"), due_on, deadline_on)
    recurring = Commitment.objects.filter(deadline_type=DeadlineType.RECURRING).order_by("pk")
    for commitment in recurring:
        told = due_day_kept(commitment, terms_in_force(commitment).deadline)
        if commitment.due_on != told and not _waits_for_daily_work(commitment):
            yield _due_fault(commitment, told)


def _waits_for_daily_work(commitment: Commitment) -> bool:
    """Whether the day was right until yesterday: the first daily work after it moves it on."""
    yesterday = timezone.localdate() - timedelta(days=1)
    deadline = terms_in_force(commitment).deadline
    return commitment.due_on == due_day_kept(commitment, deadline, as_of=yesterday)


def _due_fault(commitment: Commitment, told: date | None) -> str:
    return _fault(commitment.public_id, _("the day that counts"), commitment.due_on, told)


def find_stale_news() -> Iterable[Words]:
    """Commitments whose last information is not the day of their newest report of an activity."""
    newest = dict(
        ActivityReport.objects.filter(nature=Nature.ACTIVITY)
        .order_by()
        .values_list("commitment_id")
        .annotate(last=Max("on"))
    )
    rows = Commitment.objects.order_by("pk").values_list("pk", "public_id", "last_report_on")
    for pk, public_id, kept in rows:
        if kept != newest.get(pk):
            yield _fault(public_id, _("the last information"), kept, newest.get(pk))


def find_stale_decisions() -> Iterable[Words]:
    """Decisions whose force or wording is not that of their newest entry."""
    forces = _newest(ForceEntry, "decision_id", "force")
    wordings = _newest(DecisionWording, "decision_id", "titles", "themes")
    rows = Decision.objects.order_by("pk").only("public_id", "force", "titles", "themes")
    for decision in rows.iterator(chunk_size=BATCH):
        yield from _decision_faults(decision, forces.get(decision.pk), wordings.get(decision.pk))


def _decision_faults(
    decision: Decision, force: dict[str, Any] | None, wording: dict[str, Any] | None
) -> Iterator[Words]:
    if force is None or wording is None:
        yield _("%(record)s has no entry of its force or wording.") % {"record": decision.public_id}
        return
    if decision.force != force["force"]:
        yield _fault(decision.public_id, _("the force"), decision.force, force["force"])
    if as_words(decision.titles) != as_words(wording["titles"]):
        yield _fault(decision.public_id, _("the title"), decision.titles, wording["titles"])
    if decision.themes != wording["themes"]:
        yield _fault(
            decision.public_id,
            _("the themes"),
            ", ".join(decision.themes),
            ", ".join(wording["themes"]),
        )


for name, label, find in (
    ("statuses", gettext_lazy("Statuses are those of the history"), find_stale_statuses),
    ("terms", gettext_lazy("Leads and deadlines are those of the terms"), find_stale_terms),
    ("due_days", gettext_lazy("The days that count follow from the terms"), find_stale_due_days),
    ("news", gettext_lazy("The last information is the newest report"), find_stale_news),
    ("decisions", gettext_lazy("Forces and titles are those of the history"), find_stale_decisions),
):
    register(f"decisions.{name}", label, find)
