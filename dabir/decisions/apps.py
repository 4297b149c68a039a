"""The app `decisions`."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The app `decisions`."""

    name = "dabir.decisions"
    label = "decisions"
