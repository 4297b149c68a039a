"""The register as rows to show and to export: the same rows, the same columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dabir.core.components.words import amount, ident, localized, shortdate, status
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
    said = [_("Lead"), _("Status"), _("Due on"), _("Days of silence")]
    labels: list[str] = [escape(word) for word in said]
    labels.append(format_html('<span class="unknown">{}</span>', _("nobody yet")))
    tick = _("Choose: %(what)s") if choose else ""
    rows: list[dict[str, Any]] = []
    for c in commitments:
        heading = group_words(c, group, names)
        before = rows[-1]["group"] if rows else None
        what, cells = _what_cell(c, tags), _cells(c, silence_of(c, today), labels)
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


def _what_cell(commitment: Any, tags: dict[str, SafeString]) -> SafeString:
    """What is to be done, by which decision, in which force and of which themes."""
    decision = commitment.decision
    force = "" if decision.force == Force.IN_FORCE else f" {status(decision.force)}"
    themes = "".join(tags[key] for key in decision.themes)
    return mark_safe(  # noqa: S308 # each piece is escaped
        f'<a href="{escape(commitment_url(commitment))}">'
        f"{localized(commitment.titles, quiet=True)}</a><br><small>"
        f'<a href="{escape(decision_url(decision.public_id))}">{ident(decision.public_id)}</a>'
        f"{force}{themes}</small>"
    )


def _cells(commitment: Any, silence: int | None, labels: list[str]) -> SafeString:
    """Lead, status, due day, silence: asked for part by part in a template, they take five times as long."""
    lead = localized(commitment.lead_names, quiet=True)
    late = status("delayed") if commitment.late else ""
    who, stands, due, silent, nobody = labels
    return mark_safe(  # noqa: S308 # each piece is escaped
        f'<td data-label="{who}">{lead or nobody}</td>\n'
        f'<td data-label="{stands}"><div class="states">{status(commitment.status)}{late}</div></td>\n'
        f'<td data-label="{due}">{_due_said(commitment) or "—"}</td>\n'
        f'<td data-label="{silent}" class="number-cell">{amount(silence) or "—"}</td>'
    )


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
