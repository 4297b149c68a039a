"""The columns of a list of members and of a list of dues, with their headings in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from dabir.documents.tabular.columns import (
    Headings,
    import_column,
    refuse_headings,
    understood_headings,
)
from dabir.documents.tabular.reading import message

MEMBERS = (
    import_column(
        "key",
        "Key",
        "کلید",
        "Key of the city or body in the registry; empty: found by its name.",
        "کلید شهر یا نهاد در فهرست؛ اگر خالی باشد با نام یافته می‌شود.",
        "id",
        "city key",
        "شناسه",
    ),
    import_column(
        "name_fa",
        "Name in Persian",
        "نام به فارسی",
        "One of the two names is enough.",
        "یکی از دو نام کافی است.",
        "نام شهر",
        "شهر",
        "نام عضو",
        "عضو",
        "persian name",
    ),
    import_column(
        "name_en",
        "Name in English",
        "نام به انگلیسی",
        "One of the two names is enough.",
        "یکی از دو نام کافی است.",
        "city",
        "member",
        "name",
        "english name",
        "member city",
    ),
    import_column(
        "kind",
        "Kind",
        "نوع",
        "city or body; empty: city.",
        "شهر یا نهاد؛ خالی: شهر.",
        "type",
    ),
    import_column(
        "country",
        "Country",
        "کشور",
        "Two letters (ISO 3166), a name that is known here, or both: Iran (IR).",
        "دو حرف (ISO 3166)، نامی که اینجا شناخته است، یا هر دو: ایران (IR).",
        "country code",
        "کد کشور",
    ),
    import_column(
        "category",
        "Category",
        "گروه عضویت",
        "full, associate, honorary, partner, observer, or a name of the statute in force.",
        "کامل، وابسته، افتخاری، همکار، ناظر، یا نامی از اساسنامهٔ جاری.",
        "membership",
        "membership type",
        "نوع عضویت",
    ),
    import_column(
        "state",
        "State",
        "وضعیت",
        "member, provisional, suspended, left, lapsed, ended; empty: member.",
        "عضو، موقت، معلق، ترک کرده، ساقط، پایان‌یافته؛ خالی: عضو.",
        "status",
    ),
    import_column(
        "number",
        "Membership number",
        "شمارهٔ عضویت",
        "A whole number that nobody else has.",
        "عددی که دیگری ندارد.",
        "no",
        "no.",
        "member no",
        "شماره",
    ),
    import_column(
        "joined",
        "Member since",
        "عضو از",
        "In either calendar; a year or a month alone is kept as such.",
        "به هر دو تقویم؛ سال یا ماه تنها همان‌گونه نگه داشته می‌شود.",
        "joined",
        "date of admission",
        "تاریخ عضویت",
        "تاریخ پذیرش",
    ),
    import_column(
        "ended",
        "Member until",
        "عضو تا",
        "For who left, lapsed or was ended: the day.",
        "برای آن که ترک کرده، ساقط شده یا پایان یافته است: روز آن.",
        "left on",
        "تاریخ ترک",
    ),
    import_column(
        "source",
        "Source",
        "منبع",
        "Where it stands; empty: this file and row.",
        "جایی که در آن آمده است؛ خالی: همین پرونده و ردیف.",
    ),
)
DUES = (
    import_column(
        "member",
        "Member",
        "عضو",
        "Key or name of a member.",
        "کلید یا نام عضو.",
        "city",
        "شهر",
        "key",
        "کلید",
    ),
    import_column(
        "year",
        "Year",
        "سال",
        "The year of the dues, with four figures.",
        "سال حق عضویت، با چهار رقم.",
    ),
    import_column(
        "due",
        "Due",
        "بدهی",
        "What the year costs; empty: only a payment is told.",
        "مبلغ آن سال؛ خالی: تنها پرداخت گفته شده است.",
        "amount due",
        "حق عضویت",
        "مبلغ",
    ),
    import_column(
        "paid",
        "Paid",
        "پرداخت",
        "What was paid of it; empty: nothing.",
        "آنچه از آن پرداخت شده است؛ خالی: هیچ.",
        "amount paid",
        "پرداخت‌شده",
    ),
    import_column(
        "currency",
        "Currency",
        "واحد پول",
        "Three letters, such as EUR or IRR.",
        "سه حرف، مانند EUR یا IRR.",
    ),
    import_column(
        "due_on",
        "Due on",
        "سررسید",
        "In either calendar; empty: the last day of the year.",
        "به هر دو تقویم؛ خالی: روز پایانی سال.",
    ),
    import_column(
        "paid_on",
        "Paid on",
        "تاریخ پرداخت",
        "In either calendar.",
        "به هر دو تقویم.",
        "date of payment",
    ),
    import_column(
        "source",
        "Source",
        "منبع",
        "The ledger, the bank's paper; empty: this file and row.",
        "دفتر، برگهٔ بانک؛ خالی: همین پرونده و ردیف.",
    ),
)


def match_members(header: Iterable[str]) -> Headings:
    """Recognise the columns of a list of members; it must name them and their category."""
    found = understood_headings(header, MEMBERS)
    if not {"key", "name_fa", "name_en"} & found.by_key.keys() or "category" not in found.by_key:
        refuse_headings(
            "no_member_column",
            message(
                "The table needs the columns “Category” and “Name in Persian” or “Name in English”. "
                "The first row must name the columns; take the template."
            ),
        )
    return found


def match_dues(header: Iterable[str]) -> Headings:
    """Recognise the columns of a list of dues; it must name member, year and currency."""
    found = understood_headings(header, DUES)
    if not {"member", "year", "currency"} <= found.by_key.keys():
        refuse_headings(
            "no_dues_column",
            message(
                "The table needs the columns “Member”, “Year” and “Currency”. "
                "The first row must name the columns; take the template."
            ),
        )
    return found
