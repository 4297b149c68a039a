"""The app `organs`."""

from django.apps import AppConfig


class OrgansConfig(AppConfig):
    """The app `organs`."""

    name = "dabir.organs"
    label = "organs"
