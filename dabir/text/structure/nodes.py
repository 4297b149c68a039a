"""What a document consists of: recitals, clauses, items, and what was found in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dabir.text.structure.located import Located, Span


@dataclass(frozen=True)
class Found:
    """A value read from a text, with the words it was read from.

    `inferred` says that the words only suggest the value: a person has to confirm it.
    `span` is None where no words of this text say it (a kind taken from the clause above).
    """

    value: str | None
    words: str
    span: Span | None
    inferred: bool
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The value for a machine."""
        return {
            "value": self.value,
            "words": self.words,
            "span": self.span.to_json() if self.span else None,
            "inferred": self.inferred,
            **self.details,
        }


FOUND_FIELDS = ("kinds", "organs", "addressees", "dates", "people", "cities", "references")


@dataclass
class Node:
    """A recital, clause, item or unlabelled remainder.

    `id` never changes once a document is registered; `label` is what the document prints.
    `text` is without the label; `items` counts the labelled ones of its children.
    """

    id: str
    label: str | None
    parent: str | None
    body: Located
    place: Span
    kinds: list[Found] = field(default_factory=list)
    organs: list[Found] = field(default_factory=list)
    addressees: list[Found] = field(default_factory=list)
    dates: list[Found] = field(default_factory=list)
    people: list[Found] = field(default_factory=list)
    cities: list[Found] = field(default_factory=list)
    references: list[Found] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    items: int = 0

    @property
    def text(self) -> str:
        """The words of the node, without label and without its children."""
        return self.body.text

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> dict[str, Any]:
        """The node for a machine, children inside it."""
        return {
            "id": self.id,
            "label": self.label,
            "parent": self.parent,
            "text": self.text,
            "span": self.place.to_json(),
            **{name: [each.to_json() for each in getattr(self, name)] for name in FOUND_FIELDS},
            "children": [child.to_json() for child in self.children],
        }


@dataclass(frozen=True)
class Person:
    """Somebody the document names with a post."""

    name: str
    post: str | None
    span: Span
    inferred: bool

    def to_json(self) -> dict[str, Any]:
        """The person for a machine."""
        return {
            "name": self.name,
            "post": self.post,
            "span": self.span.to_json(),
            "inferred": self.inferred,
        }


@dataclass
class Structure:
    """A document taken apart. Spans count code points of `source`."""

    kind: str
    language: str
    title: str | None
    recitals: list[Node]
    clauses: list[Node]
    headings: list[Found]
    people: list[Person]
    organs: list[Found]
    warnings: list[str]
    source: str

    def walk(self) -> Iterator[Node]:
        """Every node in the order of the document."""
        for top in (*self.recitals, *self.clauses):
            yield from top.walk()

    def node(self, identifier: str) -> Node:
        """The node of an identifier; KeyError where there is none."""
        for node in self.walk():
            if node.id == identifier:
                return node
        raise KeyError(identifier)

    def to_json(self) -> dict[str, Any]:
        """The whole document for a machine, in the schema of docs/develop/text.md."""
        return {
            "kind": self.kind,
            "language": self.language,
            "title": self.title,
            "recitals": [node.to_json() for node in self.recitals],
            "clauses": [node.to_json() for node in self.clauses],
            "people": [person.to_json() for person in self.people],
            "organs": [organ.to_json() for organ in self.organs],
            "headings": [heading.to_json() for heading in self.headings],
            "warnings": self.warnings,
        }
