"""What anyone may see of members, field by field. What is not listed here is not public.

Of a member: its name and country, its category, since when it belongs, its number, and for an honour by
which decision, where everybody may read that. Never: applications, who signed, what is owed or paid,
standing, plans, rulings, contacts. A suspended member is a member; who is no longer a member is not
listed. Beside them: how many members sources give for a year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from dabir.core.publicsearch import Entry
from dabir.core.together import Together, in_order, link
from dabir.core.words import as_words, day_as_known
from dabir.documents.public import decisions_to_name
from dabir.membership.models import Member, SizeTold, Step
from dabir.membership.queries.members import BESIDE, members_found
from dabir.membership.queries.statute import USUAL, category_names
from dabir.membership.states import MemberState
from dabir.registry.models import City, Country, Organisation, Person
from dabir.registry.queries.facts import (
    coordinates_among,
    coordinates_of_cities,
    coordinates_parts,
)
from dabir.statutes.queries import rules_on

LISTED = (MemberState.ADMITTED, MemberState.SUSPENDED)
FIELDS = (
    "id",
    "kind",
    "names",
    "country",
    "category",
    "number",
    "member_since",
    "by_decision",
    "place",
)


@dataclass(frozen=True)
class PublicMember:
    """A member as anyone sees it."""

    id: str
    kind: str
    names: dict[str, str]
    country: dict[str, Any] | None
    category: str
    category_names: dict[str, str]
    number: int | None
    member_since: date | None
    precision: str
    by_decision: dict[str, Any] | None
    place: tuple[float, float] | None
    city: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The member for machines: exactly the listed fields."""
        since = day_as_known(self.member_since, self.precision)
        return {
            "id": self.id,
            "kind": self.kind,
            "names": self.names,
            "country": self.country,
            "category": {"key": self.category, "names": self.category_names},
            "number": self.number,
            "member_since": {"day": since, "precision": self.precision},
            "by_decision": self.by_decision,
            "place": {"latitude": self.place[0], "longitude": self.place[1]}
            if self.place
            else None,
        }


Members = list[PublicMember]


def _rows() -> QuerySet[Member]:
    return Member.objects.filter(state__in=LISTED).select_related(*BESIDE)


def public_members(*, words: str = "", country: str = "", category: str = "") -> QuerySet[Member]:
    """The members that the directory lists, narrowed."""
    rows = _rows()
    if words:
        rows = _named(words)
    if country:
        rows = rows.filter(city__country__code=country)
    if category:
        rows = rows.filter(category=category)
    return rows


def public_member(
    public_id: str, labels: Mapping[str, Mapping[str, str]] | None = None
) -> PublicMember | None:
    """One member of the directory; None for who is not listed."""
    found = _rows().filter(public_id=public_id).first()
    return told([found], labels)[0] if found else None


def category_labels(today: date) -> dict[str, dict[str, str]]:
    """What each category of members is called, by the statute in force or as is usual."""
    return category_names(rules_on(today))


def _honours(members: list[Member]) -> dict[int, dict[str, Any]]:
    """For each honorary member the decision that honoured it, where everybody may read its text."""
    honorary = [member.pk for member in members if member.category == "honorary"]
    steps = Step.objects.filter(member__in=honorary, basis__isnull=False)
    return _honoured(steps.order_by("on", "at", "id"))


def _honoured(steps: Iterable[Step]) -> dict[int, dict[str, Any]]:
    """For each member the basis of the first of these steps, where everybody may read it."""
    found: dict[int, dict[str, Any]] = {}
    for step in steps:
        found.setdefault(step.member_id, step.basis)
    public = decisions_to_name(basis["id"] for basis in found.values())
    return {
        member: {"number": basis["id"], "names": basis["labels"], "on": basis["on"]}
        for member, basis in found.items()
        if basis["id"] in public
    }


def told(
    members: list[Member], labels: Mapping[str, Mapping[str, str]] | None = None
) -> list[PublicMember]:
    """The members with their listed fields; six statements for any number of them."""
    places = coordinates_of_cities([member.city for member in members if member.city])
    honours = _honours(members)
    return _told(members, labels or {}, places, honours)


def _told(
    members: Iterable[Member],
    labels: Mapping[str, Mapping[str, str]],
    places: Mapping[int, tuple[float, float]],
    honours: Mapping[int, dict[str, Any]],
) -> list[PublicMember]:
    found = []
    for member in members:
        country = member.city.country if member.city else None
        found.append(
            PublicMember(
                id=member.public_id,
                kind=member.kind,
                names=as_words(member.names),
                country={"code": country.code, "names": as_words(country.names)}
                if country
                else None,
                category=member.category,
                category_names=dict(labels.get(member.category, {})),
                number=member.number,
                member_since=member.joined_on,
                precision=member.joined_precision,
                by_decision=honours.get(member.pk),
                place=places.get(member.city_id) if member.city_id else None,
                city=member.city.public_id if member.city else "",
            )
        )
    return found


def members_of_cities(cities: Iterable[str]) -> dict[str, str]:
    """For each of these cities that is a member its id as one."""
    rows = Member.objects.filter(state__in=LISTED, city__public_id__in=list(cities))
    return dict(rows.order_by("-pk").values_list("city__public_id", "public_id"))


def cities_of_members() -> QuerySet[Member, Any]:
    """The keys of the cities that are members."""
    return Member.objects.filter(state__in=LISTED).exclude(city=None).values("city")


@dataclass(frozen=True)
class Directory:
    """The members as everybody sees them, and what sources say of how many they are."""

    members: tuple[PublicMember, ...]
    labels: Mapping[str, Mapping[str, str]]
    sizes: tuple[SizeTold, ...]
    knows_cities: bool

    def countries(self) -> dict[str, dict[str, str]]:
        """The countries from which members come, by their codes."""
        found = (member.country for member in self.members if member.country)
        return {country["code"]: country["names"] for country in found}

    def categories(self) -> list[str]:
        """The categories that members have, those of every association first."""
        found = {member.category for member in self.members}
        usual = list(USUAL)
        return sorted(found, key=lambda key: (usual.index(key) if key in USUAL else 99, key))

    def narrowed(self, *, words: str = "", country: str = "", category: str = "") -> Members:
        """The members with these words in their names, from this country, of this category."""
        named = set(_named(words).values_list("public_id", flat=True)) if words else None
        return [
            member
            for member in self.members
            if (named is None or member.id in named)
            and (not country or (member.country or {}).get("code") == country)
            and (not category or member.category == category)
        ]


def _named(words: str) -> QuerySet[Member]:
    return members_found(_rows(), words)


_LISTED = Member.objects.filter(state__in=LISTED)
_CITIES = City.objects.filter(pk__in=cities_of_members())
_DIRECTORY = coordinates_parts(cities_of_members()) | Together(
    members=lambda: _LISTED,
    cities=lambda: _CITIES.only("public_id", "names", "country"),
    countries=lambda: Country.objects.filter(pk__in=_CITIES.values("country")),
    bodies=lambda: Organisation.objects.filter(pk__in=_LISTED.values("organisation")).only("names"),
    people=lambda: Person.objects.filter(pk__in=_LISTED.values("person")).only("names"),
    steps=lambda: Step.objects.filter(
        member__in=_LISTED.filter(category="honorary").values("pk"), basis__isnull=False
    ),
    sizes=SizeTold.objects.all,
    any_city=lambda: Member.objects.filter(city__isnull=False).order_by("pk").only("pk")[:1],
)


def directory_on(today: date) -> Directory:
    """All that the directory tells on a day; three statements for any number of members."""
    found = _DIRECTORY.read()
    members = in_order(found["members"], "pk")
    link(found["cities"], "country", found["countries"])
    for name, holders in (("city", "cities"), ("organisation", "bodies"), ("person", "people")):
        link(members, name, found[holders])
    labels = category_labels(today)
    honours = _honoured(in_order(found["steps"], "on", "at", "pk"))
    shown = _told(members, labels, coordinates_among(found), honours)
    sizes = tuple(in_order(found["sizes"], "year", "pk"))
    return Directory(tuple(shown), labels, sizes, bool(found["any_city"]))


def searchable_members(ids: Collection[str] | None) -> Iterator[Entry]:
    """Listed members by name and country, as everybody finds them."""
    rows = _rows() if ids is None else _rows().filter(public_id__in=ids)
    for row in rows.order_by("pk").iterator(chunk_size=1000):
        country = as_words(row.city.country.names) if row.city and row.city.country else {}
        yield Entry(
            row.public_id,
            as_words(row.names),
            beside=country,
            fields=(("country", country),),
            day=row.joined_on,
        )


def memberships_of(kind: str, ids: set[str]) -> Iterable[str]:
    """The memberships that name these cities, bodies, people or countries."""
    path = {"country": "city__country__code"}.get(kind, f"{kind}__public_id")
    found = Member.objects.filter(Q(**{f"{path}__in": ids}))
    return found.values_list("public_id", flat=True)
