"""A name that no page has given to its template is a fault: Django would print nothing in its place."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from django.template.base import FilterExpression

OURS = Path(__file__).resolve().parents[2] / "dabir"
# What a template asks for and may do without, said by the template that asks.
OPTIONAL = {
    "core/brand.html": {"brand_url"},
    "core/confirm.html": {"form"},
    "core/office.html": {"breadcrumbs"},
    "core/public.html": {"breadcrumbs"},
    "core/search.html": {"request.GET.q"},
    "django/forms/widgets/multiple_input.html": {"widget.attrs.class"},
    "mfa/index.html": {
        "authenticators.recovery_codes.get_unused_codes",
        "authenticators.webauthn",
    },
    "decisions/register_table.html": {"caption", "nogroup", "table_id"},
}


class NothingUnknown(str):
    """Stands for `string_if_invalid`, which Django looks at whenever it does not find a name.

    It is as empty as Django's own, so that filters such as `default` do what they do in production.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        asking = frame.f_locals.get("self")
        name = str(asking.var) if isinstance(asking, FilterExpression) else ""
        template = _template_of(frame) if name else ""
        if template and name not in OPTIONAL.get(template, ()):
            raise AssertionError(f"{template} asks for {name!r}, which its page does not give")
        return False


def _template_of(frame: FrameType | None) -> str:
    """Which of our templates is being drawn; empty for those of libraries and for texts of tests."""
    while frame is not None:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if origin is not None:
            path = Path(str(origin.name))
            return path.as_posix().rpartition("/templates/")[2] if path.is_relative_to(OURS) else ""
        frame = frame.f_back
    return ""
