"""Papers of membership: the certificate, and a frozen list of standing with the list of voters.

Each is printed from one dict of plain values; the same dict gives the same bytes. Its words stand
here and not in the catalogue: a paper that was issued is printed again with the words it was issued
with.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dabir.documents.typesetting.blocks import Block, Facts, Heading, Paper, Paragraph, Run
from dabir.documents.typesetting.press import print_pdf
from dabir.text.calendars import format_both
from dabir.text.digits import localize_digits

LANGUAGES = ("fa", "en")
PRACTICE = {"fa": "تمرینی", "en": "PRACTICE"}
_WORDS = {
    "title": ("گواهی عضویت", "Certificate of Membership"),
    "certifies": ("{association} گواهی می‌کند که", "{association} certifies that"),
    "city": ("شهر", "the City of"),
    "is": (
        "از {since} با شمارهٔ عضویت {number}، {category} این انجمن است.",
        "has been a member of this association ({category}) since {since}, under number {number}.",
    ),
    "honoured": (
        "از {since}، با شمارهٔ {number}، {category} این انجمن است.",
        "has been given the standing of {category} since {since}, under number {number}.",
    ),
    "country": ("کشور", "Country"),
    "category": ("گروه عضویت", "Category"),
    "number": ("شمارهٔ عضویت", "Membership number"),
    "since": ("عضو از", "Member since"),
    "basis": ("به موجب", "By decision"),
    "issued": ("تاریخ صدور", "Issued on"),
    "code": ("کد راستی‌آزمایی", "Verification code"),
    "check": (
        "درستی این گواهی را می‌توان با کد بالا در {address} آزمود.",
        "This certificate can be verified by the code above at {address}.",
    ),
    "check_plain": (
        "درستی این گواهی را می‌توان با کد بالا از دبیرخانه پرسید.",
        "This certificate can be verified by the code above with the secretariat.",
    ),
    "signature": ("دبیرکل", "Secretary General"),
}


def word(key: str, language: str) -> str:
    """One word of these papers in one language."""
    pair = _WORDS[key]
    return pair[0] if language == "fa" else pair[1]


def chosen(names: Mapping[str, str], language: str) -> tuple[str, str]:
    """A name in the language of the paper, else in one there is; and which that is."""
    for code in (language, "en" if language == "fa" else "fa", *sorted(names)):
        if names.get(code):
            return names[code], code
    return "", language


def run(names: Mapping[str, str], language: str, style: str = "") -> Run:
    """A name as a stretch of text that says its own language."""
    text, code = chosen(names, language)
    return Run(text, style, language=None if code == language else code)


def letterhead(names: Mapping[str, str], language: str) -> tuple[tuple[str, str], ...]:
    """The association's names, the paper's language first."""
    order = (language, *(code for code in sorted(names, reverse=True) if code != language))
    return tuple((code, names[code]) for code in order if names.get(code))


def certificate_pdf(data: Mapping[str, Any], language: str) -> bytes:
    """The certificate in one language; the same data gives the same bytes."""
    return print_pdf(certificate_paper(data, language))


def certificate_paper(data: Mapping[str, Any], language: str) -> Paper:
    """The certificate as a paper of one page."""
    association, member = data["association"], data["member"]
    names = association["names"]
    since = _day(data["since"], language)
    number = localize_digits(str(member["number"]), language)
    category = chosen(data["category"], language)[0]
    verb = "honoured" if data["honoured"] else "is"
    sentence = word(verb, language).format(since=since, number=number, category=category)
    called = (Run(f"{word('city', language)} "),) if member["kind"] == "city" else ()
    blocks: list[Block] = [
        Heading(1, (Run(word("title", language)),)),
        Paragraph(
            (Run(word("certifies", language).format(association=chosen(names, language)[0])),),
            "lead",
        ),
        Heading(2, (*called, run(member["names"], language))),
        Paragraph((Run(sentence),), "lead"),
        Facts(tuple(_facts(data, language, since, number, category))),
        Paragraph((Run(_check(data, language)),), "note"),
        Paragraph((Run(word("signature", language), "strong"),), "right"),
    ]
    return Paper(
        language=language,
        title=f"{word('title', language)} · {chosen(member['names'], language)[0]}",
        author=chosen(names, language)[0],
        written_at=datetime.fromisoformat(data["issued_at"]),
        blocks=blocks,
        practice=PRACTICE[language] if association["practice"] else "",
        letterhead=letterhead(names, language),
        letterhead_notes=tuple(
            text for text in (chosen(association["seat"], language)[0],) if text
        ),
        emblem=association["emblem"],
    )


def _day(iso: str | None, language: str) -> str:
    return format_both(date.fromisoformat(iso), language) if iso else "–"


def _check(data: Mapping[str, Any], language: str) -> str:
    address = data["association"]["address"].get(language, "")
    return word("check" if address else "check_plain", language).format(address=address)


def _facts(
    data: Mapping[str, Any], language: str, since: str, number: str, category: str
) -> list[tuple[str, tuple[Run, ...]]]:
    member, basis = data["member"], data["basis"]
    rows: list[tuple[str, tuple[Run, ...]]] = []
    if member["country"]:
        rows.append((word("country", language), (run(member["country"], language),)))
    rows += [
        (word("category", language), (Run(category),)),
        (word("number", language), (Run(number),)),
        (word("since", language), (Run(since),)),
    ]
    if basis:
        told: tuple[Run, ...] = (Run(basis["id"], "code"),)
        if basis["labels"]:
            told = (run(basis["labels"], language), Run(" · "), *told)
        if basis["on"]:
            told = (*told, Run(f" · {_day(basis['on'], language)}"))
        rows.append((word("basis", language), told))
    rows += [
        (word("issued", language), (Run(_day(data["issued_on"], language)),)),
        (word("code", language), (Run(data["verification_code"], "code"),)),
    ]
    return rows
