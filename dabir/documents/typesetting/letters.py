"""Letters of the secretariat, and the printed form on which a city reports without an account.

A letter is one dict of plain values, so that it can be stored and set again. Texts are dicts of
languages; where the reader's language is missing, the other is set and named as such.

- `association`: {names{}, practice, lines [text or {}]}: the lines are seat, telephone, web address
- `number`; `date` "YYYY-MM-DD"; `written_at` ISO instant; `subject{}`; `paragraphs` [{}]
- `recipient`: {name{}, post{}, address [text]}; `signature`: {name{}, post{}} or null
- `enclosures` [{}]; `copies` [{}]; `links` [{words{}, url}]
- `form`: null or {commitment{id, titles{}}, decision{id, titles{}}, city{}, statuses [keys],
  return_to}; with no `paragraphs` the form stands alone under the letterhead
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from dabir.documents.typesetting.blocks import (
    Block,
    Facts,
    Grid,
    Head,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Run,
)
from dabir.documents.typesetting.press import print_pdf
from dabir.documents.typesetting.writers import write_docx
from dabir.text.calendars import format_both
from dabir.text.digits import localize_digits

Letter = Mapping[str, Any]

_WORDS = {
    "number": ("شماره", "Number"),
    "date": ("تاریخ", "Date"),
    "enclosed": ("پیوست", "Enclosures"),
    "no_enclosure": ("ندارد", "none"),
    "subject": ("موضوع", "Subject"),
    "copies": ("رونوشت", "Copies"),
    "links": ("نشانی‌ها", "Addresses"),
    "practice": ("تمرینی", "PRACTICE"),
    "only_in_fa": ("تنها به فارسی", "only in Persian"),
    "only_in_en": ("تنها به انگلیسی", "only in English"),
    "only_in_other": ("تنها به زبان {code}", "only in the language {code}"),
    "form": ("فرم گزارش فعالیت", "Activity report form"),
    "form_lead": (
        "این فرم را پر و امضا کنید و با مستندات به دبیرخانه برگردانید.",
        "Fill in and sign this form and return it to the secretariat with the evidence.",
    ),
    "return_to": ("نشانی بازگشت", "Return to"),
    "decision": ("تصمیم", "Decision"),
    "commitment": ("تعهد", "Commitment"),
    "city": ("شهر", "City"),
    "status_now": ("وضعیت کنونی (یکی را نشان بزنید)", "Status now (mark one)"),
    "answers": ("گزارش", "Report"),
    "question": ("پرسش", "Question"),
    "answer": ("پاسخ", "Answer"),
    "happened_on": ("تاریخ رویداد", "Date of the event"),
    "what_done": ("چه انجام شد؟", "What was done?"),
    "obstacles": ("مانع‌ها و آنچه نیاز است", "Obstacles and what is needed"),
    "next_step": ("گام بعدی و تاریخ آن", "Next step and its date"),
    "evidence": ("مستندات", "Evidence"),
    "title_of_evidence": ("عنوان مستند", "Title of the evidence"),
    "address_or_file": ("نشانی یا نام پرونده", "Address or name of the file"),
    "evidence_date": ("تاریخ مستند", "Date of the evidence"),
    "signed_by": ("نام، سمت و امضا", "Name, post and signature"),
    "not_started": ("آغازنشده", "not started"),
    "under_way": ("در دست انجام", "under way"),
    "done_claimed": ("انجام شده", "done"),
    "blocked": ("متوقف‌مانده", "blocked"),
}


def letter_pdf(letter: Letter, language: str) -> bytes:
    """The letter as PDF; the same letter gives the same bytes."""
    return print_pdf(letter_paper(letter, language))


def letter_docx(letter: Letter, language: str) -> bytes:
    """The letter as DOCX, its form as table cells to be filled in; the same letter gives the same
    bytes.
    """
    return write_docx(letter_paper(letter, language))


def letter_paper(letter: Letter, language: str) -> Paper:
    """The letter as a paper in one language."""
    writer = _Writer(language)
    names = letter["association"]["names"]
    other = "en" if language == "fa" else "fa"
    practice = letter["association"].get("practice", False)
    return Paper(
        language=language,
        title=f"{writer.plain(letter['subject'])} · {letter['number']}",
        author=writer.plain(names),
        written_at=datetime.fromisoformat(letter["written_at"]),
        blocks=list(writer.blocks(letter)),
        running_title=f"{writer.plain(names)} · {letter['number']}",
        practice=writer.word("practice") if practice else "",
        letterhead=tuple((code, names[code]) for code in (language, other) if names.get(code)),
        letterhead_notes=tuple(
            line if isinstance(line, str) else writer.plain(line)
            for line in letter["association"].get("lines", ())
        ),
    )


class _Writer:
    """Sets out one letter in one language."""

    def __init__(self, language: str) -> None:
        if language not in {"fa", "en"}:
            raise ValueError(f"letters are written in fa and en, not in {language!r}")
        self.language = language

    def word(self, key: str) -> str:
        pair = _WORDS[key]
        return pair[0] if self.language == "fa" else pair[1]

    def choice(self, names: Mapping[str, str] | None) -> tuple[str, str]:
        filled = {code: text for code, text in (names or {}).items() if text}
        for code in (self.language, "en" if self.language == "fa" else "fa", *sorted(filled)):
            if code in filled:
                return filled[code], code
        return "", self.language

    def plain(self, names: Mapping[str, str] | None) -> str:
        return self.choice(names)[0]

    def runs(self, names: Mapping[str, str] | None) -> tuple[Run, ...]:
        text, code = self.choice(names)
        if code == self.language:
            return (Run(localize_digits(text, code)),)
        key = f"only_in_{code}" if f"only_in_{code}" in _WORDS else "only_in_other"
        mark = self.word(key).format(code=code)
        return (Run(text, language=code), Run(f" ({mark})", "quiet"))

    def blocks(self, letter: Letter) -> Iterator[Block]:
        enclosures = letter.get("enclosures") or ()
        count = (
            localize_digits(str(len(enclosures)), self.language)
            if enclosures
            else self.word("no_enclosure")
        )
        day = format_both(date.fromisoformat(letter["date"]), self.language)
        yield Facts(
            (
                (self.word("number"), (Run(letter["number"], "code"),)),
                (self.word("date"), (Run(day),)),
                (self.word("enclosed"), (Run(count),)),
            )
        )
        form = letter.get("form")
        if form and not letter["paragraphs"]:
            # The form alone: nobody is written to.
            yield from self.form(form)
            return
        yield from self.recipient(letter["recipient"])
        yield Paragraph(
            (Run(f"{self.word('subject')}: ", "strong"), *self.runs(letter["subject"])), "lead"
        )
        for names in letter["paragraphs"]:
            yield from self.body(names)
        yield from self.after(letter, enclosures)
        if form:
            yield PageBreak()
            yield from self.form(form)

    def body(self, names: Mapping[str, str]) -> Iterator[Block]:
        text, code = self.choice(names)
        for part in text.split("\n\n"):
            if code == self.language:
                yield Paragraph((Run(localize_digits(part, code)),))
            else:
                yield Paragraph((Run(part),), "quote", code)

    def recipient(self, recipient: Letter) -> Iterator[Block]:
        lines = [
            names
            for names in (recipient.get("name"), recipient.get("post"))
            if names and any(names.values())
        ]
        runs: tuple[Run, ...] = ()
        for place, names in enumerate(lines):
            style = "strong" if place == 0 else ""
            shown = tuple(Run(r.text, r.style or style, r.language) for r in self.runs(names))
            runs = (*runs, *((Run("\n"),) if runs else ()), *shown)
        for line in recipient.get("address") or ():
            runs = (*runs, Run("\n"), Run(str(line), "quiet"))
        if runs:
            yield Paragraph(runs, "recipient")

    def after(self, letter: Letter, enclosures: Any) -> Iterator[Block]:
        signature = letter.get("signature")
        if signature:
            name = tuple(
                Run(r.text, r.style or "strong", r.language) for r in self.runs(signature["name"])
            )
            yield Paragraph((*name, Run("\n"), *self.runs(signature.get("post"))), "right")
        for key, items in (("enclosed", enclosures), ("copies", letter.get("copies") or ())):
            if items:
                yield Paragraph((Run(f"{self.word(key)}:", "strong"),))
            for number, names in enumerate(items, 1):
                count = localize_digits(str(number), self.language)
                yield Paragraph((Run(f"{count}. "), *self.runs(names)), "note")
        links = letter.get("links") or ()
        if links:
            yield Paragraph((Run(f"{self.word('links')}:", "strong"),))
        for link in links:
            address = Run(link["url"], "code", link=link["url"])
            yield Paragraph((*self.runs(link["words"]), Run(": "), address), "note")

    def form(self, form: Letter) -> Iterator[Block]:
        """The form to be filled in by hand or in a word processor: every answer is a cell."""
        yield Heading(1, (Run(self.word("form")),), "form")
        yield Paragraph((Run(self.word("form_lead")),), "note")
        rows: list[tuple[str, tuple[Run, ...]]] = []
        for key in ("decision", "commitment"):
            item = form[key]
            rows.append(
                (self.word(key), (*self.runs(item["titles"]), Run(" · "), Run(item["id"], "code")))
            )
        rows.append((self.word("city"), self.runs(form.get("city"))))
        if form.get("return_to"):
            rows.append((self.word("return_to"), (Run(form["return_to"]),)))
        yield Facts(tuple(rows))
        heads = tuple(Head(self.word(key)) for key in form["statuses"])
        boxes = ((Run("", "status", mark="choice"),),) * len(heads)
        yield Grid(self.word("status_now"), heads, [boxes], ruled=True, numbered_rows=False)
        questions = ("happened_on", "what_done", "obstacles", "next_step", "signed_by")
        pair = (Head(self.word("question"), "text", 1.3), Head(self.word("answer"), "text", 3.4))
        tall = {"what_done": 6, "obstacles": 3, "signed_by": 3}
        answers = [((Run(self.word(key)),), (Run("\n" * tall.get(key, 1)),)) for key in questions]
        yield Grid(self.word("answers"), pair, answers, ruled=True)
        keys = ("title_of_evidence", "address_or_file", "evidence_date")
        columns = tuple(Head(self.word(key), "text", 2.0) for key in keys)
        empty = [((Run(" "),),) * 3 for _ in range(3)]
        yield Grid(self.word("evidence"), columns, empty, ruled=True, numbered_rows=False)
