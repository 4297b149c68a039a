"""Who may do what with messaging."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.registry.rights import STAFF, allow, held_mandates, powers_of

# Letters with a link that opens an account: whoever reads one could enter in another's name.
OPENING = {"invitation", "recovery", "address"}
KEEPERS = {"administrator", "secretary_general"}


def may_see_what_it_opens(user: Any, letter: Any) -> bool:
    """Letters that open an account are read by those who may invite, and by nobody else."""
    return letter.kind not in OPENING or bool(KEEPERS & powers_of(user))


def is_of_the_secretariat(user: Any) -> bool:
    """Whether the person at the screen could have read, today, letters written to others."""
    return bool({*STAFF, "administrator"} & powers_of(user))


WHO = (*STAFF, "administrator")
ONLY = _("letters that open an account: only the administrator and the Secretary General")

allow("messaging.view_outbox", _("See the outbox"), *WHO)
allow(
    "messaging.send_letter",
    _("Read, send or print a letter"),
    *WHO,
    condition=may_see_what_it_opens,
    condition_label=ONLY,
)

allow("messaging.revoke_link", _("Revoke a signed link"), *WHO)

HEADS = {"secretary_general", "executive_deputy"}


def may_read_incoming(user: Any, letter: Any) -> bool:
    """A confidential letter is read by the heads of the secretariat and at the desk it lies on."""
    if not letter.is_confidential or HEADS & powers_of(user):
        return True
    return any(mandate.post_id == letter.holder_id for mandate in held_mandates(user))


DESK = _("confidential letters: only the heads of the secretariat and the desk they lie on")

allow("messaging.view_letter_book", _("See the letter book"), *WHO)
allow("messaging.register_letter", _("Enter a letter that arrived"), *WHO)
allow(
    "messaging.answer_letter",
    _("Read, forward, answer, file or correct a letter that arrived"),
    *WHO,
    condition=may_read_incoming,
    condition_label=DESK,
)


def may_sign(user: Any, letter: Any) -> bool:
    """A letter is signed by whoever holds, today, the post it was drafted for."""
    post = (letter.signatory or {}).get("post")
    return any(mandate.post.public_id == post for mandate in held_mandates(user))


SIGNERS = (*STAFF, "president", "treasurer")

allow("messaging.write_letter", _("Write a letter to one or to many"), *STAFF)
allow("messaging.keep_models", _("Keep the model letters"), *STAFF)
allow(
    "messaging.sign_letter",
    _("Sign a letter"),
    *SIGNERS,
    condition=may_sign,
    condition_label=_("only letters drafted for one's own post"),
)
