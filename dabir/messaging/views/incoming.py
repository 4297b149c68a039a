"""The letter book: what arrived, on whose desk it lies, how it was answered; printed by period."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dabir.core.search import find
from dabir.core.words import number_said, reader_language, say
from dabir.documents.downloads import stored_answer, table_answer
from dabir.documents.tabular.export import MEDIA_TYPES
from dabir.messaging.forms.incoming import INCOMING_ACTS, IncomingFilter, PeriodForm, RegisterForm
from dabir.messaging.models import IncomingLetter
from dabir.messaging.queries.incoming import (
    incoming_between,
    incoming_counts,
    incoming_listed,
    incoming_with_all,
    letters_between,
    movement_line,
)
from dabir.messaging.rules import HEADS
from dabir.messaging.states import INCOMING, IncomingState
from dabir.messaging.tables import letter_book
from dabir.registry.acting import act_page, needs
from dabir.registry.queries import the_association
from dabir.registry.rights import held_mandates, powers_of, require

LETTERS_PER_PAGE = 50
MOST_FOUND = 1000
# The design system's mark for each state of a letter that arrived.
MARK = {"waiting": "waiting", "answered": "answered", "filed": "archived"}


def incoming_url(letter: IncomingLetter) -> str:
    """The page of a letter that arrived."""
    return reverse("messaging:incoming_letter", args=[letter.public_id])


def _readable(request: HttpRequest) -> QuerySet[IncomingLetter]:
    """The letters whose content this reader may see in lists."""
    if HEADS & powers_of(request.user):
        return incoming_listed()
    return incoming_listed(posts=[m.post_id for m in held_mandates(request.user)])


@needs("messaging.view_letter_book")
def incoming(request: HttpRequest) -> HttpResponse:
    """Letters that arrived, by state and desk, the newest first."""
    form = IncomingFilter(request.GET or None)
    readable = _readable(request)
    rows = form.narrowed(readable)
    words = request.GET.get("q", "").strip()
    if words:
        found = find(words, ["incoming_letter"], shown=MOST_FOUND).first
        rows = rows.filter(public_id__in=found.get("incoming_letter", []))
    page = Paginator(rows, LETTERS_PER_PAGE).get_page(request.GET.get("page"))
    counts = [
        {
            "status": MARK[state],
            "number": number,
            "url": f"?state={state}",
            "current": request.GET.get("state") == state,
        }
        for state, number in incoming_counts(readable).items()
    ]
    context = {
        "form": form,
        "page": page,
        "counts": counts,
        "rows": [
            {"letter": letter, "url": incoming_url(letter), "mark": MARK[letter.state]}
            for letter in page
        ],
        "today": timezone.localdate(),
        "may_register": request.user.has_perm(RegisterForm.right),
    }
    return render(request, "messaging/incoming.html", context)


@needs("messaging.view_letter_book")
def incoming_letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """One letter that arrived: what it says, where it lies, what was done with it."""
    letter = incoming_with_all(public_id)
    if letter is None:
        raise Http404
    require(request.user, "messaging.answer_letter", letter)
    movements = list(letter.movements.all())
    context: dict[str, Any] = {
        "letter": letter,
        "mark": MARK[letter.state],
        "may_write": request.user.has_perm("messaging.write_letter"),
        "files": list(letter.files.all()),
        "replies": [m.reply for m in movements if m.reply],
        "movements": [_told(movement) for movement in movements],
        "is_late": letter.state == IncomingState.WAITING
        and letter.answer_by is not None
        and letter.answer_by < timezone.localdate(),
        "acts": [
            {"label": form.title, "url": _act_url(letter, name), "primary": name == "answer"}
            for name, form in INCOMING_ACTS.items()
            if name == "correct" or INCOMING.allows(name, letter.state)
        ],
        "breadcrumbs": _crumbs(letter),
    }
    return render(request, "messaging/incoming_letter.html", context)


def _told(movement: Any) -> dict[str, Any]:
    """A movement for the timeline; where the letter was laid is told with it."""
    line = movement_line(movement)
    if movement.kind in ("register", "forward"):
        line["title"] = _("%(what)s, on the desk of: %(desk)s") % {
            "what": line["title"],
            "desk": say(movement.holder.names),
        }
    if movement.reply:
        line["title"] = _("%(what)s by letter %(number)s") % {
            "what": line["title"],
            "number": movement.reply.number,
        }
    return line


def _act_url(letter: IncomingLetter, act: str) -> str:
    return reverse("messaging:incoming_act", args=[letter.public_id, act])


def _crumbs(letter: IncomingLetter | None) -> list[dict[str, str]]:
    crumbs = [{"label": _("Letters received"), "url": reverse("messaging:incoming")}]
    if letter is not None:
        crumbs.append({"label": letter.number, "url": incoming_url(letter)})
    return crumbs


def register_incoming(request: HttpRequest) -> HttpResponse:
    """Enter a letter that arrived."""
    return act_page(
        request,
        form_class=RegisterForm,
        record=None,
        back=reverse("messaging:incoming"),
        breadcrumbs=_crumbs(None),
    )


def incoming_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Take one act on a letter that arrived."""
    form_class = INCOMING_ACTS.get(act)
    if form_class is None:
        raise Http404
    letter = get_object_or_404(IncomingLetter.objects.select_related("holder"), public_id=public_id)
    return act_page(
        request,
        form_class=form_class,
        record=letter,
        back=incoming_url(letter),
        breadcrumbs=_crumbs(letter),
        facts=[
            {"label": _("State"), "value": letter.get_state_display()},
            {"label": _("On the desk of"), "value": letter.holder.names, "kind": "words"},
        ],
    )


@needs("messaging.view_letter_book")
def incoming_file(request: HttpRequest, public_id: str, sha256: str) -> HttpResponse:
    """A file of a letter that arrived, as it was received."""
    letter = get_object_or_404(IncomingLetter, public_id=public_id)
    require(request.user, "messaging.answer_letter", letter)
    file = get_object_or_404(letter.files, sha256=sha256)
    return stored_answer(file)


@needs("messaging.view_letter_book")
def book(request: HttpRequest, fmt: str) -> HttpResponse:
    """The letter book of a period, both directions, as a file."""
    association = the_association()
    if fmt not in MEDIA_TYPES or association is None:
        raise Http404
    first, last = PeriodForm(request.GET or None).period()
    received = list(incoming_between(first, last))
    readable = set(_readable(request).values_list("pk", flat=True))
    language = reader_language()
    table = letter_book(
        received,
        letters_between(first, last),
        first=first,
        last=last,
        language=language,
        association=association,
        hidden=[letter.pk for letter in received if letter.pk not in readable],
    )
    name = f"letter-book-{first}-{last}"
    return table_answer(table, fmt, language, name)


@needs("messaging.view_letter_book")
def book_page(request: HttpRequest) -> HttpResponse:
    """Which period of the letter book is printed or exported, and how much it holds."""
    form = PeriodForm(request.GET or None)
    first, last = form.period()
    numbers = (incoming_between(first, last).count(), letters_between(first, last).count())
    context = {
        "form": form,
        "first": first,
        "last": last,
        "query": f"?first={first}&last={last}",
        "received": number_said(numbers[0]),
        "sent": number_said(numbers[1]),
        "formats": [(fmt, fmt.upper()) for fmt in MEDIA_TYPES],
        "breadcrumbs": [*_crumbs(None), {"label": _("Letter book")}],
    }
    return render(request, "messaging/book.html", context)
