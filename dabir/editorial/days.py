"""The forms of pages with a day: written in either calendar and any digits, as everywhere in the house."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import WagtailAdminPageForm

from dabir.core.formfields import DateAnyCalendarField


class NewsForm(WagtailAdminPageForm):
    """A page of one day."""

    on = DateAnyCalendarField(label=_("day"))


class EventForm(WagtailAdminPageForm):
    """A page of a first and perhaps a last day."""

    starts_on = DateAnyCalendarField(label=_("first day"))
    ends_on = DateAnyCalendarField(label=_("last day"), required=False)
