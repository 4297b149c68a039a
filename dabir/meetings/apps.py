"""The app `meetings`."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The app `meetings`."""

    name = "dabir.meetings"
    label = "meetings"

    def ready(self) -> None:
        from dabir.core.slots import fill
        from dabir.meetings.views import sessions_of

        fill("organs.organ", sessions_of)
