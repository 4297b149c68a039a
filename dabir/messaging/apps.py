"""The app `messaging`."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """The app `messaging`."""

    name = "dabir.messaging"
    label = "messaging"

    def ready(self) -> None:
        from dabir.accounts.mailing import carry_by, forget_by
        from dabir.messaging.carrier import into_outbox, out_of_outbox
        from dabir.messaging.handover import learn_shelves
        from dabir.messaging.personal import learn_sections

        carry_by(into_outbox)
        forget_by(out_of_outbox)
        learn_shelves()
        learn_sections()
