"""What a person says about their own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from dabir.accounts.models import User
from dabir.core.words import number_said


def _rules_of_passwords() -> str:
    return number_said(" ".join(password_validators_help_texts()))


class PreferencesForm(forms.ModelForm[User]):
    """Language and calendar."""

    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    class Meta:
        model = User
        fields = ("language", "calendar")
        widgets = {"calendar": forms.RadioSelect}


class NewPasswordForm(forms.Form):
    """A password, typed twice."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=lazy(_rules_of_passwords, str)(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both fields say the same, and it is hard to guess."""
        given = super().clean() or {}
        password, again = given.get("password"), given.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords differ."))
        elif password:
            try:
                validate_password(password, User(email=self.address()))
            except forms.ValidationError as fault:
                self.add_error("password", fault)
        return given

    def address(self) -> str:
        """The address of the account, which a password must not resemble."""
        return str(self.initial.get("email", ""))
