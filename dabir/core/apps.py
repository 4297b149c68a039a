"""The app `core`."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The app `core`."""

    name = "dabir.core"
    label = "core"
