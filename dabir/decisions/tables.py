"""The register as rows to show and to export: the same rows, the same columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from dabir.core.components.words import (
    amount,
    digits,
    ident,
    localized,
    localized_for,
    moment,
    shortdate,
    status,
)
from dabir.core.words import as_words, number_said, reader_language, say
from dabir.decisions.places import commitment_url, decision_url
from dabir.decisions.queries.register import silence_of
from dabir.decisions.queries.themes import Names, named_themes
from dabir.decisions.states import STATUSES, DeadlineType, Force
from dabir.documents.tabular.table import Column, Status, Table
from dabir.registry.models import Association


def themes_said(keys: Iterable[str], names: Names, language: str | None = None) -> str:
    """The names of themes in one language, one after the other."""
    language = language or reader_language()
    comma = "، " if language == "fa" else ", "
    return comma.join(say(name, language) for name in named_themes(keys, names))


def group_words(commitment: Any, group: str, names: Names) -> Any:
    """The heading of the group in which a row stands."""
    decision = commitment.decision
    if group == "declaration":
        return as_words(decision.document.titles) if decision.document else _("without a document")
    if group == "organ":
        return as_words(decision.organ.names)
    if group == "lead":
        return commitment.lead_names or _("nobody yet")
    if group == "theme":
        return themes_said(decision.themes, names) or _("no theme")
    if group == "status":
        return str(STATUSES[commitment.status])
    if group == "due":
        due: date | None = commitment.due
        quarter = f"{due.year}/{(due.month - 1) // 3 + 1}" if due else ""
        return _("Quarter %(quarter)s") % {"quarter": number_said(quarter)} if due else _("no day")
    return ""


def register_rows(
    commitments: Iterable[Any], *, today: date, names: Names, group: str = "", choose: bool = False
) -> list[dict[str, Any]]:
    """What a page shows of each commitment; `names` are those of the themes.

    `opens` is the heading of a group whose first row it is; with `choose` a row can be ticked.
    """
    tags = {key: _tag(theme) for key, theme in _named(commitments, names)}
    reader = reader_language()
    said = [_("Lead"), _("Status"), _("Due on"), _("Days of silence")]
    labels: list[str] = [escape(word) for word in said]
    labels.append(format_html('<span class="unknown">{}</span>', _("nobody yet")))
    tick = _("Choose: %(what)s") if choose else ""
    rows: list[dict[str, Any]] = []
    for c in commitments:
        heading = group_words(c, group, names)
        before = rows[-1]["group"] if rows else None
        what = _what_cell(c, tags, reader)
        cells = _cells(c, silence_of(c, today), labels, reader)
        rows.append(
            {
                "commitment": c,
                "group": heading,
                "opens": heading if heading != before else "",
                "line": mark_safe(  # noqa: S308 # each piece is escaped
                    f'<tr>\n<th scope="row">{_ticked(c, what, tick)}</th>\n{cells}\n</tr>'
                ),
            }
        )
    return rows


def _ticked(commitment: Any, what: str, tick: str) -> str:
    """What is to be done, beside a box that chooses it."""
    if not tick:
        return what
    label = escape(tick % {"what": say(commitment.titles)})
    return (
        f'<div class="chosen"><input type="checkbox" name="chosen" id="chosen-{commitment.pk}"'
        f' value="{commitment.pk}" aria-label="{label}"><div>{what}</div></div>'
    )


def _tag(theme: dict[str, str]) -> SafeString:
    return format_html(' <span class="tag">{}</span>', localized(theme, quiet=True))


def _what_cell(commitment: Any, tags: dict[str, SafeString], reader: str) -> SafeString:
    """What is to be done, by which decision, in which force and of which themes."""
    decision = commitment.decision
    force = "" if decision.force == Force.IN_FORCE else f" {status(decision.force)}"
    themes = "".join(tags[key] for key in decision.themes)
    return mark_safe(  # noqa: S308 # each piece is escaped
        f'<a href="{escape(commitment_url(commitment))}">'
        f"{localized_for(reader, commitment.titles, quiet=True)}</a><br><small>"
        f'<a href="{escape(decision_url(decision.public_id))}">{ident(decision.public_id)}</a>'
        f"{force}{themes}</small>"
    )


def _cells(commitment: Any, silence: int | None, labels: list[str], reader: str) -> SafeString:
    """Lead, status, due day, silence: asked for part by part in a template, they take five times as long."""
    lead = localized_for(reader, commitment.lead_names, quiet=True)
    late = status("delayed") if commitment.late else ""
    who, stands, due, silent, nobody = labels
    return mark_safe(  # noqa: S308 # each piece is escaped
        f'<td data-label="{who}">{lead or nobody}</td>\n'
        f'<td data-label="{stands}"><div class="states">{status(commitment.status)}{late}</div></td>\n'
        f'<td data-label="{due}">{_due_said(commitment) or "—"}</td>\n'
        f'<td data-label="{silent}" class="number-cell">{amount(silence) or "—"}</td>'
    )


def trail_lines(entries: Iterable[Any]) -> SafeString:
    """Entries of the sealed trail as lines of a table."""
    said = [_("Act"), _("Happened on"), _("Recorded at"), _("By")]
    act, happened, recorded, author = (escape(word) for word in said)
    reader = reader_language()
    return mark_safe(  # noqa: S308 # each piece is escaped
        "".join(
            f'<tr><th scope="row" class="number">{digits(entry.sequence)}</th>'
            f'<td data-label="{act}">{ident(entry.act)}</td>'
            f'<td data-label="{happened}">{shortdate(entry.happened_on)}</td>'
            f'<td data-label="{recorded}">{moment(entry.recorded_at)}</td>'
            f'<td data-label="{author}">'
            f"{localized_for(reader, entry.actor['labels'], quiet=True)}</td></tr>"
            for entry in entries
        )
    )


def commitment_lines(commitments: Iterable[Any], standings: dict[str, Any]) -> SafeString:
    """The commitments of one decision as lines of a table, each as it stands."""
    said = [_("Lead"), _("Status"), _("Due on"), _("Days of silence"), _("nobody yet")]
    who, stands, due, silent, nobody = (escape(word) for word in said)
    reader = reader_language()
    gap = "\n          "
    lines = []
    for c in commitments:
        standing = standings.get(c.public_id)
        late = f" {status('delayed')}" if standing and standing.delayed else ""
        lead = localized_for(reader, c.leader.names, quiet=True) if c.leader else nobody
        silence = amount(standing.silence) if standing else ""
        lines.append(
            f'<tr>{gap}<th scope="row"><a href="{escape(commitment_url(c))}">'
            f"{localized_for(reader, c.titles, quiet=True)}</a></th>"
            f'{gap}<td data-label="{who}">{lead}</td>'
            f'{gap}<td data-label="{stands}">{status(c.status)}{late}</td>'
            f'{gap}<td data-label="{due}">{_day_that_counts(standing)}\n</td>'
            f'{gap}<td data-label="{silent}" class="number-cell">{silence or "—"}</td></tr>'
        )
    return mark_safe("".join(lines))  # noqa: S308 # each piece is escaped


_NO_DAY = {
    "on_time": _lazy("“on time”, no date given"),
    "before_next": _lazy("before the next session, not called yet"),
    "recurring": _lazy("recurring; the first day is unknown"),
}


def _day_that_counts(standing: Any) -> str:
    """The day that counts of a commitment, or why there is none."""
    if standing is None:
        return escape(_("none"))
    if standing.due:
        return shortdate(standing.due)
    kind = standing.terms["deadline_type"]
    if kind != DeadlineType.CANDIDATES:
        return escape(_NO_DAY.get(kind, _("none")))
    days = "".join(
        f'<span class="tag"><bdi>{escape(digits(day))}</bdi></span> '
        for day in standing.terms["deadline_candidates"]
    )
    return f"{status('ambiguous', label=_('several readings are open'))} <small>{days}</small>"


def _named(commitments: Iterable[Any], names: Names) -> list[tuple[str, dict[str, str]]]:
    """Every theme of these commitments with its names, once."""
    keys = {key for c in commitments for key in c.decision.themes}
    return list(zip(keys, named_themes(keys, names), strict=True))


def _due_said(commitment: Any) -> str:
    """The day that counts, or that several readings of it are open."""
    if not commitment.due and commitment.deadline_type == DeadlineType.CANDIDATES:
        return status("ambiguous", label=_("open readings"))
    return shortdate(commitment.due)


def register_table(
    commitments: Iterable[Any],
    *,
    today: date,
    language: str,
    names: Names,
    association: Association,
    notes: list[str],
) -> Table:
    """What is exported of each commitment: exactly what the page shows."""
    columns = [
        Column("id", _("Number"), "identifier"),
        Column("what", _("What is to be done"), "text", 2.4),
        Column("declaration", _("Declaration"), "text", 1.4),
        Column("organ", _("Organ"), "text"),
        Column("lead", _("Lead"), "text", 1.2),
        Column("themes", _("Themes"), "text"),
        Column("status", _("Status"), "status"),
        Column("force", _("Force"), "text"),
        Column("due", _("Due on"), "date"),
        Column("late", _("Delayed"), "text", 0.6),
        Column("last", _("Last information"), "date"),
        Column("silence", _("Days of silence"), "number"),
    ]
    rows = []
    for c in commitments:
        document = c.decision.document
        rows.append(
            {
                "id": c.public_id,
                "what": say(c.titles, language),
                "declaration": say(document.titles, language) if document else "",
                "organ": say(c.decision.organ.names, language),
                "lead": say(c.lead_names, language),
                "themes": themes_said(c.decision.themes, names, language),
                "status": Status(c.status, str(STATUSES[c.status])),
                "force": c.decision.get_force_display(),
                "due": c.due,
                "late": _("yes") if c.late else "",
                "last": c.last_report_on,
                "silence": silence_of(c, today),
            }
        )
    return Table(
        title=_("Register of commitments"),
        columns=columns,
        rows=rows,
        notes=notes,
        practice=association.is_practice,
        source=say(association.names, language),
    )
