"""Doubles: who may be one and the same, the two beside each other, the merge and its undoing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.errors import DomainError, Words
from dabir.core.words import as_words
from dabir.registry.acting import act_page, needs
from dabir.registry.doubles import Named, doubles
from dabir.registry.forms.merging import MergeForm, UndoMergeForm
from dabir.registry.models import City, Merge, Organisation, Person
from dabir.registry.queries import contacts_of
from dabir.registry.services.merging import KINDS, links_to, refuse_merge

LABELS: dict[str, Words] = {
    "city": _("Cities"),
    "person": _("People"),
    "organisation": _("Organisations"),
}
SHOWN = 50


def record_url(kind: str, public_id: str) -> str:
    """Where a record is read; bodies outside have no page of their own."""
    pages = {"city": "office:city", "person": "office:person"}
    return reverse(pages[kind], args=[public_id]) if kind in pages else ""


def _named(kind: str) -> list[Named]:
    rows: Any = KINDS[kind]._default_manager.filter(merged_into=None)
    if kind == "person":
        rows = rows.filter(is_demonstration=False)
    place = "country__code" if kind == "city" else "public_id"
    return [
        Named(key, tuple(as_words(names).values()), (code or "") if kind == "city" else "")
        for key, names, code in rows.values_list("public_id", "names", place)
    ]


def _pairs(kind: str) -> list[dict[str, Any]]:
    found = doubles(_named(kind))[:SHOWN]
    keys = {key for pair in found for key in pair}
    names = dict(
        KINDS[kind]._default_manager.filter(public_id__in=keys).values_list("public_id", "names")
    )
    return [
        {
            "one": names[one],
            "one_id": one,
            "other": names[other],
            "other_id": other,
            "url": reverse("office:merge", args=[kind, one, other]),
        }
        for one, other in found
    ]


@needs("registry.merge_records")
def candidates(request: HttpRequest) -> HttpResponse:
    """Pairs of records that may be one, and the merges that were done."""
    done = Merge.objects.select_related("undone").order_by("-at", "-pk")[:SHOWN]
    words = {
        "groups": [{"label": label, "pairs": _pairs(kind)} for kind, label in LABELS.items()],
        "done": [(m, hasattr(m, "undone"), record_url(m.kind, m.kept)) for m in done],
    }
    return render(request, "office/doubles.html", words)


def _record(kind: str, public_id: str) -> Any:
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(KINDS[kind], public_id=public_id)


def _beside(record: Any) -> dict[str, Any]:
    """What is shown of one of the two."""
    rows = []
    for model, field in links_to(record):
        number = model._default_manager.filter(**{field: record}).count()
        if number:
            rows.append((model._meta.verbose_name, number))
    facts: list[tuple[Words, Any]] = [(_("Name"), as_words(record.names))]
    if isinstance(record, City):
        country = as_words(record.country.names) if record.country else {}
        facts.append((_("Country"), country))
    if isinstance(record, Person):
        facts.append((_("Sign-in account"), {"en": record.user.email} if record.user else {}))
    facts.append((_("Source"), {"en": record.source} if record.source else {}))
    return {
        "record": record,
        "url": record_url(record.reference().kind, record.public_id),
        "facts": facts,
        "contacts": contacts_of(record),
        "rows": rows,
    }


def merge(request: HttpRequest, kind: str, one: str, other: str) -> HttpResponse:
    """The two beside each other, and the merge with its reason."""
    first, second = _record(kind, one), _record(kind, other)
    crumbs: list[dict[str, Any]] = [
        {"label": _("Doubles"), "url": reverse("office:doubles")},
        {"label": MergeForm.title},
    ]
    if request.method == "GET":
        return _compared(request, first, second, crumbs)
    return act_page(
        request,
        form_class=MergeForm,
        record=first,
        back=record_url(kind, first.public_id) or reverse("office:doubles"),
        breadcrumbs=crumbs,
        other=second,
    )


@needs("registry.merge_records")
def _compared(request: HttpRequest, first: Any, second: Any, crumbs: Any) -> HttpResponse:
    refusal = None
    try:
        refuse_merge(first, second, on=timezone.localdate())
    except DomainError as found:
        refusal = found
    words = {
        "pair": [_beside(first), _beside(second)],
        "refusal": refusal,
        "form": MergeForm(record=first, other=second),
        "breadcrumbs": crumbs,
    }
    return render(request, "office/merge.html", words)


def undo_merge(request: HttpRequest, key: int) -> HttpResponse:
    """Take a merge back."""
    done = get_object_or_404(Merge, pk=key)
    kept: City | Person | Organisation = _record(done.kind, done.kept)
    return act_page(
        request,
        form_class=UndoMergeForm,
        record=kept,
        back=reverse("office:doubles"),
        breadcrumbs=[
            {"label": _("Doubles"), "url": reverse("office:doubles")},
            {"label": UndoMergeForm.title},
        ],
        merge=done,
    )
