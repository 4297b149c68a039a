"""The directory of members for anyone: list, map, one page each, and the same for machines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dabir.core.addresses import address
from dabir.core.basis import basis_shown
from dabir.core.kept import known, open_to_all
from dabir.core.words import as_words, reader_language, say
from dabir.documents.downloads import table_answer
from dabir.documents.tabular.table import Column, Table
from dabir.membership.drawing import Map, Place, draw_map
from dabir.membership.filters import ANY
from dabir.membership.public import Directory, PublicMember, directory_on
from dabir.membership.tables import directory_rows
from dabir.registry.queries import the_association
from dabir.text.folding import sort_key

PER_PAGE = 100


class DirectoryFilter(forms.Form):
    """Words, country, category."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    country = forms.ChoiceField(label=_("Country"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, *args: Any, found: Directory, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(code, say(names)) for code, names in found.countries().items()]
        labels = found.labels
        choices: dict[str, list[Any]] = {
            "country": sorted(named, key=lambda row: sort_key(row[1])),
            "category": [(key, say(labels.get(key, {})) or key) for key in found.categories()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = [ANY, *offered]  # type: ignore[attr-defined]  # a choice

    def asked(self) -> dict[str, str]:
        """What the directory is narrowed by."""
        data = self.cleaned_data if self.is_valid() else {}
        return {
            "words": data.get("q", ""),
            "country": data.get("country", ""),
            "category": data.get("category", ""),
        }


def _directory(request: HttpRequest) -> tuple[Directory, DirectoryFilter, list[PublicMember]]:
    """The directory as it stands, what is asked of it, and the members asked for."""
    found = known(request, "directory", lambda: directory_on(timezone.localdate()))
    asked = DirectoryFilter(request.GET or None, found=found)
    return found, asked, found.narrowed(**asked.asked())


def member_address(public_id: str) -> str:
    """The public page of a member."""
    return address("membership:public_member", public_id)


def _map(shown: list[PublicMember], language: str) -> Map | None:
    return draw_map(
        [
            Place(
                say(member.names, language),
                member_address(member.id),
                *member.place,
                "full" if member.category == "full" else "other",
            )
            for member in shown
            if member.place
        ]
    )


@open_to_all
def cities(request: HttpRequest) -> HttpResponse:
    """The members of the association: on the map and as a list."""
    language = reader_language()
    found, asked, shown = _directory(request)
    shown.sort(key=lambda member: sort_key(say(member.names, language)))
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filter": asked,
        "page": page,
        "rows": directory_rows((member, member_address(member.id)) for member in page.object_list),
        "map": _map(shown, language),
        "without_place": sum(member.place is None for member in shown if member.kind == "city"),
        "list_is_unknown": not found.knows_cities,
        "sizes": found.sizes,
    }
    return render(request, "membership/cities.html", context)


@open_to_all
def member(request: HttpRequest, public_id: str) -> HttpResponse:
    """One member: its name in each language, country, category, since when, where it lies."""
    directory = known(request, "directory", lambda: directory_on(timezone.localdate()))
    found = next((one for one in directory.members if one.id == public_id), None)
    if found is None:
        raise Http404
    context: dict[str, Any] = {
        "member": found,
        "category": say(found.category_names) or found.category,
        "basis": basis_shown(_reference(found)),
        "map": _map([found], reader_language()),
        "breadcrumbs": [
            {"label": _("Members"), "url": address("membership:cities")},
            {"label": say(found.names)},
        ],
    }
    return render(request, "membership/city.html", context)


def _reference(found: PublicMember) -> dict[str, Any] | None:
    told_by = found.by_decision
    if told_by is None:
        return None
    return {
        "kind": "decision",
        "id": told_by["number"],
        "labels": told_by["names"],
        "on": told_by["on"],
    }


@open_to_all
def directory(request: HttpRequest, fmt: str) -> HttpResponse:
    """The directory for machines: JSON with both languages, CSV in the reader's."""
    shown, language = _directory(request)[2], reader_language()
    association = the_association()
    if association is None:
        raise Http404
    if fmt == "json":
        data = {
            "schema": "dabir/members/1",
            "association": as_words(association.names),
            "practice": association.is_practice,
            "members": [each.as_dict() for each in shown],
        }
        return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    if fmt != "csv":
        raise Http404
    columns = (
        "id",
        "name",
        "country",
        "category",
        "number",
        "member_since",
        "latitude",
        "longitude",
    )
    rows: list[dict[str, Any]] = [
        {
            "id": each.id,
            "name": say(each.names, language),
            "country": each.country["code"] if each.country else "",
            "category": each.category,
            "number": each.number,
            "member_since": each.member_since,
            "latitude": str(each.place[0]) if each.place else "",
            "longitude": str(each.place[1]) if each.place else "",
        }
        for each in shown
    ]
    table = Table(
        title="members",
        columns=[Column(key, key) for key in columns],
        rows=rows,
        practice=association.is_practice,
    )
    return table_answer(table, "csv", language, "members")
