"""The app `office`."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The app `office`."""

    name = "dabir.office"
    label = "office"

    def ready(self) -> None:
        from dabir.core.slots import fill, supply
        from dabir.messaging.queries.recipients import learn_groups
        from dabir.office import panels
        from dabir.office.acts import words_of_act
        from dabir.office.finding import learn_sources
        from dabir.office.groups import members_of_organs
        from dabir.office.guards import learn_guards
        from dabir.office.importing.subjects import learn_subjects

        supply("core.act_said", words_of_act)
        learn_sources()
        learn_guards()
        learn_subjects()
        learn_groups(members_of_organs)
        fill("registry.city", panels.seats_of_city)
        fill("registry.city", panels.commitments_of_city)
        fill("registry.city", panels.meetings_of_city)
