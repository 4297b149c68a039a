"""What a repair hands back: the best reading, every doubt, every edit, every digit."""

import re
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Literal

DIGIT_SET = re.compile(r"\{\d(?:\|\d)+\}")
Class = Literal["certain", "probable", "ambiguous"]
Json = dict[str, object]


@dataclass(frozen=True)
class Span:
    """A place of the repaired text that a person should look at."""

    start: int
    end: int
    cls: Class
    candidates: tuple[str, ...]
    rule: str
    evidence: str

    def to_json(self) -> Json:
        """The span in the words of the command line."""
        return {
            "start": self.start, "end": self.end, "class": self.cls,
            "candidates": list(self.candidates), "rule": self.rule, "evidence": self.evidence,
        }  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """One reversible change: `before` of the source became `after` at this place of the text."""

    start: int
    end: int
    before: str
    after: str
    rule: str
    cls: Class

    def to_json(self) -> Json:
        """The edit in the words of the command line."""
        return {
            "span": [self.start, self.end], "before": self.before, "after": self.after,
            "rule": self.rule, "class": self.cls,
        }  # fmt: skip


@dataclass(frozen=True)
class Occurrence:
    """A number of the source: how it is shown, what it may be, how sure that is."""

    raw: str
    reading: str
    solutions: tuple[str, ...]
    status: str
    evidence: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Digits:
    """What the labels prove of the digits, and every number of the text."""

    relation: dict[str, tuple[str, ...]] = field(default_factory=dict)
    occurrences: tuple[Occurrence, ...] = ()

    def to_json(self) -> Json:
        """The digits in the words of the command line."""
        return {
            "relation": {raw: list(true) for raw, true in self.relation.items()},
            "occurrences": [
                {**asdict(one), "solutions": list(one.solutions)} for one in self.occurrences
            ],
        }


@dataclass(frozen=True)
class Repair:
    """The best reading of a damaged text with everything that is doubtful about it."""

    text: str
    spans: tuple[Span, ...] = ()
    edits: tuple[Edit, ...] = ()
    digits: Digits = field(default_factory=Digits)
    conserved: bool = True

    def to_json(self) -> Json:
        """The repair as `dabir intake repair FILE --json` prints it."""
        return {
            "text": self.text,
            "spans": [span.to_json() for span in self.spans],
            "edits": [edit.to_json() for edit in self.edits],
            "digits": self.digits.to_json(),
            "conserved": self.conserved,
        }

    def source(self) -> str:
        """The text as it was received: every edit undone."""
        text = self.text
        for edit in reversed(self.edits):
            text = text[: edit.start] + edit.before + text[edit.end :]
        return text


def letters_of(text: str) -> Counter[str]:
    """The letters and signs of a text, folded; spaces, marks, ZWNJ, digits and junk do not count."""
    from dabir.text.repair.forms import folded  # with its tables of letters, when first needed

    return Counter(
        c
        for c in folded(DIGIT_SET.sub("", text))
        if not c.isspace() and unicodedata.category(c)[0] not in "MC" and not c.isdigit()
    )
