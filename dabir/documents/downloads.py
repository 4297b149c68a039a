"""What is kept or tabulated here, as a file for whoever asked for it."""

from __future__ import annotations

from django.http import HttpResponse

from dabir.core.fileanswer import file_answer
from dabir.documents.models import StoredFile
from dabir.documents.services import read_file
from dabir.documents.tabular.export import MEDIA_TYPES, export_table
from dabir.documents.tabular.table import Table


def stored_answer(file: StoredFile, *, inline: bool = False) -> HttpResponse:
    """A stored file, as it was received."""
    return file_answer(read_file(file), file.media_type, file.name, inline=inline)


def table_answer(table: Table, fmt: str, language: str, name: str) -> HttpResponse:
    """A table under a name without ending, in one of the formats of `MEDIA_TYPES`."""
    return file_answer(export_table(table, fmt, language), MEDIA_TYPES[fmt], f"{name}.{fmt}")
