"""Search everything: one box, the kinds of records apart, and why each of them was found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dabir.core.search import SOURCES, Answer, Found, find
from dabir.core.words import in_language
from dabir.office.finding import commitment_found, commitments_for
from dabir.text.folding import fold, fold_tokens

SHOWN, ALL_SHOWN = 5, 100
AROUND = 90
SHORTEST = 2
# Kinds that people call by their number or address.
WITH_NUMBER = {"decision", "clause", "document", "meeting"}
_OPEN = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(r"[\w\u200c\u200d]+")


@dataclass(frozen=True)
class Hit:
    """One record found: its name and the place that matched, each with the words marked."""

    found: Found
    name: SafeString
    language: str
    code: SafeString
    why: SafeString | str = ""
    why_language: str = ""


def search(request: HttpRequest) -> HttpResponse:
    """Everything the reader may see that contains the words typed."""
    typed = request.GET.get("q", "").strip()[:200]
    only = request.GET.get("kind", "")
    words = fold_tokens(typed)
    context: dict[str, Any] = {"typed": typed, "only": only, "groups": [], "is_whole": True}
    context["all_kinds"] = urlencode({"q": typed})
    if len("".join(words)) >= SHORTEST:
        shown = ALL_SHOWN if only else SHOWN
        groups = [] if only and only != "commitment" else _commitments(request, words, shown)
        kinds = [
            kind
            for kind, source in SOURCES.items()
            if only in ("", kind) and request.user.has_perm(source.right)
        ]
        answer = find(typed, kinds, shown=shown)
        if groups and not answer.is_whole:
            answer = Answer({}, {}, words)
        groups += _groups(request, answer)
        context |= {
            "groups": groups,
            "is_whole": answer.is_whole,
            "total": sum(group["number"] for group in groups),
        }
    context["is_short"] = bool(typed) and len("".join(words)) < SHORTEST
    return render(request, "office/search.html", context)


def _commitments(request: HttpRequest, words: Sequence[str], shown: int) -> list[dict[str, Any]]:
    rows = commitments_for(request.user)
    for word in words:
        rows = rows.filter(folded__contains=word)
    number = rows.count()
    if not number:
        return []
    first = [commitment_found(row) for row in rows.order_by("-decision__decided_on", "pk")[:shown]]
    group = {
        "kind": "commitment",
        "label": _("Commitments"),
        "shows_id": True,
        "icon": "register",
        "number": number,
        "hits": [hit(found, words) for found in first],
    }
    if number > len(first):
        group["more"] = _address(request, "commitment")
        if request.user.has_perm("decisions.view_register"):
            typed = urlencode({"q": request.GET["q"]})
            group["more"] = f"{reverse('decisions:register')}?{typed}"
    return [group]


def _groups(request: HttpRequest, answer: Answer) -> list[dict[str, Any]]:
    groups = []
    for kind, source in SOURCES.items():
        ids = answer.first.get(kind, [])
        if not ids:
            continue
        read = {found.public_id: found for found in source.read(ids)}
        visible = [read[i] for i in ids if i in read and source.may_see(request.user, read[i])]
        number = answer.numbers[kind] - (len(ids) - len(visible))
        if visible:
            groups.append(
                {
                    "kind": kind,
                    "label": source.label,
                    "shows_id": kind in WITH_NUMBER,
                    "icon": source.icon,
                    "number": number,
                    "hits": [hit(found, answer.words) for found in visible],
                    "more": _address(request, kind) if number > len(visible) else "",
                }
            )
    return groups


def _address(request: HttpRequest, kind: str) -> str:
    if request.GET.get("kind"):
        return ""
    return "?" + urlencode({"q": request.GET["q"], "kind": kind})


def hit(found: Found, words: Sequence[str]) -> Hit:
    """The record with its matching words marked: in its name, else where they stand."""
    name, language = in_language(found.names)
    marked, is_marked = mark_words(name or found.public_id, words)
    why: SafeString | str = ""
    why_language = ""
    if not is_marked or not _all_in(name, words):
        why, why_language = _place(found, words, but=language)
    code, is_code_marked = mark_words(found.public_id, words)
    if is_code_marked and _all_in(f"{name} {found.public_id}", words):
        why = why_language = ""
    return Hit(found, marked, language, code, why, why_language)


def _all_in(text: str, words: Sequence[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _place(found: Found, words: Sequence[str], *, but: str) -> tuple[SafeString | str, str]:
    """The first other text of the record in which a word stands, cut around it."""
    places: list[Mapping[str, str]] = [
        {k: v for k, v in found.names.items() if k != but},
        found.texts,
    ]
    for texts in places:
        reader_first = sorted(texts.items(), key=lambda item: item[0] != but)
        for language, text in reader_first:
            cut = _cut(text, words)
            if cut:
                return mark_words(cut, words)[0], language
    return "", ""


def _cut(text: str, words: Sequence[str]) -> str:
    """The part of a text around the first word that matches; empty where none does."""
    for match in _WORD.finditer(text):
        if any(word in fold(match[0]) for word in words):
            start = max(0, match.start() - AROUND)
            end = min(len(text), match.end() + AROUND)
            start = text.rfind(" ", 0, start) + 1 if start else 0
            stop = text.find(" ", end)
            end = stop if stop >= 0 else len(text)
            before, after = "… " if start else "", " …" if end < len(text) else ""
            return f"{before}{text[start:end].strip()}{after}"
    return ""


def mark_words(text: str, words: Sequence[str]) -> tuple[SafeString, bool]:
    """The text with every word marked in which one of the folded words stands; and whether any is."""
    text = _OPEN.sub(lambda found: f"[{found[1].replace('|', '/')}]", text)
    pieces: list[str] = []
    last, is_marked = 0, False
    for match in _WORD.finditer(text):
        folded = fold(match[0])
        if folded and any(word in folded for word in words):
            pieces.append(conditional_escape(text[last : match.start()]))
            pieces.append(format_html("<mark>{}</mark>", match[0]))
            last, is_marked = match.end(), True
    pieces.append(conditional_escape(text[last:]))
    return mark_safe("".join(pieces)), is_marked  # noqa: S308  each piece is escaped above
