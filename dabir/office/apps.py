"""The app `office`."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The app `office`."""

    name = "dabir.office"
    label = "office"

    def ready(self) -> None:
        from dabir.office.finding import learn_sources

        learn_sources()
