"""The app `editorial`, and Wagtail's admin as the house wants it."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class EditorialConfig(AppConfig):
    """The app `editorial`."""

    name = "dabir.editorial"
    label = "editorial"
    default = True

    def ready(self) -> None:
        """Let the trail hear of acts and the search of pages."""
        from wagtail.models import PageLogEntry

        from dabir.editorial import receivers
        from dabir.editorial.models import Paper, Picture
        from dabir.editorial.queries import MODELS, learn_pages

        learn_pages()
        post_save.connect(receivers.enter_page_act, PageLogEntry, dispatch_uid="editorial page act")
        for file in (Paper, Picture):
            post_save.connect(
                receivers.enter_kept_file, file, dispatch_uid=f"editorial {file.__name__} kept"
            )
            post_delete.connect(
                receivers.enter_removed_file, file, dispatch_uid=f"editorial {file.__name__} gone"
            )
        for page in MODELS.values():
            post_delete.connect(
                receivers.forget_page, page, dispatch_uid=f"editorial {page.kind} gone"
            )


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
