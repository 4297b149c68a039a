"""Acts on the statute: adopt a rule set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dabir.core.actors import Actor
from dabir.core.errors import IllegalStep
from dabir.core.reference import Reference
from dabir.core.trail import record_act
from dabir.core.validation import check_record
from dabir.statutes.checking import check_text
from dabir.statutes.errors import RulesFaulty
from dabir.statutes.models import RuleSet


@transaction.atomic
def adopt_rules(
    *,
    key: str,
    names: Mapping[str, str],
    text: str,
    in_force_from: date,
    by: Actor,
    on: date,
    at: datetime,
    basis: Reference | None = None,
) -> RuleSet:
    """Enter a rule set with the day from which it is in force; earlier acts keep the earlier rules.

    Raises RulesFaulty, naming each fault with its line, for a set that cannot stand, and IllegalStep
    for one that is adopted already.
    """
    checked = check_text(text)
    if checked.faults:
        raise RulesFaulty(checked.faults)
    if RuleSet.objects.filter(in_force_from=in_force_from, text=text).exists():
        raise IllegalStep(
            _("This very rule set is already adopted from that day."),
            cure=_("Look at the rules in force; nothing has to be done."),
            code="adopted_already",
        )
    articles = checked.rules.articles
    rules = RuleSet(
        key=key,
        names=dict(names),
        text=text,
        in_force_from=in_force_from,
        basis=basis.as_dict() if basis else None,
        on=on,
        at=at,
        by=by.as_dict(),
    )
    check_record(rules)
    rules.save()
    record_act(
        "statutes.adopt_rules",
        target=Reference("rule_set", key, dict(names), in_force_from),
        by=by,
        on=on,
        at=at,
        after={
            "in_force_from": in_force_from,
            "set": sorted(k for k, a in articles.items() if a.is_set),
            "unset": sorted(k for k, a in articles.items() if not a.is_set),
        },
        basis=basis,
    )
    return rules
