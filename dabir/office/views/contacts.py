"""Addresses that have gone stale, asking whether they are right, and the answer by a signed link."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dabir.core.errors import NotAllowed
from dabir.core.fileanswer import file_answer
from dabir.core.trail import record_act
from dabir.messaging.services import LinkRefused
from dabir.messaging.services.contacts import (
    answer_contact_question,
    ask_to_confirm,
    contact_asked,
    open_questions,
)
from dabir.registry.acting import attempt, needs, stamp
from dabir.registry.models import ContactPoint, Person
from dabir.registry.personal import kept_about
from dabir.registry.queries import STALE_AFTER, stale_contacts
from dabir.registry.rights import person_of, require
from dabir.registry.services.people import person_in_trail

SHOWN = 200


class ContactAnswerForm(forms.Form):
    """What somebody answers by the link: right, another one, or no longer."""

    answer = forms.ChoiceField(
        label=_("Is it still right?"),
        choices=[
            ("right", _("Yes, write to me there.")),
            ("changed", _("No, I have another one.")),
            ("ended", _("No, and do not write there any more.")),
        ],
        widget=forms.RadioSelect,
    )
    value = forms.CharField(label=_("The new address"), required=False, max_length=400)

    def clean(self) -> dict[str, Any]:
        """Another address is written down."""
        given = super().clean() or {}
        if given.get("answer") == "changed" and not given.get("value"):
            self.add_error("value", _("Write the new address."))
        return given


@login_not_required
@never_cache
def answer_contact(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: one address, one question."""
    now = timezone.now()
    today = timezone.localdate(now)
    try:
        link, contact = contact_asked(token=token, on=today, reader=request.user)
    except LinkRefused as refusal:
        return render(
            request, "decisions/answer_refused.html", {"refusal": refusal}, status=refusal.status
        )
    form = ContactAnswerForm(request.POST or None)
    if form.is_bound and form.is_valid():

        def act() -> bool:
            answer_contact_question(
                link=link, contact=contact, on=today, at=now, **form.cleaned_data
            )
            return True

        if attempt(form, act):
            return render(request, "office/contact_answered.html")
    status = 422 if form.is_bound else 200
    words = {"form": form, "contact": contact, "link": link}
    return render(request, "office/contact_answer.html", words, status=status)


def _address_of(request: HttpRequest) -> Any:
    def address(token: str, language: str) -> str:
        with translation.override(language):
            return request.build_absolute_uri(reverse("office:answer_contact", args=[token]))

    return address


@needs("registry.add_person")
def stale(request: HttpRequest) -> HttpResponse:
    """Addresses that nobody has confirmed for long."""
    today = timezone.localdate()
    rows = list(stale_contacts(before=today - STALE_AFTER)[:SHOWN])
    asked = open_questions(rows, on=today)
    words = {
        "rows": [(row, row.pk in asked) for row in rows],
        "months": STALE_AFTER // timedelta(days=30),
    }
    return render(request, "office/stale_contacts.html", words)


@require_POST
@needs("registry.add_person")
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """Ask one address by a letter with a link."""
    contact = get_object_or_404(
        ContactPoint.objects.select_related("person", "city", "organisation"), pk=key
    )
    ask_to_confirm(contact=contact, address_of=_address_of(request), **stamp(request))
    messages.success(request, _("The question waits in the outbox."))
    return redirect("office:stale_contacts")


def export_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """All that is kept on one person, as a file: for themselves, and for those who may forget them."""
    shown = get_object_or_404(Person.objects.select_related("user"), public_id=public_id)
    if shown.user_id is None or shown.user_id != request.user.pk:
        require(request.user, "registry.erase_person")
    record_act("registry.export_person", target=person_in_trail(shown), **stamp(request))
    text = json.dumps(kept_about(shown), ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    answer = file_answer(text + "\n", "application/json", f"{public_id}.json")
    answer["Cache-Control"] = "no-store"
    return answer


def kept_on_me(request: HttpRequest) -> HttpResponse:
    """Lead the signed-in person to the file of what is kept on them."""
    person = person_of(request.user)
    if person is None:
        raise NotAllowed
    return redirect("office:export_person", person.public_id)
