"""The app `documents`."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The app `documents`."""

    name = "dabir.documents"
    label = "documents"
