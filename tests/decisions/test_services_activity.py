"""Reports, evidence, verification by a second person, planned steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dabir.core.actors import Actor
from dabir.core.errors import IllegalStep, InvalidInput, SamePerson
from dabir.core.models import AuditEntry
from dabir.core.reference import Reference
from dabir.decisions.models import (
    Action,
    ActionOutcome,
    ActivityReport,
    Commitment,
    Evidence,
    EvidenceWithdrawal,
    ReportVerdict,
)
from dabir.decisions.rules import is_second_person
from dabir.decisions.services.activity import (
    accept_report,
    attach_evidence,
    authors_of,
    end_action,
    file_report,
    last_verdict,
    plan_action,
    return_report,
    reverse_acceptance,
    withdraw_evidence,
)
from dabir.decisions.services.agreed import Lead
from dabir.decisions.services.asking import Asked, ask_for_report
from dabir.decisions.services.terms import set_aside_commitment
from dabir.documents.services import store_file
from dabir.messaging.services.reading import record_reading
from dabir.registry.rights import actor_behind
from tests.decisions.reported import a_city, a_commitment, a_decision, two_organs
from tests.factories.people import (
    AT,
    CLERK,
    ON,
    SIGNED,
    a_holder,
    a_mandate,
    a_person,
    a_post,
    an_account,
)

pytestmark = pytest.mark.django_db
SECOND = SIGNED | {"by": Actor("person", "person-second", {"en": "Second"})}
CITY = Reference("city", "isfahan", {"en": "Isfahan"})


@pytest.fixture
def commitment() -> Commitment:
    return a_commitment(a_decision(two_organs()[1]))


def _report(commitment: Commitment, **changes: Any) -> ActivityReport:
    given: dict[str, Any] = {"text": "Half of it is built", "language": "en"} | SIGNED
    return file_report(commitment=commitment, **(given | changes))


def _claim(commitment: Commitment, **changes: Any) -> ActivityReport:
    return _report(commitment, claims_done=True, **changes)


def _status(commitment: Commitment) -> str:
    return Commitment.objects.get(pk=commitment.pk).status


def _entry(name: str) -> AuditEntry:
    return AuditEntry.objects.get(act=f"decisions.{name}")


def test_the_first_report_starts_the_work(commitment: Commitment) -> None:
    report = _report(commitment)
    fresh = Commitment.objects.get()
    assert (fresh.status, fresh.last_report_on) == ("under_way", ON)
    assert fresh.status_entries.get(status="under_way").report == report
    told = _entry("file_report")
    assert (told.after["report"], told.after["claims_done"]) == (report.public_id, False)
    assert told.basis["id"] == commitment.decision.public_id
    _report(commitment, text="More of it")
    assert Commitment.objects.get().status_entries.count() == 2


def test_a_claim_waits_for_a_second_person(commitment: Commitment) -> None:
    _claim(commitment)
    assert _status(commitment) == "done_claimed"
    assert _entry("claim_commitment").after["status"] == "done_claimed"


@pytest.mark.parametrize("nature", ["observation", "background"])
def test_what_is_no_activity_changes_no_status_and_ends_no_silence(
    commitment: Commitment, nature: str
) -> None:
    _report(commitment, nature=nature, on=date(2025, 1, 1))
    fresh = Commitment.objects.get()
    assert (fresh.status, fresh.last_report_on) == ("not_started", None)


def test_older_news_does_not_make_the_last_news_older(commitment: Commitment) -> None:
    _report(commitment)
    _report(commitment, on=ON - timedelta(days=30))
    assert Commitment.objects.get().last_report_on == ON


REFUSED: dict[str, dict[str, Any]] = {
    "news before the decision": {"on": date(2026, 1, 9)},
    "news of a day to come": {"on": ON + timedelta(days=1)},
    "nothing said": {"text": "   "},
    "on behalf without source": {"on_behalf_of": CITY},
    "on behalf with a blank source": {"on_behalf_of": CITY, "source": "  "},
    "an observation that claims completion": {"nature": "observation", "claims_done": True},
    "an unknown nature": {"nature": "rumour"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_file_report_that_cannot_stand_enters_nothing(commitment: Commitment, name: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        _report(commitment, **REFUSED[name])
    assert refusal.value.code == "invalid_input"
    assert not ActivityReport.objects.exists()
    assert _status(commitment) == "not_started"
    assert not AuditEntry.objects.filter(act="decisions.file_report").exists()


def test_file_report_on_behalf_names_whom_and_where_it_comes_from(commitment: Commitment) -> None:
    report = _report(commitment, on_behalf_of=CITY, source="letter 12 of the city")
    assert (report.on_behalf_of["id"], report.by["id"]) == ("isfahan", CLERK.public_id)
    assert _entry("file_report").after["source"] == "letter 12 of the city"


def test_file_report_on_a_closed_commitment_is_refused_with_a_cure(commitment: Commitment) -> None:
    set_aside_commitment(commitment=commitment, reason="city left", **SIGNED)
    with pytest.raises(InvalidInput) as refusal:
        _report(commitment)
    assert refusal.value.cure
    assert not ActivityReport.objects.exists()


def test_accept_report_by_a_second_person_closes_a_claim(commitment: Commitment) -> None:
    report = _claim(commitment)
    row = accept_report(report=report, **SECOND)
    assert row.verdict == "accepted"
    fresh = Commitment.objects.get()
    assert fresh.status == "done_accepted"
    assert fresh.status_entries.get(status="done_accepted").report == report
    told = _entry("verify_report")
    assert (told.actor["id"], told.after) == (
        "person-second",
        {"report": report.public_id, "verdict": "accepted"},
    )
    assert _entry("accept_commitment").before == {"status": "done_claimed"}


def test_accept_report_of_mere_news_changes_no_status(commitment: Commitment) -> None:
    accept_report(report=_report(commitment), **SECOND)
    assert _status(commitment) == "under_way"


def _nobody_decided(commitment: Commitment, status: str = "done_claimed") -> None:
    assert not ReportVerdict.objects.exists()
    assert _status(commitment) == status
    assert not AuditEntry.objects.filter(act="decisions.verify_report").exists()


@pytest.mark.parametrize("verb", ["accept", "return"])
def test_nobody_decides_on_their_own_report(commitment: Commitment, verb: str) -> None:
    report = _claim(commitment)
    act = {"accept": accept_report, "return": return_report}[verb]
    with pytest.raises(SamePerson) as refusal:
        act(report=report, reason="fine", **SIGNED)
    assert (refusal.value.code, refusal.value.status) == ("same_person", 403)
    assert refusal.value.cure
    _nobody_decided(commitment)


def test_nobody_accepts_what_was_filed_on_their_own_behalf(commitment: Commitment) -> None:
    behalf = Reference("person", "person-second", {"en": "Second"})
    report = _claim(commitment, on_behalf_of=behalf, source="her telephone call")
    for stamp in (SIGNED, SECOND):
        with pytest.raises(SamePerson):
            accept_report(report=report, **stamp)
    _nobody_decided(commitment)


def test_nobody_accepts_their_own_report_through_a_second_post(commitment: Commitment) -> None:
    user = a_holder("expert")
    author = actor_behind(user)
    report = _claim(commitment, by=author)
    person = user.person
    a_mandate(person, a_post("executive_deputy", name="Another post"))
    assert actor_behind(user).public_id == author.public_id
    assert not is_second_person(user, report)
    assert not type(user).objects.get(pk=user.pk).has_perm("decisions.verify_report", report)
    with pytest.raises(SamePerson):
        accept_report(report=report, **(SIGNED | {"by": actor_behind(user)}))
    _nobody_decided(commitment)


def test_nobody_accepts_what_they_sent_by_the_link_of_their_post(commitment: Commitment) -> None:
    person, post = a_person("Deputy"), a_post("executive_deputy")
    a_mandate(person, post)
    an_account(person)
    through_link = Actor("post", post.public_id, {"en": "Deputy (by link)"})
    report = _claim(commitment, by=through_link)
    assert person.public_id in authors_of(report)
    with pytest.raises(SamePerson):
        accept_report(report=report, **(SIGNED | {"by": person.as_actor()}))
    _nobody_decided(commitment)
    accept_report(report=report, **SECOND)


@pytest.mark.parametrize("by_link", [True, False])
def test_an_officer_of_the_city_does_not_accept_the_city_s_report(
    commitment: Commitment, by_link: bool
) -> None:
    officer = a_person("Officer")
    a_mandate(officer, a_post("city_officer", city=a_city()))
    a_mandate(officer, a_post("member_affairs", name="Desk"))
    given = (
        {"by": Actor("city", "isfahan", {"en": "Isfahan"})}
        if by_link
        else {"on_behalf_of": CITY, "source": "letter 12"}
    )
    report = _claim(commitment, **given)
    with pytest.raises(SamePerson):
        accept_report(report=report, **(SIGNED | {"by": officer.as_actor()}))
    _nobody_decided(commitment)


def test_who_held_the_post_only_long_ago_is_a_second_person(commitment: Commitment) -> None:
    former, post = a_person("Former"), a_post("expert")
    a_mandate(former, post, starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1))
    report = _claim(commitment, by=Actor("post", post.public_id, {"en": "Expert"}))
    accept_report(report=report, **(SIGNED | {"by": former.as_actor()}))
    assert _status(commitment) == "done_accepted"


def test_a_verdict_before_the_day_of_the_report_is_refused(commitment: Commitment) -> None:
    report = _claim(commitment)
    with pytest.raises(InvalidInput, match="on or after"):
        accept_report(report=report, **(SECOND | {"on": ON - timedelta(days=1)}))
    _nobody_decided(commitment)


def test_accept_report_twice_is_refused(commitment: Commitment) -> None:
    report = _claim(commitment)
    accept_report(report=report, **SECOND)
    with pytest.raises(InvalidInput, match="already accepted"):
        accept_report(report=report, **SECOND)
    assert ReportVerdict.objects.count() == 1


def test_return_report_drops_the_claim_with_its_reason(commitment: Commitment) -> None:
    report = _claim(commitment)
    row = return_report(report=report, reason="No photo", **SECOND)
    assert (row.verdict, row.reason) == ("returned", "No photo")
    assert _status(commitment) == "under_way"
    assert _entry("return_commitment").reason == "No photo"
    with pytest.raises(InvalidInput, match="already decided"):
        return_report(report=report, reason="No photo", **SECOND)
    with pytest.raises(IllegalStep):
        accept_report(report=report, **SECOND)
    assert ReportVerdict.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_return_report_without_reason_is_refused(commitment: Commitment, reason: str) -> None:
    report = _claim(commitment)
    with pytest.raises(InvalidInput) as refusal:
        return_report(report=report, reason=reason, **SECOND)
    assert "returned" in str(refusal.value.message)
    _nobody_decided(commitment)


def test_reverse_acceptance_opens_what_was_closed(commitment: Commitment) -> None:
    report = _claim(commitment)
    with pytest.raises(InvalidInput, match="was not accepted"):
        reverse_acceptance(report=report, reason="r", **SECOND)
    accept_report(report=report, **SECOND)
    with pytest.raises(InvalidInput):
        reverse_acceptance(report=report, reason="", **SECOND)
    with pytest.raises(SamePerson):
        reverse_acceptance(report=report, reason="r", **SIGNED)
    assert _status(commitment) == "done_accepted"
    reverse_acceptance(report=report, reason="The bridge is closed again", **SECOND)
    assert _status(commitment) == "under_way"
    assert last_verdict(report).verdict == "reversed"
    assert _entry("reverse_acceptance_commitment").reason == "The bridge is closed again"


def test_attach_evidence_is_a_file_or_a_dated_link(commitment: Commitment) -> None:
    report = _report(commitment)
    file = store_file(data=b"photo", name="photo.txt", media_type="text/plain", at=AT)
    attach_evidence(report=report, label="Photo", file=file, **SIGNED)
    url = "https://example.org/news"
    attach_evidence(report=report, label="Newspaper", url=url, seen_on=ON, **SIGNED)
    told = AuditEntry.objects.filter(act="decisions.attach_evidence").order_by("sequence")
    assert [t.after["sha256"] for t in told] == [file.sha256, None]
    assert told[1].after["url"] == url


@pytest.mark.parametrize(
    "given",
    [
        {"label": "Nothing"},
        {"label": "Undated", "url": "https://example.org/"},
        {"label": "Script", "url": "javascript:alert(1)", "seen_on": ON},
        {"label": "  ", "url": "https://example.org/", "seen_on": ON},
    ],
)
def test_attach_evidence_that_shows_nothing_is_refused(
    commitment: Commitment, given: dict[str, Any]
) -> None:
    report = _report(commitment)
    with pytest.raises(InvalidInput):
        attach_evidence(report=report, **given, **SIGNED)
    assert not Evidence.objects.exists()


def test_withdraw_evidence_needs_a_reason_and_happens_once(commitment: Commitment) -> None:
    report = _report(commitment)
    link = {"url": "https://example.org/", "seen_on": ON}
    evidence = attach_evidence(report=report, label="News", **link, **SIGNED)
    with pytest.raises(InvalidInput):
        withdraw_evidence(evidence=evidence, reason="  ", **SIGNED)
    withdraw_evidence(evidence=evidence, reason="Another bridge", **SIGNED)
    with pytest.raises(InvalidInput):
        withdraw_evidence(evidence=evidence, reason="Again", **SIGNED)
    assert (Evidence.objects.count(), EvidenceWithdrawal.objects.count()) == (1, 1)
    assert _entry("withdraw_evidence").reason == "Another bridge"


def test_plan_action_and_end_it_once(commitment: Commitment) -> None:
    action = plan_action(
        commitment=commitment, titles={"en": "Ask three offers"}, due_on=ON, **SIGNED
    )
    end_action(action=action, is_done=True, note="Two came", **SIGNED)
    with pytest.raises(InvalidInput, match="already ended"):
        end_action(action=action, is_done=False, note="", **SIGNED)
    assert ActionOutcome.objects.get().is_done
    assert _entry("plan_action").after["titles"] == {"en": "Ask three offers"}
    assert _entry("end_action").after == {"action": action.public_id, "is_done": True}


def test_plan_action_without_words_is_refused(commitment: Commitment) -> None:
    with pytest.raises(InvalidInput):
        plan_action(commitment=commitment, titles={}, **SIGNED)
    assert not Action.objects.exists()


def test_a_lead_post_may_report_and_another_may_not(commitment: Commitment) -> None:
    person, post = a_person("Board member"), a_post("board_member")
    a_mandate(person, post)
    user = an_account(person)
    led = a_commitment(commitment.decision, lead=Lead(post=post))
    assert user.has_perm("decisions.file_report", led)
    assert not user.has_perm("decisions.file_report", commitment)


def _asked(commitment: Commitment) -> Asked:
    return ask_for_report(
        commitment=commitment,
        language="en",
        days=30,
        address_of=lambda token: f"https://dabir.example.org/answer/{token}",
        **SIGNED,
    )


def _by_link(commitment: Commitment, asked: Asked) -> ActivityReport:
    return _claim(commitment, by=Actor("city", "isfahan", {"en": "Isfahan"}), link=asked.link)


@pytest.mark.parametrize("act", [accept_report, return_report])
def test_who_had_seen_the_link_does_not_verify_what_came_by_it(
    commitment: Commitment, act: Callable[..., ReportVerdict]
) -> None:
    curious = a_holder("executive_deputy")
    asked = _asked(commitment)
    record_reading(letter=asked.letter, how="screen", **(SIGNED | {"by": actor_behind(curious)}))
    report = _by_link(commitment, asked)
    assert report.link_seen_by == [actor_behind(curious).public_id]
    with pytest.raises(SamePerson) as refusal:
        act(report=report, reason="fine", **(SIGNED | {"by": actor_behind(curious)}))
    assert (refusal.value.code, refusal.value.status) == ("link_seen", 403)
    assert refusal.value.cure
    assert not is_second_person(curious, report)
    _nobody_decided(commitment)
    accept_report(report=report, **SECOND)
    assert _status(commitment) == "done_accepted"


def test_who_saw_another_link_or_this_one_after_its_use_is_a_second_person(
    commitment: Commitment,
) -> None:
    asked, other = _asked(commitment), _asked(commitment)
    record_reading(letter=other.letter, how="pdf", **SECOND)
    report = _by_link(commitment, asked)
    record_reading(letter=asked.letter, how="screen", **SECOND)
    accept_report(report=report, **SECOND)
    assert _status(commitment) == "done_accepted"
