"""Everybody who may lead a commitment, in one reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, QuerySet, Value

from dabir.core.together import Together, in_order
from dabir.core.words import as_words
from dabir.decisions.models import Theme
from dabir.decisions.queries.themes import Names
from dabir.documents.models import Document
from dabir.organs.models import Organ
from dabir.registry.models import City, Post


@dataclass(frozen=True)
class Party:
    """A post, an organ or a city by its key, with its name in each language."""

    kind: str
    key: str
    names: dict[str, str]


_LISTS = Together(
    posts=lambda: Post.objects.only("public_id", "names"),
    organs=lambda: Organ.objects.only("key", "names"),
    cities=lambda: City.objects.only("public_id", "names"),
    themes=lambda: Theme.objects.only("key", "names"),
    documents=lambda: Document.objects.exclude(kind="page").only(
        "public_id", "titles", "adopted_on"
    ),
)


@dataclass(frozen=True)
class Lists:
    """What the register can be narrowed by: themes, parties and texts, oldest first."""

    themes: Names
    parties: list[Party]
    documents: list[Document]


def lists_of_register() -> Lists:
    """Everything that the register can be narrowed by: one statement."""
    found = _LISTS.read()
    kinds = {
        "post": ("posts", "public_id"),
        "organ": ("organs", "key"),
        "city": ("cities", "public_id"),
    }
    return Lists(
        {theme.key: as_words(theme.names) for theme in in_order(found["themes"], "key")},
        [
            Party(kind, getattr(row, key), as_words(row.names))
            for kind, (name, key) in kinds.items()
            for row in in_order(found[name], "pk")
        ],
        sorted(
            found["documents"], key=lambda d: (d.adopted_on is None, d.adopted_on or date.max, d.pk)
        ),
    )


def parties() -> list[Party]:
    """Every post, organ and city: one statement for all three."""
    found: list[QuerySet[Organ] | QuerySet[Post] | QuerySet[City]] = [
        Post.objects.all(),
        Organ.objects.all(),
        City.objects.all(),
    ]
    keys = {"post": "public_id", "organ": "key", "city": "public_id"}
    rows = [
        query.order_by()
        .annotate(sort_of=Value(kind, output_field=CharField()), party=F(key))
        .values_list("sort_of", "party", "names")
        for query, (kind, key) in zip(found, keys.items(), strict=True)
    ]
    together = rows[0].union(*rows[1:], all=True)
    return [Party(kind, key, as_words(names)) for kind, key, names in together]
