"""The app `membership`."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """The app `membership`."""

    name = "dabir.membership"
    label = "membership"
