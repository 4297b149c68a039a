"""Three real things to do while a secretariat is young; each disappears once it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dabir.accounts.models import Invitation, User
from dabir.core.errors import Words
from dabir.core.together import Found, Together
from dabir.decisions.models import Decision
from dabir.office.navigation import address_of
from dabir.registry.models import City, Post

SHOWN = 3


@dataclass(frozen=True)
class Step:
    """A thing to do, why, who may do it and how one sees that it is done."""

    label: Words
    why: Words
    view: str
    right: str
    is_done: Callable[[Found], bool]


def _colleagues_are_invited(found: Found) -> bool:
    return bool(found["invitations"]) or len(found["users"]) > 1


# A few of each are enough to see that a step is done.
_DONE = Together(
    posts=lambda: Post.objects.only("id")[:2],
    invitations=lambda: Invitation.objects.only("id")[:1],
    users=lambda: User.objects.only("id")[:2],
    cities=lambda: City.objects.only("id")[:1],
    decisions=lambda: Decision.objects.only("id").order_by()[:1],
)
STEPS = (
    Step(
        _("Create the posts of your secretariat"),
        _("Rights follow from posts: Secretary General, Treasurer, expert. Say who holds them."),
        "office:create_post",
        "registry.give_mandate",
        lambda found: len(found["posts"]) > 1,
    ),
    Step(
        _("Enter a colleague and invite them"),
        _("They get a letter with a link; without a mail server you print it or hand it over."),
        "office:add_person",
        "accounts.invite",
        _colleagues_are_invited,
    ),
    Step(
        _("Enter your first city"),
        _("Cities hold seats and lead commitments."),
        "office:add_city",
        "registry.add_place",
        lambda found: bool(found["cities"]),
    ),
    Step(
        _("Bring in the decisions you have"),
        _("From a table, with a look at what would change before anything is saved."),
        "documents:imports",
        "decisions.import_register",
        lambda found: bool(found["decisions"]),
    ),
)


def first_steps(request: HttpRequest) -> list[dict[str, Any]]:
    """The first three things that this person may do and that nobody has done yet."""
    mine = [
        (step, address)
        for step in STEPS
        if (address := address_of(step.view)) and request.user.has_perm(step.right)
    ]
    found = _DONE.read() if mine else {}
    steps: list[dict[str, Any]] = [
        {"label": step.label, "why": step.why, "url": address}
        for step, address in mine
        if not step.is_done(found)
    ]
    return steps[:SHOWN]
