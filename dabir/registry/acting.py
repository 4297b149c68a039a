"""Acting through a page: the right is asked first, the actor and the instant are stamped."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dabir.core.actors import Actor
from dabir.core.errors import DomainError, InvalidInput, NotAllowed
from dabir.registry.rights import person_of, require

View = Callable[..., HttpResponse]
Result = TypeVar("Result")


def needs(right: str) -> Callable[[View], View]:
    """The view opens only to holders of `right`; whoever lacks it is told who has it."""

    def _guard(view: View) -> View:
        @wraps(view)
        def _view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(request.user, right)
            return view(request, *args, **kwargs)

        _view.right = right  # type: ignore[attr-defined]  # the house test reads which right guards a view
        return _view

    return _guard


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person as author; raises NotAllowed for an account without a person."""
    person = person_of(request.user)
    if person is None:
        raise NotAllowed
    return person.as_actor()


def stamp(request: HttpRequest) -> dict[str, Any]:
    """Who acts, the day and the instant: what every service asks for."""
    now = timezone.now()
    return {"by": actor_of(request), "on": timezone.localdate(now), "at": now}


def attempt(form: forms.BaseForm, act: Callable[[], Result]) -> Result | None:
    """Do `act`; a refusal becomes errors of the form, at its fields where it names them."""
    try:
        return act()
    except InvalidInput as refusal:
        for field, messages in refusal.fields.items():
            for message in messages:
                form.add_error(field if field in form.fields else None, str(message))
        if not form.errors:
            form.add_error(None, _words(refusal))
    except DomainError as refusal:
        form.add_error(None, _words(refusal))
    return None


def _words(refusal: DomainError) -> str:
    return f"{refusal.message} {refusal.cure}".strip()
