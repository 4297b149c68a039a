"""Quorum and vote told with the figures that prove them: base, share, article, needed, had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.errors import Words
from dabir.core.words import number_said, say
from dabir.statutes.amounts import amount_said
from dabir.statutes.answers import Answer
from dabir.statutes.chains import Position
from dabir.statutes.fees import Fee
from dabir.statutes.telling import Names, organ_said, share_said
from dabir.statutes.vocabulary import COUNTED, STEPS, WORDS

VERDICTS: dict[str, Words] = {
    "quorum_of_nobody": gettext_lazy("no quorum: nobody is on the register"),
    "quorum_reached": gettext_lazy("there is a quorum"),
    "quorum_missed": gettext_lazy("there is no quorum"),
    "proxies_unset": gettext_lazy("cannot be said: whether proxies count is unset"),
    "no_valid_vote": gettext_lazy("no decision: nobody voted yes or no"),
    "carried": gettext_lazy("carried"),
    "not_carried": gettext_lazy("not carried"),
    "tie_status_quo": gettext_lazy("a tie: not carried"),
    "tie_cast": gettext_lazy("a tie, broken by the casting vote"),
    "tie": gettext_lazy("a tie, to be broken: %(ties)s"),
    "tie_unset": gettext_lazy("a tie, and the statute does not say what it means"),
}
CURES: dict[str, Words] = {
    "fill_register": gettext_lazy("Enter the members first."),
    "set_article": gettext_lazy("Enter the article, with the decision that adopted it."),
    "second_convocation": gettext_lazy(
        "Wait, or call a second time, with the quorum set for that."
    ),
    "wait_for_more": gettext_lazy("Wait until more are there, or close the session."),
    "vote_again": gettext_lazy("Vote again."),
    "break_tie": gettext_lazy("Break the tie as the article says, and record how."),
}


def say_outcome(answer: Answer) -> str:
    """The outcome of a count or a roll-call, with its proof, in one line."""
    verdict = str(VERDICTS[answer.code]) % {"ties": WORDS.get(str(answer.params.get("ties")), "")}
    return f"{verdict}: {say_proof(answer.params, answer.article)}"


def say_proof(params: Mapping[str, Any], article: Mapping[str, str]) -> str:
    """The proof: at least two thirds of 57 members, art. 14: 38 needed, 41 yes."""
    places = {
        "how": WORDS[params["comparison"]],
        "share": share_said(params["fraction"]),
        "whole": number_said(params["whole"]),
        "base": COUNTED[params["base"]],
        "article": say(article),
        "needed": number_said(params["needed"]),
    }
    of_what = _("%(how)s %(share)s of %(whole)s %(base)s") % places
    cited = _("%(words)s, %(article)s") % {"words": of_what, **places} if article else of_what
    if "yes" in params:
        places["yes"] = number_said(params["yes"])
        return f"{cited}: " + _("%(needed)s needed, %(yes)s yes") % places
    places["there"] = number_said(params["there"])
    return f"{cited}: " + _("%(needed)s needed, %(there)s there") % places


def say_cure(answer: Answer) -> str:
    """What would change it; empty where nothing has to."""
    return str(CURES.get(answer.cure_code, ""))


def say_position(position: Position, organs: Names | None = None) -> str:
    """Where a matter stands in its chain of steps."""
    if position.due is not None:
        who = organ_said(position.due.by, organs)
        return _("next: %(step)s") % {"step": str(STEPS[position.due.act]) % {"who": who}}
    return _("all steps done: yes") if position.granted else _("ended: no")


def say_fee(fee: Fee) -> str:
    """An amount and the row of the table that gave it."""
    amount = amount_said(fee.amount, fee.currency) if fee.currency else number_said(fee.amount)
    said = [
        str(WORDS.get(str(v), v)) for k, v in fee.row.items() if k not in ("amount", "from", "to")
    ]
    band = _band(fee.row)
    why = _(", ").join([*([band] if band else []), *(each for each in said if each)])
    return f"{amount} ({why})" if why else amount


def _band(row: Mapping[str, Any]) -> str:
    start, end = row.get("from", 0), row.get("to")
    if "from" not in row and end is None:
        return ""
    places = {"start": number_said(f"{start:,}"), "end": number_said(f"{end:,}") if end else ""}
    if end is None:
        return _("from %(start)s") % places
    return _("from %(start)s to below %(end)s") % places
