"""The app `office`."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The app `office`."""

    name = "dabir.office"
    label = "office"

    def ready(self) -> None:
        from dabir.core.slots import fill
        from dabir.office import panels
        from dabir.office.finding import learn_sources

        learn_sources()
        fill("registry.city", panels.seats_of_city)
        fill("registry.city", panels.commitments_of_city)
        fill("registry.city", panels.meetings_of_city)
