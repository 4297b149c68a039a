"""The second factor: a code from an authenticator app, or a passkey."""

from __future__ import annotations

import base64
import hmac
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings

from dabir.accounts.knowledge import needs_second_factor
from dabir.accounts.queries import factors_of


def _cipher() -> Fernet:
    # From the key of the digests: like them, a factor must outlive a change of Django's own key.
    key = hmac.new(settings.DIGEST_KEY.encode(), b"dabir.second-factor", "sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SecondFactor(DefaultMFAAdapter):
    """Secrets of factors lie encrypted in the database; a needed factor cannot be taken away."""

    def encrypt(self, text: str) -> str:
        """The secret as stored: a copy of the database alone opens no account."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret that `encrypt` stored."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """The last factor stays while a post needs one."""
        others = factors_of(authenticator.user).exclude(pk=authenticator.pk)
        is_factor = authenticator.type != Authenticator.Type.RECOVERY_CODES
        return not is_factor or others.exists() or not needs_second_factor(authenticator.user)
