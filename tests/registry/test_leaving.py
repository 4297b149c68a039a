"""Somebody leaves: posts that exclude each other, a change of mayor, what lies open moves on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dabir.core.errors import IllegalStep, InvalidInput
from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.decisions.services.activity import plan_action
from dabir.decisions.services.agreed import Lead
from dabir.decisions.services.terms import assign_commitment
from dabir.messaging.models import Letter, SignedLink
from dabir.messaging.services import issue_link, register_letter, write_letter
from dabir.organs.services import give_seat
from dabir.registry import incompatible
from dabir.registry.incompatible import Exclusion
from dabir.registry.models import Mandate, Person, Post
from dabir.registry.open_items import open_items_of
from dabir.registry.queries import contact_for_post, holders_of, posts_with_holders
from dabir.registry.rights import mandates_in_force, powers_of
from dabir.registry.services import (
    Newcomer,
    change_mayor,
    close_post,
    create_post,
    end_mandate,
    give_mandate,
    hand_over_post,
    move_open_items,
)
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import ON, SIGNED, a_mandate, a_person, a_post, an_account

pytestmark = pytest.mark.django_db
DECISION = Reference("decision", "board/7", {"en": "Board, decision 7"}, date(2026, 3, 1))


@pytest.mark.parametrize(
    "power", ["treasurer", "secretary_general", "expert", "president", "board_member"]
)
def test_auditor_holds_no_post_whose_acts_are_examined(power: str) -> None:
    person = a_person()
    a_mandate(person, a_post("auditor", name="Auditor"))
    with pytest.raises(IllegalStep) as refusal:
        a_mandate(person, a_post(power, name="Other"))
    assert refusal.value.code == "incompatible_posts"
    assert "Auditor" in str(refusal.value.message)
    assert Mandate.objects.count() == 1


def test_excluded_posts_one_after_the_other_are_allowed() -> None:
    person = a_person()
    a_mandate(person, a_post("auditor"), ends_on=date(2026, 6, 1))
    a_mandate(person, a_post("treasurer"), starts_on=date(2026, 6, 1))
    assert Mandate.objects.count() == 2


def test_post_with_powers_that_exclude_each_other_is_refused() -> None:
    with pytest.raises(InvalidInput) as refusal:
        create_post(names={"en": "Both"}, powers=["auditor", "treasurer"], **SIGNED)
    assert refusal.value.code == "incompatible_posts"


def test_statute_adds_an_exclusion_from_its_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Exclusion("treasurer", frozenset({"board_member"}), "not of the Board", "art. 12")
    from_day = date(2026, 1, 1)
    monkeypatch.setattr(incompatible, "PROVIDERS", [lambda day: [rule] if day >= from_day else []])
    person = a_person()
    a_mandate(person, a_post("treasurer"))
    with pytest.raises(IllegalStep, match="not of the Board"):
        a_mandate(person, a_post("board_member"))


@pytest.mark.parametrize(("day", "refused"), [(28, True), (1, False)])
def test_nothing_takes_effect_before_the_day_of_its_decision(day: int, refused: bool) -> None:
    person, post = a_person(), a_post("expert")
    starts_on = date(2026, 2 if refused else 3, day)
    given: dict[str, Any] = {"starts_on": starts_on, "basis": DECISION, **SIGNED}
    if not refused:
        mandate = give_mandate(person=person, post=post, **given)
        with pytest.raises(InvalidInput):
            end_mandate(
                mandate=a_mandate(a_person(), post), ends_on=date(2026, 2, 1), basis=DECISION,
                **SIGNED,
            )  # fmt: skip
        assert mandate.basis
        return
    with pytest.raises(InvalidInput) as refusal:
        give_mandate(person=person, post=post, **given)
    assert refusal.value.code == "before_decision"
    assert not Mandate.objects.exists()


def test_only_an_acting_holder_waits_for_a_session() -> None:
    with pytest.raises(InvalidInput):
        a_mandate(a_person(), a_post("president"), until_organ="executive-board")
    held = a_mandate(a_person(), a_post("president"), is_acting=True, until_organ="executive-board")
    assert held.until_organ == "executive-board"


def a_mayor() -> tuple[Mandate, Any]:
    organs = two_organs()
    city = a_city()
    post = create_post(names={"en": "Mayor"}, powers=["city_officer"], city=city, **SIGNED)
    give_seat(organ=organs[0], city=city, **SIGNED)
    return a_mandate(a_person("Old Mayor"), post), city


def test_change_of_mayor_moves_rights_and_mail_and_leaves_the_seat() -> None:
    mandate, city = a_mayor()
    user = an_account(mandate.person, "old@example.org")
    assert powers_of(user) == {"city_officer"}
    done = change_mayor(
        mandate=mandate,
        to=Newcomer({"en": "New Mayor"}, "fa", "new@example.org"),
        changes_on=ON,
        reason="Elected",
        **SIGNED,
    )
    new = done.mandate.person
    assert holders_of(mandate.post, ON - timedelta(days=1)) == [mandate.person]
    assert holders_of(mandate.post, ON) == [new]
    assert mandates_in_force(person=mandate.person, on=ON) == []
    contact = contact_for_post(post=mandate.post, on=ON)
    assert contact
    assert contact.value == "new@example.org"
    assert city.seats.count() == 1
    assert city.seats.get().ends_on is None
    entry = AuditEntry.objects.get(act="registry.change_mayor")
    assert (entry.after["from"], entry.after["to"]) == (
        mandate.person.public_id,
        new.public_id,
    )
    assert "New Mayor" not in str(entry.after)


def test_change_of_mayor_carries_the_presidency_on_as_acting() -> None:
    mandate, _city = a_mayor()
    presidency = a_mandate(mandate.person, a_post("president", name="President"))
    done = change_mayor(
        mandate=mandate,
        to=a_person("New Mayor"),
        changes_on=ON,
        carries=[presidency],
        until_organ="executive-board",
        **SIGNED,
    )
    acting = done.acting[0]
    assert (acting.is_acting, acting.until_organ) == (True, "executive-board")
    presidency.refresh_from_db()
    assert presidency.ends_on == ON


def test_change_of_mayor_of_a_post_without_a_city_is_refused_and_leaves_nothing() -> None:
    mandate = a_mandate(a_person("Holder"), a_post("expert"))
    with pytest.raises(InvalidInput):
        change_mayor(mandate=mandate, to=Newcomer({"en": "X"}), changes_on=ON, **SIGNED)
    assert not Person.objects.filter(names__contains="X").exists()


def with_open_things(post: Post) -> Any:
    commitment = a_commitment(a_decision(two_organs()[1]))
    assign_commitment(commitment=commitment, lead=Lead(post=post), reason="r", **SIGNED)
    plan_action(commitment=commitment, titles={"en": "Step"}, post=post, **SIGNED)
    link, _token = issue_link(
        purpose="report", target=commitment.reference(), recipient=post.reference(),
        language="en", days=30, **SIGNED,
    )  # fmt: skip
    register_letter(
        sender=Reference("text", "", {"en": "A city"}), subject="Question", received_on=ON,
        channel="email", language="en", holder=post, **SIGNED,
    )  # fmt: skip
    write_letter(
        key=f"report-request/{link.public_id}", kind="report_request", language="en",
        recipient=post.reference(), subject="Please", body="…", **SIGNED,
    )  # fmt: skip
    return commitment


def test_everything_open_moves_to_the_other_post_with_its_history() -> None:
    post, other = a_post("events", name="Leaving"), a_post("events", name="Taking over")
    commitment = with_open_things(post)
    kinds = [shelf.key for shelf, _items in open_items_of(post)]
    assert sorted(kinds) == ["actions", "arrived", "commitments", "letters", "links"]
    assert move_open_items(of=post, to=other, reason="post closed", **SIGNED) == 5
    assert open_items_of(post) == []
    commitment.refresh_from_db()
    assert commitment.lead_post == other
    assert commitment.terms.count() == 3
    assert Letter.objects.get().recipient["id"] == other.public_id
    assert SignedLink.objects.get().recipient["id"] == other.public_id
    entry = AuditEntry.objects.get(act="registry.move_open_items")
    assert set(entry.after["moved"].values()) == {1}
    assert len(entry.after["moved"]) == 5


def test_link_that_is_out_there_opens_nothing_after_the_hand_over() -> None:
    person, to = a_person("Old"), a_person("New")
    link, _token = issue_link(
        purpose="report", target=Reference("commitment", "c"), recipient=person.reference(),
        language="en", days=30, **SIGNED,
    )  # fmt: skip
    move_open_items(of=person, to=to, reason="left", **SIGNED)
    link.refresh_from_db()
    assert link.revoked_at


def test_hand_over_moves_what_lies_with_the_leaving_person() -> None:
    person, to = a_person("Old"), a_person("New")
    mandate = a_mandate(person, a_post("expert"))
    write_letter(
        key="k", kind="notice", language="en", recipient=person.reference(), subject="s",
        body="b", **SIGNED,
    )  # fmt: skip
    hand_over_post(mandate=mandate, to=to, hands_over_on=ON, moves_items=True, **SIGNED)
    assert Letter.objects.get().recipient["id"] == to.public_id
    assert open_items_of(person) == []


def test_move_open_items_from_post_to_person_is_refused() -> None:
    with pytest.raises(InvalidInput):
        move_open_items(of=a_post("expert"), to=a_person(), reason="r", **SIGNED)


def test_close_post_is_refused_while_held_or_while_something_lies_open() -> None:
    post, other = a_post("events", name="Leaving"), a_post("events", name="Other")
    mandate = a_mandate(a_person(), post)
    with pytest.raises(IllegalStep) as refusal:
        close_post(post=post, ended_on=ON, reason="r", **SIGNED)
    assert refusal.value.code == "post_held"
    end_mandate(mandate=mandate, ends_on=ON, **SIGNED)
    with_open_things(post)
    with pytest.raises(IllegalStep) as refusal:
        close_post(post=post, ended_on=ON, reason="r", **SIGNED)
    assert refusal.value.code == "open_items"
    move_open_items(of=post, to=other, reason="r", **SIGNED)
    close_post(post=post, ended_on=ON, reason="r", **SIGNED)
    assert post not in [shown for shown, _held in posts_with_holders(ON)]
    with pytest.raises(IllegalStep) as refusal:
        a_mandate(a_person("Late"), post)
    assert refusal.value.code == "post_closed"
