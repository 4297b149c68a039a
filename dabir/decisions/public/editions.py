"""The frozen editions of progress reports that the Secretary General has shown to everybody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, OuterRef, Subquery

from dabir.core.words import as_words
from dabir.decisions.models import Edition, Publication
from dabir.decisions.public.texts import Words
from dabir.decisions.report.rendering import MEDIA_TYPES, content_policy
from dabir.decisions.services.progress import edition_bytes


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


def published_editions(reports: Collection[str] | None = None) -> list[PublicEdition]:
    """Every edition shown to everybody, or those of the reports named, the newest first."""
    newest = Publication.objects.filter(edition=OuterRef("pk")).order_by("-at", "-id")
    rows = (
        Edition.objects.annotate(
            published=_published(), published_at=Subquery(newest.values("at")[:1])
        )
        .filter(published=True)
        .select_related("report__organ")
        .prefetch_related("files__file")
        .order_by("-report__as_of", "-number")
    )
    if reports is not None:
        rows = rows.filter(report__public_id__in=reports)
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
