"""The app `statutes`."""

from django.apps import AppConfig


class StatutesConfig(AppConfig):
    """The app `statutes`."""

    name = "dabir.statutes"
    label = "statutes"
