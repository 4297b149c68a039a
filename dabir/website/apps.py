"""The app `website`."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """The app `website`."""

    name = "dabir.website"
    label = "website"

    def ready(self) -> None:
        from dabir.website.searchable import join_all

        join_all()
