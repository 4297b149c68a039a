"""One's own account, and the way to a second factor."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dabir.accounts.adapter import in_language_of
from dabir.accounts.forms import PreferencesForm
from dabir.accounts.knowledge import actor_of, needs_second_factor
from dabir.accounts.models import User
from dabir.accounts.queries import factors_of, has_second_factor
from dabir.accounts.services import change_preferences


def account(request: HttpRequest) -> HttpResponse:
    """Language, calendar, password and factors of the signed-in person."""
    user = cast(User, request.user)
    form = PreferencesForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        changed = change_preferences(
            user=user,
            language=form.cleaned_data["language"],
            calendar=form.cleaned_data["calendar"],
            by=actor_of(user),
            on=timezone.localdate(),
            at=timezone.now(),
        )
        with translation.override(changed.language):
            messages.success(request, _("Your choices are saved."))
        there = translate_url(reverse("accounts:account"), changed.language)
        return in_language_of(changed, redirect(there))
    factors = factors_of(user).order_by("created_at")
    words = {"form": form, "factors": factors, "factor_is_needed": needs_second_factor(user)}
    return render(request, "accounts/account.html", words)


def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and the two ways to have one."""
    user = cast(User, request.user)
    if has_second_factor(user):
        return redirect("mfa_index")
    words = {
        "is_needed": needs_second_factor(user),
        # Browsers offer passkeys on a secure address, or on localhost by that name.
        "passkeys_possible": request.is_secure() or request.get_host().startswith("localhost"),
    }
    return render(request, "accounts/second_factor.html", words)
