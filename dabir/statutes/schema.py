"""Every rule that a statute may set: its key, its shape, its name and what it means. Pure.

Rules of an organ stand in the section of that organ (`general_assembly.quorum`); a section is an
organ's when it is one of the usual organs or says its `kind`. All other sections are fixed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from dabir.core.errors import Words
from dabir.statutes.keys import Key
from dabir.statutes.keys_of_association import FIXED_KEYS
from dabir.statutes.keys_of_organs import ORGAN_KEYS

USUAL_ORGANS: dict[str, tuple[str, Words]] = {
    "general_assembly": ("assembly", pgettext_lazy("organ", "General Assembly")),
    "executive_board": ("board", pgettext_lazy("organ", "Executive Board")),
    "president": ("office", pgettext_lazy("organ", "President")),
    "secretary_general": ("office", pgettext_lazy("organ", "Secretary General")),
    "treasurer": ("office", pgettext_lazy("organ", "Treasurer")),
    "secretariat": ("secretariat", pgettext_lazy("organ", "Secretariat")),
    "auditor": ("office", pgettext_lazy("organ", "Auditor")),
}
SECTIONS: dict[str, Words] = {
    "organs": _("Organs together"),
    "texts": _("Texts and languages"),
    "members": _("Members"),
    "credentials": _("Credentials"),
    "finance": _("Finance"),
    "hosts": _("Hosts"),
    "awards": _("Awards"),
    "follow_up": _("Follow-up"),
}

_ORGAN = {key.name: key for key in ORGAN_KEYS}
_FIXED = {key.key: key for key in FIXED_KEYS}


def all_keys() -> tuple[Key, ...]:
    """Every rule, those of organs first."""
    return ORGAN_KEYS + FIXED_KEYS


def is_organ(section: str, names: Iterable[str]) -> bool:
    """Whether a section with these rules is an organ's."""
    return section in USUAL_ORGANS or (section not in SECTIONS and "kind" in names)


def kind_of(section: str, written: str | None) -> str:
    """The kind of an organ: as its section says, else the usual one of its name."""
    usual = USUAL_ORGANS.get(section)
    return written or (usual[0] if usual else "")


def key_named(key: str) -> Key | None:
    """The rule of a dotted key; in a section that is not fixed, the rule of an organ."""
    section, _dot, name = key.partition(".")
    return _FIXED.get(key) if section in SECTIONS else _ORGAN.get(name)


def names_in(section: str) -> list[str]:
    """The rules that a section may have."""
    if section in SECTIONS:
        return [key.name for key in FIXED_KEYS if key.section == section]
    return list(_ORGAN)


@lru_cache(maxsize=1024)
def words_of(key: str) -> dict[str, str]:
    """What a rule is called in each language; nothing for a key that no statute has. Not to be changed."""
    known = key_named(key)
    words: dict[str, str] = {}
    for language in ("en", "fa") if known else ():
        with override(language):
            words[language] = str(known.names) if known else ""
    return words
