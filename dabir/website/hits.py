"""A thing found as its line is shown: its name, where it lies, and why it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dabir.core.components.words import tongue
from dabir.core.publicsearch import KINDS, Group, Kind
from dabir.core.publicsearch.engines import Asked
from dabir.core.publicsearch.marking import excerpt, has_all, marked
from dabir.core.words import in_language, reader_language, say


@dataclass(frozen=True)
class Hit:
    """One line of the results."""

    url: str
    name: SafeString
    code: SafeString | str
    beside: SafeString | str
    where: str = ""
    why: SafeString | str = ""


def address_of(entry: dict[str, Any]) -> str:
    """Where it lies, in the language that is being read."""
    address = entry.get("url") or reverse(entry["view"], args=entry.get("args", []))
    fragment = entry.get("fragment", "")
    return f"{address}#{fragment}" if fragment else address


def hits_of(group: Group, asked: Asked) -> list[Hit]:
    """The lines of what was found of a kind, without what has ended since the index was made."""
    today = timezone.localdate().isoformat()
    kept = [entry for entry in group.entries if entry.get("ends_on", "9") > today]
    return [_hit_of(KINDS[group.kind], entry, asked) for entry in kept]


def _hit_of(kind: Kind, entry: dict[str, Any], asked: Asked) -> Hit:
    """The line of one thing found."""
    name, language = _name(entry)
    code, beside = entry.get("code", ""), entry.get("beside", {})
    shown_beside, beside_language = in_language(beside)
    where, why = "", ""
    if not has_all(f"{name} {code}", asked):
        where, why = _place(kind, entry, asked, shown=(name, shown_beside))
    return Hit(
        url=address_of(entry),
        name=_said(marked(name, asked)[0], language),
        code=marked(code, asked)[0] if code else "",
        beside=_said(marked(shown_beside, asked)[0], beside_language) if beside else "",
        where=where,
        why=why,
    )


def _name(entry: dict[str, Any]) -> tuple[str, str]:
    """What it is called; a clause from which nothing was decided by its label and its text."""
    if entry.get("names"):
        return in_language(entry["names"])
    labels = dict(entry.get("fields", ())).get("label")
    if labels:
        told = {"label": say(labels).rstrip("."), "text": say(entry.get("beside", {}))}
        return _("Clause %(label)s of the %(text)s") % told, reader_language()
    told = {"text": say(entry.get("beside", {}))}
    return _("%(text)s: a part without a number") % told, reader_language()


def _said(text: SafeString, language: str) -> SafeString:
    """A text, marked where it is not in the reader's language."""
    if not text or language == reader_language():
        return text
    return format_html("<span{}>{}</span>", tongue(language), text)


def _place(
    kind: Kind, entry: dict[str, Any], asked: Asked, *, shown: tuple[str, ...]
) -> tuple[str, SafeString | str]:
    """The first text, not shown already, in which a word stands: what it is, and its words."""
    reader = reader_language()
    for key, words in [("", entry.get("names", {})), *entry.get("fields", ())]:
        for language in sorted(words, key=lambda code: code != reader):
            if words[language] in shown:
                continue
            found = excerpt(words[language], asked)
            if found is not None:
                where = str(kind.places.get(key, _("in the name")))
                return where, _said(found, language)
    return "", ""
