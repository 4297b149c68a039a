"""The composition of an organ on a day as rows to export: those that the page shows."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dabir.core.words import day_said, reader_language, say
from dabir.documents.downloads import table_answer
from dabir.documents.tabular.export import MEDIA_TYPES
from dabir.documents.tabular.table import Column, Table
from dabir.organs.models import Organ
from dabir.organs.queries.composition import Composition
from dabir.registry.queries import the_association

TABLE_FORMATS = tuple(MEDIA_TYPES)


def composition_table(organ: Organ, composition: Composition, on: date, language: str) -> Table:
    """Who sits in the organ on a day."""
    columns = [
        Column("holder", _("Held by"), "text", 1.6),
        Column("function", _("Function"), "text"),
        Column("manner", _("How it is come by"), "text"),
        Column("from", _("From"), "date"),
        Column("until", _("Until"), "date"),
        Column("basis", _("By which decision"), "text", 1.8),
        Column("source", _("Source"), "text"),
    ]
    comma = "، " if language == "fa" else ", "
    rows = [
        {
            "holder": say(s.names, language) or _("unknown"),
            "function": comma.join(str(f) for f in s.functions),
            "manner": str(s.seat.get_manner_display()),
            "from": s.seat.starts_on,
            "until": s.until,
            "basis": f"{s.basis['number']} {say(s.basis['labels'], language)}".strip()
            if s.basis
            else _("unknown"),
            "source": s.seat.source,
        }
        for s in composition.sittings
    ]
    association = the_association()
    notes = [_("As of %(day)s") % {"day": day_said(on)}]
    if composition.vacant:
        notes.append(_("Seats without a known holder: %(number)s") % {"number": composition.vacant})
    return Table(
        title=_("Composition: %(organ)s") % {"organ": say(composition.names, language)},
        columns=columns,
        rows=rows,
        notes=notes,
        practice=bool(association and association.is_practice),
        source=say(association.names, language) if association else "",
    )


def export_composition(organ: Organ, composition: Composition, on: date, fmt: str) -> HttpResponse:
    """The composition as a file."""
    language = reader_language()
    table = composition_table(organ, composition, on, language)
    return table_answer(table, fmt, language, f"{organ.key}-{on}")
