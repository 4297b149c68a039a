"""Sets the progress report out as a paper: the same order, words and figures in every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from dabir.decisions.report.rendering import charts, clauses
from dabir.decisions.report.rendering.pen import Pen
from dabir.documents.typesetting.blocks import (
    Block,
    Cover,
    Facts,
    Grid,
    Head,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Run,
)

Data = Mapping[str, Any]

FORCES = ("in_force", "amended", "superseded", "done", "retired", "lapsed")
STATUSES = (
    "not_started",
    "under_way",
    "done_claimed",
    "done_accepted",
    "blocked",
    "not_applicable",
)


def compose(data: Data, language: str) -> Paper:
    """The report as a paper in one language; the same data gives the same paper."""
    pen = Pen(language)
    names = data["association"]["names"]
    other = "en" if language == "fa" else "fa"
    spoken = [(code, names[code]) for code in (language, other) if names.get(code)]
    spoken += [
        (code, names[code]) for code in sorted(names) if code not in {"fa", "en"} and not spoken
    ]
    title = pen.plain(data["title"])
    return Paper(
        language=language,
        title=f"{title} · {pen.both(data['as_of'])}",
        author=pen.plain(names),
        written_at=datetime.fromisoformat(data["known_at"]),
        blocks=list(_blocks(data, pen)),
        cover=_cover(data, pen, tuple(spoken), title),
        running_title=f"{pen.plain(names)} · {title} · {pen.day(data['as_of'])}",
        contents=pen.word("contents"),
        practice=pen.word("practice") if data["association"]["practice"] else "",
    )


def _cover(data: Data, pen: Pen, names: tuple[tuple[str, str], ...], title: str) -> Cover:
    edition = data["edition"]
    rows: list[tuple[str, tuple[Run, ...]]] = [
        (pen.word("as_of"), (Run(pen.both(data["as_of"]), "strong"),)),
        (pen.word("known_at"), (Run(pen.instant(data["known_at"])),)),
    ]
    if edition is None:
        rows.append((pen.word("edition"), (Run(pen.word("draft"), "strong"),)))
    else:
        rows.append((pen.word("edition"), (Run(pen.digits(str(edition["label"]))),)))
        signed = (
            *pen.name(edition["signed_off_by"]),
            Run(f" · {pen.both(edition['signed_off_on'])}"),
        )
        rows.append((pen.word("signed_off"), signed))
        rows.append((pen.word("frozen"), (Run(pen.instant(edition["frozen_at"])),)))
        rows.append((pen.word("code"), (pen.identifier(edition["verification_code"]),)))
    if data["since"]:
        rows.append((pen.word("since"), (Run(pen.both(data["since"]["as_of"])),)))
    seat = data["association"].get("seat")
    if seat:
        place = pen.name(seat) if isinstance(seat, Mapping) else (Run(str(seat)),)
        rows.append((pen.word("seat"), place))
    return Cover(
        names=names,
        title=title,
        subtitle=pen.word("to_organ", organ=pen.plain(data["organ"]["names"])),
        facts=Facts(tuple(rows)),
        notice=pen.word("practice_note") if data["association"]["practice"] else "",
    )


def _blocks(data: Data, pen: Pen) -> Iterator[Block]:
    titles = {c["id"]: c["titles"] for clause in data["clauses"] for c in clause["commitments"]}
    titles |= {clause["id"]: clause["titles"] for clause in data["clauses"]}
    if data["introduction"]:
        yield Heading(1, (Run(pen.word("introduction")),), "introduction")
        yield from _introduction(data["introduction"], pen)
    if data["missing"]:
        yield from _missing(data, pen)
    yield from _overview(data, pen)
    yield from _changes(data, pen, titles)
    yield from _silent(data, pen)
    yield from _deadlines(data, pen, titles)
    yield from _lists(data, pen, titles)
    yield PageBreak()
    yield from clauses.declaration_blocks(data, pen)
    yield PageBreak()
    yield from clauses.evidence_blocks(data, pen)
    yield from _reading(data, pen)


def _introduction(names: Mapping[str, str], pen: Pen) -> Iterator[Block]:
    chosen = pen.choice(names)
    if chosen is None:
        return
    text, code = chosen
    language = None if code == pen.language else code
    if language:
        yield Paragraph((Run(f"({pen.only_in(code)})", "quiet"),), "note")
    for part in text.split("\n\n"):
        if part.strip():
            yield Paragraph(pen.prose(part.strip(), code), "body", language)


def _missing(data: Data, pen: Pen) -> Iterator[Block]:
    yield Heading(1, (Run(pen.word("missing")),), "missing")
    rows = [
        ((pen.identifier(item["id"], linked=True),), pen.name(item["words"]))
        for item in data["missing"]
    ]
    yield Grid(
        "", (Head(pen.word("decision"), "identifier"), Head(pen.word("what"), "text", 3)), rows
    )


def _overview(data: Data, pen: Pen) -> Iterator[Block]:
    counts = data["counts"]
    yield Heading(1, (Run(pen.word("overview")),), "overview")
    yield _counted(pen, "decisions_by_force", [(f, counts["decisions"][f]) for f in FORCES])
    yield _counted(pen, "commitments_by_status", [(s, counts["commitments"][s]) for s in STATUSES])
    yield Grid(
        pen.word("of_which"),
        (Head(pen.word("status"), "status", 3), Head(pen.word("count"), "number")),
        (
            (
                (Run(pen.word("delayed_count"), "status", mark="delayed"),),
                (Run(pen.number(counts["delayed"])),),
            ),
            (
                (Run(pen.word("silent_count"), "status", mark="no_information"),),
                (Run(pen.number(counts["no_information"])),),
            ),
        ),
    )
    heads = (
        Head(pen.word("title"), "text", 3.4),
        *(Head(pen.term(s), "number", 1.1) for s in STATUSES),
    )
    rows = [
        (
            _linked(pen.name(each["titles"]), f"#{each['id']}"),
            *((Run(pen.number(each["counts"]["commitments"][s])),) for s in STATUSES),
        )
        for each in data["declarations"]
    ]
    if rows:
        yield Grid(pen.word("by_declaration"), heads, rows)
    yield Paragraph((Run(pen.word("reading_counts")),), "note")


def _counted(pen: Pen, caption: str, counts: list[tuple[str, int]]) -> Grid:
    rows = [((pen.status(key),), (Run(pen.number(count)),)) for key, count in counts]
    rows.append(
        (
            (Run(pen.word("total"), "strong"),),
            (Run(pen.number(sum(c for _, c in counts)), "strong"),),
        )
    )
    heads = (Head(pen.word("status"), "status", 3), Head(pen.word("count"), "number"))
    return Grid(pen.word(caption), heads, rows)


def _linked(runs: tuple[Run, ...], link: str) -> tuple[Run, ...]:
    first, *rest = runs
    return (Run(first.text, first.style, first.language, link, first.mark), *rest)


def _changes(data: Data, pen: Pen, titles: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(1, (Run(pen.word("changes")),), "changes")
    if data["since"] is None:
        yield Paragraph((Run(pen.word("first_report")),))
        return
    since = f"{pen.both(data['since']['as_of'])} · {pen.instant(data['since']['known_at'])}"
    yield Paragraph((Run(since),), "note")
    if not data["changes"]:
        yield Paragraph((Run(pen.word("no_changes")),))
        return
    home = {c["id"]: clause["id"] for clause in data["clauses"] for c in clause["commitments"]}
    heads = (
        Head(pen.word("decision"), "identifier", 1.6),
        Head(pen.word("title"), "text", 2.6),
        Head(pen.word("what"), "text", 1.1),
        Head(pen.word("before"), "text", 1.5),
        Head(pen.word("after"), "text", 1.5),
    )
    yield Grid("", heads, [_change(change, home, titles, pen) for change in data["changes"]])


def _change(
    change: Data, home: Mapping[str, str], titles: Mapping[str, Any], pen: Pen
) -> tuple[tuple[Run, ...], ...]:
    """One change of a decision, or of a commitment, which stands at its decision."""
    identifier, what = change["id"], change["what"]
    code = pen.identifier(identifier)
    place = home.get(identifier, identifier)
    word = pen.word("evidence_change") if what == "evidence" else pen.term(what)
    return (
        (Run(code.text, code.style, link=f"#{place}"),),
        pen.name(titles[identifier]) if identifier in titles else (),
        (Run(word),),
        _value(change["before"], what, pen),
        _value(change["after"], what, pen),
    )


def _value(value: Any, what: str, pen: Pen) -> tuple[Run, ...]:
    """A value before or after: a state, a name in languages, a day, identifiers or plain text."""
    if value in (None, "", [], False):
        return (Run("–", "quiet"),)
    if value is True:
        return (pen.status("delayed"),)
    if isinstance(value, Mapping):
        return pen.name({k: str(v) for k, v in value.items()})
    if isinstance(value, list):
        return pen.joined([(pen.identifier(str(each)),) for each in value], pen.comma)
    if what in {"status", "force", "new"}:
        return (Run(pen.term(value)),)
    if what == "deadline":
        return (Run(pen.day(value)),)
    return pen.prose(str(value), pen.told_by_letters(str(value)))


def _silent(data: Data, pen: Pen) -> Iterator[Block]:
    yield Heading(1, (Run(pen.word("silent")),), "silent")
    known = {clause["id"]: clause for clause in data["clauses"]}
    if not data["no_information"]:
        yield Paragraph((Run(pen.word("all_reported")),))
    else:
        rows = []
        for identifier in data["no_information"]:
            clause = known.get(identifier)
            since = clause["no_information_since"] if clause else None
            days = clause["silence_days"] if clause else None
            rows.append(
                (
                    (pen.identifier(identifier, linked=True),),
                    pen.name(clause["titles"]) if clause else (),
                    (
                        Run(
                            pen.word("no_information_since", day=pen.day(since)),
                            "status",
                            mark="no_information",
                        ),
                    ),
                    (Run(pen.number(days) if days is not None else "–"),),
                )
            )
        heads = (
            Head(pen.word("decision"), "identifier", 1.5),
            Head(pen.word("title"), "text", 2.6),
            Head(pen.word("no_information"), "status", 2.6),
            Head(pen.word("day"), "number", 0.8),
        )
        yield Grid("", heads, rows)
    silent_days = [c["silence_days"] for c in data["clauses"] if c["silence_days"] is not None]
    if silent_days:
        yield _picture(charts.silence(silent_days, pen.language))


def _picture(chart: charts.Chart) -> Picture:
    return Picture(chart.svg, chart.words, chart.caption, chart.table, charts.PAPER_STYLE)


def _deadlines(data: Data, pen: Pen, titles: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(1, (Run(pen.word("deadlines")),), "deadlines")
    if not data["deadlines"]:
        yield Paragraph((Run(pen.word("no_deadlines")),))
        return
    yield _picture(
        charts.deadlines_ahead([each["days"] for each in data["deadlines"]], pen.language)
    )
    heads = (
        Head(pen.word("due"), "date", 1.7),
        Head(pen.word("commitment"), "text", 3),
        Head(pen.word("decision"), "identifier", 1.4),
        Head(pen.word("day"), "text", 1.2),
    )
    yield Grid(
        "",
        heads,
        [
            (
                (Run(pen.both(each["due"])),),
                pen.name(titles.get(each["commitment"], titles.get(each["decision"]))),
                (pen.identifier(each["decision"], linked=True),),
                (clauses.days_left(each["days"], pen),),
            )
            for each in data["deadlines"]
        ],
    )


def _lists(data: Data, pen: Pen, titles: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(1, (Run(pen.word("lists")),), "lists")
    for force in FORCES:
        members = data["lists"][force]
        yield Heading(
            2, (pen.status(force), Run(f" ({pen.number(len(members))})")), f"list-{force}"
        )
        if not members:
            yield Paragraph((Run(pen.word("empty_list")),), "note")
            continue
        heads = (Head(pen.word("decision"), "identifier"), Head(pen.word("title"), "text", 3))
        yield Grid(
            "",
            heads,
            [
                ((pen.identifier(each, linked=True),), pen.name(titles.get(each)))
                for each in members
            ],
        )


def _reading(data: Data, pen: Pen) -> Iterator[Block]:
    yield Heading(1, (Run(pen.word("reading")),), "reading")
    for key in ("reading_counts", "reading_clause", "reading_silence"):
        yield Paragraph((Run(pen.word(key)),))
    dates = {"as_of": pen.both(data["as_of"]), "known_at": pen.instant(data["known_at"])}
    yield Paragraph((Run(pen.word("reading_dates", **dates)),))
    before, after = pen.word("reading_open", sample="\0").split("\0")
    yield Paragraph((Run(before), Run(pen.digits("201{4|5|8}"), "open"), Run(after)))
    marks = [*STATUSES, "delayed", "no_information"]
    yield Grid(
        pen.word("marks"), (Head(pen.word("mark"), "status"),), [((pen.status(m),),) for m in marks]
    )
    trail = data["trail"]
    yield Facts(
        (
            (pen.word("trail"), (Run(pen.word("trail_at", n=pen.number(trail["sequence"]))),)),
            (pen.word("sha256"), (Run(str(trail["hash"]), "code"),)),
            (pen.word("schema"), (Run(str(data["schema"]), "code"),)),
        )
    )
