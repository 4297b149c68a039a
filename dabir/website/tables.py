"""Rows of long public lists, said straight: a template that asks part by part takes five times as long."""

from __future__ import annotations

from collections.abc import Container, Iterable

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dabir.core.addresses import address
from dabir.core.components.words import (
    amount,
    digits,
    ident,
    knownday,
    language_name,
    localized,
    opendigits,
    shortdate,
    status,
)
from dabir.core.words import say
from dabir.decisions.public import FollowUpLine, Text


def clause_url(public_id: str) -> str:
    """The permanent address of a clause or decision."""
    document, _slash, node = public_id.partition("/")
    return address("website:clause", document, node)


def text_link(text: Text) -> SafeString:
    """A text by its name, as a link to its page."""
    name = opendigits(say(text.titles))
    return format_html('<a href="{}">{}</a>', address("website:text", text.public_id), name)


def adopted(text: Text) -> SafeString:
    """When a text was adopted, as exactly as it is known."""
    if not text.possible_days:
        return knownday(text.adopted_on, text.precision)
    open_days = status("ambiguous", label=_("several readings are open"))
    days = "".join(
        f'<span class="tag"><bdi>{escape(digits(d))}</bdi></span> ' for d in text.possible_days
    )
    return mark_safe(f"{open_days} {days}")  # noqa: S308 # each piece is escaped


def session_of(text: Text, with_page: Container[str]) -> SafeString:
    """The session that adopted a text, as a link where it has a page."""
    name = localized(text.session, quiet=True)
    if text.session_id not in with_page:
        return name
    return format_html('<a href="{}">{}</a>', address("website:session", text.session_id), name)


def text_rows(texts: Iterable[Text], with_page: Container[str]) -> SafeString:
    """Declarations: what, adopted when and in which session, in which languages, how many clauses."""
    on, session, held, clauses = _heads(_("Adopted"), _("Session"), _("Text"), _("Clauses"))
    facts_only, comma = escape(_("known by facts only")), escape(_(", "))
    return _rows(
        f'<th scope="row">{text_link(text)}<br><small>{ident(text.public_id)}</small></th>'
        f'<td data-label="{on}">{adopted(text)}</td>'
        f'<td data-label="{session}">{session_of(text, with_page) if text.session else "—"}</td>'
        f'<td data-label="{held}">{_languages(text, comma) if text.is_held else facts_only}</td>'
        f'<td data-label="{clauses}" class="number-cell">{amount(text.number_of_clauses)}</td>'
        for text in texts
    )


def _languages(text: Text, comma: str) -> str:
    return comma.join(escape(language_name(version.language)) for version in text.versions)


def follow_up_rows(lines: Iterable[FollowUpLine]) -> SafeString:
    """Tasks: what is to be done by which decision, who leads it, how it stands, until when."""
    text, lead, stands, due = _heads(_("Declaration"), _("Lead"), _("Status"), _("Due on"))
    nobody = escape(_("nobody yet"))
    return _rows(
        f'<th scope="row"><a href="{escape(clause_url(line.decision))}">'
        f"{localized(line.titles, quiet=True)}</a><br><small>{ident(line.decision)}</small></th>"
        f'<td data-label="{text}">{opendigits(say(line.text))}</td>'
        f'<td data-label="{lead}">{localized(line.lead, quiet=True) if line.lead else nobody}</td>'
        f'<td data-label="{stands}">{_status(line)}</td>'
        f'<td data-label="{due}">{shortdate(line.due) if line.due else "—"}</td>'
        for line in lines
    )


def _status(line: FollowUpLine) -> str:
    return status(line.status) + (f" {status('delayed')}" if line.is_late else "")


def _heads(*labels: str) -> list[str]:
    return [escape(label) for label in labels]


def _rows(rows: Iterable[str]) -> SafeString:
    """Rows of a table from their cells, each piece of which is escaped already."""
    return mark_safe("\n".join(f"<tr>{cells}</tr>" for cells in rows))  # noqa: S308 # escaped above
