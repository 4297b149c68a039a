"""The app `editorial`, and Wagtail's admin as the house wants it."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_save
from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class EditorialConfig(AppConfig):
    """The app `editorial`."""

    name = "dabir.editorial"
    label = "editorial"
    default = True

    def ready(self) -> None:
        """Let the trail hear of acts and the search of pages."""
        from wagtail.models import ModelLogEntry, PageLogEntry

        from dabir.editorial.queries import learn_pages
        from dabir.editorial.receivers import enter_file_act, enter_page_act

        learn_pages()
        post_save.connect(enter_page_act, PageLogEntry, dispatch_uid="editorial page act")
        post_save.connect(enter_file_act, ModelLogEntry, dispatch_uid="editorial file act")


class QuietAdminConfig(WagtailAdminAppConfig):
    """Wagtail's admin without its letters: what waits stands on the desk, mail goes by the outbox."""

    default = False

    def ready(self) -> None:
        """As Wagtail does, then take its letters back and let posts decide.

        The apps of pictures and documents have told their own policies before.
        """
        super().ready()
        from dabir.editorial.policies import let_posts_decide

        let_posts_decide()
        from wagtail.admin import signal_handlers
        from wagtail.models import TaskState, WorkflowState
        from wagtail.signals import (
            task_submitted,
            workflow_approved,
            workflow_rejected,
            workflow_submitted,
        )

        task_submitted.disconnect(
            signal_handlers.task_submission_email_notifier,
            TaskState,
            dispatch_uid="group_approval_task_submitted_email_notification",
        )
        for signal, word in (
            (workflow_submitted, "submitted"),
            (workflow_rejected, "rejected"),
            (workflow_approved, "approved"),
        ):
            signal.disconnect(
                sender=WorkflowState, dispatch_uid=f"workflow_state_{word}_email_notification"
            )


class NoAccountsConfig(WagtailUsersAppConfig):
    """Wagtail's table of preferences without its pages of accounts and groups.

    Accounts are the house's, and rights follow from posts. Wagtail finds an app's pages in the module
    `wagtail_hooks` of the app's module; here it finds none, so these pages have no address at all.
    """

    default = False

    def ready(self) -> None:
        """As Wagtail does, then hide its pages."""
        super().ready()
        import dabir.editorial.views

        self.module = dabir.editorial.views
