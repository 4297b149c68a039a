"""Tables tried by somebody and neither entered nor dropped."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dabir.core.concurrency import lock_record
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.documents.models import ImportRun
from dabir.registry.models import Person
from dabir.registry.open_items import Holder, Move, OpenItem, Shelf, learn


def _runs(holder: Holder) -> QuerySet[ImportRun]:
    if not isinstance(holder, Person):
        return ImportRun.objects.none()
    rows = ImportRun.objects.filter(state="tried", by__id=holder.public_id)
    return rows.select_related("file").order_by("pk")


def _find(holder: Holder) -> Sequence[OpenItem]:
    return [
        OpenItem({"en": row.file.name}, reverse("documents:import_run", args=[row.public_id]))
        for row in _runs(holder)
    ]


def _move(move: Move) -> int:
    """From then on they wait on the other desk."""
    assert isinstance(move.to, Person) or not _runs(move.of)  # noqa: S101  person to person
    rows = list(_runs(move.of))
    for row in rows:
        fresh = lock_record(row)
        fresh.by = move.to.as_actor().as_dict()  # type: ignore[union-attr]  # a person has drafts
        fresh.version += 1
        fresh.save(update_fields=["by", "version"])
        record_act(
            "documents.hand_over_import",
            target=Reference("import", fresh.public_id, {"en": row.file.name}),
            by=move.by,
            on=move.on,
            at=move.at,
            after={"to": move.to.public_id},
            reason=move.reason,
        )
    return len(rows)


def learn_shelves() -> None:
    """Tell the registry what is handed over."""
    learn(Shelf("tables", _("Tables tried, not entered"), _find, _move))
