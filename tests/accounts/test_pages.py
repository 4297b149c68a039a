"""Sign-in, the way to a second factor, one's own account, and what a stranger gets."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dabir.accounts.models import Invitation, User
from dabir.accounts.queries import has_second_factor
from dabir.core.models import AuditEntry
from dabir.messaging.models import Letter
from dabir.registry.services import invite_person
from tests.factories.people import PASSWORD, SIGNED, a_holder, a_person, an_account, an_association

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def association() -> None:
    cache.clear()
    an_association()


def code_of(user: User) -> str:
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    secret = decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def sign_in(client: Client, email: str, password: str = PASSWORD, path: str = "/en/") -> Any:
    return client.post(f"{path}account/login/", {"login": email, "password": password})


def test_sign_in_of_a_plain_person_leads_to_the_desk_in_their_language(client: Client) -> None:
    an_account(a_person(), "fa@example.org", language="fa")
    answer = sign_in(client, "fa@example.org")
    assert answer.headers["Location"] == "/fa/office/"
    assert client.cookies["django_language"].value == "fa"
    entry = AuditEntry.objects.get(act="accounts.sign_in")
    assert entry.actor["kind"] == "person"


def test_sign_in_keeps_the_page_that_was_asked_for(client: Client) -> None:
    an_account(a_person(), "fa@example.org", language="fa")
    answer = client.post(
        "/en/account/login/?next=/en/office/rights/",
        {"login": "fa@example.org", "password": PASSWORD, "next": "/en/office/rights/"},
    )
    assert answer.headers["Location"] == "/fa/office/rights/"


def test_sign_in_never_leads_to_a_stranger(client: Client) -> None:
    an_account(a_person(), "a@example.org")
    answer = client.post(
        "/en/account/login/",
        {"login": "a@example.org", "password": PASSWORD, "next": "https://stranger.example/"},
    )
    assert answer.headers["Location"] == "/en/office/"


def test_sign_in_with_a_factor_asks_for_the_code_and_a_wrong_one_is_refused(
    client: Client,
) -> None:
    user = a_holder("treasurer", email="t@example.org")
    assert sign_in(client, "t@example.org").headers["Location"] == "/en/account/2fa/authenticate/"
    assert client.get("/en/office/").status_code == 302
    right = code_of(user)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    refused = client.post("/en/account/2fa/authenticate/", {"code": wrong})
    assert refused.status_code == 200
    assert "_auth_user_id" not in client.session
    client.post("/en/account/2fa/authenticate/", {"code": right})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_in_with_a_code_used_before_is_refused() -> None:
    user = a_holder("treasurer", email="t@example.org")
    code = code_of(user)
    for expected in (True, False):
        client = Client()
        sign_in(client, "t@example.org")
        client.post("/en/account/2fa/authenticate/", {"code": code})
        assert ("_auth_user_id" in client.session) is expected


def test_sign_in_with_a_recovery_code_works_once() -> None:
    user = a_holder("treasurer", email="t@example.org")
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (True, False):
        client = Client()
        sign_in(client, "t@example.org")
        client.post("/en/account/2fa/authenticate/", {"code": code})
        assert ("_auth_user_id" in client.session) is expected


def test_sign_in_to_a_closed_account_is_refused(client: Client) -> None:
    from dabir.accounts.services import deactivate

    user = an_account(a_person(), "a@example.org")
    client.force_login(user)
    deactivate(user=user, **SIGNED)
    assert client.get("/en/account/").status_code == 302
    fresh = Client()
    sign_in(fresh, "a@example.org")
    assert "_auth_user_id" not in fresh.session


def test_sign_in_after_too_many_wrong_passwords_answers_429_in_words(client: Client) -> None:
    an_account(a_person(), "a@example.org")
    for _attempt in range(5):
        assert sign_in(client, "a@example.org", "wrong-password-1").status_code == 200
    refused = sign_in(client, "a@example.org", PASSWORD)
    assert "_auth_user_id" not in client.session
    assert refused.status_code in (200, 429)
    for _attempt in range(60):
        answer = sign_in(client, f"n{_attempt}@example.org", "wrong-password-1")
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize(
    "power",
    ["secretary_general", "treasurer", "board_member", "president", "auditor", "administrator"],
)
@pytest.mark.parametrize("path", ["/en/office/", "/en/account/", "/en/office/rights/"])
def test_holder_without_the_needed_factor_is_led_to_the_set_up_only(
    client: Client, power: str, path: str
) -> None:
    client.force_login(a_holder(power, factor=False))
    assert client.get(path).headers["Location"] == "/en/account/second-factor/"
    assert client.get("/en/account/second-factor/").status_code == 200
    assert client.get("/en/account/2fa/totp/activate/").status_code == 200


@pytest.mark.parametrize("power", ["expert", "city_officer"])
def test_holder_of_other_posts_is_offered_a_factor_not_forced(client: Client, power: str) -> None:
    client.force_login(a_holder(power, factor=False))
    answer = client.get("/en/account/")
    assert answer.status_code == 200
    assert "/en/account/second-factor/" in answer.content.decode()


def test_activate_totp_opens_the_office_and_enters_the_trail(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    user = a_holder("administrator", factor=False, email="a@example.org")
    sign_in(client, "a@example.org")
    page = client.get("/en/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    code = _code_from(secret)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/en/account/2fa/totp/activate/", {"code": code})
    assert done.headers["Location"] == "/en/account/2fa/recovery-codes/"
    assert has_second_factor(user)
    assert client.get("/en/office/rights/").status_code == 200
    entry = AuditEntry.objects.filter(act="accounts.add_factor").first()
    assert entry is not None
    assert entry.after == {"factor": "totp"}


def _code_from(secret: str) -> str:
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_needed_factor_cannot_be_taken_away(client: Client) -> None:
    user = a_holder("treasurer", email="t@example.org")
    sign_in(client, "t@example.org")
    client.post("/en/account/2fa/authenticate/", {"code": code_of(user)})
    client.post("/en/account/2fa/totp/deactivate/", follow=True)
    assert has_second_factor(user)


def test_changing_a_factor_asks_again_who_it_is(client: Client) -> None:
    user = a_holder("expert", email="e@example.org")
    client.force_login(user)
    answer = client.post("/en/account/2fa/totp/deactivate/")
    assert "reauthenticate" in answer.headers["Location"]
    assert has_second_factor(user)


def test_account_page_changes_language_and_leads_on_in_it(client: Client) -> None:
    user = a_holder("expert", factor=False)
    client.force_login(user)
    answer = client.post("/en/account/", {"language": "fa", "calendar": "gregorian"})
    assert answer.headers["Location"] == "/fa/account/"
    user.refresh_from_db()
    assert (user.language, user.calendar) == ("fa", "gregorian")
    assert client.get("/fa/account/").status_code == 200
    assert client.post("/en/account/", {"language": "xx", "calendar": ""}).status_code == 200
    user.refresh_from_db()
    assert user.language == "fa"


def test_address_page_of_allauth_is_not_offered(client: Client) -> None:
    client.force_login(a_holder("expert", factor=False))
    assert (
        client.post("/en/account/email/", {"action_add": "", "email": "x@e.org"})
        .headers["Location"]
        .endswith("/en/sign-in-address/")
    )
    assert User.objects.count() == 1


def test_signing_up_by_oneself_is_closed(client: Client) -> None:
    client.post(
        "/en/account/signup/",
        {"email": "stranger@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert not User.objects.exists()


def test_recovery_by_link_sets_a_new_password_once(client: Client) -> None:
    user = an_account(a_person(), "a@example.org")
    client.post("/en/account/password/reset/", {"email": "a@example.org"})
    letter = Letter.objects.get()
    assert letter.kind == "recovery"
    found = re.search(r"https?://testserver(/\S+)", letter.body)
    assert found
    page = client.get(found[1], follow=True)
    new = "another-inkwell-1405"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)
    assert "accounts.reset_password" in AuditEntry.objects.values_list("act", flat=True)
    again = Client().get(found[1], follow=True)
    assert again.context["token_fail"]


def test_recovery_of_an_unknown_address_says_the_same_and_writes_nothing(client: Client) -> None:
    an_account(a_person(), "a@example.org")
    known = client.post("/en/account/password/reset/", {"email": "a@example.org"})
    unknown = client.post("/en/account/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert Letter.objects.count() == 1


def an_invitation() -> str:
    person = a_person("Mina", language="fa")
    _invitation, link = invite_person(
        person=person,
        email="mina@example.org",
        door=lambda token: f"/en/invitation/{token}/",
        **(SIGNED | {"on": timezone.localdate()}),
    )
    return link


def test_invitation_page_opens_the_account_and_signs_in(client: Client) -> None:
    link = an_invitation()
    assert client.get(link).status_code == 200
    answer = client.post(link, {"password": PASSWORD, "password_again": PASSWORD})
    assert answer.headers["Location"] == "/fa/office/"
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), (PASSWORD, PASSWORD + "x"), ("", ""), ("mina-example", "mina-example")],
)
def test_invitation_page_with_a_wrong_password_says_why(
    client: Client, password: str, again: str
) -> None:
    link = an_invitation()
    answer = client.post(link, {"password": password, "password_again": again})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not User.objects.exists()
    assert Invitation.objects.get().accepted_at is None


def test_invitation_page_with_a_forged_link_is_refused_in_words(client: Client) -> None:
    answer = client.get("/en/invitation/invitation-abc:forged/")
    assert answer.status_code == 410
    assert "no longer valid" in answer.content.decode()


def test_invitation_page_does_not_open_under_somebody_else(client: Client) -> None:
    link = an_invitation()
    client.force_login(a_holder("expert", factor=False))
    assert client.get(link).status_code == 409


CLOSED = [
    "/en/account/",
    "/en/account/second-factor/",
    "/en/account/2fa/",
    "/en/account/2fa/totp/activate/",
    "/en/account/2fa/webauthn/add/",
    "/en/account/2fa/recovery-codes/",
    "/en/account/email/",
    "/en/account/password/change/",
]


@pytest.mark.parametrize("path", CLOSED)
def test_own_account_pages_refuse_a_stranger(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]


def test_emblem_is_served_as_a_drawing_or_not_at_all(client: Client) -> None:
    assert client.get("/en/emblem.svg").status_code == 404
    from dabir.registry.models import Association
    from dabir.registry.services import change_association

    drawing = "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>"
    change_association(association=Association.objects.get(), changes={}, emblem=drawing, **SIGNED)
    answer = client.get("/en/emblem.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
