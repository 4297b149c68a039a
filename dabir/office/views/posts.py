"""Posts, and the mandates by which people hold them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dabir.core.reference import Reference
from dabir.core.words import say
from dabir.office.views.asking import Question, ask, form_data, stamp
from dabir.registry import services
from dabir.registry.forms import (
    EndMandateForm,
    HandOverForm,
    MandateForm,
    PostForm,
    words_from,
)
from dabir.registry.models import Mandate, Post
from dabir.registry.rights import require


def _typed_basis(text: str) -> Reference | None:
    """A decision named in words; nothing typed is "unknown"."""
    language = (get_language() or "en")[:2]
    return Reference("text", "", {language: text.strip()}) if text.strip() else None


def _people_url() -> str:
    return reverse("office:people")


def _mandate(key: int) -> Mandate:
    return get_object_or_404(Mandate.objects.select_related("person", "post"), pk=key)


def create_post(request: HttpRequest) -> HttpResponse:
    """Create a post with its powers."""
    require(request.user, "registry.give_mandate")

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        post = services.create_post(
            names=words_from(given, "names"),
            powers=given["powers"],
            city=given["city"],
            **stamp(request),
        )
        return _("The post is created; now say who holds it."), reverse(
            "office:give_mandate", args=[post.public_id]
        )

    question = Question(
        title=_("Create a post"),
        verb=_("Create"),
        cancel_url=_people_url(),
        intro=_("Posts hold powers, people hold posts. Whoever holds a post may do what it says."),
    )
    return ask(request, PostForm(**form_data(request)), question, act)


def give_mandate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a person hold a post from a day on."""
    require(request.user, "registry.give_mandate")
    post = get_object_or_404(Post, public_id=public_id)

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        basis = _typed_basis(given.pop("basis"))
        services.give_mandate(post=post, basis=basis, **given, **stamp(request))
        return _("The mandate is given."), _people_url()

    question = Question(
        title=_("Fill the post: %(post)s") % {"post": say(post.names)},
        verb=_("Give the mandate"),
        cancel_url=_people_url(),
        intro=_("From that day the person has the rights of the post."),
    )
    return ask(request, MandateForm(**form_data(request)), question, act)


def end_mandate(request: HttpRequest, key: int) -> HttpResponse:
    """End a mandate."""
    require(request.user, "registry.give_mandate")
    mandate = _mandate(key)

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        services.end_mandate(mandate=mandate, **given, **stamp(request))
        return _("The mandate ends on that day."), _people_url()

    names = {"person": mandate.person, "post": mandate.post}
    question = Question(
        title=_("End the mandate of %(person)s as %(post)s") % names,
        verb=_("End the mandate"),
        cancel_url=_people_url(),
        intro=_("On that day the rights of the post end; what the post owns stays with the post."),
        warning=_("An ended mandate does not begin again; a new one can be given."),
        grave=True,
    )
    form = EndMandateForm(**form_data(request), initial={"version": mandate.version})
    return ask(request, form, question, act)


def hand_over(request: HttpRequest, key: int) -> HttpResponse:
    """Let another person take a post over."""
    require(request.user, "registry.give_mandate")
    mandate = _mandate(key)

    def act(given: dict[str, Any]) -> tuple[Any, str]:
        services.hand_over_post(
            mandate=mandate,
            to=given["person"],
            hands_over_on=given["hands_over_on"],
            version=given["version"],
            basis=_typed_basis(given["basis"]),
            **stamp(request),
        )
        return _("The post is handed over from that day."), _people_url()

    names = {"person": mandate.person, "post": mandate.post}
    question = Question(
        title=_("Hand over “%(post)s” from %(person)s") % names,
        verb=_("Hand over"),
        cancel_url=_people_url(),
        intro=_(
            "One mandate ends and the next begins on the same day. Commitments, letters and all "
            "that the post owns stay with the post, with their history."
        ),
    )
    form = HandOverForm(**form_data(request), mandate=mandate, initial={"version": mandate.version})
    return ask(request, form, question, act)
