"""Accounts of people: invite, help in, close, reopen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dabir.accounts.again import proved_again
from dabir.accounts.models import Invitation, User
from dabir.accounts.queries import address_change_of
from dabir.accounts.services import (
    reactivate,
    reset_second_factor,
    take_back_new_address,
    withdraw_invitation,
)
from dabir.core.errors import DomainError, InvalidInput, NotAllowed
from dabir.office.views.asking import Question, ask, form_data, stamp
from dabir.office.views.people import person_url
from dabir.registry import services
from dabir.registry.forms import AddressForm, InvitationForm, OptionalReasonForm, ReasonForm, tell
from dabir.registry.models import Person
from dabir.registry.queries import contacts_of
from dabir.registry.rights import require
from dabir.registry.views import address_door


def _person(public_id: str) -> Person:
    return get_object_or_404(Person.objects.select_related("user"), public_id=public_id)


def _account(person: Person) -> User:
    if person.user is None:
        raise InvalidInput(_("This person has no account."), cure=_("Invite them first."))
    return person.user


def _door(request: HttpRequest, view: str, *before: str) -> Callable[[str], str]:
    """Turns a token into the full address of the page that takes it."""
    return lambda token: request.build_absolute_uri(reverse(view, args=[*before, token]))


@never_cache
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Invite a person; the link lies in the outbox and is shown once, to be handed over."""
    require(request.user, "accounts.invite")
    person = _person(public_id)
    known = contacts_of(person, kind="email")
    form = InvitationForm(**form_data(request), initial={"email": known[0].value if known else ""})
    if form.is_bound and form.is_valid():
        try:
            _invitation, link = services.invite_person(
                person=person,
                email=form.cleaned_data["email"],
                door=_door(request, "registry:accept_invitation"),
                **stamp(request),
            )
        except InvalidInput as refusal:
            tell(form, refusal)
        except DomainError as refusal:
            form.add_error(None, f"{refusal.message} {refusal.cure}".strip())
        else:
            words = {"person": person, "link": link, "title": _("The invitation is written")}
            return render(request, "office/people_link.html", words)
    words = {
        "form": form,
        "title": _("Invite %(person)s") % {"person": person},
        "verb": _("Write the invitation"),
        "cancel_url": person_url(person),
        "consequence": _(
            "A letter in the person's language waits in the outbox. Its link opens an account "
            "once, within 14 days."
        ),
    }
    status = 422 if form.is_bound else 200
    return render(request, "office/people_form.html", words, status=status)


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back an invitation that was not accepted."""
    require(request.user, "accounts.invite")
    invitation = get_object_or_404(
        Invitation, subject_id=public_id, accepted_at=None, withdrawn_at=None
    )
    withdraw_invitation(invitation=invitation, **stamp(request))
    return redirect("office:person", public_id)


@require_POST
@never_cache
def recover(request: HttpRequest, public_id: str) -> HttpResponse:
    """A link for a new password, in the outbox and shown once."""
    require(request.user, "accounts.recover")
    person = _person(public_id)
    link = services.recover_account(person=person, door=_recovery_door(request), **stamp(request))
    words = {"person": person, "link": link, "title": _("The recovery link is written")}
    return render(request, "office/people_link.html", words)


def _recovery_door(request: HttpRequest) -> Callable[[str], str]:
    def door(key: str) -> str:
        number, _dash, token = key.partition("-")
        address = reverse("account_reset_password_from_key", args=[number, token])
        return request.build_absolute_uri(address)

    return door


@never_cache
def address(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name another sign-in address for somebody who lost the mailbox; they still prove it."""
    require(request.user, "accounts.invite")
    return _address(request, public_id)


@proved_again
def _address(request: HttpRequest, public_id: str) -> HttpResponse:
    person = _person(public_id)

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        services.ask_address_for(
            person=person, door=address_door(request), **given, **stamp(request)
        )
        return _("The letter to the new address waits in the outbox."), person_url(person)

    question = Question(
        title=_("Another sign-in address for %(person)s") % {"person": person},
        verb=_("Write the letter"),
        cancel_url=person_url(person),
        intro=_(
            "A letter goes to the new address, a note to the old one. The new one counts when its "
            "link is opened there, within 7 days; password and second factor stay."
        ),
        warning=_("Make sure that it is really this person who asks: see or call them."),
    )
    return ask(request, AddressForm(**form_data(request)), question, act)


@require_POST
def take_back_address(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back a change of address that was not proved."""
    require(request.user, "accounts.invite")
    change = address_change_of(_account(_person(public_id)), on=timezone.localdate())
    if change is not None:
        take_back_new_address(change=change, **stamp(request))
    return redirect("office:person", public_id)


def reset_factor(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forget the lost factors of somebody else."""
    require(request.user, "accounts.recover")
    person = _person(public_id)
    if person.user_id == request.user.pk:
        raise NotAllowed(
            _("Nobody resets their own second factor."), cure=_("Ask another administrator.")
        )

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        reset_second_factor(user=_account(person), **given, **stamp(request))
        return _("The factors are forgotten; the next sign-in sets up new ones."), person_url(
            person
        )

    question = Question(
        title=_("Forget the second factor of %(person)s") % {"person": person},
        verb=_("Forget it"),
        cancel_url=person_url(person),
        intro=_("Make sure that it is really this person who asks: see or call them."),
        warning=_("Until a new factor is set up, the password alone opens the set-up page."),
        grave=True,
    )
    return ask(request, ReasonForm(**form_data(request)), question, act)


def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a person no longer sign in."""
    require(request.user, "accounts.recover")
    person = _person(public_id)

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        services.close_account(person=person, **given, **stamp(request))
        return _("The account is closed."), person_url(person)

    question = Question(
        title=_("Close the account of %(person)s") % {"person": person},
        verb=_("Close the account"),
        cancel_url=person_url(person),
        intro=_("The person is signed out at once. Their mandates and what they did stay."),
        warning=_("The account can be opened again."),
        grave=True,
    )
    return ask(request, OptionalReasonForm(**form_data(request)), question, act)


@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the holder of a closed account sign in again."""
    require(request.user, "accounts.recover")
    reactivate(user=_account(_person(public_id)), **stamp(request))
    return redirect("office:person", public_id)
