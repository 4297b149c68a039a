"""A list of members: one row as values, and what it would change. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dabir.documents.tabular.cells import RowRefused, Wrong, chosen_word, read_day
from dabir.documents.tabular.planned import PlannedRow, SimpleAct
from dabir.documents.tabular.reading import SheetRow, message
from dabir.text.digits import to_latin
from dabir.text.folding import fold

KINDS = ("country", "city", "body", "member")
GONE = ("left", "lapsed", "ended")
LABELS = {"number": "membership number", "joined_on": "member since"}
_BEFORE_NAME = re.compile(
    r"^(?:the\s+)?(?:city|municipality|metropolitan municipality) of\s+"
    r"|^شهرداری\s+|^شهر\s+(?=\S)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*[(\[（].*?[)\]）]\s*")
_CODE = re.compile(r"\(?\b([A-Za-z]{2})\b\)?\s*$")
_STATES = {
    fold(word): state
    for state, words in {
        "admitted": ("member", "active", "عضو", "فعال", "admitted"),
        "provisional": ("provisional", "موقت", "عضو موقت"),
        "suspended": ("suspended", "معلق", "تعلیق", "تعلیق‌شده"),
        "left": ("left", "withdrawn", "ترک کرده", "خارج شده", "انصراف"),
        "lapsed": ("lapsed", "ساقط", "ساقط‌شده"),
        "ended": ("ended", "expelled", "excluded", "پایان‌یافته", "اخراج"),
    }.items()
    for word in words
}
_BODY = {fold(w): "body" for w in ("body", "organisation", "organization", "نهاد", "سازمان")}
_CITY = {fold(w): "city" for w in ("city", "municipality", "شهر", "شهرداری")}


@dataclass(frozen=True)
class GivenMember:
    """What one row of a list of members says."""

    number: int
    key: str = ""
    names: dict[str, str] = field(default_factory=dict)
    kind: str = "city"
    country: str = ""
    category: str = ""
    said_state: str = ""
    membership_number: int | None = None
    joined_on: date | None = None
    precision: str = "day"
    ended_on: date | None = None
    source: str = ""

    @property
    def state(self) -> str:
        """The state of membership; a list that says nothing of it lists members."""
        return self.said_state or "admitted"


@dataclass
class Holder:
    """A city or body of the registry, or one that an earlier row of the table makes."""

    key: str
    kind: str
    names: dict[str, str]
    country: str = ""
    member: dict[str, Any] | None = None
    """What stands of its membership: category, state, number, joined_on."""
    row: int = 0
    """The row of this table that named it."""


@dataclass
class Members:
    """What a list is held against; grows while the plan is made."""

    today: date
    holders: list[Holder]
    countries: dict[str, str]
    """Folded name or code to code."""
    categories: Mapping[str, str]
    """Folded word to key."""
    numbers: dict[int, str] = field(default_factory=dict)
    """Membership number to the key of who has it."""
    by_name: dict[tuple[str, str], list[Holder]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for holder in self.holders:
            self._index(holder)

    def _index(self, holder: Holder) -> None:
        for name in {fold(plain_name(n)) for n in holder.names.values()}:
            self.by_name.setdefault((holder.kind, name), []).append(holder)

    def add(self, holder: Holder) -> None:
        """A holder that the table itself makes."""
        self.holders.append(holder)
        self._index(holder)


def plain_name(name: str) -> str:
    """A name without what lists put before or behind it: City of, شهرداری, a country in brackets."""
    short = _BEFORE_NAME.sub("", _IN_BRACKETS.sub(" ", name)).strip(" ،,;.*")
    return " ".join(short.split()) or name.strip()


def read_member(
    row: SheetRow, headings: dict[str, str], categories: Mapping[str, str]
) -> GivenMember:
    """The row as values; raises RowRefused at the first cell that cannot be read."""

    def said(key: str) -> str:
        return row.text(headings[key]).strip() if key in headings else ""

    names = {
        language: plain_name(said(f"name_{language}"))
        for language in ("fa", "en")
        if said(f"name_{language}")
    }
    if not names and not said("key"):
        raise RowRefused("no_name", message("The row names nobody."))
    joined = read_day(said("joined"), "joined") if said("joined") else None
    ended = read_day(said("ended"), "ended") if said("ended") else None
    return GivenMember(
        number=row.number,
        key=to_latin(said("key")).lower(),
        names=names,
        kind=chosen_word(said("kind"), _BODY | _CITY, "kind") or "city",
        country=said("country"),
        category=_category(said("category"), categories),
        said_state=chosen_word(said("state"), _STATES, "state"),
        membership_number=_number(said("number")),
        joined_on=joined.first if joined else None,
        precision=joined.precision if joined else "unknown",
        ended_on=ended.last if ended else None,
        source=said("source"),
    )


def _category(text: str, categories: Mapping[str, str]) -> str:
    if not text:
        raise RowRefused("no_category", message("The row does not say the category of membership."))
    return chosen_word(text, categories, "category")


def _number(text: str) -> int | None:
    plain = to_latin(text).strip().lstrip("#№").removesuffix(".0").strip()
    if not plain:
        return None
    if not plain.isdecimal() or not 0 < int(plain) < 2**31:
        raise RowRefused("bad_number", message("“%(text)s” is not a membership number."), text=text)
    return int(plain)


def _country(text: str, members: Members) -> tuple[str, dict[str, str]]:
    """The code of a country, and its name when it is new here."""
    if not text:
        return "", {}
    known = members.countries.get(fold(text))
    if known:
        return known, {}
    found = _CODE.search(text)
    name = plain_name(text) if "(" in text else text[: found.start()].strip() if found else ""
    if found and found[1].upper() in members.countries.values():
        return found[1].upper(), {}
    if found and name:
        language = "fa" if re.search("[\u0600-\u06ff]", name) else "en"
        return found[1].upper(), {language: name}
    if name and members.countries.get(fold(name)):
        return members.countries[fold(name)], {}
    raise RowRefused(
        "unknown_country",
        message(
            "The country “%(name)s” is not known here. Write its two letters beside it, such as "
            "Iran (IR), or enter it first."
        ),
        name=text,
    )


def _candidates(given: GivenMember, country: str, members: Members) -> list[Holder]:
    """Who is meant: by key, else whoever bears one of the names and lies in no other country."""
    if given.key:
        found = [h for h in members.holders if h.key == given.key and h.kind == given.kind]
        if not found and not given.names:
            raise RowRefused(
                "unknown_key", message("Nobody here has the key “%(key)s”."), key=given.key
            )
        if found:
            return found
    named: dict[str, Holder] = {}
    for name in given.names.values():
        for holder in members.by_name.get((given.kind, fold(name)), ()):
            if not country or not holder.country or holder.country == country:
                named[holder.key] = holder
    return list(named.values())


def _holder(given: GivenMember, country: str, members: Members) -> Holder | None:
    found = _candidates(given, country, members)
    if len(found) > 1:
        raise RowRefused(
            "several_holders",
            message("“%(name)s” may be several: %(keys)s. Write the key or the country."),
            name=next(iter(given.names.values()), given.key),
            keys=", ".join(holder.key for holder in found),
        )
    return found[0] if found else None


def _told(given: GivenMember) -> dict[str, Any]:
    return {
        "category": given.category,
        "state": given.state,
        "number": given.membership_number,
        "joined_on": given.joined_on.isoformat() if given.joined_on else None,
    }


def _refuse_otherwise(given: GivenMember, holder: Holder) -> None:
    """A row that says something else than what stands; what it leaves empty it does not say."""
    standing = holder.member or {}
    said = {k: v for k, v in _told(given).items() if v is not None}
    if not given.said_state:
        del said["state"]
    other = [name for name, value in said.items() if standing.get(name) not in (None, value)]
    if not other:
        return
    if holder.row:
        raise RowRefused(
            "double",
            message(
                "Row %(row)s of this table names the same member and says something else: %(what)s."
            ),
            row=str(holder.row),
            what=", ".join(other),
        )
    raise RowRefused(
        "stands_otherwise",
        message(
            "It is on record already, and otherwise: %(what)s. A change of a membership is recorded by "
            "its own act, with its decision."
        ),
        what=", ".join(other),
    )


def _refuse_impossible(given: GivenMember, key: str, members: Members) -> None:
    if given.joined_on and given.joined_on > members.today:
        raise RowRefused(
            "future",
            message("The membership begins on %(day)s, which is still to come."),
            day=given.joined_on.isoformat(),
        )
    if given.ended_on and given.joined_on and given.ended_on < given.joined_on:
        raise RowRefused(
            "ends_before",
            message("The membership ends on %(end)s, before it began on %(start)s."),
            end=given.ended_on.isoformat(),
            start=given.joined_on.isoformat(),
        )
    if given.state in GONE and given.ended_on is None:
        raise RowRefused(
            "no_end", message("Who is no longer a member needs the day: “Member until”.")
        )
    if given.state not in GONE and given.ended_on is not None:
        raise RowRefused(
            "end_of_member",
            message("The row gives a last day, and calls it a member all the same."),
        )
    taken = members.numbers.get(given.membership_number or 0)
    if taken and taken != key:
        raise RowRefused(
            "number_taken",
            message("The number %(number)s belongs to %(key)s."),
            number=str(given.membership_number),
            key=taken,
        )


def new_key(given: GivenMember, members: Members) -> str:
    """A key for a city or body that is new: its English name, else its row."""
    name = fold(given.names.get("en", "")).replace(" ", "-")
    base = given.key or (name if re.fullmatch("[a-z0-9-]+", name) else f"city-row-{given.number}")
    taken = {holder.key for holder in members.holders}
    key, more = base[:70], 1
    while key in taken:
        more += 1
        key = f"{base[:70]}-{more}"
    return key


def _plan_row(given: GivenMember, members: Members) -> PlannedRow:
    country, country_names = _country(given.country, members)
    holder = _holder(given, country, members)
    acts: list[SimpleAct] = []
    if holder is not None and holder.member is not None:
        _refuse_otherwise(given, holder)
        return PlannedRow(given, given.number)
    key = holder.key if holder else new_key(given, members)
    _refuse_impossible(given, key, members)
    if country_names:
        acts.append(SimpleAct("country", country, {"names": _new(country_names)}))
        for name in (country, *country_names.values()):
            members.countries[fold(name)] = country
    if holder is None:
        holder = Holder(key, given.kind, given.names, country)
        told = {"names": _new(given.names)} | ({"country": _new(country)} if country else {})
        acts.append(SimpleAct(given.kind, key, told))
        members.add(holder)
    holder.member, holder.row = _told(given), given.number
    if given.membership_number:
        members.numbers[given.membership_number] = key
    said = {
        LABELS.get(name, name): _new(value)
        for name, value in _told(given).items()
        if value is not None
    }
    acts.append(SimpleAct("member", key, said))
    return PlannedRow(given, given.number, acts)


def _new(value: Any) -> dict[str, Any]:
    return {"before": None, "after": value}


def plan_members(
    rows: Iterable[tuple[int, GivenMember | Wrong]], members: Members
) -> list[PlannedRow]:
    """The plan of the whole list, in the order of its rows; entered and planned again it plans nothing."""
    planned = []
    for number, given in rows:
        if isinstance(given, Wrong):
            planned.append(PlannedRow(None, number, wrong=given))
            continue
        try:
            planned.append(_plan_row(given, members))
        except RowRefused as refusal:
            planned.append(PlannedRow(given, number, wrong=refusal.wrong))
    return planned
