"""Whether terms and intervals are kept, as far as the rule sets of their time say them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from dabir.organs.articles import article_of, period_after, value_of
from dabir.organs.checking.facts import Found, Institution, SeatFact, SessionFact
from dabir.organs.states import OrganKind, Severity
from dabir.statutes.periods import day_after


def terms_of_seats(facts: Institution) -> Iterator[Found]:
    """Seats held after their term, unless the rule set says that one stays until the successor."""
    over: dict[tuple[str, date], list[SeatFact]] = defaultdict(list)
    for seat in facts.seats:
        term = seat.term_ends_on
        if term and (seat.ends_on or facts.today) > term:
            over[(seat.organ, term)].append(seat)
    for (organ, day), seats in sorted(over.items()):
        articles = facts.articles(day)
        if value_of(organ, "hold_over", articles) is True:
            continue
        article = article_of(organ, "term_years", articles)
        params = {
            "number": len(seats),
            "day": day,
            "holders": [seat.names for seat in seats],
        }
        said = article.article if article else {}
        yield Found("term_over", organ, f"term {day}", params=params, article=said)


def terms_between_sessions(facts: Institution) -> Iterator[Found]:
    """A Board elected by one Assembly, whose term was over long before the next one met."""
    assembly = next((o.key for o in facts.organs if o.kind == OrganKind.ASSEMBLY), None)
    sessions = facts.held_sessions.get(assembly or "", [])
    boards = [organ for organ in facts.organs if organ.kind == OrganKind.BOARD]
    for board in boards:
        for one, following in _followed(sessions):
            article = article_of(board.key, "term_years", facts.articles(one.last))
            if article is None or not isinstance(article.value, int):
                continue
            over = day_after(one.last, years=article.value)
            until = following.first if following else facts.today
            if until > over and not _held_over(board.key, facts, over):
                params = {
                    "session": one.names,
                    "years": article.value,
                    "over": over,
                    "until": until,
                    "days": (until - over).days,
                }
                yield Found(
                    "term_overrun", board.key, one.key, params=params, article=article.article
                )


def _held_over(organ: str, facts: Institution, day: date) -> bool:
    return value_of(organ, "hold_over", facts.articles(day)) is True


def _followed(
    sessions: Sequence[SessionFact],
) -> Iterator[tuple[SessionFact, SessionFact | None]]:
    """Each session with the one that followed; the last one with None."""
    for place, session in enumerate(sessions):
        yield session, sessions[place + 1] if place + 1 < len(sessions) else None


def intervals(facts: Institution) -> Iterator[Found]:
    """Assemblies further apart than the rule set allows; said when it does not say."""
    for organ in facts.organs:
        if organ.kind != OrganKind.ASSEMBLY:
            continue
        for one, following in _followed(facts.held_sessions.get(organ.key, [])):
            article = article_of(organ.key, "interval", facts.articles(one.last))
            period = article.value if article else None
            latest_day = period_after(one.last, period) if period is not None else None
            until = following.first if following else facts.today
            if latest_day is None or until <= latest_day:
                continue
            params = {"session": one.names, "day": latest_day, "days": (until - latest_day).days}
            said = article.article if article else {}
            yield Found("interval_overrun", organ.key, one.key, params=params, article=said)


def articles_unset(facts: Institution) -> Iterator[Found]:
    """What could not be looked at, because the rule set in force does not say it."""
    articles = facts.articles(facts.today)
    asked = [(o.key, "interval") for o in facts.organs if o.kind == OrganKind.ASSEMBLY]
    asked += [(o.key, "term_years") for o in facts.organs if o.kind == OrganKind.BOARD]
    for key, name in asked:
        article = article_of(key, name, articles)
        if article is not None and article.value is None:
            yield Found("article_unset", key, name, Severity.NOTE, article=article.article)
