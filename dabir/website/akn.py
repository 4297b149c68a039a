"""An adopted text as Akoma Ntoso 3 (OASIS LegalDocML): one expression for each language.

Each part's eId comes from our id of the clause, so it is the same in every language and never
changes: `P1` is `rec_P1`, `4` is `cl_4`, `4.b` is `cl_4__point_b`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from dabir.core.words import say
from dabir.decisions.public import Clause, Text

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LANGUAGES = {"fa": "fas", "en": "eng", "ar": "ara", "ru": "rus", "tr": "tur", "zh": "zho"}
# What XML 1.0 cannot hold, whatever a text brings along.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_ID = re.compile(r"[^\w.-]")
ET.register_namespace("", NAMESPACE)


@dataclass(frozen=True)
class Publisher:
    """Who publishes: the key of the association in addresses, its name, and when."""

    key: str
    name: str
    on: date


def has_akn(text: Text, language: str) -> bool:
    """Whether a text is adopted, held here, and there in a language."""
    held = text.is_declaration and text.is_held and text.adopted_on is not None
    return held and language in {version.language for version in text.versions}


def _clean(text: str) -> str:
    return _ILLEGAL.sub("", text)


def eid(node: str, parent: str = "") -> str:
    """The eId of a part, from our id of it and of the part above."""
    kept = _NOT_IN_ID.sub("_", node)
    if parent:
        rest = _NOT_IN_ID.sub("_", node.removeprefix(f"{parent}."))
        return f"{eid(parent)}__point_{rest}"
    return f"rec_{kept}" if node.startswith("P") else f"cl_{kept}"


def _add(parent: ET.Element, tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    given = {key: _clean(value) for key, value in attributes.items()}
    element = ET.SubElement(parent, f"{{{NAMESPACE}}}{tag}", given)
    if text:
        element.text = _clean(text)
    return element


def _paragraphs(parent: ET.Element, text: str) -> None:
    for line in text.splitlines() or [""]:
        _add(parent, "p", line.strip())


def expression(text: Text, clauses: Iterable[Clause], language: str, publisher: Publisher) -> bytes:
    """The text in one language as an Akoma Ntoso document."""
    if text.adopted_on is None:
        raise ValueError("only an adopted text is published as Akoma Ntoso")
    root = ET.Element(f"{{{NAMESPACE}}}akomaNtoso")
    statement = _add(root, "statement", name=text.kind)
    _identification(statement, text, text.adopted_on, language, publisher)
    preface = _add(statement, "preface")
    title = _add(preface, "p")
    _add(title, "docTitle", say(text.titles, language))
    parts = list(clauses)
    recitals = [c for c in parts if c.is_recital]
    if recitals:
        block = _add(_add(statement, "preamble"), "recitals", eId="recs")
        for recital in recitals:
            _paragraphs(_add(block, "recital", eId=eid(recital.node)), _in(recital, language))
    body = _add(statement, "mainBody")
    numbered = [c for c in parts if not c.is_recital]
    below: dict[str, list[Clause]] = {}
    for clause in numbered:
        below.setdefault(clause.parent, []).append(clause)
    for clause in below.get("", []):
        _clause(body, clause, below, language)
    if not numbered:
        _add(body, "p")
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _in(clause: Clause, language: str) -> str:
    return clause.texts.get(language, "")


def _clause(
    above: ET.Element, clause: Clause, below: Mapping[str, list[Clause]], language: str
) -> None:
    name = "point" if clause.parent else "clause"
    element = _add(above, name, eId=eid(clause.node, clause.parent))
    label = say(clause.labels, language) if language in clause.labels else ""
    if label:
        _add(element, "num", label)
    parts = below.get(clause.node, [])
    _paragraphs(_add(element, "intro" if parts else "content"), _in(clause, language))
    for part in parts:
        _clause(element, part, below, language)


def _identification(
    statement: ET.Element, text: Text, adopted: date, language: str, publisher: Publisher
) -> None:
    meta = _add(statement, "meta")
    identification = _add(meta, "identification", source="#publisher")
    tongue = LANGUAGES.get(language, language)
    work = f"/akn/{publisher.key}/statement/{adopted.isoformat()}/{text.public_id}"
    reading = "one of several readings" if text.possible_days else "adoption"
    for level, address in (
        ("Work", work),
        ("Expression", f"{work}/{tongue}"),
        ("Manifestation", f"{work}/{tongue}.akn.xml"),
    ):
        block = _add(identification, f"FRBR{level}")
        _add(block, "FRBRthis", value=f"{address}/!main")
        _add(block, "FRBRuri", value=address)
        if level == "Manifestation":
            _add(block, "FRBRdate", date=publisher.on.isoformat(), name="publication")
            _add(block, "FRBRauthor", href="#publisher")
            _add(block, "FRBRformat", value="application/akn+xml")
            continue
        _add(block, "FRBRdate", date=adopted.isoformat(), name=reading)
        _add(block, "FRBRauthor", href="#adopter")
        if level == "Work":
            _add(block, "FRBRcountry", value=publisher.key)
            _add(block, "FRBRname", value=text.public_id)
        else:
            _add(block, "FRBRlanguage", language=tongue)
    references = _add(meta, "references", source="#publisher")
    for key, name in (("publisher", publisher.name), ("adopter", say(text.organ, "en"))):
        _add(
            references,
            "TLCOrganization",
            eId=key,
            href=f"/ontology/organization/{publisher.key}/{key}",
            showAs=name or publisher.name,
        )
