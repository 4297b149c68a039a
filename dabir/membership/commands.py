"""What the command line does with members; how it is asked stands in `config`."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dabir.core.errors import InvalidInput
from dabir.core.words import as_words, day_said, say
from dabir.membership.models import Member
from dabir.membership.queries.standing import answers_of, city_named, standing_of_city
from dabir.statutes.answers import Answer
from dabir.statutes.queries import rules_on
from dabir.statutes.reading import Rules, read_rules
from dabir.statutes.saying import say_answer, say_cure, say_reason, say_verdict

LANGUAGES = ("fa", "en")


def tell_standing(asked: Namespace) -> int:
    """Say whether a city may vote, stand and speak on a day, with reason, article and cure."""
    day = asked.on or timezone.localdate()
    city = city_named(asked.city)
    rules = _rules(asked, day)
    answers = answers_of(standing_of_city(city, day, rules=rules))
    if asked.json:
        member = Member.objects.filter(city=city).first()
        answer = {
            "schema": "dabir/standing/1",
            "city": {"id": city.public_id, "names": as_words(city.names)},
            "member": _member(member),
            "on": day.isoformat(),
            "rule_set": {"key": rules.key, "in_force_from": rules.in_force_from},
            "answers": {question: _told(each) for question, each in answers.items()},
        }
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=str) + "\n")
        return 0
    head = _("%(city)s on %(day)s") % {"city": say(city.names), "day": day_said(day)}
    lines = [head, *(say_answer(answer) for answer in answers.values())]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _rules(asked: Namespace, day: Any) -> Rules:
    """The rules of a file, else those in force on the day."""
    if asked.rules is None:
        return rules_on(day)
    try:
        text = asked.rules.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise InvalidInput(
            _("“%(file)s” is not a rule set: it is no text in UTF-8.") % {"file": asked.rules.name}
        ) from fault
    return read_rules(text, key=asked.rules.stem)


def _member(member: Member | None) -> dict[str, Any] | None:
    if member is None:
        return None
    return {
        "id": member.public_id,
        "number": member.number,
        "category": member.category,
        "state_today": member.state,
        "joined_on": member.joined_on.isoformat() if member.joined_on else None,
    }


def _told(answer: Answer) -> dict[str, Any]:
    """An answer as data and, beside it, in the words of both languages."""
    words: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = {
                "verdict": say_verdict(answer),
                "reason": say_reason(answer),
                "cure": say_cure(answer),
            }
    return answer.as_dict() | {"words": words}
