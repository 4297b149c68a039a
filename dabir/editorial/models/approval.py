"""The one step of the workflow: whoever holds the right lets the public see a page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState


class Approval(Task):
    """Approval by a holder of the right to publish; meanwhile the writer cannot change the page."""

    admin_form_fields = ("name",)

    class Meta:
        verbose_name = _("approval of a page")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Whoever approves may also mend."""
        return bool(user.has_perm("editorial.publish_page"))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """What is being read is not changed meanwhile, except by its reader."""
        return not self.user_can_access_editor(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Approve, with words if wanted, or return to the writer with words."""
        if not self.user_can_access_editor(obj, user):
            return []
        return [
            ("reject", _("Return to the writer"), True),
            ("approve", _("Approve and publish"), False),
            ("approve", _("Approve with a remark"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **_named: Any) -> QuerySet[Any]:
        """Everything that waits, for those who may approve."""
        waiting: QuerySet[Any] = TaskState.objects.filter(
            task=self, status=TaskState.STATUS_IN_PROGRESS
        )
        return waiting if self.user_can_access_editor(None, user) else waiting.none()

    @classmethod
    def get_description(cls) -> str:
        """Whom it waits for."""
        return str(_("A holder of the right to publish approves the page."))
