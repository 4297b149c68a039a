"""The emblem, the link of an invitation, and the way to another sign-in address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dabir.accounts.again import proved_again
from dabir.accounts.forms import NewPasswordForm
from dabir.accounts.knowledge import actor_of
from dabir.accounts.models import User
from dabir.accounts.queries import address_change_behind, address_change_of, invitation_behind
from dabir.accounts.services import take_back_new_address
from dabir.core.errors import DomainError, InvalidInput
from dabir.registry import services
from dabir.registry.forms import InvitationForm, tell
from dabir.registry.queries import the_association
from dabir.registry.services import admit_invited, ask_own_address


@login_not_required
def emblem(request: HttpRequest) -> HttpResponse:
    """The association's emblem, which was rebuilt from drawing parts when it was given."""
    association = the_association()
    if association is None or not association.emblem:
        raise Http404
    response = HttpResponse(association.emblem, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=3600"
    return response


def sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in somebody who has just chosen their password, and lead on in their language."""
    record_authentication(request, user, method="password", email=user.email)
    response: HttpResponse = perform_login(
        request, user, email_verification="none", redirect_url=reverse("office:desk")
    )
    return response


@login_not_required
@never_cache
@sensitive_post_parameters("password", "password_again")
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password and enter; afterwards the link opens nothing."""
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="accept_invitation")
    if limited:
        return limited
    if request.user.is_authenticated:
        return render(request, "registry/signed_in_already.html", status=409)
    today = timezone.localdate()
    invitation = invitation_behind(token=token, on=today)
    form = NewPasswordForm(request.POST or None, initial={"email": invitation.email})
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        try:
            user = admit_invited(token=token, password=password, on=today, at=timezone.now())
        except InvalidInput as refusal:
            tell(form, refusal)
        else:
            return sign_in(request, user)
    words = {"form": form, "invitation": invitation}
    return render(request, "registry/accept_invitation.html", words)


@never_cache
@proved_again
def new_address(request: HttpRequest) -> HttpResponse:
    """Wish for another sign-in address; the letter that proves it waits in the outbox."""
    user = User.objects.get(pk=request.user.pk)
    today = timezone.localdate()
    form = InvitationForm(request.POST or None)
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        signed: dict[str, Any] = {"by": actor_of(user), "on": today, "at": timezone.now()}
        try:
            ask_own_address(user=user, email=email, door=address_door(request), **signed)
        except InvalidInput as refusal:
            tell(form, refusal)
        except DomainError as refusal:
            form.add_error(None, f"{refusal.message} {refusal.cure}".strip())
        else:
            messages.success(
                request, _("The letter to the new address waits in the outbox of the secretariat.")
            )
            return redirect("accounts:account")
    words = {"form": form, "change": address_change_of(user, on=today)}
    status = 422 if form.is_bound else 200
    return render(request, "registry/new_address.html", words, status=status)


@require_POST
def take_back_address(request: HttpRequest) -> HttpResponse:
    """Keep the address one has: the link that waits opens nothing any more."""
    user = User.objects.get(pk=request.user.pk)
    change = address_change_of(user, on=timezone.localdate())
    if change is not None:
        take_back_new_address(
            change=change, by=actor_of(user), on=timezone.localdate(), at=timezone.now()
        )
        messages.success(request, _("Your address stays as it is."))
    return redirect("accounts:account")


def address_door(request: HttpRequest) -> Callable[[str], str]:
    """Turns a token into the full address of the page that proves a new address."""
    return lambda token: request.build_absolute_uri(reverse("registry:prove_address", args=[token]))


@login_not_required
@never_cache
def prove_address(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a new address from its mailbox; looking at the page changes nothing.

    Refused while somebody else is signed in: a link is opened by whoever it was sent to.
    """
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="prove_address")
    if limited:
        return limited
    today = timezone.localdate()
    change = address_change_behind(token=token, on=today)
    if request.user.is_authenticated and request.user.pk != change.user_id:
        return render(request, "registry/signed_in_already.html", status=409)
    if request.method == "POST":
        user = services.prove_address(token=token, on=today, at=timezone.now())
        return render(request, "registry/address_proved.html", {"proved": user})
    return render(request, "registry/prove_address.html", {"change": change})
