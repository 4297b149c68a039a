"""The Persian catalogue: `python tools/catalogue.py [build|check|lacking [FOLDER]]`.

Each area keeps its words in `dabir/locale/fa/parts/AREA.po`. `build` (also without a word) lays
the parts together and compiles them, with nothing but Python; both files are committed, so running
Dabir never needs gettext. `check` reads every marked string out of the sources, for which it does
need gettext's `xgettext`, and names each one that has no Persian; `lacking dabir/meetings` writes
those of one folder as the beginning of a part.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "dabir" / "locale" / "fa"
CATALOGUE = FOLDER / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
HEADER = (
    "Project-Id-Version: Dabir\n"
    "Language: fa\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n > 1);\n"
)
NOTE = "# Made by tools/catalogue.py from the parts beside it: change those."
PLACEHOLDER = re.compile(r"%\(\w+\)(?:\.\d+)?[a-z]|%[sd]|\{\w*\}")
LETTER = "[\u0621-\u063a\u0641-\u0655\u0670-\u06d3]"
# What an identifier looks like in Persian prose: between marks of direction, in a command's quotes,
# or a word with a Latin letter in it. It keeps its Latin digits.
IDENTIFIER = re.compile(r"\u200e[^\u200e]*\u200e|`[^`]*`|\(?ISO [0-9]+|[!-~]*[A-Za-z][!-~]*")
BLEMISHES = {
    "an Arabic letter or digit": re.compile("[\u064a\u0643\u0649\u0660-\u0669]"),
    "a Latin digit outside an identifier": re.compile(r"[0-9]"),
    "a Latin comma, semicolon or question mark": re.compile(rf"(?<={LETTER})\s?[,;?]"),
    "a Latin quotation mark": re.compile(r"[\"“”]"),
    "a prefix or ending without its half-space": re.compile(
        rf"(?<!\S)ن?می (?={LETTER})|(?<={LETTER}) (?:ها|های|هایی|هایش)(?!{LETTER})"
    ),
    "a half-space at the end of a word": re.compile(rf"\u200c(?!{LETTER})"),
    "the old sign of hamza on he": re.compile("\u06c0"),
    "two spaces": re.compile("  "),
}
Key = tuple[str | None, str]


class Unreadable(Exception):
    """A line of a .po file that is none of the language's forms."""


@dataclass
class Message:
    """One string of the interface: English in `msgid`, Persian in `msgstr`, by plural form."""

    context: str | None = None
    msgid: str = ""
    plural: str | None = None
    msgstr: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False
    places: str = field(default="", compare=False)

    @property
    def key(self) -> Key:
        """What the programs look it up by."""
        return self.context, self.msgid

    @property
    def translated(self) -> bool:
        """Whether every form that Persian needs is there and somebody stands by it."""
        forms = 2 if self.plural is not None else 1
        return not self.fuzzy and all(self.msgstr.get(form) for form in range(forms))

    def faults(self) -> list[str]:
        """Placeholders that one language has and the other lacks, and unsound writing."""
        sources = {self.msgid, self.plural or self.msgid}
        allowed = [set(PLACEHOLDER.findall(source)) for source in sources]
        spoken = [persian for persian in self.msgstr.values() if persian]
        return [
            *(
                f"placeholders differ: {self.msgid!r}"
                for persian in spoken
                if set(PLACEHOLDER.findall(persian)) not in allowed
            ),
            *(f"{fault}: {persian!r}" for persian in spoken for fault in blemishes(persian)),
            *(
                f"line ends differ: {self.msgid!r}"
                for persian in spoken
                if persian.endswith("\n") != self.msgid.endswith("\n")
            ),
        ]


def blemishes(persian: str) -> list[str]:
    """What a careful editor would strike out of a Persian sentence."""
    prose = IDENTIFIER.sub("…", PLACEHOLDER.sub("…", persian))
    return [name for name, sign in BLEMISHES.items() if sign.search(prose)]


def read(path: Path) -> dict[Key, Message]:
    """Every message of a .po file, the header left out."""
    messages: dict[Key, Message] = {}
    message, slot = Message(), ""
    for number, raw in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        line = raw.strip()
        if line.startswith("#~"):
            continue
        begins = not line or line.startswith(("#", "msgctxt ", "msgid "))
        if begins and slot.startswith("msgstr"):
            if message.msgid:
                messages[message.key] = message
            message, slot = Message(), ""
        if line.startswith("#"):
            message.fuzzy |= line.startswith("#,") and "fuzzy" in line
            message.places += line[2:] if line.startswith("#:") else ""
        elif line:
            slot = _take(message, slot, line, f"{path.name}:{number}")
    return messages


def _take(message: Message, slot: str, line: str, place: str) -> str:
    """Add one line's string to the part of the message it belongs to; return that part's name."""
    found = re.fullmatch(r"(msgctxt|msgid|msgid_plural|msgstr)?(?:\[(\d)\])?\s*(\".*\")", line)
    if not found or not (found[1] or slot):
        raise Unreadable(f"{place}: cannot be read: {line}")
    if found[1]:
        slot = found[1] + (found[2] or "")
    text = ast.literal_eval(found[3])
    if slot == "msgctxt":
        message.context = (message.context or "") + text
    elif slot == "msgid":
        message.msgid += text
    elif slot == "msgid_plural":
        message.plural = (message.plural or "") + text
    else:
        form = int(slot.removeprefix("msgstr") or 0)
        message.msgstr[form] = message.msgstr.get(form, "") + text
    return slot


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + escaped.replace("\r", "\\r").replace("\n", "\\n") + '"'


def written(messages: dict[Key, Message]) -> str:
    """The catalogue as text, in the order of the English strings, so that merges stay readable."""
    lines = [NOTE, 'msgid ""', 'msgstr ""', *[_quoted(line + "\n") for line in HEADER.splitlines()]]
    for message in sorted(messages.values(), key=lambda one: (one.msgid, one.context or "")):
        lines.append("")
        if message.fuzzy:
            lines.append("#, fuzzy")
        if message.context is not None:
            lines.append(f"msgctxt {_quoted(message.context)}")
        lines.append(f"msgid {_quoted(message.msgid)}")
        if message.plural is None:
            lines.append(f"msgstr {_quoted(message.msgstr.get(0, ''))}")
            continue
        lines.append(f"msgid_plural {_quoted(message.plural)}")
        lines += [f"msgstr[{form}] {_quoted(message.msgstr.get(form, ''))}" for form in (0, 1)]
    return "\n".join(lines) + "\n"


def compiled(messages: dict[Key, Message]) -> bytes:
    """The catalogue in the binary form that gettext reads; the same bytes for the same words."""
    pairs = {b"": HEADER.encode()}
    for message in messages.values():
        if message.translated:
            name = message.msgid if message.plural is None else f"{message.msgid}\0{message.plural}"
            name = name if message.context is None else f"{message.context}\x04{name}"
            forms = [message.msgstr[form] for form in sorted(message.msgstr)]
            pairs[name.encode()] = "\0".join(forms).encode()
    names, texts = zip(*sorted(pairs.items()), strict=True)
    start = 28 + 16 * len(names)
    tables, body = [], b""
    for column in (names, texts):
        for item in column:
            tables.append(struct.pack("<II", len(item), start + len(body)))
            body += item + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(names), 28, 28 + 8 * len(names), 0, start)
    return head + b"".join(tables) + body


def joined() -> dict[Key, Message]:
    """Every message of every part; where two parts have the same one, the first part's."""
    messages: dict[Key, Message] = {}
    for part in sorted((FOLDER / "parts").glob("*.po")):
        messages = read(part) | messages
    return messages


def build() -> None:
    """Lay the parts together and compile them."""
    messages = joined()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_text(written(messages), encoding="utf-8")
    COMPILED.write_bytes(compiled(messages))
    print(f"{len(messages)} strings in {CATALOGUE.relative_to(ROOT)}")


def marked() -> dict[Key, Message]:
    """Every string that the sources mark for translation, read out of a copy of them."""
    with tempfile.TemporaryDirectory(prefix="dabir-words-") as place:
        copy = Path(place) / "dabir"
        shutil.copytree(ROOT / "dabir", copy, ignore=shutil.ignore_patterns("locale", "*.pyc"))
        (copy / "locale").mkdir()
        settings = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "--locale", "fa"],
            cwd=copy,
            env=settings,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Unreadable(f"the strings could not be read out: {done.stderr.strip()}")
        found = copy / "locale" / "fa" / "LC_MESSAGES" / "django.po"
        return read(found) if found.exists() else {}


def stale() -> list[str]:
    """Which of the committed files is not what the parts make."""
    messages = joined()
    made = {CATALOGUE: written(messages).encode(), COMPILED: compiled(messages)}
    return [
        f"{path.relative_to(ROOT)} is not what the parts say (run `make words`)"
        for path, content in made.items()
        if not path.exists() or path.read_bytes() != content
    ]


def lacking(folder: str = "") -> dict[Key, Message]:
    """Marked strings of one folder that no part says in Persian."""
    known = joined()
    inside = f" {folder.removeprefix('dabir/').rstrip('/')}".rstrip()
    return {
        key: message
        for key, message in marked().items()
        if inside in message.places
        and not (
            key in known
            and known[key].translated
            and (known[key].plural is None) == (message.plural is None)
        )
    }


def torn() -> list[str]:
    """English strings that two parts say in different Persian; only the first would be heard."""
    said: dict[Key, tuple[str, Message]] = {}
    found = []
    for part in sorted((FOLDER / "parts").glob("*.po")):
        for key, message in read(part).items():
            first, other = said.setdefault(key, (part.name, message))
            if other.msgstr != message.msgstr:
                found.append(f"{first} and {part.name} differ: {message.msgid!r}")
    return found


def check() -> list[str]:
    """Everything that keeps Persian from being complete, one line each."""
    return [
        *torn(),
        *(f"no Persian: {m.msgid!r} in{m.places}" for m in lacking().values()),
        *(fault for message in joined().values() for fault in message.faults()),
    ]


def main(arguments: list[str]) -> int:
    """0 when Persian is complete, 1 with the list of what it lacks, 3 when gettext is missing."""
    verb = (arguments or ["build"])[0].lstrip("-")
    if verb not in {"build", "check", "lacking"}:
        print("usage: python tools/catalogue.py [build|check|lacking [FOLDER]]", file=sys.stderr)
        return 2
    if verb == "build":
        build()
        return 0
    faults = stale() if verb == "check" else []
    if not shutil.which("xgettext"):
        print("\n".join([*faults, "xgettext is not installed (Debian: apt-get install gettext)"]))
        return 1 if faults else 3
    if verb == "lacking":
        print(written(lacking(*arguments[1:2])))
        return 0
    faults += check()
    print("\n".join(faults) or "Persian is complete")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
