"""Whether the people in posts and seats are there in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dabir.organs.articles import article_of, excluded_pairs, follows_host, value_of
from dabir.organs.checking.facts import (
    Found,
    Institution,
    MandateFact,
    SeatFact,
    held_on,
    overlaps,
)
from dabir.organs.folding import latest
from dabir.organs.states import OrganKind


def mandates_overlap(facts: Institution) -> Iterator[Found]:
    """Two holders at once of a post that has one."""
    for post, mandates in facts.mandates_of.items():
        for acting in (False, True):
            rows = [m for m in mandates if m.is_acting is acting and m.one_holder]
            for one, other in overlaps(rows):
                params = {
                    "post": one.post_names,
                    "one": one.person_names,
                    "other": other.person_names,
                }
                yield Found("mandates_overlap", one.organ, f"post {post}", params=params)


def posts_without_holder(facts: Institution) -> Iterator[Found]:
    """Seats held by a post that nobody holds on the day of the check."""
    for seat in facts.seats:
        kind, _colon, post = seat.holder.partition(":")
        if kind != "post" or not held_on(seat, facts.today):
            continue
        if not any(held_on(m, facts.today) for m in facts.mandates_of.get(post, [])):
            subject = f"seat {seat.number}"
            yield Found("post_unheld", seat.organ, subject, params={"holder": seat.names})


def people_twice(facts: Institution) -> Iterator[Found]:
    """A person in two seats of one organ through two posts, or in two organs that exclude each other."""
    pairs = excluded_pairs(facts.articles(facts.today))
    sitting: dict[str, list[tuple[SeatFact, MandateFact]]] = defaultdict(list)
    for seat in facts.seats:
        kind, _colon, post = seat.holder.partition(":")
        if kind != "post" or not held_on(seat, facts.today):
            continue
        for mandate in facts.mandates_of.get(post, []):
            if held_on(mandate, facts.today):
                sitting[mandate.person].append((seat, mandate))
    for seats in sitting.values():
        for place, (seat, mandate) in enumerate(seats):
            for other, _mandate in seats[:place]:
                params = {"person": mandate.person_names, "other": facts.organ[other.organ].names}
                subject = f"person {mandate.person}"
                if other.organ == seat.organ:
                    yield Found("person_twice", seat.organ, subject, params=params)
                elif {(seat.organ, other.organ), (other.organ, seat.organ)} & set(pairs):
                    yield Found("person_in_excluding", seat.organ, subject, params=params)


def presidents(facts: Institution) -> Iterator[Found]:
    """A presidency that is not the host city's, from the Assembly that it hosted to the next."""
    for office in facts.organs:
        if office.kind != OrganKind.OFFICE:
            continue
        for seat in facts.seats_of.get(office.key, []):
            if seat.starts_on is None or not seat.holder.startswith("city:"):
                continue
            articles = facts.articles(seat.starts_on)
            article = article_of(office.key, "presidency", articles)
            assembly = follows_host(article.value if article else None)
            if article is None or not assembly:
                continue
            last_day = latest(seat.starts_on, seat.precision)
            hosted = [s for s in facts.held_sessions.get(assembly, []) if s.first <= last_day]
            if hosted and hosted[-1].city and seat.holder != f"city:{hosted[-1].city}":
                yield Found(
                    "president_not_host",
                    office.key,
                    f"seat {seat.number}",
                    params={"holder": seat.names, "session": hosted[-1].names},
                    article=article.article,
                )


def chains_complete(facts: Institution) -> Iterator[Found]:
    """People in an office whose appointment did not go through the steps of the rule set."""
    for mandate in facts.mandates:
        if mandate.starts_on is None or mandate.is_acting or mandate.chain_complete:
            continue
        office = facts.organ.get(mandate.organ)
        if office is None or office.kind != OrganKind.OFFICE:
            continue
        articles = facts.articles(mandate.starts_on)
        article = article_of(office.key, "appointment", articles)
        by_host = follows_host(value_of(office.key, "presidency", articles))
        if article is not None and article.value is not None and not by_host:
            params = {"person": mandate.person_names, "post": mandate.post_names}
            yield Found(
                "chain_incomplete",
                mandate.organ,
                f"mandate {mandate.id}",
                params=params,
                article=article.article,
            )
