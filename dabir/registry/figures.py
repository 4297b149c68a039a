"""Which value of a city counts, among all that were told; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dabir.registry.states import Confidence, FactKind
from dabir.text.digits import to_latin


@dataclass(frozen=True)
class Judged:
    """What was said of a value: that it is official, or withdrawn."""

    verdict: str
    reason: str
    on: date
    at: datetime
    by: dict[str, Any]
    basis: dict[str, Any] | None = None


@dataclass(frozen=True)
class Told:
    """One value of one source, with what was said of it since, oldest first."""

    pk: int
    kind: str
    value: str
    year: int | None
    scope: str
    source: str
    source_on: date | None
    confidence: str
    note: str
    on: date
    at: datetime
    by: dict[str, Any]
    judged: tuple[Judged, ...] = ()

    @property
    def whole(self) -> int:
        """A population as a number; 0 for anything else."""
        return int(self.value) if self.kind == FactKind.POPULATION else 0

    @property
    def withdrawal(self) -> Judged | None:
        """Why the value no longer counts; None while it does."""
        return next((j for j in self.judged if j.verdict == "withdrawn"), None)

    @property
    def made_official(self) -> Judged | None:
        """The newest saying that this is the official value."""
        return next((j for j in reversed(self.judged) if j.verdict == "official"), None)


@dataclass(frozen=True)
class Figure:
    """All values told of one thing in one year, and the one that counts.

    `official` is the one that was last made official and not withdrawn. `standing` is that one,
    else the only value there is (equal values of several sources are one); None while values
    contradict each other and nobody said which is official.
    """

    kind: str
    year: int | None
    values: tuple[Told, ...]
    official: Told | None
    standing: Told | None

    @property
    def conflicts(self) -> bool:
        """Whether values that count contradict each other."""
        return len({v.value for v in self.values if not v.withdrawal}) > 1


def figures(told: Iterable[Told]) -> list[Figure]:
    """The values by what they tell and for which year: newest year first, coordinates at the top."""
    groups: dict[tuple[str, int], list[Told]] = {}
    for value in told:
        groups.setdefault((value.kind, value.year or 0), []).append(value)
    order = {kind.value: place for place, kind in enumerate(FactKind)}
    keys = sorted(groups, key=lambda key: (order[key[0]], -key[1]))
    return [_figure(kind, year or None, groups[kind, year]) for kind, year in keys]


def _figure(kind: str, year: int | None, values: Sequence[Told]) -> Figure:
    counting = [value for value in values if not value.withdrawal]
    marked = [(v.made_official.at, v.pk, v) for v in counting if v.made_official]
    official = max(marked)[2] if marked else None
    distinct = {value.value for value in counting}
    surest = list(Confidence)
    only = (
        min(counting, key=lambda v: (surest.index(Confidence(v.confidence)), v.pk))
        if len(distinct) == 1
        else None
    )
    shown = sorted(values, key=lambda v: (v is not official, v.withdrawal is not None, v.pk))
    return Figure(kind, year, tuple(shown), official, official or only)


def newest(found: Iterable[Figure], kind: str, *, year: int | None = None) -> Figure | None:
    """The figure of the latest year up to `year` of which a value stands."""
    for figure in found:  # newest first
        if figure.kind == kind and figure.standing and (year is None or (figure.year or 0) <= year):
            return figure
    return None


def degrees(text: str) -> tuple[float, float] | None:
    """Latitude and longitude as typed (both decimal degrees, any digits); None when it is neither."""
    plain = to_latin(text).replace("،", " ").replace("٫", ".").replace(";", " ")
    parts = plain.replace(", ", " ").split()
    if len(parts) == 1:
        parts = plain.split(",")
    try:
        latitude, longitude = (float(part.strip(",° ")) for part in parts)
    except ValueError:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    return latitude, longitude


def written_degrees(latitude: float, longitude: float) -> str:
    """The one way in which coordinates are kept: five decimals, about a metre."""
    return f"{latitude:.5f} {longitude:.5f}"
