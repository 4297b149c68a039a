"""The certificate of a membership: printed once in both languages and kept, the same bytes for ever."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.canonical import digest
from dabir.core.errors import IllegalStep
from dabir.core.trail import record_act
from dabir.core.words import as_words
from dabir.documents.models import StoredFile
from dabir.documents.services import store_file
from dabir.membership.models import Certificate, Member, Step
from dabir.membership.printing import LANGUAGES, certificate_pdf
from dabir.membership.queries.statute import category_label
from dabir.membership.states import MemberState
from dabir.registry.queries import the_association
from dabir.statutes.queries import rules_on


def step_to_certify(member: Member) -> Step | None:
    """The step by which the member belongs with its present category; None when it is no member."""
    if member.state != MemberState.ADMITTED:
        return None
    verbs = ("admit", "honour", "return", "change_category", "enter")
    return member.steps.filter(verb__in=verbs).order_by("on", "at", "id").last()


def issue_certificate(*, member: Member, by: Actor, on: date, at: datetime) -> Certificate:
    """Print and keep the certificate of the present membership; asked again, the same is given.

    Printing is done before the transaction: a stop in the middle leaves the member without a
    certificate, and it is issued by asking again.
    """
    step = step_to_certify(member)
    if step is None or member.number is None:
        raise IllegalStep(
            _("Only an admitted member with a number has a certificate."),
            cure=_("Record the admission first."),
            code="no_certificate",
        )
    known = Certificate.objects.filter(step=step).first()
    if known is not None:
        return known
    data = _said(member, step, on=on, at=at)
    files = {language: certificate_pdf(data, language) for language in LANGUAGES}
    with transaction.atomic():
        return _keep(member, step, data, files, by=by, on=on, at=at)


def _said(member: Member, step: Step, *, on: date, at: datetime) -> dict[str, Any]:
    """What the certificate says, as plain values; its code is a digest of all of it."""
    association = the_association()
    assert association is not None  # noqa: S101  no member before the first day
    rules = rules_on(on)
    category, address = {}, {}
    for language in LANGUAGES:
        with translation.override(language):
            category[language] = str(category_label(member.category, rules))
            if settings.ADDRESS:
                address[language] = settings.ADDRESS + reverse("membership:verify_any")
    country = member.city.country if member.city else None
    data: dict[str, Any] = {
        "schema": "dabir/certificate/1",
        "association": {
            "names": as_words(association.names),
            "seat": as_words(association.seat),
            "practice": association.is_practice,
            "emblem": association.emblem,
            "address": address,
        },
        "member": {
            "id": member.public_id,
            "kind": member.kind,
            "names": as_words(member.names),
            "country": as_words(country.names) if country else {},
            "number": member.number,
        },
        "category": category,
        "honoured": step.verb == "honour" or member.category == "honorary",
        "since": member.joined_on.isoformat() if member.joined_on else None,
        "basis": step.basis,
        "issued_on": on.isoformat(),
        "issued_at": at.isoformat(),
    }
    code = digest(data)[:16]
    return data | {"verification_code": "-".join(code[i : i + 4] for i in range(0, 16, 4))}


def _keep(
    member: Member,
    step: Step,
    data: dict[str, Any],
    files: dict[str, bytes],
    *,
    by: Actor,
    on: date,
    at: datetime,
) -> Certificate:
    name = f"certificate-{member.public_id}-{member.number}"
    kept: dict[str, StoredFile] = {
        language: store_file(
            data=content, name=f"{name}.{language}.pdf", media_type="application/pdf", at=at
        )
        for language, content in files.items()
    }
    certificate = Certificate.objects.create(
        member=member,
        step=step,
        verification_code=data["verification_code"],
        data=data,
        persian=kept["fa"],
        english=kept["en"],
        on=on,
        at=at,
        by=by.as_dict(),
    )
    record_act(
        "membership.issue_certificate",
        target=member.reference(),
        by=by,
        on=on,
        at=at,
        after={
            "verification_code": certificate.verification_code,
            "files": {language: file.sha256 for language, file in kept.items()},
        },
    )
    return certificate


def certificate_with_code(code: str) -> Certificate | None:
    """The certificate that bears this code, however it was typed."""
    plain = "".join(sign for sign in code.lower() if sign in "0123456789abcdef")
    if len(plain) != 16:
        return None
    spaced = "-".join(plain[i : i + 4] for i in range(0, 16, 4))
    return (
        Certificate.objects.filter(verification_code=spaced)
        .select_related("member__city", "member__organisation", "member__person")
        .first()
    )
