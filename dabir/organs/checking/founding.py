"""Whether each organ was founded in order, and belongs where it says."""

from __future__ import annotations

from collections.abc import Iterator

from dabir.organs.checking.facts import Found, Institution, OrganFact
from dabir.organs.folding import earliest, latest
from dabir.organs.states import Severity


def cyclic_parents(facts: Institution) -> Iterator[Found]:
    """Organs that belong to each other in a circle."""
    for organ in facts.organs:
        seen, above = {organ.key}, organ.parent
        while above and above not in seen:
            seen.add(above)
            above = facts.organ[above].parent if above in facts.organ else ""
        if above == organ.key:
            yield Found("cyclic_parents", organ.key)


def gone_parents(facts: Institution) -> Iterator[Found]:
    """An organ that is there and belongs to one that is not."""
    for organ in facts.organs:
        parent = facts.organ.get(organ.parent)
        if parent and organ.exists_on(facts.today) and not parent.exists_on(facts.today):
            yield Found("parent_gone", organ.key, params={"parent": parent.names})


def foundations(facts: Institution) -> Iterator[Found]:
    """Founded by one that may not, before it was decided, after its first session, on no known ground."""
    for organ in facts.organs:
        if not organ.has_basis:
            yield Found("unknown_foundation", organ.key, severity=Severity.NOTE)
        yield from _founder(facts, organ)
        if organ.founded_on is None:
            continue
        if (
            organ.decided_on
            and latest(organ.founded_on, organ.founded_precision) < organ.decided_on
        ):
            days = {"day": organ.founded_on, "decided": organ.decided_on}
            yield Found("founded_before_decision", organ.key, params=days)
        first = next(iter(facts.held_sessions.get(organ.key, [])), None)
        if first and first.last < earliest(organ.founded_on, organ.founded_precision):
            params = {"session": first.names, "day": first.starts_on, "founded": organ.founded_on}
            yield Found("founded_after_session", organ.key, first.key, params=params)


def _founder(facts: Institution, organ: OrganFact) -> Iterator[Found]:
    """The organ that decided the foundation: was it there, and may it found one of this kind?"""
    if not organ.founded_by:
        return
    day = organ.decided_on or organ.founded_on or facts.today
    founder = facts.organ.get(organ.founded_by)
    if organ.founded_by == organ.key or (founder and not founder.exists_on(day)):
        names = founder.names if founder else organ.names
        yield Found("founder_not_there", organ.key, params={"founder": names})
        return
    article = facts.articles(day).get("organs.founders")
    may = article.value.get(organ.kind) if article and article.value else None
    if article and may is not None and organ.founded_by not in may:
        names = founder.names if founder else {"en": organ.founded_by}
        yield Found("may_not_found", organ.key, params={"founder": names}, article=article.article)
