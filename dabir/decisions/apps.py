"""The app `decisions`."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The app `decisions`."""

    name = "dabir.decisions"
    label = "decisions"

    def ready(self) -> None:
        from dabir.core.slots import fill
        from dabir.decisions.services.importing import DECISIONS
        from dabir.decisions.views import panels
        from dabir.documents.importing import learn

        learn(DECISIONS)

        fill("meetings.meeting", panels.decisions_of_session)
        fill("organs.organ", panels.register_of_organ)
        fill("organs.organ", panels.reports_to_organ)
