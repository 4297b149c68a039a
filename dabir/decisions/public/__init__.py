"""What anyone may see of decisions and their follow-up: an allow-list, as plain values.

Public are the declarations that were adopted and the association's own pages, each clause with the
decision made from it; of its follow-up the task, who leads it, its day and its status, and evidence
that is a public address behind an accepted report. Never: minutes, decisions of other texts, texts
of reports, reasons, notes, names of those who recorded something, files.
"""

from dabir.decisions.public.clause_lists import clauses_listed, public_clause, public_text
from dabir.decisions.public.clauses import ClausePage, clause_page, is_public_clause
from dabir.decisions.public.editions import (
    PublicEdition,
    PublicFile,
    published_editions,
    published_file,
)
from dabir.decisions.public.followup import (
    FollowUpLine,
    Steps,
    counts_by_status,
    counts_of,
    follow_up_lines,
    tasks_by_day,
)
from dabir.decisions.public.listing import (
    FORCE_CODES,
    STATUS_CODES,
    DecisionsAsked,
    ListedDecision,
    ListedTask,
    TextsAsked,
    decisions_listed,
    public_task,
    tasks_listed,
    texts_listed,
)
from dabir.decisions.public.naming import titles_behind
from dabir.decisions.public.searchable import (
    clauses_of_texts,
    reports_of_organs,
    searchable_clauses,
    searchable_reports,
    searchable_texts,
)
from dabir.decisions.public.tasks import TasksAsked
from dabir.decisions.public.texts import (
    Clause,
    Outcome,
    Text,
    newest_decisions,
    newest_declarations,
    public_addresses,
    public_facts,
    public_texts,
    texts_by_session,
    texts_in_order,
    texts_named,
    texts_of,
)

__all__ = [
    "FORCE_CODES",
    "STATUS_CODES",
    "Clause",
    "ClausePage",
    "DecisionsAsked",
    "FollowUpLine",
    "ListedDecision",
    "ListedTask",
    "Outcome",
    "PublicEdition",
    "PublicFile",
    "Steps",
    "TasksAsked",
    "Text",
    "TextsAsked",
    "clause_page",
    "clauses_listed",
    "clauses_of_texts",
    "counts_by_status",
    "counts_of",
    "decisions_listed",
    "follow_up_lines",
    "is_public_clause",
    "newest_decisions",
    "newest_declarations",
    "public_addresses",
    "public_clause",
    "public_facts",
    "public_task",
    "public_text",
    "public_texts",
    "published_editions",
    "published_file",
    "reports_of_organs",
    "searchable_clauses",
    "searchable_reports",
    "searchable_texts",
    "tasks_by_day",
    "tasks_listed",
    "texts_by_session",
    "texts_in_order",
    "texts_listed",
    "texts_named",
    "texts_of",
    "titles_behind",
]
