"""Long public lists: every page of them once, at one cost; how much pages ask; what is known of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabir.core import kept
from dabir.decisions.models import Commitment
from dabir.decisions.public import TasksAsked, counts_by_status, counts_of, tasks_by_day
from dabir.decisions.public.followup import _Tasks
from dabir.decisions.services.terms import Deadline, set_aside_commitment, start_commitment
from dabir.documents.services import add_document
from dabir.meetings.models import Meeting
from dabir.organs.models import Organ
from dabir.website.views.declarations import TEXTS_SHOWN
from tests.decisions.reported import a_commitment, a_decision, two_organs
from tests.factories.people import AT, ON, SIGNED
from tests.website.declared import a_followed_declaration

pytestmark = pytest.mark.django_db
# Every kind of page, and how many statements it asks for at most when nothing of it is known.
MOST = {
    "": 12, "decisions/": 8, "decisions/azmoon-2026/": 4, "decisions/azmoon-2026/1/": 10,
    "follow-up/": 8, "follow-up/?status=blocked": 8, "follow-up/?words=tree&text=azmoon-2026": 8,
    "reports/": 8, "forum/": 8, "forum/people/": 8, "forum/organs/": 8, "forum/history/": 8,
    "forum/organs/general-assembly/": 8, "forum/hosts/": 8, "forum/rules/": 8, "news/": 8,
    "search/?q=tree": 8, "knowledge/": 8, "security/": 8, "cities/": 8,
}  # fmt: skip


@pytest.fixture(autouse=True)
def today() -> Any:
    kept.forget_kept()
    with time_machine.travel(AT, tick=False):
        yield


def test_every_public_page_asks_no_more_statements_than_it_may() -> None:
    a_followed_declaration()
    for address, most in MOST.items():
        kept.forget_kept()
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(f"/en/{address}")
        found = len(asked), len(asked.captured_queries)
        assert answer.status_code == 200, address
        assert found[0] <= most, (address, found, [q["sql"][:90] for q in asked.captured_queries])
        assert len(answer.content) < 100_000, address


def many_tasks() -> None:
    """Tasks of decisions of four days, two on the same day; some late, one under way."""
    followed = a_followed_declaration()
    text, organ = followed.decision.document, followed.decision.organ
    for number, days in enumerate((0, 1, 1, 5)):
        on = date(2026, 1, 10) + timedelta(days=days)
        name = f"azmoon-2026/x{number}"
        decision = a_decision(organ, public_id=name, document=text, decided_on=on)
        for task in range(number + 1):
            until = ON + timedelta(days=9) if task % 2 else ON - timedelta(days=1)
            made = a_commitment(decision, deadline=Deadline(type="date", on=until))
    start_commitment(commitment=made, **SIGNED)


def test_any_part_of_the_follow_up_is_that_part_of_the_whole() -> None:
    many_tasks()
    newest = Commitment.objects.order_by("-decision__decided_on", "-decision_id", "position")
    ids = list(newest.values_list("decision__public_id", flat=True))
    for status in ("", "not_started", "delayed", "under_way"):
        asked = TasksAsked(status)
        steps = tasks_by_day(ON, asked)
        counts = counts_of(steps)
        number = counts[status] if status else sum(counts.values())
        tasks = _Tasks(ON, asked, number, lambda steps=steps: steps)
        whole = tasks[0 : len(ids)]
        assert len(whole) == len(tasks) == (counts[status] if status else len(ids)) > 0
        assert status or [line.decision for line in whole] == ids
        shown = {("delayed" if line.is_late else line.status) for line in whole}
        assert shown == ({status} if status else {key for key, number in counts.items() if number})
        for first in range(len(tasks)):
            for size in (1, 2, 3):
                assert tasks[first : first + size] == whole[first : first + size]
        assert tasks[len(tasks) : len(tasks) + 2] == []


def test_counts_of_all_tasks_are_those_of_every_task_looked_at() -> None:
    many_tasks()
    decision = Commitment.objects.first().decision
    organ = decision.organ
    hidden = add_document(
        public_id="res-1", kind="resolution", titles={"en": "Kept back"}, **SIGNED
    )
    before_next = Deadline(type="before_next", organ=organ)
    for number, document in enumerate((hidden, None, decision.document)):
        name = f"beside/{number}"
        other = a_decision(organ, public_id=name, document=document, decided_on=date(2026, 1, 5))
        a_commitment(other, deadline=Deadline(type="date", on=ON - timedelta(days=1)))
        a_commitment(other, deadline=before_next)
        start_commitment(commitment=a_commitment(other, deadline=before_next), **SIGNED)
    assert before_next_is_late(organ) > 0
    for days in (-400, 0, 8, 30):
        today = ON + timedelta(days=days)
        counted = counts_by_status(today)
        assert counted == counts_of(tasks_by_day(today, TasksAsked()))
        assert (
            sum(counted.values())
            == Commitment.objects.exclude(decision__public_id__in=("beside/0", "beside/1")).count()
        )


def before_next_is_late(organ: Organ) -> int:
    """A session after the decisions was held: what was due before it is late now; how many."""
    held = Meeting.objects.create(
        public_id="held",
        organ=organ,
        starts_on=date(2026, 1, 20),
        state="held",
        names={"en": "Held"},
    )
    return Commitment.objects.filter(
        deadline_type="before_next", decision__decided_on__lt=held.starts_on
    ).count()


def test_declarations_stand_on_pages_and_what_else_is_public_on_the_first() -> None:
    two_organs()
    for number in range(TEXTS_SHOWN + 1):
        day = date(2026, 1, 1) + timedelta(days=number)
        add_document(
            public_id=f"text-{number}", kind="declaration", titles={"en": f"Text {number}"},
            adopted_on=day, **SIGNED,
        )  # fmt: skip
    add_document(public_id="about", kind="page", titles={"en": "On us"}, **SIGNED)
    first, second = (Client().get(f"/en/decisions/?page={n}").text for n in (1, 2))
    assert first.count("Text ") == TEXTS_SHOWN
    assert "On us" in first
    assert "Text 0<" not in first
    assert second.count("Text ") == 1
    assert "Text 0<" in second
    assert "On us" not in second
    for wrong in ("0", "3", "x", "9" * 30):
        assert Client().get(f"/en/decisions/?page={wrong}").status_code == 404


def test_what_pages_show_alike_is_asked_for_once_until_an_act_or_the_next_day() -> None:
    task = a_followed_declaration()
    page = "/en/follow-up/?status=delayed&n={}"
    assert task.public_id.rpartition("/")[0] in Client().get(page.format(1)).text
    with CaptureQueriesContext(connection) as asked:
        Client().get(page.format(2))
    assert len(asked) <= 2
    set_aside_commitment(commitment=task, reason="another way", **SIGNED)
    answer = Client().get(page.format(3)).text
    assert "No task matches" in answer
    assert task.public_id.rpartition("/")[0] not in answer


def test_what_is_known_is_bounded_and_the_longest_unasked_goes_first() -> None:
    known = kept.Known(most=2)
    for name, found in (("a", 1), ("b", 2), ("a", 9), ("c", 3)):
        assert known.read(name, lambda found=found: found) == (1 if name == "a" else found)
    assert [known.read(name, lambda: 0) for name in ("a", "c", "b")] == [1, 3, 0]
