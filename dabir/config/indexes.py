"""Both searches made anew where another state of the program made them.

What is public is decided by code: a version that shows less must not leave findable what an earlier one laid
into the index, and one that folds words in another way would no longer find what is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from dabir import text
from dabir.core import publicsearch, search
from dabir.core.models import MadeWith
from dabir.core.trail import trail_head
from dabir.decisions.services.finding import refold_commitments

Tell = Callable[[str], object]
PUBLIC, OFFICE = "public search", "office search"
# Where an app decides which of its records anyone may read, and reads them.
DECIDING = ("public", "queries", "publicsearch", "searchable", "rules", "states")


def _of_words() -> Iterator[Path]:
    """How words are folded and cut."""
    yield from sorted(Path(text.__file__).parent.glob("*.py"))


def _of_the_public() -> Iterator[Path]:
    """The allow-lists of every app, with what they ask."""
    for app in sorted(apps.get_app_configs(), key=lambda config: config.name):
        if app.name.startswith("dabir."):
            for part in DECIDING:
                yield from sorted(Path(app.path).glob(f"{part}.py"))
                yield from sorted(Path(app.path, part).rglob("*.py"))


def _mark(sources: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _is_made_with(made: str, mark: str) -> bool:
    return MadeWith.objects.filter(made=made, mark=mark).exists()


def _keep_mark(made: str, mark: str) -> None:
    MadeWith.objects.update_or_create(made=made, defaults={"mark": mark})


def renew_indexes(tell: Tell) -> None:
    """Make each search anew that another state of the program made, or none; at once where none is."""
    words = _mark(_of_words())
    marks = {PUBLIC: _mark([*_of_words(), *_of_the_public()]), OFFICE: words}
    for made, mark in marks.items():
        if not _is_made_with(made, mark):
            with transaction.atomic():
                _make(made, tell)
                _keep_mark(made, mark)


def _make(made: str, tell: Tell) -> None:
    if not trail_head()[0]:
        return  # nothing was ever recorded: what is not there is as this code would make it
    if made == PUBLIC:
        tell(_("What is public is made findable…"))
        publicsearch.rebuild()
    else:
        tell(_("What is recorded is made findable in the office…"))
        search.rebuild()
        refold_commitments()
