"""The words by which commitments are found, made anew."""

from __future__ import annotations

from django.db import transaction

from dabir.decisions.models import Commitment
from dabir.decisions.services.agreed import folded_words

BATCH = 500


@transaction.atomic
def refold_commitments() -> int:
    """Fold the words of every commitment anew; returns how many were not right."""
    wrong = []
    for commitment in Commitment.objects.select_related("decision").order_by("pk"):
        words = folded_words(commitment)
        if words != commitment.folded:
            commitment.folded = words
            wrong.append(commitment)
    Commitment.objects.bulk_update(wrong, ["folded"], batch_size=BATCH)
    return len(wrong)
