"""Whether the people in posts and seats are there in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dabir.organs.articles import article_of, excluded_pairs, follows_host, value_of
from dabir.organs.checking.facts import (
    Found,
    Institution,
    MandateFact,
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
    """A person in two seats of one organ through two posts, or in two organs that exclude each other.

    Whoever holds the post of an office sits in it without a seat.
    """
    pairs = excluded_pairs(facts.articles(facts.today))
    for sitting in _sitting_today(facts).values():
        for place, (organ, is_seat, mandate) in enumerate(sitting):
            for other, other_is_seat, _mandate in sitting[:place]:
                params = {"person": mandate.person_names, "other": facts.organ[other].names}
                subject = f"person {mandate.person}"
                if other == organ and is_seat and other_is_seat:
                    yield Found("person_twice", organ, subject, params=params)
                elif other != organ and {(organ, other), (other, organ)} & set(pairs):
                    yield Found("person_in_excluding", organ, subject, params=params)


def _sitting_today(facts: Institution) -> dict[str, list[tuple[str, bool, MandateFact]]]:
    """For each person the organs in which they sit: by an office, or by a seat of their post."""
    sitting: dict[str, list[tuple[str, bool, MandateFact]]] = defaultdict(list)
    for mandate in facts.mandates:
        office = facts.organ.get(mandate.organ)
        if office and office.kind == OrganKind.OFFICE and held_on(mandate, facts.today):
            sitting[mandate.person].append((mandate.organ, False, mandate))
    for seat in facts.seats:
        kind, _colon, post = seat.holder.partition(":")
        if kind == "post" and held_on(seat, facts.today):
            for mandate in facts.mandates_of.get(post, []):
                if held_on(mandate, facts.today):
                    sitting[mandate.person].append((seat.organ, True, mandate))
    return sitting


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
                f"{mandate.post} {mandate.person} {mandate.starts_on}",
                params=params,
                article=article.article,
            )
