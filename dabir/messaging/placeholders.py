"""The words of a letter from a model: placeholders filled in, unknown ones refused by name. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import InvalidInput, Words

PLACEHOLDERS: dict[str, Words] = {
    "recipient": _("the recipient's name"),
    "association": _("the association's name"),
    "date": _("the day of the letter, in both calendars"),
    "signatory": _("the name of who signs"),
    "signatory_post": _("the post by which it is signed"),
}
_FIELD = re.compile(r"\{([^{}]*)\}")


def unknown_placeholders(text: str) -> list[str]:
    """The names in braces that no letter can fill in, in their order."""
    return [name for name in _FIELD.findall(text) if name not in PLACEHOLDERS]


def check_placeholders(texts: Iterable[str]) -> None:
    """Raises InvalidInput for a name in braces that is not known, with the nearest that is."""
    for text in texts:
        for name in unknown_placeholders(text):
            near = get_close_matches(name.strip(), PLACEHOLDERS, n=1, cutoff=0)
            raise InvalidInput(
                _("“{%(name)s}” is not a placeholder.") % {"name": name},
                cure=_("Did you mean {%(near)s}? Known are: %(all)s.")
                % {
                    "near": near[0] if near else "recipient",
                    "all": ", ".join(f"{{{known}}}" for known in PLACEHOLDERS),
                },
            )


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each known placeholder replaced by its value, all other braces left alone."""
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), text)
