"""What is wrong with the HTML of a page: by the parser of the standard, and by rules of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from justhtml import JustHTML

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "summary", "details"}
HOLDERS = {"a", "button", "summary"}
LABELLED = {"input", "select", "textarea", "button", "output", "meter", "progress", "fieldset"}
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "tr": {"td", "th", "script", "template"},
    "select": {"option", "optgroup", "hr"},
}


def faults_of(html: str, language: str) -> list[str]:
    """Each fault of the page in words."""
    page = JustHTML(html, sanitize=False, collect_errors=True)
    lines = html.splitlines()
    faults = [
        f"{error.code} in line {error.line}: {_line(lines, error.line)}" for error in page.errors
    ]
    nodes = list(_elements(page.root))
    for rule in (_ids, _named, _nested, _headings, _language, _images, _children):
        faults += rule(nodes, language)
    return faults


def _line(lines: list[str], number: int | None) -> str:
    return lines[number - 1].strip()[:160] if number and number <= len(lines) else ""


def _elements(node: Any) -> Iterator[Any]:
    for child in node.children or ():
        if child.name and not child.name.startswith(("#", "!")):
            yield child
            yield from _elements(child)


def _attribute(node: Any, name: str) -> str:
    return str((node.attrs or {}).get(name) or "")


def _ids(nodes: list[Any], _language: str) -> list[str]:
    counted = Counter(_attribute(node, "id") for node in nodes if "id" in (node.attrs or {}))
    return [f"id {name!r} stands {n} times" for name, n in counted.items() if n > 1 or not name]


def _named(nodes: list[Any], _language: str) -> list[str]:
    """Whatever names another element by its id names one that is there."""
    known = {_attribute(node, "id"): node.name for node in nodes if _attribute(node, "id")}
    faults = []
    for node in nodes:
        wanted = _attribute(node, "for")
        if node.name == "label" and wanted and known.get(wanted) not in LABELLED:
            faults.append(f"label for {wanted!r}: {known.get(wanted)}")
        for name in ("aria-labelledby", "aria-describedby", "form", "list"):
            faults += [
                f"{node.name} {name} {one!r}: nothing has this id"
                for one in _attribute(node, name).split()
                if one not in known
            ]
    return faults


def _nested(nodes: list[Any], _language: str) -> list[str]:
    faults = []
    for node in nodes:
        if node.name not in HOLDERS:
            continue
        inner = [
            n.name
            for n in _elements(node)
            if n.name in INTERACTIVE and _attribute(n, "type") != "hidden"
        ]
        faults += [f"{name} inside {node.name}: {node.text[:60]!r}" for name in inner]
    return faults


def _headings(nodes: list[Any], _language: str) -> list[str]:
    """One first heading, and no level left out on the way down."""
    levels = [int(node.name[1]) for node in nodes if node.name in HEADINGS]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} first headings"]
    for before, after in pairwise(levels):
        if after > before + 1:
            faults.append(f"h{after} after h{before}")
    return faults


def _language(nodes: list[Any], language: str) -> list[str]:
    html = next(node for node in nodes if node.name == "html")
    given = (_attribute(html, "lang"), _attribute(html, "dir"))
    wanted = (language, "rtl" if language == "fa" else "ltr")
    faults = [] if given == wanted else [f"html lang and dir are {given}"]
    for node in nodes:
        if "lang" in (node.attrs or {}) and not _attribute(node, "lang"):
            faults.append(f"{node.name} with an empty lang: {node.text[:60]!r}")
        if _attribute(node, "dir") not in ("", "ltr", "rtl", "auto"):
            faults.append(f"{node.name} dir {_attribute(node, 'dir')!r}")
    return faults


def _images(nodes: list[Any], _language: str) -> list[str]:
    return [
        f"img without alt: {_attribute(node, 'src')}"
        for node in nodes
        if node.name == "img" and "alt" not in (node.attrs or {})
    ]


def _children(nodes: list[Any], _language: str) -> list[str]:
    faults = []
    for node in nodes:
        allowed = CHILDREN.get(node.name)
        if allowed:
            strange = {
                child.name
                for child in node.children or ()
                if child.name and not child.name.startswith("#") and child.name not in allowed
            }
            faults += [f"{name} directly in {node.name}" for name in sorted(strange)]
    return faults
