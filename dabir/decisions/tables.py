"""The register as rows to show and to export: the same rows, the same columns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from i18nfield.strings import LazyI18nString

from dabir.core.addresses import where
from dabir.core.components.words import (
    amount,
    day_in,
    digits,
    ident,
    localized,
    localized_for,
    moment_in,
    shortdate,
    status,
)
from dabir.core.escaping import escaped
from dabir.core.words import as_words, number_said, reader_language, say
from dabir.decisions.places import commitment_url, decision_url
from dabir.decisions.queries.register import silence_of
from dabir.decisions.queries.themes import Names, named_themes
from dabir.decisions.states import STATUSES, DeadlineType, Force
from dabir.documents.tabular.table import Column, Status, Table
from dabir.registry.models import Association
from dabir.text.digits import localize_digits

MOST_LINES = 2048  # of the register, kept by what they say; some 2 kB each


def themes_said(keys: Iterable[str], names: Names, language: str | None = None) -> str:
    """The names of themes in one language, one after the other."""
    language = language or reader_language()
    comma = "، " if language == "fa" else ", "
    return comma.join(say(name, language) for name in named_themes(keys, names))


def group_words(row: Any, group: str, names: Names) -> Any:
    """The heading of the group in which a row stands."""
    if group == "declaration":
        return _named(row.declaration) if row.declaration else _("without a document")
    if group == "organ":
        return _named(row.organ)
    if group == "lead":
        return _named(row.lead) or _("nobody yet")
    if group == "theme":
        return themes_said(row.themes, names) or _("no theme")
    if group == "status":
        return str(STATUSES[row.status])
    if group == "due":
        due: date | None = row.due
        quarter = f"{due.year}/{(due.month - 1) // 3 + 1}" if due else ""
        return _("Quarter %(quarter)s") % {"quarter": number_said(quarter)} if due else _("no day")
    return ""


def _named(kept: str) -> dict[str, str]:
    """A name in each language, as it is kept."""
    return as_words(LazyI18nString(kept))


def register_rows(
    shown: Iterable[Any], *, today: date, names: Names, group: str = "", choose: bool = False
) -> list[dict[str, Any]]:
    """What a page shows of each row of the register; `names` are those of the themes.

    `opens` is the heading of a group whose first row it is; with `choose` a row can be ticked.
    """
    tags: dict[str, str] = {}
    here, tick = where(), _("Choose: %(what)s") if choose else ""
    rows: list[dict[str, Any]] = []
    before: Any = None
    for row in shown:
        heading = group_words(row, group, names) if group else ""
        for key in row.themes:
            if key not in tags:
                tags[key] = _tag(*named_themes([key], names))
        line = _line(
            here, row.pk, row.public_id, row.title, tick, row.deciding, row.force,
            "".join([tags[key] for key in row.themes]), row.lead, row.status, row.late, row.due,
            row.deadline_type == DeadlineType.CANDIDATES, silence_of(row, today),
        )  # fmt: skip
        opens = heading if heading != before else ""
        rows.append({"commitment": row, "group": heading, "opens": opens, "line": line})
        before = heading
    return rows


def _tag(theme: dict[str, str]) -> str:
    return f' <span class="tag">{localized(theme, quiet=True)}</span>'


@lru_cache(maxsize=MOST_LINES)
def _line(
    _here: tuple[str | None, str, str], pk: int, public_id: str, title: str, tick: str,
    deciding: str, force: str, themes: str, lead: str, stands: str, late: bool, due: date | None,
    open_readings: bool, silence: int | None,
) -> SafeString:  # fmt: skip
    """A row of the register, the same for everybody who is told the same in a language.

    Asked for part by part in a template, it takes five times as long.
    """
    reader, titles = reader_language(), LazyI18nString(title)
    forced = "" if force == Force.IN_FORCE else f" {status(force)}"
    what = (
        f'<a href="{escape(commitment_url(public_id))}">'
        f"{localized_for(reader, titles, quiet=True)}</a><br><small>"
        f'<a href="{escape(decision_url(deciding))}">{ident(deciding)}</a>'
        f"{forced}{themes}</small>"
    )
    if tick:
        label = escape(tick % {"what": say(titles)})
        what = (
            f'<div class="chosen"><input type="checkbox" name="chosen" id="chosen-{pk}"'
            f' value="{pk}" aria-label="{label}"><div>{what}</div></div>'
        )
    who = localized_for(reader, _named(lead), quiet=True)
    nobody = f'<span class="unknown">{escape(_("nobody yet"))}</span>'
    delayed = status("delayed") if late else ""
    day = shortdate(due)
    if open_readings and not due:
        day = status("ambiguous", label=_("open readings"))
    return mark_safe(  # noqa: S308 # each piece is escaped
        f'<tr>\n<th scope="row">{what}</th>\n'
        f'<td data-label="{escape(_("Lead"))}">{who or nobody}</td>\n'
        f'<td data-label="{escape(_("Status"))}">'
        f'<div class="states">{status(stands)}{delayed}</div></td>\n'
        f'<td data-label="{escape(_("Due on"))}">{day or "—"}</td>\n'
        f'<td data-label="{escape(_("Days of silence"))}" class="number-cell">'
        f"{amount(silence) or '—'}</td>\n</tr>"
    )


def trail_lines(entries: Iterable[Any]) -> SafeString:
    """Entries of the sealed trail as lines of a table."""
    said = [_("Act"), _("Happened on"), _("Recorded at"), _("By")]
    act, happened, recorded, author = (escape(word) for word in said)
    reader, place = reader_language(), timezone.get_current_timezone()
    return mark_safe(  # noqa: S308 # each piece is escaped
        "".join(
            [
                f'<tr><th scope="row" class="number">{localize_digits(str(entry.sequence), reader)}</th>'
                f'<td data-label="{act}"><bdi class="ident" dir="ltr">{escaped(entry.act)}</bdi></td>'
                f'<td data-label="{happened}">{day_in(entry.happened_on, "short", reader)}</td>'
                f'<td data-label="{recorded}">{moment_in(entry.recorded_at, place, reader)}</td>'
                f'<td data-label="{author}">'
                f"{localized_for(reader, entry.actor['labels'], quiet=True)}</td></tr>"
                for entry in entries
            ]
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
