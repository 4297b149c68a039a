"""Steps on the structure: dividing, joining, saying what a part is; and the names that follow.

Only clauses bear a number of their own. Recitals are counted, items take letters in their order,
remainders are notes of their clause: so a division moves the names behind it, until a second
person has confirmed them. From then on they never change.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import InvalidInput
from dabir.intake.review.numbers import NUMBER
from dabir.intake.review.parts import FOUND, Part
from dabir.intake.states import ROLES, Role

NODE_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*$")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def identify(parts: list[Part]) -> None:
    """Give every part the name (`name`) that its place gives it; empty for what is not entered."""
    counts: dict[tuple[str, str], int] = {}
    names: dict[str, str] = {}
    for part in parts:
        above = names.get(part["parent"] or "", "")
        part["name"] = part["id"] or _counted(part, above, counts)
        names[part["key"]] = part["name"]


def _counted(part: Part, above: str, counts: dict[tuple[str, str], int]) -> str:
    role = part["role"]
    if role not in (Role.RECITAL, Role.ITEM, Role.REMAINDER):
        return ""
    count = counts.get((role, above), 0)
    counts[role, above] = count + 1
    if role == Role.RECITAL:
        return f"P{count}"
    if not above:
        return ""
    if role == Role.ITEM:
        return f"{above}.{LETTERS[count % 26] * (count // 26 + 1)}"
    return f"{above}.note{count + 1 if count else ''}"


def split(parts: list[Part], part: Part, at: int, number: int) -> None:
    """Divide a part before its character `at`; what it seems to hold stays with the first half."""
    text = part["text"]
    head, tail = text[:at].rstrip(), text[at:].lstrip()
    if not head or not tail:
        raise InvalidInput(
            _("Both halves need words."), fields={"at": [_("Choose another place.")]}
        )
    if any(found.start() < at < found.end() for found in NUMBER.finditer(text)):
        raise InvalidInput(_("A number cannot be divided."))
    moved = len(text) - len(tail)
    new = part | {
        "key": f"s{number}",
        "id": "",
        "label": "",
        "text": tail,
        "doubts": [],
        "numbers": [],
        "found": None,
        "proposals": {name: [] for name in FOUND},
    }
    new["role"], new["parent"] = _after_split(part)
    kept: list[Any] = []
    for doubt in part["doubts"]:
        if doubt["start"] >= moved:
            new["doubts"].append(doubt | {k: doubt[k] - moved for k in ("start", "end")})
        else:
            doubt["end"] = min(doubt["end"], len(head))
            kept.append(doubt)
    part["doubts"] = kept
    shown = [found[0] for found in NUMBER.finditer(head)]
    stays: list[Any] = []
    for one in part["numbers"]:
        if one["shown"] in shown:
            shown.remove(one["shown"])
            stays.append(one)
        else:
            new["numbers"].append(one)
    part["numbers"], part["text"], part["found"] = stays, head, None
    parts.insert(parts.index(part) + 1, new)
    identify(parts)


def _after_split(part: Part) -> tuple[str, str | None]:
    """What the second half most likely is."""
    if part["role"] == Role.CLAUSE:
        return Role.REMAINDER.value, part["key"]
    return part["role"], part["parent"]


def merge(parts: list[Part], part: Part) -> None:
    """Join a part to the one before it; parts below it go to that one."""
    at = parts.index(part)
    if at == 0:
        raise InvalidInput(_("There is no part before this one."))
    before = parts[at - 1]
    shift = len(before["text"]) + 1
    before["text"] = f"{before['text']} {part['text']}"
    for doubt in part["doubts"]:
        doubt["start"] += shift
        doubt["end"] += shift
    before["doubts"] += part["doubts"]
    before["numbers"] += part["numbers"]
    for name in FOUND:
        before["proposals"][name] += part["proposals"][name]
    if part["original"] != before["original"]:
        before["original"] = f"{before['original']}\n{part['original']}".strip()
    before["found"] = None
    for other in parts:
        if other["parent"] == part["key"]:
            other["parent"] = before["key"] if before["parent"] is None else before["parent"]
    parts.remove(part)
    identify(parts)


def place(parts: list[Part], part: Part, data: dict[str, Any], *, reason: str) -> None:
    """Say what a part is, under which clause, with which label and number."""
    role = data["role"]
    if role not in ROLES or role == Role.UNPLACED:
        raise InvalidInput(fields={"role": [_("Choose what it is.")]})
    if role == Role.LEFT_OUT and not reason.strip():
        raise InvalidInput(fields={"reason": [_("Say why it is left out.")]})
    parent = data.get("parent") or None
    _check_parent(parts, part, role, parent)
    identifier = (data.get("id") or "").strip()
    if identifier and not NODE_ID.match(identifier):
        raise InvalidInput(fields={"id": [_("Write it like P3, 4, 4.b or 11.note.")]})
    if role in (Role.CLAUSE, Role.SECTION) and not identifier:
        raise InvalidInput(fields={"id": [_("A clause needs its number.")]})
    label = (data.get("label") or "").strip()
    part |= {"role": role, "parent": parent, "id": identifier, "label": label}
    identify(parts)


def _check_parent(parts: list[Part], part: Part, role: str, parent: str | None) -> None:
    if role in (Role.ITEM, Role.REMAINDER) and parent is None:
        raise InvalidInput(fields={"parent": [_("Say to which clause it belongs.")]})
    keys = [one["key"] for one in parts]
    if parent is not None and parent not in keys[: keys.index(part["key"])]:
        raise InvalidInput(fields={"parent": [_("It must stand before this part.")]})


def name_faults(parts: list[Part]) -> list[tuple[Part, str]]:
    """Parts whose name is missing or given twice; they cannot enter the register."""
    seen: set[str] = set()
    faults = []
    for part in parts:
        if part["role"] in (Role.TITLE, Role.HEADING, Role.LEFT_OUT, Role.UNPLACED):
            continue
        if not part["name"]:
            faults.append((part, "missing"))
        elif part["name"] in seen:
            faults.append((part, "twice"))
        seen.add(part["name"])
    return faults
