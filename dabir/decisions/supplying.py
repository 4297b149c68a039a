"""What the organs ask of the decisions, which lie above them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from dabir.core.words import number_said
from dabir.decisions.models import Commitment, Decision
from dabir.organs.models import Organ


def deciding_organ(public_id: str) -> Iterator[str]:
    """The key of the organ that took the decision with this number."""
    yield from Decision.objects.filter(public_id=public_id).values_list("organ__key", flat=True)


def register_resting_on(organ: Organ) -> Iterator[str]:
    """That an organ decided or leads something, for whoever would annul its foundation."""
    decided = Decision.objects.filter(organ=organ).count()
    if decided:
        yield _("its decisions (%(number)s)") % {"number": number_said(decided)}
    led = Commitment.objects.filter(lead_organ=organ).count()
    if led:
        yield _("commitments that it leads (%(number)s)") % {"number": number_said(led)}
