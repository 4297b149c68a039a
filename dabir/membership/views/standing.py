"""Standing: of everybody on a day, of one member in words, and frozen for a meeting."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.errors import Words
from dabir.core.fileanswer import file_answer
from dabir.core.slots import Panel
from dabir.core.words import as_words, day_said, reader_language, say
from dabir.documents.downloads import table_answer
from dabir.documents.tabular.export import MEDIA_TYPES
from dabir.documents.tabular.table import Column, Status, Table
from dabir.membership.forms.standing import VERDICTS, RulingForm, StandingFilter
from dabir.membership.models import Member, Snapshot
from dabir.membership.places import crumbs_to, crumbs_to_members, snapshot_url
from dabir.membership.printing_standing import standing_pdf
from dabir.membership.queries.frozen import (
    ListedMember,
    listed_members,
    snapshots_listed,
    snapshots_of,
)
from dabir.membership.queries.members import members_listed
from dabir.membership.queries.standing import (
    MemberStanding,
    answers_of,
    standing_on,
    standings_on,
)
from dabir.membership.queries.statute import category_labels
from dabir.registry.acting import act_page, needs
from dabir.registry.queries import the_association
from dabir.statutes.answers import Answer
from dabir.statutes.queries import rule_set_in_force, rules_on
from dabir.statutes.saying import say_answer, say_cure, say_reason, say_verdict
from dabir.statutes.standing import QUESTIONS, Standing
from dabir.text.folding import fold, fold_tokens, sort_key

PER_PAGE = 50
MARKS: dict[bool | None, str] = {True: "accepted", False: "blocked", None: "no_information"}
SHORT: dict[bool | None, Words] = {
    True: gettext_lazy("yes"),
    False: gettext_lazy("no"),
    None: gettext_lazy("cannot be said"),
}
OTHER = {"fa": "en", "en": "fa"}


def answer_shown(answer: Answer) -> dict[str, Any]:
    """An answer in the reader's language, and once more in the other one."""
    language = reader_language()
    other = OTHER.get(language, "en")
    with translation.override(other):
        again = say_answer(answer)
    return {
        "question": dict(_columns())[answer.params["question"]],
        "mark": MARKS[answer.verdict],
        "verdict": say_verdict(answer),
        "reason": say_reason(answer),
        "article": dict(answer.article),
        "cure": say_cure(answer),
        "again": {other: again},
    }


def standing_shown(standing: Standing) -> list[dict[str, Any]]:
    """The three answers as a page shows them."""
    return [answer_shown(answer) for answer in answers_of(standing).values()]


def _short(each: MemberStanding, labels: dict[str, Words]) -> dict[str, Any]:
    """One row of the list: who, and the three verdicts with the reason of the vote."""
    answers = answers_of(each.standing)
    return {
        "names": each.names,
        "url": reverse("membership:member_standing", args=[each.public_id]),
        "category": labels.get(each.facts.category, each.facts.category),
        "verdicts": [
            {"mark": MARKS[answer.verdict], "words": SHORT[answer.verdict]}
            for answer in answers.values()
        ],
        "reason": say_reason(answers["vote"]),
        "cure": say_cure(answers["vote"]),
    }


@needs("membership.view_members")
def standing(request: HttpRequest) -> HttpResponse:
    """Everybody who belongs on a day: may they vote, stand, speak, and why."""
    asked = StandingFilter(request.GET or None)
    day = asked.day()
    everybody = list(standings_on(day))
    numbers = Counter(each.standing.may_vote.verdict for each in everybody)
    shown = _narrowed(everybody, asked)
    labels = category_labels(rules_on(day))
    fmt = request.GET.get("export")
    if fmt in MEDIA_TYPES:
        return _export(shown, labels, fmt, day)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filter": asked,
        "day": day,
        "rule_set": rule_set_in_force(day),
        "counts": _counts(numbers, request),
        "page": page,
        "rows": [_short(each, labels) for each in page.object_list],
        "snapshots": [(each, snapshot_url(each)) for each in snapshots_listed()],
        "breadcrumbs": [*crumbs_to_members(), {"label": _("Standing"), "url": request.path}],
    }
    return render(request, "membership/standing.html", context)


def _narrowed(everybody: list[MemberStanding], asked: StandingFilter) -> list[MemberStanding]:
    """Those whom the filter lets through, in the order of the reader's alphabet."""
    language = reader_language()
    shown = everybody
    if vote := asked.asked("vote"):
        shown = [each for each in shown if each.standing.may_vote.verdict is VERDICTS[vote]]
    if tokens := fold_tokens(asked.asked("q")):
        folded = ((each, fold(" ".join(each.names.values()))) for each in shown)
        shown = [each for each, words in folded if all(token in words for token in tokens)]
    return sorted(shown, key=lambda each: sort_key(say(each.names, language)))


def _counts(numbers: Counter[bool | None], request: HttpRequest) -> list[dict[str, Any]]:
    kept = {"on": request.GET["on"]} if request.GET.get("on") else {}
    cards = (
        ("yes", _("may vote"), True),
        ("no", _("may not vote"), False),
        ("unsaid", _("cannot be said"), None),
    )
    return [
        {
            "status": MARKS[verdict],
            "label": label,
            "number": numbers[verdict],
            "url": "?" + urlencode(kept | {"vote": key}),
            "current": request.GET.get("vote") == key,
        }
        for key, label, verdict in cards
    ]


def _export(
    shown: list[MemberStanding], labels: dict[str, Words], fmt: str, day: Any
) -> HttpResponse:
    association = the_association()
    assert association is not None  # noqa: S101  no page is reached before the first day
    language = reader_language()
    columns = [
        Column("id", _("Member"), "identifier"),
        Column("name", _("Name"), "text", 1.4),
        Column("category", _("Category"), "text"),
        *(Column(question, label, "status") for question, label in _columns()),
        Column("reason", _("Why"), "text", 2.4),
        Column("cure", _("What would cure it"), "text", 1.8),
    ]
    rows = []
    for each in shown:
        answers = answers_of(each.standing)
        row: dict[str, Any] = {
            "id": each.public_id,
            "name": say(each.names, language),
            "category": str(labels.get(each.facts.category, each.facts.category)),
            "reason": say_reason(answers["vote"]),
            "cure": say_cure(answers["vote"]),
        }
        for question, answer in answers.items():
            row[question] = Status(PAPER_MARKS[answer.verdict], say_verdict(answer))
        rows.append(row)
    table = Table(
        title=_("Standing of members"),
        columns=columns,
        rows=rows,
        notes=[_("As of %(day)s") % {"day": day_said(day)}],
        practice=association.is_practice,
        source=say(association.names, language),
    )
    return table_answer(table, fmt, language, f"standing-{day}")


PAPER_MARKS: dict[bool | None, str] = {
    True: "done_accepted",
    False: "blocked",
    None: "no_information",
}


def _columns() -> list[tuple[str, str]]:
    heads = (_("Vote"), _("Candidacy"), _("Voice"))
    return list(zip(QUESTIONS, heads, strict=True))


@needs("membership.view_members")
def member_standing(request: HttpRequest, public_id: str) -> HttpResponse:
    """One member on a day, past or to come: the three answers with article and cure."""
    member = get_object_or_404(members_listed(), public_id=public_id)
    form = StandingFilter(request.GET if "on" in request.GET else None)
    for name in ("vote", "q"):
        form.fields.pop(name)
    day = form.day()
    found = standing_on(member, day)
    context: dict[str, Any] = {
        "member": member,
        "day": day,
        "day_form": form,
        "is_today": day == timezone.localdate(),
        "answers": standing_shown(found.standing),
        "category": category_labels(rules_on(day)).get(found.facts.category, found.facts.category),
        "rule_set": rule_set_in_force(day),
        "breadcrumbs": [*crumbs_to(member), {"label": _("Standing"), "url": request.path}],
    }
    return render(request, "membership/member_standing.html", context)


def _listed_row(each: ListedMember) -> dict[str, Any]:
    answers = each.answers
    return {
        "names": each.line.names,
        "public_id": each.public_id,
        "verdicts": [
            {
                "mark": MARKS[each.may(question)],
                "words": SHORT[each.may(question)],
                "ruling": each.rulings.get(question),
            }
            for question in answers
        ],
        "reason": say_reason(answers["vote"]),
        "cure": say_cure(answers["vote"]),
    }


@needs("membership.view_members")
def snapshot(request: HttpRequest, public_id: str) -> HttpResponse:
    """A frozen list: who votes, who does not and why, and what the chair ruled since."""
    found = get_object_or_404(Snapshot, public_id=public_id)
    language = reader_language()
    listed = listed_members(found)
    listed.sort(key=lambda each: sort_key(say(each.line.names, language)))
    voters = [each for each in listed if each.may("vote")]
    chosen = [e for e in listed if not e.may("vote")] if request.GET.get("vote") == "no" else voters
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "snapshot": found,
        "meeting": as_words(found.meeting["labels"]),
        "tabs": [
            {
                "label": _("List of voters"),
                "url": "?",
                "current": chosen is voters,
                "count": len(voters),
            },
            {
                "label": _("Without a vote"),
                "url": "?vote=no",
                "current": chosen is not voters,
                "count": len(listed) - len(voters),
            },
        ],
        "page": page,
        "rows": [_listed_row(each) for each in page.object_list],
        "rulings": list(
            found.rulings.select_related(
                "member__city", "member__organisation", "member__person"
            ).order_by("on", "at", "id")
        ),
        "may_rule": request.user.has_perm("membership.record_ruling"),
        "breadcrumbs": [
            *crumbs_to_members(),
            {"label": _("Standing"), "url": reverse("membership:standing")},
            {"label": say(found.meeting["labels"]), "url": request.path},
        ],
    }
    return render(request, "membership/snapshot.html", context)


def rule(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what the chair ruled on one member of a frozen list."""
    found = get_object_or_404(Snapshot, public_id=public_id)
    return act_page(
        request,
        form_class=RulingForm,
        record=found,
        back=snapshot_url(found),
        breadcrumbs=[
            *crumbs_to_members(),
            {"label": say(found.meeting["labels"]), "url": snapshot_url(found)},
        ],
    )


@needs("membership.view_members")
def snapshot_paper(request: HttpRequest, public_id: str, language: str) -> HttpResponse:
    """The frozen list printed: the voters, those without a vote with article and cure, the rulings."""
    found = get_object_or_404(Snapshot, public_id=public_id)
    paper = standing_pdf(found, language)
    return file_answer(paper, "application/pdf", f"{public_id}.{language}.pdf", inline=True)


def standing_of_member(request: HttpRequest, member: Member) -> Panel | None:
    """The standing of a member today, for its own page."""
    if not request.user.has_perm("membership.view_members"):
        return None
    facts = {
        "answers": standing_shown(standing_on(member, timezone.localdate()).standing),
        "url": reverse("membership:member_standing", args=[member.public_id]),
    }
    return Panel("membership/standing_panel.html", facts)


def lists_of_meeting(request: HttpRequest, meeting: Any) -> Panel | None:
    """The frozen lists of a meeting, for the meeting's own page."""
    if not request.user.has_perm("membership.view_members"):
        return None
    lists = [(each, snapshot_url(each)) for each in snapshots_of(meeting.public_id)]
    return Panel("membership/lists_panel.html", {"lists": lists}) if lists else None
