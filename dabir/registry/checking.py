"""What a name, a language and a record must look like before they enter the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from dabir.core.errors import InvalidInput
from dabir.core.errors import Words as Said
from dabir.core.validation import check_record

Words: TypeAlias = Mapping[str, str]
Record = TypeVar("Record", bound=models.Model)
CALENDARS: dict[str, Said] = {"solar_hijri": _("Solar Hijri"), "gregorian": _("Gregorian")}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


def checked_names(names: Words, *, field: str = "names") -> dict[str, str]:
    """The names without blanks; raises InvalidInput when none is left or a language has no code."""
    clean = {language: " ".join(text.split()) for language, text in names.items() if text.strip()}
    if not clean:
        raise InvalidInput(fields={field: [_("A name in at least one language is needed.")]})
    checked_languages(clean, field=field)
    return clean


def checked_languages(codes: Iterable[str], *, field: str = "languages") -> list[str]:
    """The languages in their order, each once; raises InvalidInput for what is no language code."""
    clean = list(dict.fromkeys(codes))
    wrong = [code for code in clean if not _LANGUAGE.fullmatch(code)]
    if wrong or not clean:
        raise InvalidInput(
            fields={field: [_("A language is given by its code, such as “fa” or “en”.")]}
        )
    return clean


def checked_calendars(keys: Iterable[str]) -> list[str]:
    """The calendars in their order; raises InvalidInput for an unknown one or none."""
    clean = list(dict.fromkeys(keys))
    if not clean or set(clean) - set(CALENDARS):
        names = "، ".join(str(name) for name in CALENDARS.values())
        raise InvalidInput(
            fields={"calendars": [_("Choose among: %(calendars)s.") % {"calendars": names}]}
        )
    return clean


def enter(record: Record) -> Record:
    """Check a new record by its own rules and save it; raises InvalidInput, naming the fields."""
    check_record(record)
    record.save()
    return record
