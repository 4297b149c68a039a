"""The words of the institution, explained once; the interface links here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import Words


@dataclass(frozen=True)
class Term:
    """A word of the statutes and what it means in one or two plain sentences."""

    label: Words
    meaning: Words


GLOSSARY: dict[str, Term] = {
    "declaration": Term(
        _("declaration"),
        _("The text an Assembly adopts: recitals, which say why, and clauses, which decide."),
    ),
    "recital": Term(
        _("recital"),
        _(
            "A paragraph before the first clause. It decides something only when it names a target,"
            " an election or an encouragement."
        ),
    ),
    "clause": Term(_("clause"), _("A numbered part of a declaration. It has a permanent address.")),
    "decision": Term(
        _("decision"),
        _("What an organ resolved. It comes from a clause, from minutes or from a resolution."),
    ),
    "commitment": Term(
        _("commitment"),
        _("What somebody has to do because of a decision: one lead, a deadline, a budget line."),
    ),
    "lead": Term(_("lead"), _("The one office, organ or city that answers for a commitment.")),
    "activity-report": Term(
        _("activity report"),
        _("A short account of what was done for a commitment, with its evidence."),
    ),
    "evidence": Term(
        _("evidence"),
        _("A file or a link that proves what a report says. Who accepted it, and when, is kept."),
    ),
    "acceptance": Term(
        _("acceptance"),
        _("A person who did not file the report confirms it. Nobody accepts their own work."),
    ),
    "silence": Term(
        _("silence"),
        _("The days since anybody last reported on a commitment."),
    ),
    "progress-report": Term(
        _("progress report"),
        _(
            "The Secretary General's report to the Board or the Assembly on every decision,"
            " as of a date."
        ),
    ),
    "as-of": Term(
        _("as of"), _("The day a report speaks about: what was true at the end of that day.")
    ),
    "known-at": Term(
        _("known at"),
        _("The instant up to which entries count: what was recorded later is left out."),
    ),
    "freeze": Term(
        _("freeze"),
        _(
            "To keep a signed report with its data, so that it reads the same for ever."
            " A mistake found later makes a new edition."
        ),
    ),
    "in-force": Term(
        _("in force"), _("A decision that binds today: nobody ended, replaced or withdrew it.")
    ),
    "supersede": Term(_("supersede"), _("A later decision takes the place of an earlier one.")),
    "retire": Term(_("retire"), _("To end a decision by another decision, without replacing it.")),
    "erratum": Term(
        _("erratum"), _("A correction of a printed text. The old wording stays visible.")
    ),
    "quorum": Term(
        _("quorum"), _("How many must be present before an organ may decide. The statute says it.")
    ),
    "mandate": Term(
        _("mandate"),
        _("A person's right to hold a post, from a day to a day, founded on a decision."),
    ),
    "post": Term(_("post"), _("An office with powers. People come and go; the post stays.")),
    "seat": Term(_("seat"), _("A city's place in an organ. When a mayor changes, the seat stays.")),
    "standing": Term(
        _("standing"),
        _("Whether a member may vote, stand or speak on a day, with the article that says so."),
    ),
    "basis": Term(_("basis"), _("The decision or article an act rests on: “by which decision?”.")),
    "on-behalf-of": Term(
        _("on behalf of"),
        _("Entered by one person for another, with the source attached."),
    ),
    "open-digit": Term(
        _("open digit"),
        _(
            "A digit that the damaged original does not settle. Every candidate stays"
            " until a named person confirms one."
        ),
    ),
    "rule-set": Term(
        _("rule set"),
        _(
            "The statute as in force on a date. A rule that is not known is unset,"
            " and the act that needs it is refused."
        ),
    ),
    "hand-over": Term(
        _("hand-over"),
        _("All open work of a holder moves to another, with its history."),
    ),
    "trail": Term(
        _("trail"),
        _(
            "The record of every act: who, on which day, when entered, what changed."
            " Nothing in it can be changed unnoticed."
        ),
    ),
}
