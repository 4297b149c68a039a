"""Questions to the outbox."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from dabir.core.models import AuditEntry
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.states import LETTER_STATES


def letters_listed() -> QuerySet[Letter]:
    """Every letter with its address and the number of its attachments, the newest first."""
    return (
        Letter.objects.select_related("contact")
        .annotate(attachment_count=Count("attachments"))
        .order_by("-queued_at", "-id")
    )


def counts_by_state() -> dict[str, int]:
    """How many letters are in each state, those without any included."""
    found = Letter.objects.values_list("state").annotate(number=Count("id")).order_by()
    return dict.fromkeys(LETTER_STATES, 0) | dict(found)


def readings_of(letter: Letter) -> QuerySet[AuditEntry]:
    """Who of the secretariat saw a letter with a link, the first first."""
    return AuditEntry.objects.filter(
        act="messaging.open_letter", target_kind="letter", target_id=letter.public_id
    )


def readers_of_link(link: SignedLink) -> set[str]:
    """Public ids of the people of the secretariat who saw a signed link, on the screen or printed."""
    carrying = Letter.objects.filter(key__endswith=f"/{link.public_id}").values("public_id")
    seen = AuditEntry.objects.filter(
        act="messaging.open_letter",
        target_kind="letter",
        target_id__in=carrying,
    )
    return {actor["id"] for actor in seen.values_list("actor", flat=True)}
