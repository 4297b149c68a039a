"""The website reads the domain only by what each app lists for everybody."""

from __future__ import annotations

import ast
from pathlib import Path

WEBSITE = Path(__file__).resolve().parents[2] / "dabir" / "website"
OPEN = {"core", "text", "website"}


def test_the_website_imports_nothing_of_an_app_but_its_public_part() -> None:
    faults = []
    for path in WEBSITE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                parts = name.split(".")
                if parts[0] == "dabir" and parts[1] not in OPEN and parts[2:3] != ["public"]:
                    faults.append(f"{path.name}: {name}")
    assert faults == []
