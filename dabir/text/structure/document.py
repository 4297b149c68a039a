"""A whole document taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from dabir.text.structure import lexicon
from dabir.text.structure.findings import Finder, organs_in
from dabir.text.structure.located import Located, Span, level
from dabir.text.structure.nodes import Found, Node, Person, Structure
from dabir.text.structure.outline import Outline, outline_of
from dabir.text.structure.paragraphs import paragraphs_of
from dabir.text.structure.people import people_listed
from dabir.text.structure.places import known_cities

_PERSIAN_ONLY = re.compile("[پچژگکی\u200c]")
_ARABIC_ONLY = re.compile("[ةيىكأإؤ]")


def structure_text(
    text: str,
    *,
    cities: Mapping[str, Collection[str]] | None = None,
    repair: Callable[[str], str] | None = None,
    whole_paragraphs: bool = False,
) -> Structure:
    """Take a document apart: recitals, numbered clauses, lettered items, unlabelled remainders.

    `cities` are the register's names with their other spellings. `repair`, where given, is first
    applied to the text; spans then count the repaired text, which is `Structure.source`.
    `whole_paragraphs` says that every line is a paragraph, as in a `Reading` of PDF or DOCX;
    otherwise lines that a program broke are put together.
    Everything found in the words is a proposal for a person to confirm.
    """
    source = repair(text) if repair else text
    paragraphs = paragraphs_of(source, whole=whole_paragraphs)
    outline = outline_of(paragraphs)
    finder = Finder(known_cities(cities))
    for node in outline.recitals:
        finder.fill(node, parent=None, operative=False)
    for node in outline.clauses:
        finder.fill(node, parent=None, operative=True)
    kind = _kind(outline, paragraphs)
    if kind == "text":
        for node in (n for top in outline.recitals for n in top.walk()):
            node.kinds = [found for found in node.kinds if found.value != "recital"]
    return Structure(
        kind=kind,
        language=language_of(source),
        title=outline.title.text if outline.title else None,
        recitals=outline.recitals,
        clauses=outline.clauses,
        headings=outline.headings,
        people=_people(outline, paragraphs),
        organs=_organs(paragraphs),
        warnings=outline.warnings,
        source=source,
    )


def language_of(text: str) -> str:
    """fa, ar or en, by the letters: what most of the text is written in."""
    arabic = len(re.findall("[\u0600-\u06ff]", text))
    if arabic <= len(re.findall("[A-Za-z]", text)):
        return "en"
    persian, other = len(_PERSIAN_ONLY.findall(text)), len(_ARABIC_ONLY.findall(text))
    articles = len(re.findall(r"(?<!\w)(?:وال|بال|لل|ال)\w{3}", text))
    return "ar" if other + articles > persian else "fa"


def _kind(outline: Outline, paragraphs: list[Located]) -> str:
    """What sort of document it is: by its title, else by its first paragraphs."""
    title = level(outline.title.text) if outline.title else ""
    for kind, form in lexicon.DOCUMENT_KINDS:
        if form.search(title):
            return kind
    if not outline.clauses:
        return "text"
    opening = " ".join(level(p.text) for p in paragraphs[:4])
    for kind, form in lexicon.DOCUMENT_KINDS:
        if form.search(opening):
            return kind
    return "declaration" if outline.recitals else "list"


def _people(outline: Outline, paragraphs: list[Located]) -> list[Person]:
    """Everybody the document names with a title, then those of its lists of names."""
    people: list[Person] = []
    for top in (*outline.recitals, *outline.clauses):
        for node in top.walk():
            people += [_person(found) for found in node.people if found.span]
    listed = people_listed(paragraphs)
    known = {person.name for person in people}
    return people + [person for person in listed if person.name not in known]


def _person(found: Found) -> Person:
    span = found.span or Span(0, 0)
    return Person(found.value or "", found.details.get("post"), span, found.inferred)


def _organs(paragraphs: list[Located]) -> list[Found]:
    """Each organ once, where the document first names it."""
    first: dict[str, Found] = {}
    for body in paragraphs:
        for found in organs_in(body, operative=False):
            if found.value in ("members", "member_cities", "municipality"):
                continue
            known = first.get(found.value or "")
            if known is None or (known.details.get("misprint") and not found.details["misprint"]):
                first[found.value or ""] = found
    return [
        Found(
            found.value,
            found.words,
            found.span,
            found.inferred,
            {"name": found.words, "misprint": found.details["misprint"]},
        )
        for found in first.values()
    ]


__all__ = ["Node", "Structure", "language_of", "structure_text"]
