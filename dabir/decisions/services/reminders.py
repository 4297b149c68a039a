"""Reminders before and after a deadline, and a question after long silence.

Each reminder has a key made of the commitment, its due day and the rung of the ladder, so a second
run sends nothing; news since the deadline was set, or a closed commitment, stops the ladder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as plain
from django.utils.translation import override

from dabir.core.actors import Actor
from dabir.core.reference import Reference
from dabir.core.words import say
from dabir.decisions.models import Commitment
from dabir.decisions.queries.cut import cut_today, read_cut
from dabir.decisions.report.standing import CommitmentStanding, decision_standings
from dabir.messaging.models import Letter
from dabir.messaging.services import write_letter
from dabir.registry.models import ContactPoint
from dabir.registry.queries import contact_for_city, contact_for_post
from dabir.statutes.queries import rule
from dabir.text.calendars import format_both
from dabir.text.digits import localize_digits


@dataclass(frozen=True)
class Rung:
    """One step of the ladder: which reminder, about which due day."""

    name: str
    due: date | None
    days: int


def rung_reached(
    *,
    due: date | None,
    last_news: date | None,
    silence: int | None,
    on: date,
    before: list[int],
    after: list[int],
    silence_days: int,
) -> Rung | None:
    """The furthest rung reached on a day; None while nothing is owed. Pure.

    Before the deadline the nearest passed mark counts, after it the furthest; news on or after the
    day a mark was reached stops that mark.
    """
    if due is not None and due >= on:
        left = (due - on).days
        marks = [m for m in before if left <= m]
        if not marks:
            return None
        mark = min(marks)
        reached_on = due.toordinal() - mark
        if last_news and last_news.toordinal() >= reached_on:
            return None
        return Rung(f"before-{mark}", due, left)
    if due is not None:
        if last_news and last_news >= due:
            return None
        late = (on - due).days
        marks = [m for m in after if late >= m]
        return Rung(f"after-{max(marks)}", due, late) if marks else None
    if silence is not None and silence >= silence_days:
        return Rung(f"silence-{silence // silence_days}", None, silence)
    return None


def _words_of(rung: Rung, title: str, language: str) -> tuple[str, str]:
    due = format_both(rung.due, language) if rung.due else ""
    days = localize_digits(str(rung.days), language)
    values = {"title": title, "due": due, "days": days}
    with override(language):
        if rung.name.startswith("before"):
            subject = plain("Due on %(due)s: %(title)s")
            body = plain(
                "“%(title)s” is due on %(due)s, in %(days)s days. Please report what was done."
            )
        elif rung.name.startswith("after"):
            subject = plain("Overdue since %(due)s: %(title)s")
            body = plain(
                "“%(title)s” was due on %(due)s, %(days)s days ago, and no report has arrived. "
                "Please report what was done, or what stands in the way."
            )
        else:
            subject = plain("No news for %(days)s days: %(title)s")
            body = plain(
                "There has been no report on “%(title)s” for %(days)s days. "
                "Please say how it stands."
            )
        return subject % values, body % values


def _contact(commitment: Commitment, on: date) -> ContactPoint | None:
    if commitment.lead_post:
        return contact_for_post(post=commitment.lead_post, on=on)
    if commitment.lead_city:
        return contact_for_city(city=commitment.lead_city)
    return None


@dataclass(frozen=True)
class Owed:
    """A reminder that is owed on a day: to whom, in which words, and whether it stands already."""

    key: str
    commitment: Commitment
    lead: Reference
    contact: ContactPoint | None
    language: str
    subject: str
    body: str
    is_written: bool = False


def _worded(commitment: Commitment, lead: Reference, rung: Rung, on: date) -> Owed:
    contact = _contact(commitment, on)
    language = contact.language if contact else settings.LANGUAGES[0][0]
    subject, body = _words_of(rung, say(commitment.titles, language), language)
    due = rung.due.isoformat() if rung.due else f"since-{commitment.last_report_on or 'beginning'}"
    key = f"reminder/{commitment.public_id}/{due}/{rung.name}"
    return Owed(key, commitment, lead, contact, language, subject, body)


def _rung(
    standing: CommitmentStanding, on: date, ladder: tuple[list[int], list[int], int]
) -> Rung | None:
    before, after, silence_days = ladder
    return rung_reached(
        due=standing.due,
        last_news=standing.last_news,
        silence=standing.silence,
        on=on,
        before=before,
        after=after,
        silence_days=silence_days,
    )


def _rungs(on: date) -> dict[int, Rung]:
    """For each commitment's key the rung reached; raises RuleNotSet when the ladder is not set."""
    ladder = (
        list(rule("follow_up.reminder_days_before", on=on)),
        list(rule("follow_up.reminder_days_after", on=on)),
        int(rule("follow_up.silence_days", on=on)),
    )
    found: dict[int, Rung] = {}
    for decision in decision_standings(read_cut(cut_today(on))):
        for standing in decision.commitments:
            rung = _rung(standing, on, ladder) if decision.is_binding and standing.is_open else None
            if rung:
                found[standing.row["id"]] = rung
    return found


def reminders_owed(*, on: date) -> list[Owed]:
    """Every reminder owed on a day, those already written marked; nothing is written by asking.

    Commitments without a lead that can be written to (words only, or nobody) are left to the
    register's screen.
    """
    rungs = _rungs(on)
    commitments = Commitment.objects.filter(pk__in=rungs).select_related(
        "lead_post__city", "lead_city", "lead_organ"
    )
    owed = []
    for commitment in commitments.order_by("pk"):
        holder = commitment.leader
        if holder is not None:
            owed.append(_worded(commitment, holder.reference(), rungs[commitment.pk], on))
    keys = [one.key for one in owed]
    written = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    return [replace(one, is_written=one.key in written) for one in owed]


def send_reminders(*, by: Actor, on: date, at: datetime) -> list[Letter]:
    """Write every reminder owed on a day that was not written yet; returns the new letters."""
    new = []
    for one in reminders_owed(on=on):
        if one.is_written:
            continue
        letter, is_new = write_letter(
            key=one.key,
            kind="reminder",
            language=one.language,
            recipient=one.lead,
            contact=one.contact,
            subject=one.subject,
            body=one.body,
            about=one.commitment.reference(),
            by=by,
            on=on,
            at=at,
        )
        if is_new:
            new.append(letter)
    return new
