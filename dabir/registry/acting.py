"""Acting through a page: the right is asked first, the actor and the instant are stamped."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from dabir.core.acting import ActForm
from dabir.core.acting import attempt as attempt
from dabir.core.actors import Actor
from dabir.core.errors import NotAllowed, StaleRecord
from dabir.registry.rights import person_of, require

View = Callable[..., HttpResponse]
Crumbs = list[dict[str, str]]


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


def _author(request: HttpRequest) -> Actor:
    """The signed-in person as author; raises NotAllowed for an account without a person."""
    person = person_of(request.user)
    if person is None:
        raise NotAllowed
    return person.as_actor()


def stamp(request: HttpRequest) -> dict[str, Any]:
    """Who acts, the day and the instant: what every service asks for."""
    now = timezone.now()
    return {"by": _author(request), "on": timezone.localdate(now), "at": now}


def act_page(
    request: HttpRequest,
    *,
    form_class: type[ActForm],
    record: Any,
    back: str,
    breadcrumbs: Crumbs,
    facts: list[dict[str, Any]] | None = None,
    **options: Any,
) -> HttpResponse:
    """Ask what an act needs, take it, and go back; a refusal keeps everything typed.

    When somebody else changed the record, what stands now (`facts`: label, value and how it is
    shown: words, status or day) is beside what was typed, and the next try goes on from there.
    """
    require(request.user, form_class.right, record)
    form = form_class(request.POST or None, request.FILES or None, record=record, **options)
    stale = False
    if request.method == "POST" and form.is_valid():
        result = attempt(form, lambda: form.perform(stamp(request)))
        if result is not None:
            messages.success(request, form.done)
            return redirect(_after(result, back))
        stale = str(StaleRecord.message) in " ".join(form.non_field_errors())
        if stale:
            record.refresh_from_db()
            form.data = form.data.copy()
            form.data["version"] = record.version
    context = {
        "form": form,
        "record": record,
        "cancel_url": back,
        "breadcrumbs": breadcrumbs,
        "stale": stale,
        "facts": facts or [],
    }
    status = 409 if stale else 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "core/act.html", context, status=status)


def _after(result: Any, back: str) -> str:
    """Where the record lives that the act made; else where one came from."""
    address = getattr(result, "get_absolute_url", None)
    return address() if address else back
