"""The front door's acts: invitations, recovery, closing, factors, the set-up code."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.utils import decrypt

from dabir.accounts.errors import InvitationRefused
from dabir.accounts.mailing import carry_by
from dabir.accounts.models import Invitation, User
from dabir.accounts.queries import (
    first_run_code,
    has_second_factor,
    invitation_behind,
    is_first_run_code,
)
from dabir.accounts.services import (
    change_preferences,
    create_demonstration_account,
    deactivate,
    demonstration_code,
    open_account,
    reactivate,
    reset_second_factor,
    withdraw_invitation,
)
from dabir.core.errors import DomainError, IllegalStep, InvalidInput
from dabir.core.models import AuditEntry, PersonalValue
from dabir.messaging.carrier import into_outbox
from dabir.messaging.models import Letter
from dabir.registry.services import (
    admit_invited,
    appoint_administrator,
    close_account,
    invite_person,
    link_account,
    open_demonstration_account,
    recover_account,
)
from tests.factories.people import (
    AT,
    ON,
    PASSWORD,
    SIGNED,
    a_holder,
    a_person,
    an_account,
    an_association,
)

pytestmark = pytest.mark.django_db


def door(token: str) -> str:
    return f"http://localhost/{token}"


def invited(email: str = "mina@example.org", language: str = "en") -> tuple:
    an_association()
    person = a_person("Mina", language=language)
    invitation, link = invite_person(person=person, email=email, door=door, **SIGNED)
    return person, invitation, link.removeprefix("http://localhost/")


def acts() -> list[str]:
    return list(AuditEntry.objects.values_list("act", flat=True))


def test_open_account_keeps_the_address_out_of_the_chain() -> None:
    user = open_account(email="A@Example.org ", password=PASSWORD, language="fa", **SIGNED)
    assert user.email == "a@example.org"
    entry = AuditEntry.objects.get(act="accounts.open_account")
    assert "example.org" not in json.dumps([entry.after, entry.target_id, entry.target_labels])
    assert PersonalValue.objects.get(entry=entry).value == "a@example.org"


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [
        ("nobody", PASSWORD, "email"),
        ("a@example.org", "short", "password"),
        ("a@example.org", "123456789012", "password"),
        ("saffron-inkwell@example.org", "saffron-inkwell", "password"),
    ],
)
def test_open_account_with_a_wrong_field_names_it(email: str, password: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        open_account(email=email, password=password, language="en", **SIGNED)
    assert list(refusal.value.fields) == [field]
    assert not User.objects.exists()


def test_open_account_twice_for_one_address_is_refused() -> None:
    open_account(email="a@example.org", password=PASSWORD, language="en", **SIGNED)
    with pytest.raises(InvalidInput) as refusal:
        open_account(email="A@EXAMPLE.ORG", password=PASSWORD, language="en", **SIGNED)
    assert "email" in refusal.value.fields


@pytest.mark.parametrize(("language", "word"), [("en", "invites you"), ("fa", "localhost")])
def test_invite_person_puts_a_letter_in_their_language_into_the_outbox(
    language: str, word: str
) -> None:
    person, invitation, token = invited(language=language)
    letter = Letter.objects.get()
    assert (letter.kind, letter.language) == ("invitation", language)
    assert token in letter.body
    assert word in letter.body
    assert letter.recipient["id"] == person.public_id
    assert letter.contact is not None
    assert letter.contact.value == "mina@example.org"
    assert invitation.expires_on == ON + timedelta(days=14)
    entry = AuditEntry.objects.get(act="accounts.invite")
    assert token not in json.dumps([entry.after, entry.target_id])


def test_invite_without_a_carrier_fails_and_leaves_nothing() -> None:
    an_association()
    person = a_person()
    try:
        from dabir.accounts import mailing

        mailing._carriers.clear()
        with pytest.raises(DomainError) as refusal:
            invite_person(person=person, email="x@example.org", door=door, **SIGNED)
    finally:
        carry_by(into_outbox)
    assert refusal.value.code == "no_carrier"
    assert not Invitation.objects.exists()


def test_invite_again_ends_the_earlier_link() -> None:
    person, _first, token = invited()
    _second, link = invite_person(person=person, email="mina@example.org", door=door, **SIGNED)
    with pytest.raises(InvitationRefused):
        invitation_behind(token=token, on=ON)
    assert invitation_behind(token=link.removeprefix("http://localhost/"), on=ON)
    assert "accounts.withdraw_invitation" in acts()


def test_invite_somebody_with_an_account_is_refused() -> None:
    person = a_person()
    an_account(person)
    with pytest.raises(IllegalStep) as refusal:
        invite_person(person=person, email="other@example.org", door=door, **SIGNED)
    assert refusal.value.code == "has_account"


def test_admit_invited_opens_and_links_the_account_once() -> None:
    person, _invitation, token = invited(language="fa")
    user = admit_invited(token=token, password=PASSWORD, on=ON, at=AT)
    person.refresh_from_db()
    assert person.user == user
    assert user.language == "fa"
    assert acts()[-3:] == [
        "accounts.open_account",
        "accounts.accept_invitation",
        "registry.link_account",
    ]
    with pytest.raises(InvitationRefused):
        admit_invited(token=token, password=PASSWORD, on=ON, at=AT)
    assert User.objects.count() == 1


def test_admit_invited_with_a_weak_password_keeps_the_link_open() -> None:
    _person, invitation, token = invited()
    with pytest.raises(InvalidInput):
        admit_invited(token=token, password="short", on=ON, at=AT)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert admit_invited(token=token, password=PASSWORD, on=ON, at=AT)


@pytest.mark.parametrize("change", ["late", "forged", "withdrawn", "unknown"])
def test_admit_invited_with_a_link_that_opens_nothing_is_refused(change: str) -> None:
    _person, invitation, token = invited()
    day = ON
    if change == "late":
        day = invitation.expires_on
    elif change == "forged":
        token = f"{invitation.public_id}:forged"
    elif change == "withdrawn":
        withdraw_invitation(invitation=invitation, **SIGNED)
    else:
        token = "nothing"
    with pytest.raises(InvitationRefused):
        admit_invited(token=token, password=PASSWORD, on=day, at=AT)
    assert not User.objects.exists()


def test_withdraw_invitation_twice_is_refused() -> None:
    _person, invitation, _token = invited()
    withdraw_invitation(invitation=invitation, **SIGNED)
    with pytest.raises(InvitationRefused):
        withdraw_invitation(invitation=invitation, **SIGNED)


def test_recover_account_writes_a_letter_and_tells_nobody_else() -> None:
    an_association()
    person = a_person()
    user = an_account(person)
    link = recover_account(person=person, door=door, **SIGNED)
    letter = Letter.objects.get()
    assert letter.kind == "recovery"
    assert link in letter.body
    entry = AuditEntry.objects.get(act="accounts.issue_recovery_link")
    assert entry.target_id == user.public_id
    assert link.rpartition("/")[2] not in json.dumps([entry.before, entry.after])


def test_recover_account_of_nobody_or_of_a_closed_account_is_refused() -> None:
    an_association()
    person = a_person()
    with pytest.raises(IllegalStep):
        recover_account(person=person, door=door, **SIGNED)
    deactivate(user=an_account(person), **SIGNED)
    person.refresh_from_db()
    with pytest.raises(InvalidInput):
        recover_account(person=person, door=door, **SIGNED)
    assert not Letter.objects.exists()


def test_deactivate_and_reactivate_are_entered_once_each() -> None:
    user = an_account(a_person())
    deactivate(user=user, reason="left", **SIGNED)
    with pytest.raises(InvalidInput):
        deactivate(user=user, **SIGNED)
    reactivate(user=user, **SIGNED)
    with pytest.raises(InvalidInput):
        reactivate(user=user, **SIGNED)
    assert acts()[-2:] == ["accounts.deactivate", "accounts.reactivate"]


def test_close_account_of_oneself_is_refused() -> None:
    person = a_person()
    an_account(person)
    signed = SIGNED | {"by": person.as_actor()}
    with pytest.raises(IllegalStep) as refusal:
        close_account(person=person, **signed)
    assert refusal.value.code == "own_account"
    assert User.objects.get().is_active


def test_reset_second_factor_forgets_every_factor() -> None:
    user = a_holder("treasurer")
    assert has_second_factor(user)
    reset_second_factor(user=user, reason="lost phone", **SIGNED)
    assert not has_second_factor(user)
    entry = AuditEntry.objects.get(act="accounts.reset_second_factor")
    assert entry.before == {"factors": ["totp"]}
    assert entry.reason == "lost phone"


def test_secret_of_a_factor_lies_encrypted_in_the_database() -> None:
    user = a_holder("treasurer")
    stored = Authenticator.objects.get(user=user).data["secret"]
    plain = decrypt(stored)
    assert plain not in stored
    assert len(plain) == 32


def test_change_preferences_checks_and_records() -> None:
    user = an_account(a_person())
    change_preferences(user=user, language="fa", calendar="solar_hijri", **SIGNED)
    user.refresh_from_db()
    assert (user.language, user.calendar) == ("fa", "solar_hijri")
    entry = AuditEntry.objects.get(act="accounts.change_preferences")
    assert entry.before == {"language": "en", "calendar": ""}


def test_link_account_to_a_second_person_is_refused() -> None:
    first = a_person()
    user = an_account(first)
    with pytest.raises(IllegalStep):
        link_account(person=a_person("Other"), user=user, **SIGNED)


def test_appoint_administrator_gives_the_power_and_is_possible_once() -> None:
    given = {"names": {"en": "Admin"}, "password": PASSWORD, "language": "en"}
    user = appoint_administrator(email="admin@example.org", **given, **SIGNED)
    assert user.has_perm("accounts.invite")
    assert not user.has_perm("decisions.record_decision")
    with pytest.raises(IllegalStep):
        appoint_administrator(email="second@example.org", **given, **SIGNED)


def test_demonstration_account_is_made_once_and_its_code_opens() -> None:
    person = a_person("Clerk", is_demonstration=True)
    given = {"role": "secretary_general", "password": PASSWORD}
    user = open_demonstration_account(person=person, **given, **SIGNED)
    assert open_demonstration_account(person=person, **given, **SIGNED) == user
    assert user.email == "secretary-general@dabir.example"
    assert user.is_demonstration
    code = demonstration_code("secretary_general")
    secret = decrypt(Authenticator.objects.get(user=user).data["secret"])
    assert validate_totp_code(secret, code)


def test_demonstration_code_of_an_unknown_role_names_the_roles() -> None:
    create_demonstration_account(role="expert", password=PASSWORD, **SIGNED)
    with pytest.raises(InvalidInput) as refusal:
        demonstration_code("emperor")
    assert "expert" in str(refusal.value.cure)


def test_demonstration_code_never_tells_the_code_of_a_real_account() -> None:
    person = a_person()
    an_account(person, "treasurer@dabir.example", factor=True)
    with pytest.raises(InvalidInput):
        demonstration_code("treasurer")


def test_first_run_code_is_the_same_each_time_and_forgives_typing() -> None:
    code = first_run_code()
    assert code == first_run_code()
    assert is_first_run_code(code.upper().replace("-", " "))
    for wrong in ("", code[:-1], code + "2", "۲" * 12):
        assert not is_first_run_code(wrong)
