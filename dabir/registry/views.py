"""Two doors without sign-in: the emblem, and the link of an invitation."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from dabir.accounts.forms import NewPasswordForm
from dabir.accounts.models import User
from dabir.accounts.queries import invitation_behind
from dabir.core.errors import InvalidInput
from dabir.registry.forms import tell
from dabir.registry.queries import the_association
from dabir.registry.services import admit_invited


@login_not_required
def emblem(request: HttpRequest) -> HttpResponse:
    """The association's emblem, which was rebuilt from drawing parts when it was given."""
    association = the_association()
    if association is None or not association.emblem:
        raise Http404
    response = HttpResponse(association.emblem, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=3600"
    response["X-Content-Type-Options"] = "nosniff"
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
