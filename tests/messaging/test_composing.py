"""Letters written by people: models with placeholders, many at once, signed by a post on the day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from dabir.accounts.models import User
from dabir.core.errors import IllegalStep, InvalidInput, NotAllowed, SealedRecord, StaleRecord
from dabir.core.models import AuditEntry, Counter
from dabir.core.reference import Reference
from dabir.messaging.models import DeskMail, IncomingLetter, Letter, LetterTemplate, TemplateWording
from dabir.messaging.placeholders import filled, unknown_placeholders
from dabir.messaging.printing import letter_facts
from dabir.messaging.queries.recipients import addressed
from dabir.messaging.services import (
    compose_letters,
    record_letter_printed,
    retire_template,
    reword_template,
    sign_letter,
    wish_desk_mail,
    write_template,
)
from dabir.office.tasks import send_desk_mail
from dabir.registry.models import City, Mandate
from dabir.registry.rights import person_of
from dabir.registry.services import add_city, add_contact, end_mandate
from tests.factories.people import (
    AT,
    ON,
    SIGNED,
    a_holder,
    a_mandate,
    a_person,
    a_post,
    an_association,
)
from tests.messaging.test_incoming import a_letter

pytestmark = pytest.mark.django_db
SUBJECTS = {"en": "To {recipient}", "fa": "به {recipient}"}
BODIES = {"en": "Dear {recipient},\n\n{signatory}", "fa": "{recipient} گرامی\n\n{signatory_post}"}


@pytest.fixture
def general() -> Mandate:
    an_association()
    person = a_person("Bahar Test", public_id="bahar")
    return a_mandate(person, a_post("secretary_general", name="Secretary General"))


def two_cities() -> list[Reference]:
    if known := list(City.objects.order_by("id")):
        return [city.reference() for city in known]
    first = add_city(public_id="isfahan", names={"en": "Isfahan", "fa": "اصفهان"}, **SIGNED)
    add_contact(of=first, kind="email", value="i@example.org", language="fa", **SIGNED)
    second = add_city(public_id="qom", names={"en": "Qom"}, **SIGNED)
    return [first.reference(), second.reference()]


def written(general: Mandate, **changes: Any) -> list[Letter]:
    given: dict[str, Any] = {
        "recipients": two_cities(),
        "subjects": SUBJECTS,
        "bodies": BODIES,
        "signatory": general,
        "key": "write-1",
    }
    return compose_letters(**(given | SIGNED | changes))


def test_filled_replaces_what_is_known_and_leaves_other_braces() -> None:
    assert filled("{recipient} {x} {", {"recipient": "Qom"}) == "Qom {x} {"
    assert unknown_placeholders("{recipient} {recipent} {}") == ["recipent", ""]


def test_write_template_with_an_unknown_placeholder_names_the_nearest() -> None:
    with pytest.raises(InvalidInput, match="recipent") as refusal:
        write_template(
            names={"en": "M"}, subjects={"en": "S"}, bodies={"en": "{recipent}"}, **SIGNED
        )
    assert "{recipient}" in str(refusal.value.cure)
    with pytest.raises(InvalidInput, match="same languages"):
        write_template(names={"en": "M"}, subjects={"en": "S"}, bodies={"fa": "م"}, **SIGNED)
    assert not LetterTemplate.objects.exists()


def test_reword_template_keeps_every_wording_and_refuses_what_is_overtaken() -> None:
    given = {"subjects": {"en": "S"}, "bodies": {"en": "B"}}
    model = write_template(names={"en": "M"}, **given, **SIGNED)
    with pytest.raises(InvalidInput, match="Nothing is different"):
        reword_template(template=model, **given, reason="x", **SIGNED)
    new = {"subjects": {"en": "S"}, "bodies": {"en": "B2"}}
    with pytest.raises(InvalidInput, match="needs a reason"):
        reword_template(template=model, **new, reason="", **SIGNED)
    reword_template(template=model, **new, reason="clearer", version=model.version, **SIGNED)
    with pytest.raises(StaleRecord):
        reword_template(template=model, **given, reason="x", version=model.version, **SIGNED)
    assert [w.bodies["en"] for w in model.wordings.all()] == ["B", "B2"]
    with pytest.raises((SealedRecord, IntegrityError)), transaction.atomic():
        TemplateWording.objects.update(reason="other")
    entry = AuditEntry.objects.get(act="messaging.reword_template")
    assert (entry.before, entry.reason) == (
        {"subjects": {"en": "S"}, "bodies": {"en": "B"}},
        "clearer",
    )
    retire_template(template=model, **SIGNED)
    with pytest.raises(InvalidInput, match="no longer offered"):
        retire_template(template=model, **SIGNED)


def test_compose_letters_writes_each_in_its_language_and_waits_for_the_signature(
    general: Mandate,
) -> None:
    first, second = written(general)
    assert (first.language, first.subject, first.state) == ("fa", "به اصفهان", "drafted")
    assert first.body == "اصفهان گرامی\n\nSecretary General"
    assert (second.language, second.contact) == ("fa", None)
    assert [letter.number for letter in (first, second)] == ["2026/0001", "2026/0002"]
    assert letter_facts(first)["signature"]["name"] == {"en": "Bahar Test"}
    with pytest.raises(IllegalStep):
        record_letter_printed(letter=first, **SIGNED)
    again = compose_letters(
        recipients=[Reference("city", "qom", {})],
        subjects=SUBJECTS,
        bodies=BODIES,
        signatory=general,
        key="write-1",
        **SIGNED,
    )
    assert again == [second]


def test_compose_letters_by_the_signatory_needs_no_second_signature(general: Mandate) -> None:
    letters = written(general, by=general.person.as_actor(), only_addressed=True)
    assert [(one.recipient["id"], one.state) for one in letters] == [("isfahan", "queued")]


def test_compose_letters_to_nobody_or_by_an_ended_mandate_writes_nothing(general: Mandate) -> None:
    with pytest.raises(InvalidInput, match="Nobody is left"):
        written(general, recipients=[])
    ended = end_mandate(mandate=general, ends_on=ON, **SIGNED)
    with pytest.raises(InvalidInput, match="does not hold this post"):
        written(ended)
    assert not Letter.objects.exists()
    assert not Counter.objects.filter(series__startswith="letters").exists()


def test_sign_letter_is_for_the_holder_of_the_post_on_the_day(general: Mandate) -> None:
    letter, _second = written(general)
    with pytest.raises(NotAllowed, match="Secretary General"):
        sign_letter(letter=letter, **SIGNED)
    by = SIGNED | {"by": general.person.as_actor()}
    signed = sign_letter(letter=letter, **by)
    assert signed.state == "queued"
    with pytest.raises(IllegalStep):
        sign_letter(letter=letter, **by)
    assert AuditEntry.objects.filter(act="messaging.sign_letter").count() == 1


def test_reply_answers_the_letter_that_arrived(general: Mandate) -> None:
    arrived = a_letter()
    reply = written(general, recipients=two_cities()[:1], answers=arrived)[0]
    arrived.refresh_from_db()
    assert (arrived.state, reply.kind) == ("answered", "reply")
    assert reply.replies_to.get().letter == arrived


def test_addressed_prefers_the_mail_and_ignores_what_ended(general: Mandate) -> None:
    city = add_city(public_id="qom", names={"en": "Qom"}, **SIGNED)
    for kind, value in (("post", "A street"), ("phone", "1"), ("email", "q@example.org")):
        add_contact(of=city, kind=kind, value=value, language="en", **SIGNED)
    found = addressed([city.reference(), Reference("words", "", {"en": "X"})], offered=["en"])
    assert [one.contact.value if one.contact else None for one in found] == ["q@example.org", None]


# --- Pages


@pytest.fixture
def expert(client: Client, general: Mandate) -> User:
    user = a_holder("expert")
    client.force_login(user)
    return user


def test_letter_is_looked_at_before_it_is_written(
    client: Client, expert: User, general: Mandate
) -> None:
    two_cities()
    url = reverse("messaging:compose")
    key = client.get(url).context["form"]["key"].value()
    given = {
        "key": key,
        "group": "cities",
        "signatory": general.pk,
        "subjects_fa": "به {recipient}",
        "bodies_fa": "{recipient} گرامی",
    }
    seen = client.post(url, given | {"act": "look"})
    assert not seen.context["form"].errors
    text = seen.content.decode()
    assert "اصفهان گرامی" in text
    assert seen.context["seen"]["without"]
    assert not Letter.objects.exists()
    assert client.post(url, given | {"act": "write", "bodies_fa": "{who}"}).status_code == 422
    assert client.post(url, given | {"act": "write", "recipient": "Qom"}).status_code == 422
    assert client.post(url, given | {"act": "write"}).status_code == 302
    assert client.post(url, given | {"act": "write"}).status_code == 302
    assert Letter.objects.count() == 2


def test_reply_is_written_from_the_letter_with_the_words_of_a_model(
    client: Client, expert: User, general: Mandate
) -> None:
    two_cities()
    model = write_template(
        names={"en": "Thanks"},
        subjects={"en": "Thanks"},
        bodies={"en": "Dear {recipient}"},
        **SIGNED,
    )
    arrived = a_letter()
    url = f"{reverse('messaging:compose')}?answers={arrived.public_id}"
    form = client.get(url).context["form"]
    assert form["recipient"].value() == "isfahan"
    given = {"key": "k", "recipient": "isfahan", "template": model.public_id, "act": "fill"}
    filled_in = client.post(url, given | {"signatory": general.pk})
    assert "Dear {recipient}" in filled_in.content.decode()
    assert not Letter.objects.exists()


def test_model_letters_have_their_pages(client: Client, expert: User) -> None:
    given = {"names_en": "Thanks", "subjects_en": "Thanks", "bodies_en": "Dear {recipient}"}
    answer = client.post(reverse("messaging:add_model"), given)
    assert answer.status_code == 302, answer.context["form"].errors
    model = LetterTemplate.objects.get()
    assert "Thanks" in client.get(reverse("messaging:models")).content.decode()
    page = client.get(reverse("messaging:model", args=[model.public_id])).content.decode()
    assert "Dear {recipient}" in page
    act = reverse("messaging:model_act", args=[model.public_id, "retire"])
    assert client.post(act, {"version": model.version}).status_code == 302
    model.refresh_from_db()
    assert model.retired_on is not None


def test_letter_to_sign_waits_on_the_desk_of_its_signatory(
    client: Client, general: Mandate
) -> None:
    user = a_holder("expert")
    letter = written(general)[0]
    client.force_login(user)
    act = reverse("messaging:sign", args=[letter.public_id])
    assert client.get(act).status_code == 403
    post = Mandate.objects.get(person__user=user).post
    mine = compose_letters(
        recipients=[Reference("words", "", {"en": "X"})],
        subjects={"en": "S"},
        bodies={"en": "B"},
        signatory=Mandate.objects.get(post=post),
        key="k",
        **SIGNED,
    )[0]
    assert mine.number in client.get(reverse("office:desk")).content.decode()
    act = reverse("messaging:sign", args=[mine.public_id])
    assert client.post(act, {"version": mine.version}).status_code == 302
    mine.refresh_from_db()
    assert mine.state == "queued"


# --- The desk by mail

MONDAY = date(2026, 11, 23)


def a_reader_with_a_letter() -> User:
    user = a_holder("expert", email="reader@example.org")
    a_letter(holder=Mandate.objects.get(person__user=user).post)
    person = person_of(user)
    assert person is not None
    wish_desk_mail(person=person, weekday=0, **SIGNED)
    return user


def test_desk_mail_goes_once_a_week_on_its_day_and_only_with_something(general: Mandate) -> None:
    a_reader_with_a_letter()
    assert send_desk_mail(date(2026, 11, 24), AT) == []
    letters = send_desk_mail(MONDAY, AT)
    assert [letter.kind for letter in letters] == ["digest"]
    assert "Dues of 2026" in letters[0].body
    assert send_desk_mail(MONDAY, AT) == []
    IncomingLetter.objects.update(state="answered", closed_on=ON)
    assert send_desk_mail(date(2026, 11, 30), AT) == []


def test_desk_mail_is_wished_and_stopped_on_its_page(client: Client, general: Mandate) -> None:
    client.force_login(a_holder("expert"))
    page = reverse("office:desk_mail")
    assert client.post(page, {"weekday": "9"}).status_code == 422
    client.post(page, {"weekday": "5"})
    assert DeskMail.objects.get().weekday == 5
    client.post(page, {"weekday": "5"})
    client.post(page, {"weekday": ""})
    assert not DeskMail.objects.exists()
    assert AuditEntry.objects.filter(act="messaging.wish_desk_mail").count() == 2
