"""What the front door asks the apps above: who is behind an account, who needs a second factor.

Accounts know no posts, so the app that knows them answers; until it does, the careful answer
stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dabir.accounts.models import User
from dabir.accounts.queries import has_second_factor
from dabir.core.actors import Actor


def _account_itself(user: User) -> Actor:
    return Actor("account", user.public_id)


def _everybody(user: User) -> bool:
    return True


def _without_factor(user: User) -> bool:
    return not has_second_factor(user)


@dataclass
class Knowledge:
    """The answers."""

    actor_of: Callable[[User], Actor] = _account_itself
    needs_second_factor: Callable[[User], bool] = _everybody
    lacks_second_factor: Callable[[User], bool] = _without_factor


_known = Knowledge()


def learn(
    *,
    actor_of: Callable[[User], Actor],
    needs_second_factor: Callable[[User], bool],
    lacks_second_factor: Callable[[User], bool],
) -> None:
    """From now on these answer."""
    _known.actor_of, _known.needs_second_factor = actor_of, needs_second_factor
    _known.lacks_second_factor = lacks_second_factor


def actor_of(user: User) -> Actor:
    """The author of what is done from this account."""
    return _known.actor_of(user)


def needs_second_factor(user: User) -> bool:
    """Whether a post held today has powers that a password alone must not open."""
    return _known.needs_second_factor(user)


def lacks_second_factor(user: User) -> bool:
    """Whether such a post is held and no second factor was set up when the request began."""
    return _known.lacks_second_factor(user)
