"""Who may sign in. Rights come from posts, which this app does not know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.composed import Composed
from dabir.core.numbering import new_public_id
from dabir.core.together import given


def _user_id() -> str:
    return new_public_id("user")


def _invitation_id() -> str:
    return new_public_id("invitation")


def _change_id() -> str:
    return new_public_id("address")


class UserManager(BaseUserManager["User"]):
    """Makes users by their address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user who signs in with `email`; without a password only a link or passkey opens."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get(self, *args: Any, **kwargs: Any) -> User:
        """One user; the reader, whom every page asks for by the key, with a statement composed once."""
        if type(self) is UserManager and not args and kwargs.keys() in ({"pk"}, {"id"}):
            (key,) = kwargs.values()
            for user in READER.read(key=key) if isinstance(key, int) else ():
                found: User = user
                return found
        return super().get(*args, **kwargs)


class User(AbstractBaseUser):
    """An account: an address, a language, a calendar. What it may do follows from posts held."""

    public_id = models.CharField(max_length=40, unique=True, default=_user_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    calendar = models.CharField(
        _("calendar shown first"),
        max_length=16,
        blank=True,
        choices=[
            ("", _("as the language")),
            ("gregorian", _("Gregorian")),
            ("solar_hijri", _("Solar Hijri")),
        ],
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demonstration = models.BooleanField(_("demonstration account"), default=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_staff = False
    is_superuser = False

    class Meta:
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.email

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether a post held today gives the right `perm` (on `obj`)."""
        return bool(self.is_active and rules.has_perm(perm, self, obj))

    def has_perms(self, perm_list: Iterable[str], obj: object = None) -> bool:
        """Whether a post held today gives each of these rights."""
        return all(self.has_perm(perm, obj) for perm in perm_list)


READER = Composed(lambda: User.objects.filter(pk=given("key", models.IntegerField())))


class Invitation(models.Model):
    """A link by which an invited person opens an account; used once, ends by itself."""

    public_id = models.CharField(max_length=40, unique=True, default=_invitation_id, editable=False)
    email = models.EmailField(_("e-mail address"))
    subject_id = models.CharField(_("public id of the person invited"), max_length=80)
    language = models.CharField(_("language"), max_length=8, default="en")
    invited_on = models.DateField(_("invited on"))
    expires_on = models.DateField(_("ends on"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("invitation")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("invited_on")),
                name="invitation_ends_after_start",
                violation_error_message=_("An invitation ends after the day it was sent."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} {self.invited_on}"


class AddressChange(models.Model):
    """A new sign-in address that waits for its proof: a link sent there, used once, until a day."""

    public_id = models.CharField(max_length=40, unique=True, default=_change_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("new e-mail address"))
    asked_on = models.DateField(_("asked on"))
    expires_on = models.DateField(_("ends on"))
    proved_at = models.DateTimeField(_("proved at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of a sign-in address")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("asked_on")),
                name="address_change_ends_after_start",
                violation_error_message=_("A change of address ends after the day it was asked."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} {self.asked_on}"

    def is_open(self, on: date) -> bool:
        """Whether its link can still prove the address on a day."""
        return self.proved_at is None and self.withdrawn_at is None and on < self.expires_on
