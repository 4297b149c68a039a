"""Refusals and faults, each with a machine code, what it means and what cures it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dabir.core.words import say

Words: TypeAlias = str | Promise


class DomainError(Exception):
    """An act is refused; says why and what would cure it."""

    code = "refused"
    status = 409
    message: Words = _("This act is refused.")
    cure: Words = ""

    def __init__(
        self, message: Words | None = None, *, cure: Words | None = None, code: str | None = None
    ) -> None:
        self.message = message if message is not None else type(self).message
        self.cure = cure if cure is not None else type(self).cure
        self.code = code or type(self).code
        super().__init__(str(self.message))

    def as_dict(self) -> dict[str, Any]:
        """The refusal for a machine: code, message and cure in the reader's language."""
        return {"code": self.code, "message": str(self.message), "cure": str(self.cure)}


class InvalidInput(DomainError):
    """What was given cannot be read or cannot stand; `fields` names the places."""

    code = "invalid_input"
    status = 422
    message = _("What was given cannot be accepted.")

    def __init__(
        self,
        message: Words | None = None,
        *,
        fields: Mapping[str, Sequence[Words]] | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(message, **rest)
        self.fields = fields or {}


class NotAllowed(DomainError):
    """The person does not hold a post whose powers include this act."""

    code = "not_allowed"
    status = 403
    message = _("Your posts do not give you the right to do this.")
    cure = _("Ask the holder of a post with this power; the page of rights lists them.")


class SamePerson(NotAllowed):
    """Two acts that must be done by two persons would be done by one."""

    code = "same_person"
    message = _("Nobody accepts their own report: a second person has to do this.")
    cure = _("Ask a colleague with the right to verify.")


class IllegalStep(DomainError):
    """The record's state does not allow this step."""

    code = "illegal_step"
    message = _("This step is not possible in the present state.")


class RuleNotSet(DomainError):
    """The statute's article that this act needs is not known to the system."""

    code = "rule_not_set"

    def __init__(self, key: str, article: Words | dict[str, str]) -> None:
        self.key = key
        name = say(article)
        super().__init__(
            _("The rule “%(article)s” is not set in the statute in force.") % {"article": name},
            cure=_("Enter the article in the rule set, with the decision that adopted it."),
        )


class StaleRecord(DomainError):
    """Somebody else changed the record after this person opened it."""

    code = "stale_record"
    message = _("Somebody else has changed this record since you opened it. Nothing was saved.")
    cure = _("Compare what you wrote with what stands now, then save again.")


class SealedRecord(DomainError):
    """A record that must stay as it was recorded would be changed."""

    code = "sealed"
    message = _("This record is sealed; a correction is a new entry.")
