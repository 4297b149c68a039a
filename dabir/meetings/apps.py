"""The app `meetings`."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """The app `meetings`."""

    name = "dabir.meetings"
    label = "meetings"

    def ready(self) -> None:
        from dabir.core.slots import fill, supply
        from dabir.meetings.supplying import sessions_resting_on, sessions_told
        from dabir.meetings.views import invitations_of_city, sessions_of

        fill("organs.organ", sessions_of)
        fill("membership.city", invitations_of_city)
        supply("organs.sessions", sessions_told)
        supply("organs.resting_on_organ", sessions_resting_on)
