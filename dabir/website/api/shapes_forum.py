"""The shapes of organs, people, members, cities, sessions and rules in the answers."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel

from dabir.website.api.telling import Address, Coded, Day, PartialDay, Words, told


class Country(BaseModel):
    __doc__ = _("The country of a city.")

    code: Annotated[str, told(_("Country code, ISO 3166-1 alpha-2."), "IR")]
    names: Annotated[Words, told(_("Name of the country."))]


class Place(BaseModel):
    __doc__ = _("Where a city lies, as one named source says.")

    latitude: Annotated[float, told(_("Degrees north, WGS 84."), 35.69)]
    longitude: Annotated[float, told(_("Degrees east, WGS 84."), 51.42)]


class Holder(BaseModel):
    __doc__ = _("Somebody who holds a post on the day asked for.")

    person: Annotated[str, told(_("Id of the person in `/people`."), "person-4k2n")]
    names: Annotated[Words, told(_("Name of the person."))]
    since: Annotated[
        PartialDay | None,
        told(_("First day, as exactly as it is known; null where unknown."), "2014-11-25"),
    ]
    is_acting: Annotated[bool, told(_("Whether the post is held for the time being."), False)]


class Post(BaseModel):
    __doc__ = _(
        "A post of an organ, or an office of the statute; without holders it is vacant or unknown."
    )

    id: Annotated[str, told(_("Id of the post."), "secretary-general")]
    titles: Annotated[Words, told(_("Title of the post."))]
    holders: Annotated[list[Holder], told(_("Who holds it on that day."))]


class Seat(BaseModel):
    __doc__ = _("A seat of an organ, held by a city or a post on the day asked for.")

    names: Annotated[Words, told(_("Who holds it; empty where no source tells."))]
    functions: Annotated[
        list[str], told(_("Functions in the organ, in words."), ["vice-president"])
    ]
    since: Annotated[
        PartialDay | None,
        told(_("First day, as exactly as it is known; null where unknown."), "2014-11-25"),
    ]
    until: Annotated[Day | None, told(_("Last day of the term, where one is set."), "2016-11-25")]


class Organ(BaseModel):
    __doc__ = _("An organ as it is composed on a day.")

    key: Annotated[str, told(_("Permanent key."), "general-assembly")]
    names: Annotated[Words, told(_("Name."))]
    kind: Annotated[Coded, told(_("What the organ is."))]
    on: Annotated[Day, told(_("The day for which seats and posts are told."), "2026-11-28")]
    powers: Annotated[list[Words], told(_("Its powers, line by line."))]
    seats_foreseen: Annotated[
        int | None, told(_("Number of seats that the statute foresees; null where unset."), 9)
    ]
    founded_on: Annotated[
        PartialDay | None,
        told(_("Day of foundation, as exactly as it is known; null where unknown."), "2008-11"),
    ]
    seats: Annotated[list[Seat], told(_("The seats held on that day."))]
    posts: Annotated[list[Post], told(_("The posts of the organ."))]
    self: Annotated[Address, told(_("This organ in the API."))]
    url: Annotated[Address, told(_("Its page for readers."))]


class Office(BaseModel):
    __doc__ = _("A post that a person holds on the day asked for.")

    post: Annotated[str, told(_("Id of the post."), "secretary-general")]
    titles: Annotated[Words, told(_("Title of the post."))]
    organ: Annotated[str | None, told(_("Key of the organ it belongs to."), "secretariat")]
    since: Annotated[
        PartialDay | None,
        told(_("First day, as exactly as it is known; null where unknown."), "2014-11-25"),
    ]
    is_acting: Annotated[bool, told(_("Whether the post is held for the time being."), False)]


class Person(BaseModel):
    __doc__ = _("Somebody who holds a post of an organ or an office of the statute on a day.")

    id: Annotated[str, told(_("Permanent id."), "person-4k2n")]
    names: Annotated[Words, told(_("Name of the person."))]
    offices: Annotated[list[Office], told(_("The posts held on that day."))]


class City(BaseModel):
    __doc__ = _("A city that is a member, holds a seat, or hosted a session.")

    id: Annotated[str, told(_("Permanent id."), "tehran")]
    names: Annotated[Words, told(_("Name of the city."))]
    country: Annotated[Country | None, told(_("Its country; null where no source tells."))]
    place: Annotated[Place | None, told(_("Where it lies; null where unknown or disputed."))]
    member: Annotated[
        str | None, told(_("Id in `/members`, where it is a member today."), "tehran")
    ]
    sessions: Annotated[
        list[str], told(_("Ids of the sessions it hosted or is to host."), ["assembly-4"])
    ]


class Honour(BaseModel):
    __doc__ = _("The decision by which a member was honoured.")

    number: Annotated[str, told(_("Id of the decision."), "haikou-2014/6")]
    names: Annotated[Words, told(_("What it decided, in short."))]
    on: Annotated[Day | None, told(_("Day of the decision."), "2014-11-25")]


class Member(BaseModel):
    __doc__ = _("A member of the association today; a suspended member is one.")

    id: Annotated[str, told(_("Permanent id."), "tehran")]
    kind: Annotated[str, told(_("Whether a city, an organisation or a person."), "city")]
    names: Annotated[Words, told(_("Name."))]
    country: Annotated[Country | None, told(_("Its country; null where no source tells."))]
    category: Annotated[Coded, told(_("The category of membership."))]
    number: Annotated[int | None, told(_("Number of the member."), 12)]
    member_since: Annotated[
        PartialDay | None,
        told(_("Since when, as exactly as it is known; null where unknown."), "2008"),
    ]
    by_decision: Annotated[Honour | None, told(_("For an honorary member: by which decision."))]
    place: Annotated[Place | None, told(_("Where it lies; null where unknown or disputed."))]
    self: Annotated[Address, told(_("This member in the API."))]
    url: Annotated[Address, told(_("Its page for readers."))]


class Session(BaseModel):
    __doc__ = _("A session of an organ: what was planned and what was held, kept apart.")

    id: Annotated[str, told(_("Permanent id."), "assembly-4")]
    names: Annotated[Words, told(_("Name of the session."))]
    organ: Annotated[str, told(_("Key of the organ."), "general-assembly")]
    organ_names: Annotated[Words, told(_("Name of that organ."))]
    number: Annotated[int | None, told(_("Which session of the organ it is."), 4)]
    state: Annotated[Coded, told(_("Foreseen, called, held or cancelled."))]
    planned: Annotated[Words, told(_("As it was planned, in the words of the source."))]
    city: Annotated[str | None, told(_("Id of the host city in `/cities`."), "haikou")]
    city_names: Annotated[Words, told(_("Name of the host city; empty where unknown."))]
    starts_on: Annotated[
        PartialDay | None,
        told(_("First day, as exactly as it is known; null where unknown."), "2014-11-25"),
    ]
    ends_on: Annotated[Day | None, told(_("Last day, where it is known."), "2014-11-27")]
    theme: Annotated[Words, told(_("Theme of the session."))]
    disputed: Annotated[
        list[str], told(_("Names of the values on which sources contradict each other."), [])
    ]
    texts: Annotated[list[str], told(_("Ids of the public texts it adopted."), ["haikou-2014"])]
    self: Annotated[Address, told(_("This session in the API."))]
    url: Annotated[Address, told(_("Its page for readers."))]
    calendar: Annotated[
        Address | None, told(_("Its calendar file (iCalendar), where its day is known."))
    ]


class Rule(BaseModel):
    __doc__ = _("One rule in plain words.")

    name: Annotated[str, told(_("What the rule is about."), "Notice of a session")]
    article: Annotated[str, told(_("The article it stands in."), "Article 9")]
    is_set: Annotated[
        bool, told(_("Whether the statute sets it. What is not set is never guessed."), True)
    ]
    says: Annotated[list[str], told(_("What it says, line by line."), ["60 days before"])]


class Section(BaseModel):
    __doc__ = _("The rules about one organ or one matter.")

    key: Annotated[str, told(_("Key of the section."), "general_assembly")]
    name: Annotated[str, told(_("What the section is about."), "General Assembly")]
    rules: Annotated[list[Rule], told(_("Its rules."))]


class Rules(BaseModel):
    __doc__ = _("The rules in force on a day, in the language of the answer.")

    names: Annotated[Words, told(_("Name of the rule set."))]
    on: Annotated[Day, told(_("The day asked for."), "2026-11-28")]
    in_force_from: Annotated[Day, told(_("First day on which it is in force."), "2014-11-25")]
    sections: Annotated[list[Section], told(_("The rules, section by section."))]


class Hit(BaseModel):
    __doc__ = _("Something public that was found.")

    kind: Annotated[str, told(_("Of which kind it is; a code that never changes."), "clause")]
    code: Annotated[str, told(_("By what it is cited; empty where by nothing."), "haikou-2014/4.b")]
    name: Annotated[str, told(_("What it is called, in the language of the answer if it can be."),
                              "City forests")]  # fmt: skip
    where: Annotated[
        str, told(_("In what the words were found, if not in the name."), "in the text")
    ]
    why: Annotated[str, told(_("The words around what was found."), "… plant trees …")]
    url: Annotated[Address, told(_("Its page for readers."))]


class Kind(BaseModel):
    __doc__ = _("How many things of one kind were found.")

    code: Annotated[str, told(_("Code that never changes."), "clause")]
    label: Annotated[
        str, told(_("Word for it in the language of the answer."), "Clauses and decisions")
    ]
    found: Annotated[int, told(_("How many were found."), 12)]


class Found(BaseModel):
    __doc__ = _("What was found, by kind.")

    found: Annotated[int, told(_("How many things of all kinds were found."), 14)]
    kinds: Annotated[list[Kind], told(_("The kinds in which something was found."))]
    items: Annotated[
        list[Hit], told(_("The first of each kind, or the slice of the kind asked for."))
    ]
    instead: Annotated[
        dict[str, str],
        told(_("Mistyped words, each with the one that was searched for in its place."), {}),
    ]
    left_out: Annotated[list[str], told(_("Words that stand nowhere and were left out."), [])]
    next: Annotated[Address | None, told(_("The slice after it; null at the end."))]
    previous: Annotated[Address | None, told(_("The slice before it; null at the beginning."))]


class Licence(BaseModel):
    __doc__ = _("Under which terms the data may be used.")

    name: Annotated[
        str | None,
        told(_("The licence, as the association names it; null where it has declared none."),
             "CC-BY-4.0"),
    ]  # fmt: skip
    citation: Annotated[
        str, told(_("How the data is cited."), "Asian Mayors Forum, decisions, as of 2026-11-28")
    ]


class Start(BaseModel):
    __doc__ = _("Whose data this is, and where to go from here.")

    association: Annotated[Words, told(_("Name of the association."))]
    is_practice: Annotated[
        bool, told(_("Whether everything here is invented, to practise with."), False)
    ]
    version: Annotated[str, told(_("Version of the API."), "1.0")]
    licence: Annotated[Licence, told(_("Terms of use, and how to cite."))]
    description: Annotated[Address, told(_("This API as OpenAPI 3.1."))]
    documentation: Annotated[Address, told(_("The same for readers."))]
    links: Annotated[
        dict[str, str],
        told(_("The lists of this API, and the other forms of the same data."),
             {"texts": "https://example.org/api/v1/texts"}),
    ]  # fmt: skip
