"""Documents of an example that came in as files: received, read, reviewed and confirmed like any other.

The file goes in as it was received. The machine reads it for real; the demonstration clerk reviews
the reading towards the corrected text that stands beside the file, step by step as a person would,
leaving open what nobody can know; another demonstration person confirms.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

from dabir.config.loading.reading import Stage, last_day, source, words
from dabir.core.actors import Actor
from dabir.documents.models import Document
from dabir.documents.services import add_text, add_version
from dabir.intake.machine import machine_reading
from dabir.intake.models import Receipt
from dabir.intake.queries.names import registry_names
from dabir.intake.queries.reviews import review_of
from dabir.intake.review.doubts import questions
from dabir.intake.review.fold import Review, Step, take
from dabir.intake.review.numbers import open_numbers
from dabir.intake.services.confirming import confirm_reading
from dabir.intake.services.receiving import Nature, keep_reading, receive_text
from dabir.intake.services.reviewing import Wish, make_ready, take_steps
from dabir.intake.states import ReceiptState
from dabir.registry.models import Mandate

SECOND = Actor(
    "person",
    "demonstration-clerk-executive-deputy",
    {
        "en": "Demonstration clerk (executive deputy's desk)",
        "fa": "متصدی نمایش (میز معاون اجرایی)",
    },
)
WHY = "Corrected by hand beside the file as received."
TWICE = "The page prints the name twice in a row."
NEAR = 8  # letters by which a part may differ from the corrected text and still be the same
FINDINGS = (
    "organs",
    "addressees",
    "cities",
    "people",
    "references",
    "inferred",
    "dates",
    "flags",
    "source",
)
NOTED = ("where", "candidates", "proposal", "status", "evidence", "solutions", "conflict", "source")


@dataclass
class Wanted:
    """One part as the corrected text has it."""

    text: str
    role: str
    id: str = ""
    parent: str = ""
    label: str = ""
    node: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    key: str = ""

    @property
    def letters(self) -> int:
        """How many letters it has."""
        return letters(self.text)


def letters(text: str) -> int:
    """Letters alone: no signs, digits or spaces."""
    return sum(unicodedata.category(sign)[0] == "L" for sign in text)


def load_received(stage: Stage, entry: dict[str, Any], nodes: list[dict[str, Any]]) -> Document:
    """Take a document in through the review."""
    path = stage.folder / "received" / entry["received"]
    receipt = _read(stage, path.read_bytes(), path.name, entry)
    first = entry["versions"][0]
    language = first["language"]
    receipt = _reviewed(receipt, entry, nodes, language, stage)
    receipt = make_ready(receipt=receipt, **stage.stamp)
    document = confirm_reading(receipt=receipt, **(stage.stamp | {"by": SECOND})).document
    for version in entry["versions"][1:]:
        _add_language(stage, document, version, nodes)
    return document


def load_waiting(stage: Stage) -> None:
    """Take in what waits for its reviewer, or could not be read."""
    for entry in stage.read("received.yaml").get("received", []):
        path = stage.folder / "received" / entry["file"]
        mandate = Mandate.objects.select_related("person").get(post__public_id=entry["by"])
        signed = stage.stamp | {"by": mandate.person.as_actor()}
        receipt = receive_text(
            data=path.read_bytes(), name=path.name, nature=_nature(stage, entry), **signed
        )
        if receipt.state == ReceiptState.WAITING:
            machine = _machine(path.read_bytes(), path.name)
            keep_reading(receipt=receipt, machine=machine, **signed)


def _nature(stage: Stage, entry: dict[str, Any]) -> Nature:
    return Nature(
        language=entry["language"],
        kind=entry["kind"],
        organ=stage.organs.get(entry.get("organ")),
        session=stage.meetings.get(entry.get("session")),
    )


def _machine(data: bytes, name: str) -> dict[str, Any]:
    names = registry_names()
    return machine_reading(
        data=data,
        name=name,
        protected=names.protected(),
        cities=names.spellings_of_cities(),
    )


def _read(stage: Stage, data: bytes, name: str, entry: dict[str, Any]) -> Receipt:
    said = {"language": entry["versions"][0]["language"], "session": entry.get("meeting")}
    receipt = receive_text(data=data, name=name, nature=_nature(stage, entry | said), **stage.stamp)
    return keep_reading(receipt=receipt, machine=_machine(data, name), **stage.stamp)


def _wanted(entry: dict[str, Any], nodes: list[dict[str, Any]], language: str) -> list[Wanted]:
    """The parts of the corrected text in their order, headings and repetitions among them."""
    found = [Wanted(words(entry["title"])[language], "title")]
    for node in nodes:
        node_id = str(node["id"])
        heading = words(node.get("heading")).get(language, "")
        text = words(node.get("text")).get(language, "")
        if heading and text:
            found.append(Wanted(heading, "heading"))
        if node.get("printed_twice"):
            found.append(Wanted(heading, "left_out", reason=TWICE))
        found.append(
            Wanted(
                text or heading,
                _role(node) if text else "section",
                id="" if _is_usual(node_id) else node_id,
                parent=str(node["parent"]) if node.get("parent") else "",
                label=words(node.get("label")).get(language, ""),
                node=node,
            )
        )
    return found


def _role(node: dict[str, Any]) -> str:
    node_id = str(node["id"])
    if node.get("parent"):
        return "remainder" if node_id.endswith(".note") else "item"
    return "clause" if node_id.isdecimal() else "recital"


def _is_usual(node_id: str) -> bool:
    """Whether the place of a part gives it this name by itself."""
    last = node_id.rpartition(".")[2]
    usual_item = "." in node_id and (last == "note" or (len(last) == 1 and last.isalpha()))
    return usual_item or (node_id.startswith("P") and node_id[1:].isdecimal())


class _Clerk:
    """Takes the steps that lead from the machine's reading to the corrected text."""

    def __init__(self, review: Review, stage: Stage) -> None:
        self.review, self.stage = review, stage
        self.wishes: list[Wish] = []

    def step(self, verb: str, reason: str = "", **data: Any) -> None:
        """Take one step, in the order in which it will be recorded."""
        number = len(self.wishes) + 1
        by, at = self.stage.by.as_dict(), self.stage.at.isoformat()
        take(self.review, Step(number, verb, data, reason, by, at))
        self.wishes.append(Wish(verb, data, reason))

    def divide(self, wanted: list[Wanted]) -> None:
        """Divide and join parts until each has the letters of one wanted part."""
        for n, one in enumerate(wanted):
            part = self.review.parts[n]
            while letters(part["text"]) < one.letters - NEAR and n + 1 < len(self.review.parts):
                self.step("merge_part", part=self.review.parts[n + 1]["key"])
            is_last = n + 1 == len(wanted)
            if not is_last and letters(part["text"]) > one.letters + NEAR:
                self.step("split_part", part=part["key"], at=_border(part["text"], one))
            one.key = part["key"]
        while len(self.review.parts) > len(wanted):
            self.step("merge_part", part=self.review.parts[len(wanted)]["key"])

    def place(self, wanted: list[Wanted]) -> None:
        """Say what each part is."""
        keys = {str(one.node["id"]): one.key for one in wanted if one.node}
        for one in wanted:
            part = self.review.part(one.key)
            own = one.id or (str(one.node["id"]) if one.role == "clause" else "")
            place = {
                "role": one.role,
                "id": own,
                "parent": keys.get(one.parent, ""),
                "label": one.label,
            }
            now = {name: part[name] or "" for name in place}
            if now != place:
                self.step("place_part", one.reason, part=one.key, **place)

    def correct(self, one: Wanted) -> None:
        """Bring the words of a part to the corrected text, or let them stand."""
        part = self.review.part(one.key)
        if one.role == "left_out":
            return
        if part["text"] != one.text:
            self.step("retype_part", WHY, part=one.key, text=one.text)
        for doubt in part["doubts"]:
            if doubt["decided"] is None:
                self.step("keep_words", part=one.key, doubt=doubt["key"])

    def numbers(self, one: Wanted, digits: list[dict[str, Any]]) -> None:
        """Leave every open number open, with what is known about it."""
        told = list(digits)
        for number in self.review.part(one.key)["numbers"]:
            row = next((d for d in told if d["raw"] == number["raw"]), None)
            note = {}
            if row is not None:
                told.remove(row)
                note = {name: row[name] for name in NOTED if row.get(name)}
            if note or number["decided"] is None:
                self.step("leave_open", part=one.key, number=number["key"], note=note)

    def findings(self, one: Wanted) -> None:
        """Say what a part holds."""
        found = {name: one.node[name] for name in FINDINGS if one.node.get(name)}
        self.step("set_findings", part=one.key, kinds=one.node.get("kinds", []), found=found)


def _border(text: str, one: Wanted) -> int:
    """The border between words after as many letters as wanted, with the open numbers wanted before it."""
    numbers = open_numbers(one.text)
    best, nearest, seen = 0, (len(text), True), 0
    for at, sign in enumerate(text):
        is_border = at > 0 and (text[at - 1].isspace() or text[at - 1] in "؛;:.،")
        if is_border and not sign.isspace():
            found = (abs(seen - one.letters), open_numbers(text[:at]) != numbers)
            if found < nearest:
                best, nearest = at, found
        seen += letters(sign)
    return best


def _reviewed(
    receipt: Receipt,
    entry: dict[str, Any],
    nodes: list[dict[str, Any]],
    language: str,
    stage: Stage,
) -> Receipt:
    """The review of the demonstration clerk, recorded step by step."""
    clerk = _Clerk(review_of(receipt), stage)
    wanted = _wanted(entry, nodes, language)
    clerk.divide(wanted)
    clerk.place(wanted)
    for one in wanted:
        clerk.correct(one)
        digits = one.node.get("digits", []) if one.node else entry.get("digits", [])
        clerk.numbers(one, digits)
        if one.node:
            clerk.findings(one)
    clerk.step("set_about", **_about(entry, stage))
    left = [one for one in questions(clerk.review) if one.is_open]
    if left:
        raise ValueError(f"{entry['id']}: undecided: {[one.key for one in left]}")
    return take_steps(receipt=receipt, wishes=clerk.wishes, **stage.stamp)


def _about(entry: dict[str, Any], stage: Stage) -> dict[str, Any]:
    adopted = entry.get("adopted_on") or {}
    counted = last_day(
        adopted.get("counted_from") or adopted.get("date") or adopted.get("proposal")
    )
    first = entry["versions"][0]
    is_open = adopted.get("type") == "candidates"
    return {
        "public_id": entry["id"],
        "kind": entry["kind"],
        "titles": words(entry.get("short_title")) or words(entry["title"]),
        "adopted_on": counted.isoformat() if counted else None,
        "adopted_precision": "candidates" if is_open else adopted.get("precision", "unknown"),
        "adopted_candidates": adopted.get("candidates", []),
        "state": first["state"],
        "note": document_note(entry),
        "version_note": words(first.get("note")),
        "source": source(first),
        "document_source": source(entry) or source(adopted),
    }


PRINTED = {"en": "Title as printed: ", "fa": "عنوان چنان‌که چاپ شده است: "}


def document_note(entry: dict[str, Any]) -> dict[str, str]:
    """What stands beside a document: its title as printed, and what is known of its day."""
    titles, short = words(entry["title"]), words(entry.get("short_title"))
    told = words(entry.get("note")) or words((entry.get("adopted_on") or {}).get("evidence"))
    notes = {}
    for language, title in titles.items():
        printed = PRINTED[language] + title if short and short.get(language) != title else ""
        notes[language] = "\n".join(part for part in (printed, told.get(language, "")) if part)
    return {language: note for language, note in notes.items() if note}


def _add_language(
    stage: Stage, document: Document, version: dict[str, Any], nodes: list[dict[str, Any]]
) -> None:
    """Enter a further language that came in no file, such as our own working translation."""
    language = version["language"]
    add_version(
        document=document,
        language=language,
        state=version["state"],
        note=words(version.get("note")),
        source=source(version),
        **stage.stamp,
    )
    entered = {node.node_id: node for node in document.nodes.all()}
    for node in nodes:
        text = words(node.get("text")).get(language)
        label = words(node.get("label")).get(language)
        if text:
            add_text(
                node=entered[str(node["id"])],
                language=language,
                text=text,
                labels={language: label} if label else {},
                **stage.stamp,
            )
