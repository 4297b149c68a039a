"""Asking for the newsletter, confirming it by the letter's link, ending it."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from dabir.core.errors import DomainError
from dabir.core.kept import open_to_all
from dabir.core.words import in_language, reader_language, say
from dabir.readers.public import (
    ask_newsletter,
    can_be_stopped,
    confirm,
    look_at_link,
    sent_issue,
    sent_issues,
    stop,
)
from dabir.registry.public import public_association
from dabir.website.feeds import begin_feed, told
from dabir.website.forms import NewsletterForm
from dabir.website.pages import show
from dabir.website.writing import open_to_write

IN_FEED = 30


@open_to_write
def newsletter(request: HttpRequest) -> HttpResponse:
    """Ask for it; the answer is the same whether the address receives it already or not."""
    form = NewsletterForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()

        def address_of(door: str, token: str, language: str) -> str:
            with override(language):
                path = reverse(f"website:newsletter_{door}", args=[token])
            return request.build_absolute_uri(path)

        ask_newsletter(
            form.cleaned_data["address"],
            language=reader_language(),
            address_of=address_of,
            on=timezone.localdate(now),
            at=now,
        )
        return redirect("website:newsletter_asked")
    status = form.status if request.method == "POST" else 200
    crumbs = [(_("Newsletter"), "")]
    context = {"form": form, "is_writing": True}
    return show(request, "website/newsletter.html", "", context, crumbs=crumbs, status=status)


@open_to_write
def newsletter_asked(request: HttpRequest) -> HttpResponse:
    """What is to be done now."""
    return _said(
        request,
        title=_("Look into your mailbox"),
        words=_(
            "If the address is right, a letter with a link comes to it; it can take until a member of "
            "the secretariat sends it. The newsletter begins when you press the link. Whoever asks "
            "again on the same day gets no second letter."
        ),
    )


@open_to_write
def newsletter_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the letter's link: one press, so that no program confirms by looking."""
    now = timezone.now()
    on = timezone.localdate(now)
    try:
        if request.method == "POST":
            confirm(token, reader=request.user, on=on, at=now)
            return _said(
                request,
                title=_("The newsletter comes to you"),
                words=_("Each one holds a link by which you end it."),
            )
        look_at_link(token, reader=request.user, on=on)
    except DomainError as refusal:
        return _said(
            request,
            title=str(refusal.message),
            words=str(refusal.cure),
            tone="warning",
            status=refusal.status,
        )
    return _asked(request, _("Receive the newsletter"), _("Yes, send it to me"))


@open_to_write
def newsletter_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End it; mail programs press the button themselves when their reader asks (RFC 8058)."""
    if not can_be_stopped(token):
        raise Http404
    if request.method == "POST":
        now = timezone.now()
        stop(token, on=timezone.localdate(now), at=now)
        return _said(
            request,
            title=_("The newsletter is ended"),
            words=_("Your address is erased. Nothing more is sent to it."),
        )
    return _asked(request, _("End the newsletter"), _("End it and erase my address"))


@open_to_all
def issues(request: HttpRequest) -> HttpResponse:
    """The newsletters that were sent, the newest first."""
    crumbs = _crumbs(_("Newsletters that were sent"))
    context = {"issues": sent_issues()}
    return show(request, "website/newsletter_issues.html", "", context, crumbs=crumbs)


@open_to_all
def issue(request: HttpRequest, key: str) -> HttpResponse:
    """A newsletter as it was sent, without what was taken down since."""
    found = sent_issue(key)
    if found is None:
        raise Http404
    words, language = in_language(found.words)
    parts = [
        (heading, [(one, reverse(one.view, args=one.args)) for one in some])
        for heading, some in found.parts
    ]
    context = {"issue": found, "words": words, "words_language": language, "parts": parts}
    above = (_("Newsletters that were sent"), reverse("website:newsletter_issues"))
    crumbs = [*_crumbs("")[:1], above, (say(found.titles), "")]
    return show(request, "website/newsletter_issue.html", "", context, crumbs=crumbs)


@open_to_all
def issues_feed(request: HttpRequest) -> HttpResponse:
    """The newsletters that were sent as an Atom feed, in the language of the address."""
    association = public_association()
    if association is None:
        raise Http404
    made = begin_feed(request, association, _("Newsletter"), reverse("website:newsletter_issues"))
    for one in sent_issues()[:IN_FEED]:
        address = request.build_absolute_uri(reverse("website:newsletter_issue", args=[one.key]))
        made.add_item(
            title=say(one.titles),
            link=address,
            unique_id=address,
            description=say(one.words),
            pubdate=datetime.combine(one.sent_on, time.min, UTC),
        )
    return told(made)


def _asked(request: HttpRequest, title: str, verb: str) -> HttpResponse:
    context = {"title": title, "verb": verb, "is_writing": True}
    return show(request, "website/newsletter_press.html", "", context, crumbs=_crumbs(title))


def _said(
    request: HttpRequest, *, title: str, words: str, tone: str = "done", status: int = 200
) -> HttpResponse:
    context = {"title": title, "words": words, "tone": tone, "is_writing": True}
    return show(
        request, "website/newsletter_said.html", "", context, crumbs=_crumbs(title), status=status
    )


def _crumbs(title: str) -> list[tuple[str, str]]:
    return [(_("Newsletter"), reverse("website:newsletter")), (title, "")]
