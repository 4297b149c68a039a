"""The forms of pages: days in either calendar and any digits, as everywhere; copies that begin as drafts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm as WagtailsCopyForm
from wagtail.admin.forms.pages import WagtailAdminPageForm

from dabir.core.formfields import DateAnyCalendarField


class NewsForm(WagtailAdminPageForm):
    """A page of one day."""

    on = DateAnyCalendarField(label=_("day"))


class EventForm(WagtailAdminPageForm):
    """A page of a first and perhaps a last day."""

    starts_on = DateAnyCalendarField(label=_("first day"))
    ends_on = DateAnyCalendarField(label=_("last day"), required=False)


class CopyForm(WagtailsCopyForm):
    """A copy begins as a draft: neither published at once nor bound to the other as its alias, for both
    would pass by approval and by what may not be missing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
