"""The shapes of texts, clauses, decisions and tasks in the answers, each value told by its meaning.

The words are English here and are said in the reader's language where the description is given out.
"""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel

from dabir.website.api.telling import (
    Address,
    Coded,
    Day,
    PartialDay,
    Words,
    told,
)


class Version(BaseModel):
    __doc__ = _("A text in one language, and what that wording is worth.")

    language: Annotated[str, told(_("Language of the wording, ISO 639-1."), "fa")]
    state: Annotated[
        Coded, told(_("What the wording is worth: authentic, official, received or unofficial."))
    ]


class Text(BaseModel):
    __doc__ = _(
        "A declaration, resolution, set of minutes or page of the association, by its facts."
    )

    id: Annotated[str, told(_("Permanent id of the text."), "haikou-2014")]
    kind: Annotated[Coded, told(_("What the text is."))]
    titles: Annotated[Words, told(_("Title, by language."))]
    organ: Annotated[Words, told(_("The organ that adopted it, as named in the record."))]
    session: Annotated[Words, told(_("The session that adopted it; empty where unknown."))]
    session_id: Annotated[
        str | None, told(_("Id of that session in `/sessions`, where it is there."), "assembly-4")
    ]
    adopted_on: Annotated[
        PartialDay | None,
        told(_("Day of adoption as exactly as it is known; null where unknown or open."),
             "2014-11-25"),
    ]  # fmt: skip
    possible_days: Annotated[
        list[str],
        told(_("Days that a damaged source leaves possible; then `adopted_on` is null."), []),
    ]
    is_held: Annotated[bool, told(_("Whether the wording is held here, or only known of."), True)]
    source: Annotated[
        str, told(_("Where the text was taken from."), "Secretariat, document of 2014")
    ]
    versions: Annotated[list[Version], told(_("The languages in which it is held."))]
    clauses: Annotated[int, told(_("Number of recitals, clauses and items."), 41)]
    decisions: Annotated[int, told(_("Number of decisions recorded from it."), 30)]
    self: Annotated[Address, told(_("This text in the API."))]
    url: Annotated[Address, told(_("Its page for readers, in the language of the answer."))]


class Outcome(BaseModel):
    __doc__ = _("A decision recorded from a clause, and how many of its tasks stand how.")

    id: Annotated[str, told(_("Id of the decision."), "haikou-2014/4.b")]
    titles: Annotated[Words, told(_("What was decided, in short."))]
    force: Annotated[Coded, told(_("Whether the decision still binds."))]
    tasks_by_status: Annotated[
        dict[str, int],
        told(_("Number of tasks by status; late ones are counted as `delayed`."), {"under_way": 1}),
    ]
    self: Annotated[Address, told(_("The decision in the API."))]


class Clause(BaseModel):
    __doc__ = _("One recital, clause or item as adopted, in every language, and what came of it.")

    id: Annotated[str, told(_("Permanent id, by which the clause is cited."), "haikou-2014/4.b")]
    text: Annotated[str, told(_("Id of the text it stands in."), "haikou-2014")]
    parent: Annotated[
        str | None, told(_("Id of the clause above; null at the top."), "haikou-2014/4")
    ]
    is_recital: Annotated[
        bool, told(_("Whether it stands before the first numbered clause."), False)
    ]
    labels: Annotated[Words, told(_("Number or letter as printed, by language."))]
    texts: Annotated[
        Words,
        told(_("The wording by language. A digit that is not certain stands as `201{4|5}`.")),
    ]
    is_held: Annotated[
        bool,
        told(_("Whether the wording is held here, or only the fact that the clause is there."),
             True),
    ]  # fmt: skip
    is_corrected: Annotated[bool, told(_("Whether an erratum has corrected the wording."), False)]
    asks_nothing: Annotated[
        bool, told(_("Whether it was recorded that the clause asks nothing of anybody."), False)
    ]
    decisions: Annotated[list[Outcome], told(_("The decisions recorded from it."))]
    self: Annotated[Address, told(_("This clause in the API."))]
    url: Annotated[Address, told(_("Its permanent page, by which it is cited."))]


class Decision(BaseModel):
    __doc__ = _("A decision of an organ: what, when, whether it binds, and how far its tasks are.")

    id: Annotated[str, told(_("Permanent id."), "haikou-2014/4.b")]
    titles: Annotated[Words, told(_("What was decided, in short."))]
    text: Annotated[str, told(_("Id of the text it stands in."), "haikou-2014")]
    clause: Annotated[
        str | None, told(_("Id of the clause it was recorded from."), "haikou-2014/4.b")
    ]
    organ: Annotated[str, told(_("Key of the organ that decided."), "general-assembly")]
    organ_names: Annotated[Words, told(_("Name of that organ."))]
    decided_on: Annotated[
        PartialDay | None,
        told(_("Day of the decision as exactly as it is known; null where several are possible."),
             "2014-11-25"),
    ]  # fmt: skip
    force: Annotated[
        Coded,
        told(_("Whether it still binds. Only a later decision, fulfilment or lapse changes it.")),
    ]
    tasks_by_status: Annotated[
        dict[str, int],
        told(_("Number of tasks by status; late ones are counted as `delayed`."), {"under_way": 1}),
    ]
    self: Annotated[Address, told(_("This decision in the API."))]
    url: Annotated[Address, told(_("Its permanent page, by which it is cited."))]


class Task(BaseModel):
    __doc__ = _("What a decision asks of somebody, who leads it, how it stands and until when.")

    id: Annotated[str, told(_("Permanent id."), "haikou-2014/4.b/c1")]
    decision: Annotated[str, told(_("Id of the decision."), "haikou-2014/4.b")]
    text: Annotated[str, told(_("Id of the text."), "haikou-2014")]
    titles: Annotated[Words, told(_("What is to be done."))]
    lead: Annotated[Words, told(_("The post, city or organ that leads it, as named today."))]
    status: Annotated[
        Coded, told(_("How far it is. A task that is late today is `delayed`, whatever else."))
    ]
    since: Annotated[Day, told(_("Day since which it stands so."), "2015-03-01")]
    due: Annotated[
        Day | None,
        told(_("Day by which it is due; a deadline before a session is that session's first day."),
             "2016-11-01"),
    ]  # fmt: skip
    is_late: Annotated[bool, told(_("Whether that day is past and the task still open."), False)]
    self: Annotated[Address, told(_("This task in the API."))]
    url: Annotated[Address, told(_("Page of its decision."))]


class Related(BaseModel):
    __doc__ = _("Another decision, and how the two bear on each other.")

    id: Annotated[str, told(_("Id of the other decision."), "haikou-2014/2")]
    titles: Annotated[Words, told(_("What it decided, in short."))]
    relation: Annotated[str, told(_("What the later one does to the earlier, in words."), "amends")]
    self: Annotated[Address, told(_("The other decision in the API."))]


class Proof(BaseModel):
    __doc__ = _("Evidence behind an accepted report that anyone can open.")

    label: Annotated[str, told(_("What is to be seen there."), "Minutes of the working group")]
    address: Annotated[str, told(_("Web address."), "https://example.org/minutes")]
    seen_on: Annotated[Day | None, told(_("Day on which it was last seen there."), "2015-03-01")]


class Event(BaseModel):
    __doc__ = _("One line of what happened to a decision and its tasks.")

    on: Annotated[
        PartialDay | None, told(_("Day, as exactly as it is known; null where open."), "2015-03-01")
    ]
    what: Annotated[str, told(_("What happened, in words."), "New status")]
    about: Annotated[Words, told(_("The task or decision it happened to, where that is told."))]
    status: Annotated[Coded | None, told(_("The status or force from then on, where it changed."))]


class DecisionWhole(Decision):
    __doc__ = _("A decision with all that is public of it.")

    words: Annotated[
        Words, told(_("Wording where it stands in no clause; else see the clause."), {})
    ]
    effects: Annotated[list[Effect], told(_("What the decision did at once."))]
    tasks: Annotated[list[Task], told(_("Its tasks."))]
    earlier: Annotated[list[Related], told(_("Earlier decisions it bears on."))]
    later: Annotated[list[Related], told(_("Later decisions that bear on it."))]
    evidence: Annotated[list[Proof], told(_("Evidence behind accepted reports."))]
    history: Annotated[list[Event], told(_("What happened, the newest first."))]


class Effect(BaseModel):
    __doc__ = _("What a decision did at once: a member honoured, a host chosen, a body recognised.")

    kind: Annotated[str, told(_("What it did, in words."), "honorary member")]
    names: Annotated[Words, told(_("On whom or what."))]


class Counts(BaseModel):
    __doc__ = _("How many tasks of public decisions stand how today.")

    as_of: Annotated[Day, told(_("The day for which delays were reckoned."), "2026-11-28")]
    tasks: Annotated[int, told(_("Number of tasks."), 44)]
    by_status: Annotated[
        dict[str, int],
        told(_("Number of tasks by status; late ones are counted as `delayed`."), {"under_way": 1}),
    ]


class File(BaseModel):
    __doc__ = _("One file of a published report, with the proof of its bytes.")

    language: Annotated[str, told(_("Language, ISO 639-1."), "en")]
    format: Annotated[str, told(_("File format: html, pdf, docx or json."), "pdf")]
    size: Annotated[int, told(_("Size in bytes."), 184220)]
    sha256: Annotated[str, told(_("SHA-256 of the bytes, in hexadecimal."), "9f86d081884c7d65")]
    url: Annotated[Address, told(_("Where the file is."))]


class Report(BaseModel):
    __doc__ = _("A frozen edition of a progress report that was shown to everybody.")

    id: Annotated[str, told(_("Id of the report."), "report-k3x9")]
    edition: Annotated[int, told(_("Number of the edition; a newer one corrects it."), 1)]
    titles: Annotated[Words, told(_("Title."))]
    organ: Annotated[Words, told(_("The organ it was made for."))]
    as_of: Annotated[Day, told(_("The day as of which it reports."), "2026-11-01")]
    code: Annotated[str, told(_("Verification code, as printed on it."), "7F3K-9Q2M-XW4T")]
    published_at: Annotated[
        str, told(_("Instant of publication, ISO 8601."), "2026-11-05T09:30:00+00:00")
    ]
    files: Annotated[list[File], told(_("Its files, exactly as they were frozen."))]


DecisionWhole.model_rebuild()
