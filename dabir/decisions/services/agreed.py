"""What is agreed about a commitment: lead, deadline, money; values that services hand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from dabir.core.errors import InvalidInput
from dabir.core.reference import Reference
from dabir.core.words import as_words
from dabir.decisions.deadlines import months_of, recurring_due
from dabir.decisions.models import Commitment, CommitmentTerms
from dabir.decisions.states import DeadlineType, Nature
from dabir.organs.models import Organ
from dabir.registry.models import City, Post
from dabir.text.folding import fold

Words = Mapping[str, str]


@dataclass(frozen=True)
class Deadline:
    """Until when: a day, the next session of an organ, a period, or several open readings."""

    type: str = DeadlineType.NONE
    on: date | None = None
    candidates: tuple[str, ...] = ()
    organ: Organ | None = None
    words: Words = field(default_factory=dict)
    recurrence: str = ""
    recurrence_from: date | None = None


@dataclass(frozen=True)
class Lead:
    """The one that leads: a post, a city, an organ; or words where the text names none of them."""

    post: Post | None = None
    city: City | None = None
    organ: Organ | None = None
    words: Words = field(default_factory=dict)

    def reference(self) -> Reference | None:
        """The lead as named today; None when nobody leads yet."""
        for holder in (self.post, self.city, self.organ):
            if holder is not None:
                return holder.reference()
        return Reference("words", "", dict(self.words)) if self.words else None


@dataclass(frozen=True)
class Terms:
    """Everything that is agreed about a commitment from one day on."""

    titles: Words
    kind: str = "one_off"
    lead: Lead = field(default_factory=Lead)
    addressees: tuple[Reference, ...] = ()
    deadline: Deadline = field(default_factory=Deadline)
    budget: str = "unknown"
    budget_line: str = ""


def terms_in_force(commitment: Commitment) -> Terms:
    """The newest terms of a commitment, as a value to change a part of."""
    row = commitment.terms.order_by("-on", "-at", "-id").select_related(
        "lead_post", "lead_city", "lead_organ", "deadline_organ"
    )[0]
    return terms_of(row)


def terms_of(row: CommitmentTerms) -> Terms:
    """What one row of terms says, as a value."""
    return Terms(
        titles=as_words(row.titles),
        kind=row.kind,
        lead=Lead(row.lead_post, row.lead_city, row.lead_organ, as_words(row.lead_words)),
        addressees=tuple(Reference.from_dict(a) for a in row.addressees),
        deadline=Deadline(
            row.deadline_type,
            row.deadline_on,
            tuple(row.deadline_candidates),
            row.deadline_organ,
            as_words(row.deadline_words),
            row.recurrence,
            row.recurrence_from,
        ),
        budget=row.budget,
        budget_line=row.budget_line,
    )


def folded_words(commitment: Commitment) -> str:
    """The words by which a commitment is found, folded for search."""
    decision = commitment.decision
    told = (as_words(commitment.titles), as_words(decision.titles))
    # In the order of the languages: a database need not keep the order in which they were given.
    texts = [words[language] for words in told for language in sorted(words)]
    return fold(" ".join([commitment.public_id, *texts]))


def _check_period(period: str) -> None:
    try:
        if period:
            months_of(period)
    except ValueError as fault:
        raise InvalidInput(fields={"recurrence": [InvalidInput.message]}) from fault


def due_day_kept(
    commitment: Commitment, deadline: Deadline, *, as_of: date | None = None
) -> date | None:
    """The day that counts, as far as it can be kept: sessions still to be called are looked up.

    Raises InvalidInput for a period that is not a number of months or years.
    """
    if deadline.type == DeadlineType.DATE:
        return deadline.on
    _check_period(deadline.recurrence)
    if deadline.type != DeadlineType.RECURRING or not deadline.recurrence_from:
        return None
    news: list[date] = []
    if commitment.pk:
        reports = commitment.reports.filter(nature=Nature.ACTIVITY)
        news = list(reports.order_by("on").values_list("on", flat=True))
    return recurring_due(
        first=deadline.recurrence_from,
        period=deadline.recurrence,
        news=news,
        as_of=as_of or timezone.localdate(),
    )
