"""A rule set in plain language: section by section, what each article says and which are unset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from dabir.core.words import say
from dabir.statutes.acts import Act, Need, needs_of
from dabir.statutes.reading import Article, Rules
from dabir.statutes.schema import SECTIONS, key_named
from dabir.statutes.shapes import resembles
from dabir.statutes.telling import Names, organ_said, tell


@dataclass(frozen=True)
class Entry:
    """One article: its key, the name of the rule, where it stands, what it says, line by line."""

    key: str
    name: str
    article: str
    says: tuple[str, ...]
    is_set: bool
    source: str = ""
    note: str = ""
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One section: an organ's, or one of the association's."""

    key: str
    name: str
    entries: tuple[Entry, ...]


def summary(rules: Rules, organs: Names | None = None) -> list[Section]:
    """The whole rule set in the reader's language; `organs` are names by key."""
    named = own_names(rules) | dict(organs or {})
    sections: dict[str, list[Entry]] = {}
    for key, article in rules.articles.items():
        sections.setdefault(key.partition(".")[0], []).append(entry_of(article, named))
    return [
        Section(section, section_said(section, named), tuple(entries))
        for section, entries in sections.items()
    ]


def own_names(rules: Rules) -> dict[str, str]:
    """The names that the rule set itself gives its organs."""
    return {
        key.removesuffix(".names").replace("_", "-"): say(article.value)
        for key, article in rules.articles.items()
        if key.endswith(".names") and isinstance(article.value, dict)
    }


def section_said(section: str, organs: Names) -> str:
    """The name of a section: of its organ, or of its subject."""
    return str(SECTIONS[section]) if section in SECTIONS else organ_said(section, organs)


def entry_of(article: Article, organs: Names) -> Entry:
    """One article in words."""
    key = key_named(article.key)
    says: list[str] = []
    if article.is_set:
        known = key is not None and resembles(key.shape, article.value)
        says = tell(key.shape, article.value, organs) if key and known else [str(article.value)]
    return Entry(
        key=article.key,
        name=str(key.names) if key else article.key,
        article=say(article.article),
        says=tuple(says),
        is_set=article.is_set,
        source=article.source,
        note=say(article.note or article.words),
        conflicts=tuple(say(each.get("words", {})) for each in article.conflicts),
    )


def summary_lines(rules: Rules, language: str) -> Iterator[str]:
    """The summary as lines of plain text in one language."""
    with override(language):
        for section in summary(rules):
            yield section.name
            for entry in section.entries:
                said = entry.says if entry.is_set else (_("unset"),)
                head = f"  {entry.name} ({entry.article}):"
                if len(said) == 1:
                    yield f"{head} {said[0]}"
                else:
                    yield head
                    yield from (f"    {line}" for line in said)
                for conflict in entry.conflicts:
                    yield "    " + _("Another source: %(words)s") % {"words": conflict}


@dataclass(frozen=True)
class Needed:
    """One rule that an act needs, in words: what it says, or that it is unset."""

    need: Need
    name: str
    organ: str
    article: str
    says: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "rule": self.need.key,
            "organ": self.need.organ,
            "name": self.name,
            "article": self.article,
            "set": self.need.is_set,
            "says": list(self.says),
        }


def needed_for(
    act: Act, rules: Rules, *, organ: str = "", organs: Names | None = None
) -> list[Needed]:
    """What an act needs of these rules, each in words."""
    named = own_names(rules) | dict(organs or {})
    found = []
    for need in needs_of(act, rules, organ=organ):
        key = key_named(need.key)
        article = rules.articles.get(need.key)
        entry = entry_of(article, named) if article else None
        found.append(
            Needed(
                need,
                str(key.names) if key else need.key,
                organ_said(need.organ, named) if need.organ else "",
                entry.article if entry else "",
                entry.says if entry else (),
            )
        )
    return found
