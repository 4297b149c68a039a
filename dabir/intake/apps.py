"""The app `intake`."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The app `intake`."""

    name = "dabir.intake"
    label = "intake"

    def ready(self) -> None:
        from dabir.core.slots import fill
        from dabir.intake.views.panels import readings_of_document

        fill("decisions.document", readings_of_document)
