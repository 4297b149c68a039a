"""The app `membership`."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """The app `membership`."""

    name = "dabir.membership"
    label = "membership"

    def ready(self) -> None:
        from dabir.core.slots import fill
        from dabir.documents.importing import learn
        from dabir.membership.services.importing import DUES_SUBJECT, MEMBERS_SUBJECT
        from dabir.membership.views import cities, standing

        learn(MEMBERS_SUBJECT)
        learn(DUES_SUBJECT)

        fill("membership.member", standing.standing_of_member)
        fill("registry.city", cities.membership_of_city)
        fill("meetings.meeting", standing.lists_of_meeting)
