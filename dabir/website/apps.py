"""The app `website`."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """The app `website`."""

    name = "dabir.website"
    label = "website"
