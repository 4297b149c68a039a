"""Acts on model letters, and letters written by people: to one or to many, signed by a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.concurrency import lock_record
from dabir.core.errors import InvalidInput, NotAllowed
from dabir.core.numbering import new_public_id
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.core.words import say
from dabir.documents.models import StoredFile
from dabir.messaging.models import IncomingLetter, Letter, LetterTemplate, TemplateWording
from dabir.messaging.placeholders import check_placeholders, filled
from dabir.messaging.queries.recipients import Addressed, addressed, signatory_of
from dabir.messaging.services.incoming import answer_letter
from dabir.messaging.services.outbox import write_letter
from dabir.messaging.states import LETTERS, LetterState
from dabir.registry.models import Mandate
from dabir.registry.queries import the_association
from dabir.text.calendars import format_both

Texts = Mapping[str, str]


@transaction.atomic
def write_template(
    *,
    names: Texts,
    subjects: Texts,
    bodies: Texts,
    by: Actor,
    on: date,
    at: datetime,
    public_id: str = "",
) -> LetterTemplate:
    """Enter a model letter; subject and text stand in the same languages."""
    template = LetterTemplate(public_id=public_id or new_public_id("model"), names=dict(names))
    check_record(template)
    template.save()
    _reword(template, 1, subjects=subjects, bodies=bodies, reason="", by=by, on=on, at=at)
    record_act(
        "messaging.write_template",
        target=template.reference(),
        by=by,
        on=on,
        at=at,
        after={"names": dict(names), "subjects": dict(subjects), "bodies": dict(bodies)},
    )
    return template


@transaction.atomic
def reword_template(
    *,
    template: LetterTemplate,
    subjects: Texts,
    bodies: Texts,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> LetterTemplate:
    """Give a model letter new words; letters already written keep theirs."""
    fresh = lock_record(template, version=version)
    last = fresh.wordings.latest("revision")
    if (dict(subjects), dict(bodies)) == (last.subjects, last.bodies):
        raise InvalidInput(_("Nothing is different."), cure=_("Change a field, or go back."))
    _reword(
        fresh,
        last.revision + 1,
        subjects=subjects,
        bodies=bodies,
        reason=reason,
        by=by,
        on=on,
        at=at,
    )
    fresh.version += 1
    fresh.save(update_fields=["version"])
    record_act(
        "messaging.reword_template",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={"subjects": last.subjects, "bodies": last.bodies},
        after={"subjects": dict(subjects), "bodies": dict(bodies)},
        reason=reason,
    )
    return fresh


def _reword(
    template: LetterTemplate,
    revision: int,
    *,
    subjects: Texts,
    bodies: Texts,
    reason: str,
    by: Actor,
    on: date,
    at: datetime,
) -> None:
    check_words(subjects, bodies)
    wording = TemplateWording(
        template=template,
        revision=revision,
        subjects=dict(subjects),
        bodies=dict(bodies),
        reason=reason,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(wording)
    wording.save()


@transaction.atomic
def retire_template(
    *, template: LetterTemplate, by: Actor, on: date, at: datetime, version: int | None = None
) -> LetterTemplate:
    """Stop offering a model letter; what was written from it stays."""
    fresh = lock_record(template, version=version)
    if fresh.retired_on:
        raise InvalidInput(_("This model letter is no longer offered."))
    fresh.retired_on = on
    fresh.version += 1
    fresh.save(update_fields=["retired_on", "version"])
    record_act("messaging.retire_template", target=fresh.reference(), by=by, on=on, at=at)
    return fresh


def check_words(subjects: Texts, bodies: Texts) -> None:
    """Raises InvalidInput unless subject and text stand in the same languages, and can be filled in."""
    if not bodies or set(subjects) != set(bodies):
        raise InvalidInput(
            _("Subject and text are needed in the same languages."),
            cure=_("Write both in at least one language."),
        )
    check_placeholders([*subjects.values(), *bodies.values()])


def worded(
    to: Addressed, *, subjects: Texts, bodies: Texts, signatory: Mandate, on: date
) -> tuple[str, str]:
    """Subject and text as this recipient reads them."""
    language = to.language
    association = the_association()
    values = {
        "recipient": say(to.recipient.labels, language),
        "association": say(association.names, language) if association else "",
        "date": format_both(on, language if language in ("fa", "en") else "en"),
        "signatory": say(signatory.person.names, language),
        "signatory_post": say(signatory.post.names, language),
    }
    return filled(subjects[language], values), filled(bodies[language], values)


@transaction.atomic
def compose_letters(
    *,
    recipients: Sequence[Reference],
    subjects: Texts,
    bodies: Texts,
    signatory: Mandate,
    key: str,
    by: Actor,
    on: date,
    at: datetime,
    attachments: Sequence[StoredFile] = (),
    answers: IncomingLetter | None = None,
    only_addressed: bool = False,
) -> list[Letter]:
    """Write the same letter to each recipient in their language: all of them or none.

    It waits for the signature of the post named, unless that is who writes. The same `key` writes
    nothing twice. A reply to a letter that arrived answers it.
    """
    check_words(subjects, bodies)
    if not signatory.is_in_force(on):
        raise InvalidInput(
            _("%(person)s does not hold this post today.") % {"person": signatory.person},
            fields={"signatory": [_("Choose who signs.")]},
        )
    chosen = addressed(recipients, offered=list(bodies))
    if only_addressed:
        chosen = [one for one in chosen if one.contact]
    if not chosen:
        raise InvalidInput(
            _("Nobody is left to whom the letter could go."),
            fields={"group": [_("Choose a group or a recipient.")]},
        )
    letters = [
        _compose(
            one,
            *worded(one, subjects=subjects, bodies=bodies, signatory=signatory, on=on),
            signatory=signatory,
            key=key,
            answers=answers,
            attachments=attachments,
            by=by,
            on=on,
            at=at,
        )
        for one in chosen
    ]
    if answers is not None and answers.state == "waiting":
        answer_letter(letter=answers, reply=letters[0], by=by, on=on, at=at)
    return letters


def _compose(
    to: Addressed,
    subject: str,
    body: str,
    *,
    signatory: Mandate,
    key: str,
    answers: IncomingLetter | None,
    attachments: Sequence[StoredFile],
    by: Actor,
    on: date,
    at: datetime,
) -> Letter:
    signs = signatory.person.public_id == by.public_id
    letter, is_new = write_letter(
        key=f"{key}/{to.recipient.kind}/{to.recipient.public_id}"[:200],
        kind="reply" if answers else "letter",
        language=to.language,
        recipient=to.recipient,
        subject=subject[:400],
        body=body,
        contact=to.contact,
        about=answers.reference() if answers else None,
        attachments=attachments,
        by=by,
        on=on,
        at=at,
    )
    if is_new:
        letter.signatory = signatory_of(signatory)
        letter.state = LetterState.QUEUED if signs else LetterState.DRAFTED
        letter.save(update_fields=["signatory", "state"])
    return letter


@transaction.atomic
def sign_letter(
    *, letter: Letter, by: Actor, on: date, at: datetime, version: int | None = None
) -> Letter:
    """Sign a letter that was drafted for one's post; then it may leave.

    Raises NotAllowed for anybody who does not hold that post on the day.
    """
    fresh = lock_record(letter, version=version)
    post = (fresh.signatory or {}).get("post")
    held = Mandate.objects.filter(
        person__public_id=by.public_id, post__public_id=post
    ).select_related("person", "post")
    mandate = next((m for m in held if m.is_in_force(on)), None)
    if mandate is None:
        raise NotAllowed(
            _("This letter is signed by the holder of the post “%(post)s”.")
            % {"post": say((fresh.signatory or {}).get("post_names") or {})},
            cure=_("It waits on that desk."),
        )
    fresh.state = LETTERS.target("sign", fresh.state)
    fresh.signatory = signatory_of(mandate)
    fresh.version += 1
    fresh.save(update_fields=["state", "signatory", "version"])
    record_act(
        "messaging.sign_letter",
        target=fresh.reference(),
        by=by,
        on=on,
        at=at,
        before={"state": LetterState.DRAFTED},
        after={"state": fresh.state, "post": post},
    )
    return fresh
