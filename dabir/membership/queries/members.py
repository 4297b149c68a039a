"""Questions about members: lists, one member with all, and how a membership stood on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from dabir.core.models import SearchEntry
from dabir.core.words import as_words
from dabir.membership.models import Application, Member, Step
from dabir.membership.states import BELONGING
from dabir.registry.models import Organisation
from dabir.text.folding import fold, fold_tokens

BESIDE = ("city", "city__country", "organisation", "person")


def members_listed() -> QuerySet[Member]:
    """Everybody who belongs, belonged or asked to, with the names that lists show."""
    return Member.objects.select_related(*BESIDE)


def members_found(rows: QuerySet[Member], words: str) -> QuerySet[Member]:
    """Those whose name, in any language and spelling, contains every word."""
    tokens = fold_tokens(words)
    if not tokens:
        return rows
    entries = SearchEntry.objects.filter(kind__in=["city", "person"])
    for token in tokens:
        entries = entries.filter(folded__contains=token)
    ids = entries.values("public_id")
    bodies = [
        key
        for key, names in Organisation.objects.filter(membership__isnull=False).values_list(
            "pk", "names"
        )
        if all(token in fold(" ".join(as_words(names).values())) for token in tokens)
    ]
    named = Q(city__public_id__in=ids) | Q(person__public_id__in=ids) | Q(organisation__in=bodies)
    return rows.filter(named | Q(public_id__icontains=words.strip()))


def states_counted(rows: QuerySet[Member]) -> dict[str, int]:
    """How many memberships have each state."""
    return dict(rows.order_by().values_list("state").annotate(n=Count("pk")))


def categories_used() -> list[str]:
    """The categories that occur, whatever the statute in force names."""
    return list(Member.objects.order_by("category").values_list("category", flat=True).distinct())


def members_belonging() -> QuerySet[Member]:
    """Those whose membership stands today, be it provisional or suspended."""
    return members_listed().filter(state__in=BELONGING)


def member_with_all(public_id: str) -> Member | None:
    """One member with its steps, applications, dues, plans and certificates."""
    newest_first = ("-on", "-at", "-id")
    return (
        members_listed()
        .filter(public_id=public_id)
        .prefetch_related(
            Prefetch("steps", Step.objects.order_by(*newest_first)),
            Prefetch("applications", Application.objects.order_by("-received_on", "-id")),
            "dues",
            "plans",
            "certificates",
            "certificates__step",
        )
        .first()
    )


def last_step_on(member: Member, on: date) -> Step | None:
    """The step that held on that day; None before the first."""
    return member.steps.filter(on__lte=on).order_by("on", "at", "id").last()


def deciding_step(steps: list[Step]) -> Step | None:
    """The newest step that an organ decided: the answer to "by which decision?"."""
    return next((step for step in steps if step.basis), None)


def applications_open() -> QuerySet[Application]:
    """Applications that nobody has decided yet, the oldest letter first."""
    beside = [f"member__{name}" for name in BESIDE]
    return (
        Application.objects.filter(is_open=True)
        .select_related("member", *beside)
        .order_by("received_on", "id")
    )
