"""A frozen list of standing as a paper: voters, those without a vote and why, and the chair's rulings."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from dabir.core.words import as_words
from dabir.documents.typesetting.blocks import (
    Block,
    Facts,
    Grid,
    Head,
    Heading,
    Paper,
    Paragraph,
    Run,
)
from dabir.documents.typesetting.press import print_pdf
from dabir.membership.models import Snapshot
from dabir.membership.printing import PRACTICE, chosen, letterhead, run
from dabir.membership.queries.frozen import ListedMember, listed_members
from dabir.registry.queries import the_association
from dabir.statutes.saying import say_cure, say_reason
from dabir.text.calendars import format_both
from dabir.text.digits import localize_digits
from dabir.text.folding import sort_key

_WORDS = {
    "title": ("فهرست قطعی رأی‌دهندگان", "Frozen List of Voters"),
    "meeting": ("نشست", "Meeting"),
    "as_of": ("وضعیت در روز", "Standing on"),
    "rules": ("اساسنامهٔ مبنا", "Rule set"),
    "frozen": ("ثبت قطعی در", "Frozen on"),
    "digest": ("اثر انگشت", "SHA-256"),
    "counted": ("شمار", "Count"),
    "counts": (
        "{voters} رأی‌دهنده، {others} بی حق رأی، از {all} عضو",
        "{voters} with a vote, {others} without, of {all} members",
    ),
    "voters": ("رأی‌دهندگان", "Voters"),
    "others": ("بی حق رأی", "Without a vote"),
    "number": ("ردیف", "No."),
    "member": ("عضو", "Member"),
    "stand": ("نامزدی", "Candidacy"),
    "why": ("چرا", "Why"),
    "cure": ("چارهٔ آن", "What would cure it"),
    "yes": ("بله", "yes"),
    "no": ("خیر", "no"),
    "unsaid": ("نمی‌توان گفت", "cannot be said"),
    "by_ruling": ("به حکم رئیس نشست", "by ruling of the chair"),
    "rulings": ("حکم‌های رئیس نشست", "Rulings of the Chair"),
    "ruled_on": ("روز", "On"),
    "chair": ("حکم‌کننده", "Ruled by"),
    "ruling": ("حکم", "Ruling"),
    "reason": ("دلیل", "Reason"),
    "later": (
        "آنچه پس از این روز پرداخت شده باشد این فهرست را دگرگون نمی‌کند.",
        "What was paid after this day does not change this list.",
    ),
    "vote": ("رأی", "vote"),
    "speak": ("سخن گفتن", "voice"),
}


def _word(key: str, language: str) -> str:
    return _WORDS[key][0 if language == "fa" else 1]


def standing_pdf(snapshot: Snapshot, language: str) -> bytes:
    """The frozen list in one language, with the rulings recorded so far."""
    language = language if language in ("fa", "en") else "en"
    with translation.override(language):
        return print_pdf(standing_paper(snapshot, language))


def standing_paper(snapshot: Snapshot, language: str) -> Paper:
    """The list as a paper; the same list and rulings give the same bytes."""
    association = the_association()
    assert association is not None  # noqa: S101  no meeting before the first day
    names = as_words(association.names)
    listed = listed_members(snapshot)
    listed.sort(key=lambda each: sort_key(chosen(each.line.names, language)[0]))
    voters = [each for each in listed if each.may("vote")]
    others = [each for each in listed if not each.may("vote")]
    rulings = list(snapshot.rulings.order_by("on", "at", "id"))
    blocks: list[Block] = [
        Heading(1, (Run(_word("title", language)),)),
        _facts(snapshot, language, len(voters), len(others)),
        Paragraph((Run(_word("later", language)),), "note"),
        Heading(2, (Run(_word("voters", language)),)),
        _voters(voters, language),
    ]
    if others:
        blocks += [Heading(2, (Run(_word("others", language)),)), _others(others, language)]
    if rulings:
        named = {each.line.member_id: each for each in listed}
        blocks += [
            Heading(2, (Run(_word("rulings", language)),)),
            _rulings(rulings, named, language),
        ]
    return Paper(
        language=language,
        title=f"{_word('title', language)} · {chosen(snapshot.meeting['labels'], language)[0]}",
        author=chosen(names, language)[0],
        written_at=max([snapshot.at, *(ruling.at for ruling in rulings)]),
        blocks=blocks,
        running_title=chosen(names, language)[0],
        practice=PRACTICE[language] if association.is_practice else "",
        letterhead=letterhead(names, language),
        emblem=association.emblem,
    )


def _facts(snapshot: Snapshot, language: str, voters: int, others: int) -> Facts:
    counted = _word("counts", language).format(voters=voters, others=others, all=voters + others)
    return Facts(
        (
            (_word("meeting", language), (run(snapshot.meeting["labels"], language),)),
            (_word("as_of", language), (Run(format_both(snapshot.as_of, language)),)),
            (_word("rules", language), (Run(snapshot.rule_set, "code"),)),
            (_word("frozen", language), (Run(format_both(snapshot.on, language)),)),
            (_word("counted", language), (Run(localize_digits(counted, language)),)),
            (_word("digest", language), (Run(snapshot.digest, "code"),)),
        )
    )


def _number(place: int, language: str) -> tuple[Run, ...]:
    return (Run(localize_digits(str(place), language)),)


def _verdict(each: ListedMember, question: str, language: str) -> str:
    verdict = each.may(question)
    word = _word("yes" if verdict else "unsaid" if verdict is None else "no", language)
    if question in each.rulings:
        word = f"{word} ({_word('by_ruling', language)})"
    return word


def _voters(voters: list[ListedMember], language: str) -> Grid:
    heads = (
        Head(_word("number", language), "number", 0.5),
        Head(_word("member", language), "text", 3),
        Head(_word("stand", language), "text", 1.6),
        Head(_word("why", language), "text", 3.4),
    )
    rows = [
        (
            _number(place, language),
            (run(each.line.names, language),),
            (Run(_verdict(each, "stand", language)),),
            (Run(_reason(each, "vote", language)),),
        )
        for place, each in enumerate(voters, 1)
    ]
    return Grid("", heads, rows)


def _reason(each: ListedMember, question: str, language: str) -> str:
    if question in each.rulings:
        return _word("by_ruling", language)
    return say_reason(each.answers[question])


def _others(others: list[ListedMember], language: str) -> Grid:
    heads = (
        Head(_word("number", language), "number", 0.5),
        Head(_word("member", language), "text", 2),
        Head(_word("why", language), "text", 3.4),
        Head(_word("cure", language), "text", 3),
    )
    rows = [
        (
            _number(place, language),
            (run(each.line.names, language),),
            (Run(_reason(each, "vote", language)),),
            (Run(say_cure(each.answers["vote"]) or "–"),),
        )
        for place, each in enumerate(others, 1)
    ]
    return Grid("", heads, rows)


def _rulings(rulings: list[Any], named: dict[int, ListedMember], language: str) -> Grid:
    heads = (
        Head(_word("ruled_on", language), "date", 1.3),
        Head(_word("member", language), "text", 1.6),
        Head(_word("ruling", language), "text", 1.4),
        Head(_word("chair", language), "text", 1.4),
        Head(_word("reason", language), "text", 3),
    )
    rows = [
        (
            (Run(format_both(ruling.on, language)),),
            (run(named[ruling.member_id].line.names, language),),
            (
                Run(
                    f"{_word(ruling.right, language)}: "
                    f"{_word('yes' if ruling.granted else 'no', language)}"
                ),
            ),
            (Run(ruling.chair),),
            (Run(ruling.reason),),
        )
        for ruling in rulings
    ]
    return Grid("", heads, rows)
