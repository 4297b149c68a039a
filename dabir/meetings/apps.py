"""The app `meetings`."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The app `meetings`."""

    name = "dabir.meetings"
    label = "meetings"
