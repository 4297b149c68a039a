"""People, posts and mandates: who holds what on a day, and the people themselves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from dabir.accounts.queries import address_change_of, open_invitations
from dabir.core.history import history_of
from dabir.core.words import as_words
from dabir.office.views.asking import Question, ask, form_data, stamp
from dabir.registry import services
from dabir.registry.forms import ContactForm, DayForm, PersonForm, ReasonForm, words_from
from dabir.registry.intervals import state_of
from dabir.registry.models import ContactPoint, Person
from dabir.registry.open_items import open_items_of
from dabir.registry.queries import contacts_of, people, posts_with_holders
from dabir.registry.rights import require


def person_url(person: Person) -> str:
    """The page of a person."""
    return reverse("office:person", args=[person.public_id])


def people_list(request: HttpRequest) -> HttpResponse:
    """Every post with its holders on a day, and everybody in the registry."""
    require(request.user, "registry.view_people")
    day_form = DayForm(request.GET if "on" in request.GET else None)
    on = day_form.day()
    today = timezone.localdate()
    invited = {invitation.subject_id: invitation for invitation in open_invitations(on=today)}
    rows = [
        {
            "person": person,
            "posts": [m.post for m in person.mandates.all() if m.is_in_force(on)],
            "invitation": invited.get(person.public_id),
        }
        for person in people()
    ]
    words = {
        "day_form": day_form,
        "on": on,
        "is_today": on == today,
        "posts": posts_with_holders(on),
        "rows": rows,
        "may_add": request.user.has_perm("registry.add_person"),
        "may_give": request.user.has_perm("registry.give_mandate"),
    }
    return render(request, "office/people.html", words)


def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person: posts held and when, where they are reached, their account."""
    require(request.user, "registry.view_people")
    alias = Person.objects.filter(public_id=public_id).exclude(merged_into=None)
    if kept := alias.values_list("merged_into__public_id", flat=True).first():
        return redirect("office:person", kept)
    shown = get_object_or_404(people(), public_id=public_id)
    today = timezone.localdate()
    invitations = [i for i in open_invitations(on=today) if i.subject_id == public_id]
    user = request.user
    words = {
        "person": shown,
        "mandates": [(m, state_of(m.days(), on=today)) for m in shown.mandates.all()],
        "open_items": open_items_of(shown),
        "history": history_of("person", public_id),
        "may_merge": user.has_perm("registry.merge_records"),
        "contacts": contacts_of(shown),
        "invitation": invitations[0] if invitations else None,
        "address_change": address_change_of(shown.user, on=today) if shown.user else None,
        "may_add": user.has_perm("registry.add_person"),
        "may_give": user.has_perm("registry.give_mandate"),
        "may_invite": user.has_perm("accounts.invite"),
        "may_recover": user.has_perm("accounts.recover"),
        "may_erase": user.has_perm("registry.erase_person"),
        "is_self": shown.user_id == user.pk,
    }
    return render(request, "office/people_person.html", words)


def add_person(request: HttpRequest) -> HttpResponse:
    """Enter somebody who is not in the registry yet."""
    require(request.user, "registry.add_person")

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        signed = stamp(request)
        entered = services.add_person(
            names=words_from(given, "names"), language=given["language"], **signed
        )
        if given["email"]:
            services.add_contact(
                of=entered,
                kind="email",
                value=given["email"],
                language=given["language"],
                **signed,
            )
        return _("The person is entered."), person_url(entered)

    question = Question(
        title=_("Enter a person"),
        verb=_("Enter"),
        cancel_url=reverse("office:people"),
        intro=_("One record for one human being. It gives no account and no right by itself."),
    )
    return ask(request, PersonForm(**form_data(request)), question, act)


def change_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct a name or the language of letters."""
    require(request.user, "registry.add_person")
    shown = get_object_or_404(Person, public_id=public_id)
    initial = {f"names_{code}": name for code, name in as_words(shown.names).items()}
    form = PersonForm(
        **form_data(request),
        initial={**initial, "language": shown.language, "version": shown.version},
    )
    del form.fields["email"]

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        services.change_person(
            person=shown,
            names=words_from(given, "names"),
            language=given["language"],
            version=given["version"],
            **stamp(request),
        )
        return _("The change is saved."), person_url(shown)

    question = Question(title=shown, verb=_("Save"), cancel_url=person_url(shown))  # type: ignore[arg-type]  # a person prints as a name
    return ask(request, form, question, act)


def erase_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forget a person where the law allows it."""
    require(request.user, "registry.erase_person")
    shown = get_object_or_404(Person, public_id=public_id)

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        services.erase_person(person=shown, reason=given["reason"], **stamp(request))
        return _("The person is forgotten; the record stays."), person_url(shown)

    question = Question(
        title=_("Forget this person"),
        verb=_("Forget"),
        cancel_url=person_url(shown),
        intro=_(
            "Addresses, account and note are erased, also in the trail. What the person did stays, "
            "under a pseudonym; the name stays where the public record of an office tells it."
        ),
        warning=_("Nothing brings the erased words back."),
        grave=True,
    )
    return ask(request, ReasonForm(**form_data(request)), question, act)


def add_contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note where a person is reached."""
    require(request.user, "registry.add_person")
    shown = get_object_or_404(Person, public_id=public_id)
    form = ContactForm(**form_data(request), initial={"kind": "email", "language": shown.language})

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        services.add_contact(of=shown, **given, **stamp(request))
        return _("The address is noted."), person_url(shown)

    question = Question(
        title=_("Add an address"),
        verb=_("Add"),
        cancel_url=person_url(shown),
        intro=_("Letters that go there are written in the language you choose."),
    )
    return ask(request, form, question, act)


def _contact(public_id: str, key: int) -> ContactPoint:
    return get_object_or_404(ContactPoint, pk=key, person__public_id=public_id)


@require_POST
def confirm_contact(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Note that an address was found right today."""
    require(request.user, "registry.add_person")
    services.confirm_contact(contact=_contact(public_id, key), **stamp(request))
    return redirect("office:person", public_id)


@require_POST
def end_contact(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """No longer write to an address."""
    require(request.user, "registry.add_person")
    services.end_contact(contact=_contact(public_id, key), **stamp(request))
    return redirect("office:person", public_id)
