"""The app `membership`."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """The app `membership`."""

    name = "dabir.membership"
    label = "membership"

    def ready(self) -> None:
        from dabir.core.slots import fill
        from dabir.membership.views import standing

        fill("membership.member", standing.standing_of_member)
        fill("meetings.meeting", standing.lists_of_meeting)
