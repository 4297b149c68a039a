"""The app `decisions`."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The app `decisions`."""

    name = "dabir.decisions"
    label = "decisions"

    def ready(self) -> None:
        from dabir.core.basis import learn_decisions
        from dabir.core.slots import fill, supply
        from dabir.decisions.handover import learn_shelves
        from dabir.decisions.merging import learn_followers
        from dabir.decisions.places import decision_url
        from dabir.decisions.queries.bases import decision_numbered, newest_decisions
        from dabir.decisions.services.importing import DECISIONS
        from dabir.decisions.supplying import deciding_organ, register_resting_on
        from dabir.decisions.views import panels
        from dabir.documents.importing import learn

        learn(DECISIONS)
        learn_shelves()
        learn_followers()
        learn_decisions(find=decision_numbered, offer=newest_decisions, address=decision_url)

        fill("meetings.meeting", panels.decisions_of_session)
        fill("membership.city", panels.tasks_of_city)
        fill("organs.organ", panels.register_of_organ)
        fill("organs.organ", panels.reports_to_organ)
        supply("organs.deciding_organ", deciding_organ)
        supply("organs.resting_on_organ", register_resting_on)
