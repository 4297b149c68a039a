"""Records of the registry: who is who, and what is known of the cities."""

from dabir.registry.models.facts import CityFact, CityFormerName, FactJudgement
from dabir.registry.models.merging import Merge, MergeUndone
from dabir.registry.models.records import (
    Association,
    City,
    ContactPoint,
    Country,
    Mandate,
    Organisation,
    Person,
    Post,
)

__all__ = [
    "Association",
    "City",
    "CityFact",
    "CityFormerName",
    "ContactPoint",
    "Country",
    "FactJudgement",
    "Mandate",
    "Merge",
    "MergeUndone",
    "Organisation",
    "Person",
    "Post",
]
