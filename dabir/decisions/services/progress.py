"""The Secretary General's progress report: drawn up, signed off, frozen for ever, sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.canonical import canonical_bytes, digest
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput
from dabir.core.stepping import take_step
from dabir.core.trail import last_recorded_at, record_act
from dabir.core.validation import check_record
from dabir.core.words import as_words
from dabir.decisions.models import (
    Decision,
    Edition,
    EditionFile,
    ProgressReport,
    Remark,
)
from dabir.decisions.queries.cut import Cut
from dabir.decisions.report.building import TITLE, ReportRequest, build_report, instant
from dabir.decisions.report.rendering import FORMATS, MEDIA_TYPES, render
from dabir.decisions.states import REPORTS
from dabir.documents.services import read_file, store_file
from dabir.organs.models import Organ

Words = Mapping[str, str]
Progress = Callable[[int, int, str], None]
LANGUAGES = ("fa", "en")


@transaction.atomic
def draft_report(
    *,
    organ: Organ,
    as_of: date,
    by: Actor,
    on: date,
    at: datetime,
    since: ProgressReport | None = None,
    titles: Words | None = None,
) -> ProgressReport:
    """Begin a report to an organ as of a day, compared with an earlier one."""
    if as_of > on:
        raise InvalidInput(
            _("A report cannot be as of a day to come."),
            fields={"as_of": [_("This day is still to come.")]},
        )
    if since is not None and (since.as_of > as_of or not since.editions.exists()):
        raise InvalidInput(_("The report before must be a frozen one of an earlier day."))
    same = ProgressReport.objects.filter(organ=organ, as_of=as_of).count()
    suffix = f"-{same + 1}" if same else ""
    report = ProgressReport(
        public_id=f"{organ.key}-{as_of.isoformat()}{suffix}",
        organ=organ,
        as_of=as_of,
        since=since,
        titles=dict(titles or TITLE),
    )
    check_record(report)
    report.save()
    record_act(
        "decisions.draft_report",
        target=report.reference(),
        by=by,
        on=on,
        at=at,
        after={"organ": organ.key, "as_of": as_of, "since": since.public_id if since else None},
    )
    return report


@transaction.atomic
def edit_report(
    *,
    report: ProgressReport,
    introduction: Words,
    by: Actor,
    on: date,
    at: datetime,
    titles: Words | None = None,
    version: int | None = None,
) -> ProgressReport:
    """Write the introduction and title of a draft."""
    fresh = lock_record(report, version=version)
    REPORTS.target("edit", fresh.state)
    before = {"introduction": as_words(fresh.introduction), "titles": as_words(fresh.titles)}
    fresh.introduction = dict(introduction)
    fresh.titles = dict(titles or as_words(fresh.titles))
    fresh.version += 1
    fresh.save(update_fields=["introduction", "titles", "version"])
    record_act(
        "decisions.edit_report",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before=before,
        after={"introduction": dict(introduction), "titles": as_words(fresh.titles)},
    )
    return fresh


@transaction.atomic
def remark_on_decision(
    *,
    report: ProgressReport,
    decision: Decision,
    text: Words,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Remark:
    """Write the remark on one decision in a draft; an empty text takes it away."""
    fresh = lock_record(report)
    REPORTS.target("edit", fresh.state)
    remark = Remark.objects.filter(report=fresh, decision=decision).first()
    if remark is None:
        remark = Remark(report=fresh, decision=decision, version=0)
    elif version is not None:
        lock_record(remark, version=version)
    before = as_words(remark.text)
    remark.text = dict(text)
    remark.version += 1
    remark.save()
    record_act(
        "decisions.remark_on_decision",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={"decision": decision.public_id, "text": before},
        after={"decision": decision.public_id, "text": dict(text)},
    )
    return remark


def _step(
    verb: str,
    report: ProgressReport,
    *,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
    reason: str = "",
    **changes: Any,
) -> ProgressReport:
    return take_step(
        report,
        verb,
        machine=REPORTS,
        act=f"decisions.{verb}_report",
        by=by,
        on=on,
        at=at,
        version=version,
        reason=reason,
        changes=changes,
    )


@transaction.atomic
def sign_off_report(
    *, report: ProgressReport, by: Actor, on: date, at: datetime, version: int | None = None
) -> ProgressReport:
    """The Secretary General signs the draft off; nothing can be edited after it."""
    return _step(
        "sign_off",
        report,
        by=by,
        on=on,
        at=at,
        version=version,
        signed_off_on=on,
        signed_off_at=at,
        signed_off_by=by.as_dict(),
    )


@transaction.atomic
def take_back_signature(
    *, report: ProgressReport, reason: str, by: Actor, on: date, at: datetime
) -> ProgressReport:
    """Take the signature back before the report is frozen."""
    return _step("take_back", report, by=by, on=on, at=at, reason=reason)


@transaction.atomic
def reopen_report(
    *, report: ProgressReport, reason: str, by: Actor, on: date, at: datetime
) -> ProgressReport:
    """Open a frozen report for a new edition; the old edition stays as it is."""
    if not reason.strip():
        raise InvalidInput(_("Say what was wrong with the edition before."))
    return _step("reopen", report, by=by, on=on, at=at, reason=reason)


def report_request(report: ProgressReport, *, known_at: datetime) -> ReportRequest:
    """What a report asks of the register; compared with the last edition of the report before."""
    since = None
    if report.since is not None:
        last = report.since.editions.order_by("-number").first()
        since = Cut(report.since.as_of, last.known_at) if last else None
    remarks = {
        remark.decision.public_id: as_words(remark.text)
        for remark in report.remarks.select_related("decision")
        if as_words(remark.text)
    }
    return ReportRequest(
        organ=report.organ,
        cut=Cut(report.as_of, known_at),
        since=since,
        titles=as_words(report.titles),
        introduction=as_words(report.introduction) or None,
        remarks=remarks,
    )


@dataclass(frozen=True)
class Frozen:
    """What is printed for an edition, before it is stored."""

    data: bytes
    files: dict[tuple[str, str], bytes]
    code: str


def _print_edition(
    report: ProgressReport, number: int, *, known_at: datetime, at: datetime, progress: Progress
) -> Frozen:
    base = build_report(report_request(report, known_at=known_at))
    code = digest({"report": report.public_id, "number": number, "data": digest(base)})[:16]
    signer = report.signed_off_by["labels"]
    base["edition"] = {
        "number": number,
        "label": report.public_id,
        "frozen_at": instant(at),
        "signed_off_by": signer,
        "signed_off_on": report.signed_off_on.isoformat() if report.signed_off_on else None,
        "verification_code": "-".join(code[i : i + 4] for i in range(0, 16, 4)),
    }
    wanted = [(language, fmt) for language in LANGUAGES for fmt in FORMATS]
    files: dict[tuple[str, str], bytes] = {}
    for done, (language, fmt) in enumerate(wanted):
        progress(done, len(wanted), f"{language} {fmt}")
        files[language, fmt] = render(base, language, fmt)
    return Frozen(canonical_bytes(base), files, base["edition"]["verification_code"])


def _silent(done: int, total: int, words: str) -> None:
    """Nobody watches."""


def freeze_report(
    *,
    report: ProgressReport,
    by: Actor,
    on: date,
    at: datetime,
    reason: str = "",
    progress: Progress = _silent,
) -> Edition:
    """Freeze a signed report: its data and every file of it are kept, the same bytes for ever.

    Printing is done before the transaction, so that a stop in the middle leaves the report signed
    and nothing frozen.
    """
    number = report.editions.count() + 1
    REPORTS.target("freeze", report.state)
    known_at = last_recorded_at() or at
    frozen = _print_edition(report, number, known_at=known_at, at=at, progress=progress)
    with transaction.atomic():
        fresh = lock_record(report, version=report.version)
        return _keep_edition(
            fresh, number, frozen, known_at=known_at, by=by, on=on, at=at, reason=reason
        )


def _keep_edition(
    report: ProgressReport,
    number: int,
    frozen: Frozen,
    *,
    known_at: datetime,
    by: Actor,
    on: date,
    at: datetime,
    reason: str,
) -> Edition:
    name = f"{report.public_id}-{number}"
    data = store_file(
        data=frozen.data, name=f"{name}.data.json", media_type="application/json", at=at
    )
    _step("freeze", report, by=by, on=on, at=at, reason=reason)
    entry = record_act(
        "decisions.keep_edition",
        target=report.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "edition": number,
            "data": data.sha256,
            "files": {f"{k[0]}.{k[1]}": sha256(v).hexdigest() for k, v in frozen.files.items()},
            "verification_code": frozen.code,
        },
        reason=reason,
    )
    edition = Edition(
        report=report,
        number=number,
        known_at=known_at,
        data=data,
        verification_code=frozen.code,
        reason=reason,
        trail_sequence=entry.sequence,
        trail_hash=entry.hash,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(edition)
    edition.save()
    for (language, fmt), content in frozen.files.items():
        file = store_file(
            data=content, name=f"{name}.{language}.{fmt}", media_type=MEDIA_TYPES[fmt], at=at
        )
        EditionFile.objects.create(edition=edition, language=language, format=fmt, file=file)
    return edition


def edition_bytes(edition: Edition, *, language: str, fmt: str) -> bytes:
    """The bytes of one file of an edition, checked against their hash."""
    row = edition.files.select_related("file").filter(language=language, format=fmt).first()
    if row is None:
        raise InvalidInput(_("This edition has no such file."))
    return read_file(row.file)
