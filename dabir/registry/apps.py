"""The app `registry`."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """The app `registry`."""

    name = "dabir.registry"
    label = "registry"

    def ready(self) -> None:
        from dabir.accounts.knowledge import learn
        from dabir.core.firstday import tell_founded_by
        from dabir.registry.queries import the_association
        from dabir.registry.rights import actor_behind, lacks_second_factor, needs_second_factor

        tell_founded_by(lambda: the_association() is not None)
        learn(
            actor_of=actor_behind,
            needs_second_factor=needs_second_factor,
            lacks_second_factor=lacks_second_factor,
        )
