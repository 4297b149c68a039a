"""A list of people: who is new, where they are reached, which posts they hold; pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from dabir.documents.tabular.cells import RowRefused, Wrong, chosen_word, read_day, yes_or_no
from dabir.documents.tabular.columns import (
    Headings,
    import_column,
    refuse_headings,
    understood_headings,
)
from dabir.documents.tabular.planned import PlannedRow, SimpleAct
from dabir.documents.tabular.reading import SheetRow, message
from dabir.registry.intervals import Days
from dabir.text.digits import to_latin
from dabir.text.folding import fold

COLUMNS = (
    import_column(
        "id", "Number of the person", "شناسهٔ شخص",
        "As it stands here; empty: found by e-mail address or name, or given.",
        "همان‌گونه که اینجا ثبت است؛ خالی: با رایانامه یا نام یافته یا داده می‌شود.",
        "person id", "public id",
    ),
    import_column(
        "name_fa", "Name in Persian", "نام به فارسی",
        "One of the names is enough.", "یکی از نام‌ها بس است.", "name_fa", "نام",
    ),
    import_column(
        "name_en", "Name in English", "نام به انگلیسی",
        "One of the names is enough.", "یکی از نام‌ها بس است.", "name_en", "name",
    ),
    import_column(
        "language", "Language of letters", "زبان نامه‌ها",
        "Persian or English; empty: English.", "فارسی یا انگلیسی؛ خالی: انگلیسی.", "language",
    ),
    import_column(
        "email", "E-mail address", "رایانامه", "Where letters go.", "جایی که نامه می‌رود.",
        "email", "e-mail", "mail", "ایمیل",
    ),
    import_column("phone", "Telephone", "تلفن", "May be empty.", "می‌تواند خالی باشد.", "phone"),
    import_column(
        "post", "Post", "پست",
        "Number or name of a post that is entered here; empty: none.",
        "شناسه یا نام پستی که اینجا ثبت است؛ خالی: هیچ.", "office", "سمت",
    ),
    import_column(
        "starts_on", "From", "از", "First day of the mandate, in either calendar.",
        "روز نخست مأموریت، به هر دو تقویم.", "since", "start",
    ),
    import_column(
        "ends_on", "Until", "تا", "First day without the post; empty: still held.",
        "نخستین روز بی پست؛ خالی: ادامه دارد.", "end",
    ),
    import_column("acting", "Acting", "سرپرست", "yes or no.", "بله یا خیر."),
    import_column("source", "Source", "منبع", "Empty: this file and row.", "خالی: همین پرونده و ردیف."),
)  # fmt: skip
LANGUAGES = {
    fold(word): code
    for code, words in {
        "fa": ("fa", "Persian", "فارسی"),
        "en": ("en", "English", "انگلیسی"),
    }.items()
    for word in words
}
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class GivenPerson:
    """What one row says; `key` and `post` are what the plan found."""

    number: int
    key: str = ""
    names: dict[str, str] = field(default_factory=dict)
    language: str = ""
    email: str = ""
    phone: str = ""
    post: str = ""
    starts_on: date | None = None
    precision: str = "day"
    ends_on: date | None = None
    is_acting: bool = False
    source: str = ""


@dataclass(frozen=True)
class Held:
    """A post held by somebody, as it stands."""

    person: str
    post: str
    days: Days
    is_acting: bool


@dataclass
class StandingPerson:
    """A person who stands, or whom an earlier row enters."""

    key: str
    names: dict[str, str]
    contacts: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class Roll:
    """What the table is held against; grows while the plan is made."""

    people: dict[str, StandingPerson]
    posts: dict[str, tuple[str, ...]]
    """Key and folded name to the keys of the posts that bear it."""
    of_one: frozenset[str]
    """Posts that have one holder at a time."""
    held: list[Held]
    merged: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, dict[str, StandingPerson]] = field(default_factory=dict)
    """Folded name, or e-mail address, to those who bear it."""

    def __post_init__(self) -> None:
        for person in self.people.values():
            self.remember(person)

    def remember(self, person: StandingPerson) -> None:
        """Let a person be found by number, names and e-mail addresses."""
        self.people[person.key] = person
        mails = (value for kind, value in person.contacts if kind == "email")
        for name in (*map(fold, person.names.values()), *mails):
            self.by_name.setdefault(name, {})[person.key] = person

    def named(self, names: Iterable[str]) -> list[StandingPerson]:
        """Those who bear one of the names or addresses, each once."""
        found: dict[str, StandingPerson] = {}
        for name in names:
            found |= self.by_name.get(name, {})
        return list(found.values())


def match_headings(header: Iterable[str]) -> Headings:
    """Recognise the columns; raises TableRefused where nobody can be told."""
    found = understood_headings(header, COLUMNS)
    if not {"id", "name_fa", "name_en"} & found.by_key.keys():
        refuse_headings(
            "no_person_column",
            message("The table needs the name of the person, in Persian or English."),
        )
    return found


def read_row(row: SheetRow, headings: dict[str, str]) -> GivenPerson:
    """The row as values; raises RowRefused at the first cell that cannot be read."""

    def said(key: str) -> str:
        return " ".join(row.text(headings[key]).split()) if key in headings else ""

    email = to_latin(said("email")).lower()
    if email and not _MAIL.fullmatch(email):
        raise RowRefused("bad_email", message("“%(text)s” is no e-mail address."), text=email)
    start = read_day(said("starts_on"), "starts_on") if said("starts_on") else None
    end = read_day(said("ends_on"), "ends_on") if said("ends_on") else None
    if start and end and end.first <= start.first:
        raise RowRefused("ends_early", message("The mandate ends before the day it starts."))
    return GivenPerson(
        number=row.number,
        key=to_latin(said("id")),
        names={c: said(f"name_{c}") for c in ("fa", "en") if said(f"name_{c}")},
        language=chosen_word(said("language"), LANGUAGES, "language"),
        email=email,
        phone=to_latin(said("phone")),
        post=said("post"),
        starts_on=start.first if start else None,
        precision=start.precision if start else "day",
        ends_on=end.first if end else None,
        is_acting=yes_or_no(said("acting"), "acting") or False,
        source=said("source"),
    )


def _known(given: GivenPerson, roll: Roll) -> StandingPerson | None:
    key = roll.merged.get(given.key, given.key)
    if key in roll.people:
        return roll.people[key]
    by_mail = roll.named([given.email] if given.email else [])
    if len(by_mail) == 1:
        return by_mail[0]
    found = roll.named(map(fold, given.names.values()))
    if len(found) > 1:
        raise RowRefused(
            "several_people",
            message("Several people bear this name: %(keys)s. Write the number of the person."),
            keys=", ".join(person.key for person in found),
        )
    return found[0] if found else None


def _post(given: GivenPerson, roll: Roll) -> str:
    found = roll.posts.get(given.post) or roll.posts.get(fold(given.post)) or ()
    if len(found) != 1:
        raise RowRefused(
            "unknown_post" if not found else "several_posts",
            message("“%(name)s” is not the number or name of exactly one post entered here."),
            name=given.post,
        )
    return found[0]


def _mandate(given: GivenPerson, person: str, post: str, roll: Roll) -> list[SimpleAct]:
    days = Days(given.starts_on, given.ends_on)
    for held in roll.held:
        if held.post != post or not held.days.overlaps(days):
            continue
        if held.person == person:
            return []
        if post in roll.of_one and held.is_acting == given.is_acting:
            raise RowRefused(
                "post_held",
                message("%(person)s holds this post in these days. End that mandate first."),
                person=held.person,
            )
    roll.held.append(Held(person, post, days, given.is_acting))
    return [SimpleAct("mandate", person, {"post": {"before": "", "after": post}})]


def _plan_row(given: GivenPerson, roll: Roll) -> PlannedRow:
    known = _known(given, roll)
    post = _post(given, roll) if given.post else ""
    acts: list[SimpleAct] = []
    if known is None:
        if not given.names:
            raise RowRefused("no_name", message("The row names nobody who is entered here."))
        words = f"{sorted(given.names.items())}{given.email}"
        key = given.key or f"person-{hashlib.sha256(words.encode()).hexdigest()[:10]}"
        known = StandingPerson(key, dict(given.names))
        acts.append(SimpleAct("person", key))
    else:
        changes = {
            f"name_{language}": {"before": known.names.get(language, ""), "after": name}
            for language, name in given.names.items()
            if known.names.get(language) != name
        }
        if changes:
            acts.append(SimpleAct("change", known.key, changes))
    contacts = [
        (kind, value) for kind, value in (("email", given.email), ("phone", given.phone)) if value
    ]
    for contact in contacts:
        if contact not in known.contacts:
            kind, value = contact
            acts.append(SimpleAct("address", known.key, {kind: {"before": "", "after": value}}))
    if post:
        acts += _mandate(given, known.key, post, roll)
    known.names |= given.names
    known.contacts |= set(contacts)
    roll.remember(known)
    return PlannedRow(replace(given, key=known.key, post=post), given.number, tuple(acts))


def plan_rows(rows: Iterable[tuple[int, GivenPerson | Wrong]], roll: Roll) -> list[PlannedRow]:
    """The plan of the whole table, each row held against the registry and the rows before it."""
    planned = []
    for number, given in rows:
        if isinstance(given, Wrong):
            planned.append(PlannedRow(None, number, wrong=given))
            continue
        try:
            planned.append(_plan_row(given, roll))
        except RowRefused as refusal:
            planned.append(PlannedRow(given, number, wrong=refusal.wrong))
    return planned
