"""Rule sets to start from, as other networks of cities have them; what is not public stays unset."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "templates"


@dataclass(frozen=True)
class Template:
    """One rule set to start from, with what it is like."""

    name: str
    title: dict[str, str]
    about: dict[str, str]


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """Every template, by its name."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(Template(path.stem, data["title"], data["about"]))
    return tuple(found)


def read_template(name: str) -> str:
    """The text of a template, comments and all; KeyError for one there is not."""
    if name not in {each.name for each in templates()}:
        raise KeyError(name)
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
