"""The app `registry`."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The app `registry`."""

    name = "dabir.registry"
    label = "registry"
