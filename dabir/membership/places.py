"""Where the pages of members lie."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dabir.core.words import say
from dabir.membership.models import Application, Member, Snapshot

Crumbs = list[dict[str, Any]]


def member_url(member: Member) -> str:
    """The page of a member in the office."""
    return reverse("membership:member", args=[member.public_id])


def application_url(application: Application) -> str:
    """The page of an application."""
    return reverse("membership:application", args=[application.public_id])


def snapshot_url(snapshot: Snapshot) -> str:
    """The page of a frozen list of standing."""
    return reverse("membership:snapshot", args=[snapshot.public_id])


def crumbs_to_members() -> Crumbs:
    """The list of members."""
    return [{"label": _("Members"), "url": reverse("membership:members")}]


def crumbs_to(member: Member) -> Crumbs:
    """The way to a member's page."""
    return [*crumbs_to_members(), {"label": say(member.names), "url": member_url(member)}]
