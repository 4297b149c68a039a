"""What was just done, and for a moment how to take it back."""

from __future__ import annotations

from django import template
from django.contrib.messages.storage.base import Message
from django.utils.http import url_has_allowed_host_and_scheme

register = template.Library()

UNDO = "undo:"


@register.simple_tag
def undo_address(message: Message) -> str:
    """The address that takes the act back, from the message's extra tag `undo:ADDRESS`."""
    for tag in (message.extra_tags or "").split():
        address = tag.removeprefix(UNDO)
        if tag.startswith(UNDO) and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
            return address
    return ""
