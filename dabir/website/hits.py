"""A thing found as its line is shown: its name, where it lies, and why it was found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dabir.core.addresses import address
from dabir.core.components.words import tongue
from dabir.core.publicsearch import KINDS, Group, Kind
from dabir.core.publicsearch.engines import Asked
from dabir.core.publicsearch.marking import excerpt, has_all, marked, readable
from dabir.core.words import in_language, reader_language, say

NAME = "name of the thing found"  # no field of a kind is called so


@dataclass(frozen=True)
class Hit:
    """One line of the results."""

    url: str
    name: SafeString | str
    code: SafeString | str
    beside: SafeString | str
    where: str = ""
    why: SafeString | str = ""


def address_of(entry: dict[str, Any]) -> str:
    """Where it lies, in the language that is being read."""
    found: str = entry.get("url") or address(entry["view"], *entry.get("args", ()))
    fragment = entry.get("fragment", "")
    return f"{found}#{fragment}" if fragment else found


def hits_of(group: Group, asked: Asked) -> list[Hit]:
    """The lines of what was found of a kind, without what has ended since the index was made."""
    reader = reader_language()
    return [_hit_of(KINDS[group.kind], entry, asked, reader) for entry in _lasting(group)]


def hits_in_words(group: Group, asked: Asked) -> list[Hit]:
    """The same for programs: name and number as they are called, nothing beside them."""
    reader, kind = reader_language(), KINDS[group.kind]
    found = []
    for entry in _lasting(group):
        name, _language = _name(entry, reader)
        where, why = _found_in(kind, entry, asked, reader, name)
        code = readable(entry.get("code", ""))
        found.append(Hit(address_of(entry), readable(name), code, "", where, why))
    return found


def _lasting(group: Group) -> list[dict[str, Any]]:
    today = timezone.localdate().isoformat()
    return [entry for entry in group.entries if entry.get("ends_on", "9") > today]


def _hit_of(kind: Kind, entry: dict[str, Any], asked: Asked, reader: str) -> Hit:
    """The line of one thing found."""
    name, language = _name(entry, reader)
    code, beside = entry.get("code", ""), entry.get("beside", {})
    shown_beside, beside_language = in_language(beside, reader)
    where, why = _found_in(kind, entry, asked, reader, name)
    return Hit(
        url=address_of(entry),
        name=_said(marked(name, asked)[0], language, reader),
        code=marked(code, asked)[0] if code else "",
        beside=_said(marked(shown_beside, asked)[0], beside_language, reader) if beside else "",
        where=where,
        why=why,
    )


def _found_in(
    kind: Kind, entry: dict[str, Any], asked: Asked, reader: str, name: str
) -> tuple[str, SafeString | str]:
    """Where it was found, unless name and number say it already."""
    if has_all(f"{name} {entry.get('code', '')}", asked):
        return "", ""
    beside = in_language(entry.get("beside", {}), reader)[0]
    return _place(kind, entry, asked, reader, shown=(name, beside))


def _name(entry: dict[str, Any], reader: str) -> tuple[str, str]:
    """What it is called; a clause from which nothing was decided by its label and its text."""
    if entry.get("names"):
        return in_language(entry["names"], reader)
    text = say(entry.get("beside", {}), reader)
    labels = dict(entry.get("fields", ())).get("label")
    numbered, without_number = _called(reader)
    if labels:
        return numbered % {"label": say(labels, reader).rstrip("."), "text": text}, reader
    return without_number % {"text": text}, reader


@lru_cache(maxsize=8)
def _called(_reader: str) -> tuple[str, str]:
    """What a clause and a part without a number are called in the language that is being read."""
    return _("Clause %(label)s of the %(text)s"), _("%(text)s: a part without a number")


@lru_cache(maxsize=64)
def _places(kind: str, _reader: str) -> dict[str, str]:
    """What the places are called in which a word may stand; what is none of them is the name."""
    told = {key: str(label) for key, label in KINDS[kind].places.items()}
    return told | {NAME: _("in the name")}


def _said(text: SafeString, language: str, reader: str) -> SafeString:
    """A text, marked where it is not in the reader's language."""
    if not text or language == reader:
        return text
    return format_html("<span{}>{}</span>", tongue(language), text)


def _place(
    kind: Kind, entry: dict[str, Any], asked: Asked, reader: str, *, shown: tuple[str, ...]
) -> tuple[str, SafeString | str]:
    """The first text, not shown already, in which a word stands: what it is, and its words."""
    for key, words in [("", entry.get("names", {})), *entry.get("fields", ())]:
        for language in sorted(words, key=lambda code: code != reader):
            if words[language] in shown:
                continue
            found = excerpt(words[language], asked)
            if found is not None:
                places = _places(kind.key, reader)
                return places.get(key, places[NAME]), _said(found, language, reader)
    return "", ""
