"""The app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The app `accounts`."""

    name = "dabir.accounts"
    label = "accounts"

    def ready(self) -> None:
        from dabir.accounts.receivers import listen

        listen()
