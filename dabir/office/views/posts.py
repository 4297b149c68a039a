"""Posts, and the mandates by which people hold them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.history import history_of
from dabir.core.words import say
from dabir.office.views.asking import Question, ask, form_data, stamp
from dabir.organs.models import Organ
from dabir.registry import services
from dabir.registry.acting import act_page, needs
from dabir.registry.bases import basis_named
from dabir.registry.forms import (
    DayForm,
    EndMandateForm,
    HandOverForm,
    MandateForm,
    PostForm,
    words_from,
)
from dabir.registry.forms.posts import ChangeMayorForm, ClosePostForm, MoveOpenForm
from dabir.registry.incompatible import excluded_words, exclusions_on
from dabir.registry.intervals import gaps, state_of
from dabir.registry.models import Mandate, Person, Post
from dabir.registry.open_items import open_items_of
from dabir.registry.queries import mandates_of_post
from dabir.registry.rights import POWERS, require


def organ_choices() -> list[tuple[str, str]]:
    """The organs whose session an acting holder may wait for."""
    return [(organ.key, say(organ.names)) for organ in Organ.objects.all()]


def post_url(post: Post) -> str:
    """The page of a post."""
    return reverse("office:post", args=[post.public_id])


def _crumbs(post: Post, here: Any) -> list[dict[str, Any]]:
    return [
        {"label": _("People and posts"), "url": _people_url()},
        {"label": say(post.names), "url": post_url(post)},
        {"label": here},
    ]


def _people_url() -> str:
    return reverse("office:people")


def _mandate(key: int) -> Mandate:
    return get_object_or_404(Mandate.objects.select_related("person", "post"), pk=key)


@needs("registry.view_people")
def post(request: HttpRequest, public_id: str) -> HttpResponse:
    """One post: its powers, who holds it on a day, everybody who held it, and when nobody did."""
    shown = get_object_or_404(Post.objects.select_related("city"), public_id=public_id)
    day_form = DayForm(request.GET if "on" in request.GET else None)
    on, today = day_form.day(), timezone.localdate()
    mandates = mandates_of_post(shown)
    words = {
        "post": shown,
        "day_form": day_form,
        "on": on,
        "holders": [m for m in mandates if m.is_in_force(on)],
        "powers": [POWERS[power] for power in shown.powers],
        "mandates": [(m, state_of(m.days(), on=today)) for m in mandates],
        "vacancies": [
            (gap.start, gap.end) for gap in gaps((m.days() for m in mandates), until=today)
        ],
        "excluded": excluded_words(shown.powers, exclusions_on(today)),
        "open_items": open_items_of(shown),
        "history": history_of("post", shown.public_id),
        "may_give": request.user.has_perm("registry.give_mandate"),
        "breadcrumbs": [
            {"label": _("People and posts"), "url": _people_url()},
            {"label": say(shown.names)},
        ],
    }
    return render(request, "office/post.html", words)


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
        basis = basis_named(given.pop("basis"))
        services.give_mandate(post=post, basis=basis, **given, **stamp(request))
        return _("The mandate is given."), _people_url()

    question = Question(
        title=_("Fill the post: %(post)s") % {"post": say(post.names)},
        verb=_("Give the mandate"),
        cancel_url=_people_url(),
        intro=_("From that day the person has the rights of the post."),
    )
    return ask(request, MandateForm(**form_data(request), organs=organ_choices()), question, act)


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
            basis=basis_named(given["basis"]),
            moves_items=given["moves_items"],
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


def change_mayor(request: HttpRequest, key: int) -> HttpResponse:
    """Record that a city has a new mayor, or another delegate."""
    mandate = get_object_or_404(
        Mandate.objects.select_related("person", "post", "post__city"), pk=key
    )
    if mandate.post.city is None:
        raise Http404
    return act_page(
        request,
        form_class=ChangeMayorForm,
        record=mandate.post.city,
        back=reverse("office:city", args=[mandate.post.city.public_id]),
        breadcrumbs=_crumbs(mandate.post, ChangeMayorForm.title),
        mandate=mandate,
        organs=organ_choices(),
    )


def move_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move all that lies open with a post to another post."""
    shown = get_object_or_404(Post, public_id=public_id)
    return act_page(
        request,
        form_class=MoveOpenForm,
        record=shown,
        back=post_url(shown),
        breadcrumbs=_crumbs(shown, MoveOpenForm.title),
    )


def move_personal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move all that lies open with a person to somebody else."""
    shown = get_object_or_404(Person, public_id=public_id)
    return act_page(
        request,
        form_class=MoveOpenForm,
        record=shown,
        back=reverse("office:person", args=[shown.public_id]),
        breadcrumbs=[
            {"label": _("People and posts"), "url": _people_url()},
            {"label": MoveOpenForm.title},
        ],
    )


def close_post(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close a post for good."""
    shown = get_object_or_404(Post, public_id=public_id)
    return act_page(
        request,
        form_class=ClosePostForm,
        record=shown,
        back=post_url(shown),
        breadcrumbs=_crumbs(shown, ClosePostForm.title),
    )
