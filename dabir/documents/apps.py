"""The app `documents`."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The app `documents`."""

    name = "dabir.documents"
    label = "documents"

    def ready(self) -> None:
        from dabir.documents.handover import learn_shelves

        learn_shelves()
