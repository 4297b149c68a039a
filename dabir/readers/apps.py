"""The app `readers`."""

from django.apps import AppConfig


class ReadersConfig(AppConfig):
    """The app `readers`."""

    name = "dabir.readers"
    label = "readers"

    def ready(self) -> None:
        from dabir.core.slots import supply
        from dabir.readers.handover import learn_shelves
        from dabir.readers.personal import learn_sections
        from dabir.readers.queries.enquiries import address_of_reader
        from dabir.readers.queries.newsletter import address_of_subscriber, headers_of

        supply("messaging.address", address_of_reader)
        supply("messaging.address", address_of_subscriber)
        supply("messaging.headers", headers_of)
        learn_shelves()
        learn_sections()
