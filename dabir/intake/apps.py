"""The app `intake`."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The app `intake`."""

    name = "dabir.intake"
    label = "intake"
