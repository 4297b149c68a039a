"""The app `messaging`."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """The app `messaging`."""

    name = "dabir.messaging"
    label = "messaging"
