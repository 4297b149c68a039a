"""Rows of long public lists, said straight: a template that asks part by part takes five times as long."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dabir.core.addresses import address
from dabir.core.components.lists import clause, tally
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
from dabir.decisions.public import Clause, FollowUpLine, Text


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


def clause_entries(clauses: Iterable[Clause], standing: Mapping[str, str]) -> SafeString:
    """Clauses of a text as adopted, each with what came of it."""
    said = (
        _("The words of this clause are not held here; this is what is known of it."),
        _("Corrected by an erratum."),
    )
    unheld, corrected = (f'<p class="note">{escape(words)}</p>' for words in said)
    return mark_safe(  # noqa: S308 # each piece is escaped
        "".join(
            f'\n    <article class="clause-entry" id="c-{slugify(one.node)}">\n      '
            f"{clause(one.texts, label=one.labels, standing=standing, cite=url)}\n      "
            f"{unheld if one.is_fact_only else ''}\n      {corrected if one.is_corrected else ''}"
            f"\n      {_came_of(one, url)}\n    </article>\n  "
            for one, url in ((one, clause_url(one.public_id)) for one in clauses)
        )
    )


def _came_of(one: Clause, url: str) -> str:
    """The decisions made from a clause and how their tasks stand, or that it asks for nothing."""
    if not (one.outcomes or one.asks_nothing):
        return ""
    decided = "".join(
        f'{tally(outcome.statuses)}<a href="{escape(url)}">'
        f"{localized(outcome.titles, quiet=True)}</a> "
        for outcome in one.outcomes
    )
    unasked = status("no_action_needed") if one.asks_nothing else ""
    return f'<p class="clause-outcome">\n        {decided}\n        {unasked}\n      </p>'


def status_rows(numbers: dict[str, int]) -> SafeString:
    """How many tasks stand how, each with the list behind it."""
    follow_up, tasks = escape(address("website:follow_up")), escape(_("Tasks"))
    return mark_safe(  # noqa: S308 # each piece is escaped
        "".join(
            f'<tr><th scope="row"><a href="{follow_up}?status={key}">{status(key)}</a></th>'
            f'<td data-label="{tasks}" class="number-cell">{amount(number)}</td></tr>'
            for key, number in numbers.items()
            if number
        )
    )


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
