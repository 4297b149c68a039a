"""The body of the progress report: each declaration, each clause, each commitment, and the
evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dabir.decisions.report.rendering import charts
from dabir.decisions.report.rendering.pen import Pen
from dabir.decisions.report.rendering.words import known
from dabir.documents.typesetting.blocks import (
    Block,
    Facts,
    Grid,
    Head,
    Heading,
    Paragraph,
    Picture,
    Run,
)

Data = Mapping[str, Any]
Row = tuple[str, tuple[Run, ...]]

_STATUSES = (
    "not_started",
    "under_way",
    "done_claimed",
    "done_accepted",
    "blocked",
    "not_applicable",
)


def declaration_blocks(data: Data, pen: Pen) -> Iterator[Block]:
    """One section per declaration, one block per clause; those without a declaration last."""
    yield Heading(1, (Run(pen.word("declarations")),), "declarations")
    by_declaration: dict[str | None, list[Data]] = {}
    for clause in data["clauses"]:
        by_declaration.setdefault(clause["declaration"], []).append(clause)
    for declaration in data["declarations"]:
        yield Heading(2, pen.name(declaration["titles"]), declaration["id"])
        yield from _about(declaration, pen)
        for clause in by_declaration.pop(declaration["id"], []):
            yield from _clause(clause, pen)
    rest = [clause for clauses in by_declaration.values() for clause in clauses]
    if rest:
        yield Heading(2, (Run(pen.word("other_decisions")),), "other-decisions")
    for clause in rest:
        yield from _clause(clause, pen)


def _about(declaration: Data, pen: Pen) -> Iterator[Block]:
    rows: list[Row] = []
    if declaration["organ"]:
        rows.append((pen.word("adopting_organ"), pen.name(declaration["organ"]["names"])))
    rows.append((pen.word("adopted_on"), (Run(_adopted(declaration, pen)),)))
    counts = declaration["counts"]["commitments"]
    rows.append((pen.word("commitments"), _tally(counts, pen)))
    yield Facts(tuple(rows))
    if not declaration["text_held"]:
        yield Paragraph((Run(pen.word("text_not_held")),), "absence")
    if declaration["note"]:
        yield Paragraph(pen.name(declaration["note"]), "note")
    chart = charts.status_over_time(declaration["series"], pen.language)
    if declaration.get("no_action"):
        yield _no_action(declaration["no_action"], pen)
    if chart:
        yield Picture(chart.svg, chart.words, chart.caption, chart.table, charts.PAPER_STYLE)


def _no_action(items: list[Data], pen: Pen) -> Grid:
    """The clauses of which a person said, with a reason, that nothing has to be done."""
    heads = (Head(pen.word("clause"), "identifier"), Head(pen.word("reason"), "text", 3))
    rows = [((pen.identifier(item["id"]),), pen.name(item["reason"])) for item in items]
    return Grid(pen.word("no_action"), heads, rows)


def _adopted(declaration: Data, pen: Pen) -> str:
    if declaration["adopted_precision"] == "candidates" or (
        not declaration["adopted_on"] and declaration["adopted_candidates"]
    ):
        return pen.word(
            "adopted_candidates", days=_days_listed(declaration["adopted_candidates"], pen)
        )
    return pen.both(declaration["adopted_on"], declaration["adopted_precision"])


def _days_listed(days: list[str], pen: Pen) -> str:
    return pen.comma.join(pen.day(day) for day in days)


def _tally(counts: Mapping[str, int], pen: Pen) -> tuple[Run, ...]:
    parts = [
        (pen.status(status), Run(f"\u00a0{pen.number(counts[status])}", "strong"))
        for status in _STATUSES
        if counts[status]
    ]
    return pen.joined(list(parts)) if parts else (Run(pen.word("none"), "quiet"),)


def _clause(clause: Data, pen: Pen) -> Iterator[Block]:
    yield Heading(3, _clause_heading(clause, pen), clause["id"])
    yield Paragraph(_standing(clause, pen))
    yield from _text(clause, pen)
    facts = _facts(clause, pen)
    if facts:
        yield Facts(tuple(facts))
    if clause["remark"]:
        yield Paragraph((Run(f"{pen.word('remark')}: ", "strong"), *pen.name(clause["remark"])))
    if clause["no_information_since"]:
        yield Paragraph((Run(_absence(clause, pen), "status", mark="no_information"),), "absence")
    if clause["commitments"]:
        yield _commitments(clause["commitments"], pen)
        yield from _reports(clause["commitments"], pen)
    else:
        yield Paragraph((Run(pen.word("no_commitments")),), "note")


def _absence(clause: Data, pen: Pen) -> str:
    day = pen.both(clause["no_information_since"])
    if clause["silence_days"] is None:
        return pen.word("no_information_since", day=day)
    return pen.word("no_information_days", day=day, days=pen.days(clause["silence_days"]))


def _clause_heading(clause: Data, pen: Pen) -> tuple[Run, ...]:
    label = pen.choice(clause["label"])
    parts: list[tuple[Run, ...]] = []
    if label and label[0]:
        parts.append((Run(pen.digits(label[0].rstrip(". "))),))
    parts.append(pen.name(clause["titles"]))
    parts.append((pen.identifier(clause["id"]),))
    return pen.joined(parts)


def _standing(clause: Data, pen: Pen) -> tuple[Run, ...]:
    parts: list[tuple[Run, ...]] = [(pen.status(clause["status"]),), (pen.status(clause["list"]),)]
    if clause["silence_days"] is not None and not clause["no_information_since"]:
        parts.append((Run(f"{pen.word('silence')}: {pen.days(clause['silence_days'])}", "quiet"),))
    return pen.joined(parts)


def _text(clause: Data, pen: Pen) -> Iterator[Block]:
    chosen = pen.choice(clause["text"])
    if chosen is None:
        yield Paragraph((Run(pen.word("text_absent")),), "note")
        return
    text, code = chosen
    if code == pen.language:
        yield Paragraph(pen.prose(text), "quote")
        return
    yield Paragraph(tuple(_without_language(pen.prose(text, code))), "quote", code)
    yield Paragraph((Run(f"({pen.only_in(code)})", "quiet"),), "note")


def _without_language(runs: tuple[Run, ...]) -> Iterator[Run]:
    """The runs of a paragraph that is itself in that language."""
    for run in runs:
        yield Run(run.text, run.style, None, run.link, run.mark)


def _facts(clause: Data, pen: Pen) -> list[Row]:
    rows: list[Row] = [
        (
            pen.word("decided_on"),
            (Run(pen.both(clause["decided_on"], clause.get("precision", "day"))),),
        )
    ]
    if clause["basis"]:
        rows.append((pen.word("basis"), pen.name(clause["basis"])))
    if clause["forerunners"]:
        links = [(pen.identifier(each, linked=True),) for each in clause["forerunners"]]
        rows.append((pen.word("forerunners"), pen.joined(links)))
    if clause["successors"]:
        later = [
            (Run(f"{_turned(each['relation'], pen)}: "), pen.identifier(each["id"], linked=True))
            for each in clause["successors"]
        ]
        rows.append((pen.word("successors"), pen.joined(list(later))))
    if clause["effects"]:
        effects = [
            (
                Run(f"{pen.term(each['kind'])}: "),
                *pen.name(each["target"]),
                *((Run(" — "), *pen.name(each["words"])) if each.get("words") else ()),
            )
            for each in clause["effects"]
        ]
        rows.append((pen.word("effects"), pen.joined(list(effects))))
    return rows


def _turned(relation: str, pen: Pen) -> str:
    """What a later decision does to this one, said from this one."""
    key = f"by_{relation}"
    return pen.word(key) if known(key) else pen.term(relation)


def _commitments(commitments: list[Data], pen: Pen) -> Grid:
    heads = (
        Head(pen.word("commitment"), "text", 3),
        Head(pen.word("status"), "status", 1.4),
        Head(pen.word("deadline_and_news"), "date", 1.9),
    )
    return Grid(pen.word("commitments"), heads, [_commitment(each, pen) for each in commitments])


def _commitment(each: Data, pen: Pen) -> tuple[tuple[Run, ...], ...]:
    lead = (
        pen.name(each["lead"], "lead_unknown")
        if each["lead"]
        else (Run(pen.word("lead_unknown"), "quiet"),)
    )
    rest = f" · {pen.term(each['kind'])} · {pen.word('budget')}: {pen.term(each['budget'])}"
    title = (*pen.name(each["titles"]), Run("\n"), *lead, Run(rest, "quiet"))
    addressed = [pen.name(names) for names in each["addressees"]]
    if addressed:
        to = pen.joined(addressed, pen.comma)
        title = (*title, Run(f" · {pen.word('addressees')}: ", "quiet"), *to)
    status: tuple[Run, ...] = (pen.status(each["status"]),)
    if each["status_since"]:
        status = (
            *status,
            Run("\n" + pen.word("since_day", day=pen.day(each["status_since"])), "quiet"),
        )
    if each["delayed"]:
        status = (*status, Run("\n"), pen.status("delayed"))
    return (title, status, (*deadline(each["deadline"], pen), Run("\n"), *_news(each, pen)))


def _news(each: Data, pen: Pen) -> tuple[Run, ...]:
    since = each["no_information_since"]
    if since:
        words = pen.word("no_information_since", day=pen.day(since))
        return (Run(words, "status", mark="no_information"),)
    if each["silence_days"] is None:
        return (Run(f"{pen.word('silence')}: –", "quiet"),)
    return (Run(f"{pen.word('silence')}: {pen.days(each['silence_days'])}", "quiet"),)


def deadline(value: Data | None, pen: Pen) -> tuple[Run, ...]:
    """A deadline: a day, candidate days, or the words of the text."""
    if not value or value["type"] == "none":
        return (Run(pen.word("no_deadline"), "quiet"),)
    words = pen.name(value["words"]) if pen.choice(value["words"]) else ()
    if value["date"]:
        day = (Run(pen.both(value["date"])),)
        return (*day, Run(" · "), *words) if words and value["type"] != "date" else day
    if value["candidates"]:
        return (Run(pen.word("candidates", days=_days_listed(value["candidates"], pen)), "open"),)
    return words or (Run(pen.word("unknown"), "quiet"),)


def days_left(days: int, pen: Pen) -> Run:
    """How far a deadline lies ahead or back."""
    if days < 0:
        return Run(pen.word("days_ago", n=pen.number(-days)), "status", mark="delayed")
    if days == 0:
        return Run(pen.word("today"), "strong")
    return Run(pen.word("in_days", n=pen.number(days)))


def _reports(commitments: list[Data], pen: Pen) -> Iterator[Block]:
    rows = [
        (
            (
                Run(pen.both(report["on"], report["precision"])),
                Run(f"\n{pen.term(report['state'])}{_nature(report, pen)}", "quiet"),
            ),
            (*_reporter(report, pen), Run(": ", "quiet"), *_said(report, pen)),
        )
        for commitment in commitments
        for report in commitment["reports"]
    ]
    if rows:
        heads = (Head(pen.word("on"), "date", 1.4), Head(pen.word("report"), "text", 4))
        yield Grid(pen.word("reports"), heads, rows)


def _nature(report: Data, pen: Pen) -> str:
    """What kind of news it is, where it is not the ordinary report on an activity."""
    nature = report.get("nature", "activity")
    return "" if nature == "activity" else f" · {pen.term(nature)}"


def _reporter(report: Data, pen: Pen) -> tuple[Run, ...]:
    by = pen.name(report["by"], "unknown")
    if not report["on_behalf_of"]:
        return by
    before, after = pen.word("on_behalf_of", name="\0").split("\0")
    return (
        *by,
        Run(f" {before}"),
        *pen.name(report["on_behalf_of"]),
        *((Run(after),) if after else ()),
    )


def _said(report: Data, pen: Pen) -> tuple[Run, ...]:
    said = pen.name(report["text"])
    for evidence in report["evidence"]:
        label, language = evidence["label"], pen.told_by_letters(evidence["label"])
        shown = Run(label, language=language, link=f"#e-{evidence['id']}")
        said = (*said, Run(" ["), shown, Run("]"))
        if evidence["withdrawn"]:
            said = (*said, Run(f" ({pen.word('withdrawn')})", "quiet"))
    return said


def evidence_blocks(data: Data, pen: Pen) -> Iterator[Block]:
    """All evidence once, in the order of the clauses."""
    yield Heading(1, (Run(pen.word("evidence")),), "evidence")
    seen: dict[str, tuple[tuple[Run, ...], ...]] = {}
    for clause in data["clauses"]:
        for commitment in clause["commitments"]:
            for report in commitment["reports"]:
                for item in report["evidence"]:
                    seen.setdefault(str(item["id"]), _evidence(item, clause["id"], pen))
    if not seen:
        yield Paragraph((Run(pen.word("no_evidence")),))
        return
    heads = (
        Head(pen.word("document"), "text", 4),
        Head(pen.word("decision"), "identifier", 1.4),
        Head(pen.word("accepted_by"), "text", 1.6),
    )
    yield Grid("", heads, list(seen.values()))


def _evidence(item: Data, clause: str, pen: Pen) -> tuple[tuple[Run, ...], ...]:
    shown: tuple[Run, ...] = (
        Run(item["label"], language=pen.told_by_letters(item["label"]), link=item["url"],
            anchor=f"e-{item['id']}"),
        Run(f" ({pen.term(item['kind'])})", "quiet"),
    )  # fmt: skip
    if item["url"]:
        shown = (*shown, Run(" "), Run(item["url"], "code", link=item["url"]))
    if item["sha256"]:
        shown = (*shown, Run(f" {pen.word('sha256')}: ", "quiet"), Run(item["sha256"], "code"))
    if item["withdrawn"]:
        shown = (*shown, Run(f" — {pen.word('withdrawn')}", "strong"))
    accepted: tuple[Run, ...] = (Run(pen.word("not_accepted"), "quiet"),)
    if item["accepted_on"]:
        by = pen.name(item["accepted_by"], "unknown")
        accepted = (Run(f"{pen.day(item['accepted_on'])} · "), *by)
    return (shown, (pen.identifier(clause, linked=True),), accepted)
