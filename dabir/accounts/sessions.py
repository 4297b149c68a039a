"""Sessions in the database, as Django keeps them; each page asks for one with a statement composed once."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.db.models import DateTimeField
from django.utils import timezone

from dabir.core.composed import Composed
from dabir.core.together import given

HELD = Composed(
    lambda: SessionStore.get_model_class().objects.filter(
        session_key=given("key"), expire_date__gt=given("now", DateTimeField())
    )
)


class SessionStore(db.SessionStore):
    """The name is part of what signs a session, so that it must stay Django's."""

    def _get_session_from_db(self) -> Any:
        for session in HELD.read(key=self.session_key, now=timezone.now()):
            return session
        self._session_key = None
        return None
