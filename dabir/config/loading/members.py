"""The members of an example: founders and honours from its sources, then each step on its own day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from dabir.config.loading.reading import Stage, first_day, precision, source, words
from dabir.core.money import read_money
from dabir.core.reference import Reference
from dabir.decisions.models import Decision, Effect
from dabir.documents.services import store_file
from dabir.meetings.models import Meeting
from dabir.membership.models import Application, Member, Snapshot
from dabir.membership.queries.examination import points_of
from dabir.membership.services import applications, dues, standing, steps
from dabir.registry.models import City, Country, Organisation, Person
from dabir.registry.services.people import add_person
from dabir.registry.services.places import add_city, add_organisation
from dabir.registry.services.posts import create_post, give_mandate

Entry = dict[str, Any]
Event = tuple[date, Callable[[Entry, Entry], None], Entry]


def load_honours(stage: Stage) -> None:
    """Enter the honorary members whom the decisions of the example name, each by its decision.

    No article is asked: the sources tell that it was done.
    """
    effects = Effect.objects.filter(kind="honorary_member").select_related("decision")
    for effect in effects.order_by("decision__decided_on", "pk"):
        person = stage.people.get(effect.target["id"])
        if person is None:
            continue
        steps.enter_member(
            holder=person,
            category="honorary",
            since=effect.decision.decided_on,
            joined_on=effect.decision.decided_on,
            basis=effect.decision.reference(),
            source=effect.decision.source or source(effect.target),
            **stage.stamp,
        )


def load_sizes(stage: Stage) -> None:
    """Keep what sources say of the number of members, each beside the others."""
    for entry in stage.read("association.yaml").get("size", []):
        exactness = "more_than" if entry.get("more_than") else "about"
        dues.enter_size(
            year=int(entry["year"]),
            number=entry["value"],
            exactness=exactness if {"more_than", "about"} & entry.keys() else "exactly",
            unit=words(entry["unit"]),
            said_by=words(entry.get("said_by")),
            source=source(entry),
            **stage.stamp,
        )


class MemberLife:
    """Plays what an invented union's file tells of its members, act by act."""

    def __init__(self, stage: Stage, author: Callable[[str, date], Any]) -> None:
        self.stage = stage
        self.author = author
        self.data = stage.read("members.yaml")

    def load_places(self) -> None:
        """Cities, bodies and delegates that only the members' file names."""
        stamp = self.stage.stamp
        for entry in self.data.get("cities", []):
            city = add_city(
                names=words(entry["name"]),
                country=Country.objects.get(code=entry["country"].upper()),
                public_id=entry["id"],
                source=source(entry),
                **stamp,
            )
            self.stage.cities[entry["id"]] = city
            self._mayor(city, entry)
        for entry in self.data.get("bodies", []):
            self.stage.bodies[entry["id"]] = entry
            add_organisation(
                names=words(entry["name"]),
                public_id=entry["id"],
                source=source(entry),
                **stamp,
            )

    def _mayor(self, city: City, entry: Entry) -> None:
        told = entry["mayor"]
        person = add_person(
            names=words(told), public_id=told["id"], source=source(entry), **self.stage.stamp
        )
        post = create_post(
            names={
                "fa": f"شهردار {words(entry['name'])['fa']}",
                "en": f"Mayor of {words(entry['name'])['en']}",
            },
            city=city,
            public_id=f"delegate-{entry['id']}",
            source=source(entry),
            **self.stage.stamp,
        )
        give_mandate(
            person=person, post=post, starts_on=first_day(told["from"]), **self.stage.stamp
        )

    def events(self) -> Iterator[Event]:
        """Every act with its day, in the order of the file."""
        for entry in self.data.get("acts", []):
            act: Callable[[Entry, Entry], None] = getattr(self, f"_{entry['act']}")
            yield date.fromisoformat(entry["happened_on"]), act, entry
        yield from self._dues()

    def _dues(self) -> Iterator[Event]:
        """What each year cost each member, and what was paid of it, on their days."""
        for entry in self.data.get("dues", []):
            for year, paid in entry["years"].items():
                told = {**entry, "year": int(year), "by": "post-treasurer"}
                yield date(int(year), 3, 31), self._entry, told | {"kind": "due"}
                for payment in paid or ():
                    day, _colon, amount = payment.partition(": ")
                    yield (
                        date.fromisoformat(day),
                        self._entry,
                        told | {"kind": "paid", "amount": amount},
                    )

    def decisions(self) -> Iterator[Entry]:
        """The decisions on members, in the shape of those of the register."""
        for entry in self.data.get("decisions", []):
            yield {
                "document": None,
                "kinds": [],
                "themes": ["membership"],
                "commitments": [],
                "force": "in_force",
                "source": "invented",
                "effects": [
                    {"kind": "membership", "target": key} for key in entry.get("about", [])
                ],
                **{k: v for k, v in entry.items() if k != "about"},
            }

    def play(self, act: Callable[[Entry, Entry], None], day: date, entry: Entry) -> None:
        """Take one act under its author, on its day."""
        stamp = {"by": self.author(entry["by"], day), "on": day, "at": self.stage.at}
        act(entry, stamp)

    def _holder(self, entry: Entry) -> Any:
        if "city" in entry:
            return City.objects.get(public_id=entry["city"])
        if "body" in entry:
            return Organisation.objects.get(public_id=entry["body"])
        return Person.objects.get(public_id=entry["person"])

    def _member(self, entry: Entry) -> Member:
        key = entry.get("city") or entry.get("body") or entry["person"]
        return Member.objects.get(public_id=key)

    def _basis(self, entry: Entry) -> Reference | None:
        number = entry.get("basis")
        return Decision.objects.get(public_id=number).reference() if number else None

    def _application(self, entry: Entry) -> Application:
        return Application.objects.get(member=self._member(entry), is_open=True)

    def _entry(self, entry: Entry, stamp: Entry) -> None:
        dues.enter_dues(
            member=self._member(entry),
            year=entry["year"],
            kind=entry["kind"],
            amount=read_money(str(entry["amount"]), entry["currency"]),
            day=stamp["on"],
            source=entry["ledger"],
            **stamp,
        )

    def _enter(self, entry: Entry, stamp: Entry) -> None:
        for number, city in enumerate(entry["cities"], 1):
            steps.enter_member(
                holder=City.objects.get(public_id=city),
                category="full",
                number=number,
                joined_on=first_day(entry["joined"]),
                precision=precision(entry["joined"]),
                basis=self._basis(entry),
                source=entry["list"],
                **stamp,
            )

    def _enter_late(self, entry: Entry, stamp: Entry) -> None:
        steps.enter_member(
            holder=self._holder(entry),
            category="full",
            number=entry["number"],
            joined_on=first_day(entry["joined"]),
            basis=self._basis(entry),
            source=entry["list"],
            **stamp,
        )

    def _apply(self, entry: Entry, stamp: Entry) -> None:
        holder = self._holder(entry)
        letter = store_file(
            data=words(entry["letter"])["fa"].encode(),
            name=f"{entry['letter_number'].replace('/', '-')}.txt",
            media_type="text/plain; charset=utf-8",
            at=stamp["at"],
        )
        signer = entry.get("signer")
        applications.receive_application(
            holder=holder,
            category=entry.get("category", "full"),
            received_on=stamp["on"],
            letter=letter,
            letter_number=entry["letter_number"],
            signer=Person.objects.get(public_id=signer) if signer else None,
            signer_words=words(entry.get("signer_words")),
            **stamp,
        )

    def _examine(self, entry: Entry, stamp: Entry) -> None:
        application = self._application(entry)
        left = set(entry.get("leaves", ()))
        for point in points_of(application, on=stamp["on"]):
            if not point.is_settled and point.key not in left:
                application.refresh_from_db()
                applications.examine_point(
                    application=application,
                    point=point.key,
                    outcome="met",
                    note=words(entry["note"])["fa"],
                    **stamp,
                )

    def _admit(self, entry: Entry, stamp: Entry) -> None:
        applications.admit_member(
            application=self._application(entry),
            basis=self._basis(entry),
            provisionally=entry.get("provisionally", False),
            **stamp,
        )

    def _refuse(self, entry: Entry, stamp: Entry) -> None:
        applications.refuse_application(
            application=self._application(entry),
            basis=self._basis(entry),
            reason=words(entry["reason"])["fa"],
            **stamp,
        )

    def _change(self, entry: Entry, stamp: Entry) -> None:
        steps.change_membership(
            member=self._member(entry),
            verb=entry["verb"],
            basis=self._basis(entry),
            category=entry.get("category", ""),
            reason=words(entry.get("reason")).get("fa", ""),
            **stamp,
        )

    def _grant_plan(self, entry: Entry, stamp: Entry) -> None:
        dues.grant_plan(
            member=self._member(entry),
            until=date.fromisoformat(entry["until"]),
            words=words(entry["words"])["fa"],
            basis=self._basis(entry),
            **stamp,
        )

    def _accredit(self, entry: Entry, stamp: Entry) -> None:
        for city in entry["cities"]:
            held = self.stage.posts.get(f"delegate-{city}")
            mandates = held.mandates.select_related("person") if held else ()
            person = next((m.person for m in mandates if m.is_in_force(stamp["on"])), None)
            dues.accredit_representative(
                member=Member.objects.get(public_id=city),
                person=person,
                words={} if person else words(entry["words"]),
                until=date.fromisoformat(entry["until"]),
                source=entry["letter_number"],
                **stamp,
            )

    def _freeze(self, entry: Entry, stamp: Entry) -> None:
        meeting = Meeting.objects.get(public_id=entry["meeting"])
        standing.freeze_standing(meeting=meeting.reference(), **stamp)

    def _rule(self, entry: Entry, stamp: Entry) -> None:
        standing.record_ruling(
            snapshot=Snapshot.objects.get(meeting__id=entry["meeting"]),
            member=self._member(entry),
            right=entry["right"],
            granted=True,
            chair=words(entry["chair"])["fa"],
            reason=words(entry["reason"])["fa"],
            **stamp,
        )
