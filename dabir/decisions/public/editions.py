"""The frozen editions of progress reports that the Secretary General has shown to everybody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, OuterRef, QuerySet, Subquery

from dabir.core.together import Together, gather, link
from dabir.core.words import as_words
from dabir.decisions.models import Edition, EditionFile, ProgressReport, Publication
from dabir.decisions.public.texts import Words
from dabir.decisions.report.rendering import MEDIA_TYPES, content_policy
from dabir.decisions.services.progress import edition_bytes
from dabir.documents.models import StoredFile
from dabir.organs.models import Organ


@dataclass(frozen=True)
class PublicFile:
    """One file of an edition with the proof of its bytes."""

    language: str
    format: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Bytes:
    """The frozen bytes of one file, with what a browser must know of them."""

    content: bytes
    media_type: str
    name: str
    sha256: str
    policy: str


@dataclass(frozen=True)
class PublicEdition:
    """A frozen edition that everybody may read."""

    report: str
    number: int
    titles: Words
    organ: Words
    as_of: date
    code: str
    published_at: datetime
    files: tuple[PublicFile, ...]


def _published() -> Subquery:
    newest = Publication.objects.filter(edition=OuterRef("pk")).order_by("-at", "-id")
    return Subquery(newest.values("is_public")[:1], output_field=BooleanField())


def _shown() -> QuerySet[Edition]:
    """The editions that everybody may read, with the instant since when."""
    newest = Publication.objects.filter(edition=OuterRef("pk")).order_by("-at", "-id")
    dated = Edition.objects.annotate(published_at=Subquery(newest.values("at")[:1]))
    return dated.alias(published=_published()).filter(published=True)


_OF_SHOWN = {"edition__in": _shown().values("pk")}
_REPORTS = ProgressReport.objects.filter(pk__in=_shown().values("report"))
_EDITIONS = Together(
    editions=_shown,
    reports=lambda: _REPORTS,
    organs=lambda: Organ.objects.filter(pk__in=_REPORTS.values("organ")),
    files=lambda: EditionFile.objects.filter(**_OF_SHOWN),
    stored=lambda: StoredFile.objects.filter(
        pk__in=EditionFile.objects.filter(**_OF_SHOWN).values("file")
    ),
)


def published_editions(reports: Collection[str] | None = None) -> list[PublicEdition]:
    """Every edition shown to everybody, or those of the reports named, the newest first."""
    found = _EDITIONS.read()
    link(found["reports"], "organ", found["organs"])
    link(found["editions"], "report", found["reports"])
    link(found["files"], "file", found["stored"])
    gather(found["editions"], "files", found["files"])
    rows = sorted(found["editions"], key=lambda row: (row.report.as_of, row.number), reverse=True)
    return [
        PublicEdition(
            report=row.report.public_id,
            number=row.number,
            titles=as_words(row.report.titles),
            organ=as_words(row.report.organ.names),
            as_of=row.report.as_of,
            code=row.verification_code,
            published_at=row.published_at,
            files=tuple(
                PublicFile(f.language, f.format, f.file.size, f.file.sha256)
                for f in sorted(row.files.all(), key=lambda f: (f.language, f.format))
            ),
        )
        for row in rows
        if reports is None or row.report.public_id in reports
    ]


def published_file(report: str, number: int, language: str, fmt: str) -> Bytes | None:
    """The bytes of one file of a public edition; None where nothing public has this address."""
    edition = (
        Edition.objects.annotate(published=_published())
        .filter(published=True, report__public_id=report, number=number)
        .first()
    )
    row = (
        edition.files.select_related("file").filter(language=language, format=fmt).first()
        if edition
        else None
    )
    if edition is None or row is None:
        return None
    policy = f"{content_policy()}; sandbox allow-popups" if fmt == "html" else ""
    content = edition_bytes(edition, language=language, fmt=fmt)
    return Bytes(content, MEDIA_TYPES[fmt], row.file.name, row.file.sha256, policy)
