"""Everybody who may lead a commitment, in one reading."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, F, QuerySet, Value

from dabir.core.words import as_words
from dabir.organs.models import Organ
from dabir.registry.models import City, Post


@dataclass(frozen=True)
class Party:
    """A post, an organ or a city by its key, with its name in each language."""

    kind: str
    key: str
    names: dict[str, str]


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
