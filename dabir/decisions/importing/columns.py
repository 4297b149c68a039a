"""The columns of a table of decisions, with their headings in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from dabir.documents.tabular.columns import Headings, refuse_headings, understood_headings
from dabir.documents.tabular.columns import import_column as _column
from dabir.documents.tabular.reading import message

COLUMNS = (
    _column(
        "decision",
        "Decision number",
        "شمارهٔ تصمیم",
        "Session and number, such as board-2026/3. Empty: found by organ, day and title, or given.",
        "نشست و شماره، مانند board-2026/3. اگر خالی باشد با رکن، روز و عنوان یافته یا داده می‌شود.",
        "id",
        "decision id",
        "شناسهٔ تصمیم",
    ),
    _column(
        "organ",
        "Organ",
        "رکن",
        "Key or name of the organ that decided.",
        "کلید یا نام رکنی که تصمیم گرفته است.",
        "decided by",
        "مرجع تصمیم",
    ),
    _column(
        "session",
        "Session",
        "نشست",
        "Key or name of the session; may be empty.",
        "کلید یا نام نشست؛ می‌تواند خالی باشد.",
        "meeting",
        "جلسه",
    ),
    _column(
        "decided_on",
        "Decided on",
        "تاریخ تصمیم",
        "In either calendar; a year or a month alone is kept as such.",
        "به هر دو تقویم؛ سال یا ماه تنها همان‌گونه نگه داشته می‌شود.",
        "date",
        "تاریخ",
        "تاریخ تصویب",
    ),
    _column(
        "title_fa",
        "Decision in Persian",
        "عنوان تصمیم به فارسی",
        "Title of the decision in Persian.",
        "عنوان تصمیم به فارسی.",
        "title_fa",
        "عنوان تصمیم",
        "تصمیم",
    ),
    _column(
        "title_en",
        "Decision in English",
        "عنوان تصمیم به انگلیسی",
        "Title of the decision in English.",
        "عنوان تصمیم به انگلیسی.",
        "title_en",
        "title",
    ),
    _column(
        "text",
        "Text of the decision",
        "متن تصمیم",
        "The wording, in the language in which it was adopted.",
        "متن، به زبانی که تصویب شده است.",
        "text",
        "متن",
    ),
    _column(
        "themes",
        "Themes",
        "موضوع‌ها",
        "Separated by commas; a theme that has a name is known by it in any language.",
        "با ویرگول از هم جدا؛ موضوعی که نام دارد به هر زبانی شناخته می‌شود.",
        "theme",
        "موضوع",
    ),
    _column(
        "source",
        "Source",
        "منبع",
        "Where it stands: minutes, page, letter.",
        "جایی که در آن آمده است: صورت‌جلسه، صفحه، نامه.",
    ),
    _column(
        "task_fa",
        "What is to be done, in Persian",
        "تعهد به فارسی",
        "The commitment in Persian.",
        "تعهد به فارسی.",
        "commitment_fa",
        "تعهد",
        "اقدام",
    ),
    _column(
        "task_en",
        "What is to be done, in English",
        "تعهد به انگلیسی",
        "The commitment in English.",
        "تعهد به انگلیسی.",
        "commitment_en",
        "commitment",
        "action",
    ),
    _column(
        "lead",
        "Lead",
        "مسئول",
        "Key or name of one post, city or organ that is registered.",
        "کلید یا نام یک سمت، شهر یا رکن ثبت‌شده.",
        "owner",
        "responsible",
        "مسئول اجرا",
    ),
    _column(
        "lead_words",
        "Lead in words",
        "مسئول به عبارت متن",
        "Where the text names nobody who is registered: its own words.",
        "آنجا که متن کسی از ثبت‌شدگان را نام نمی‌برد: همان عبارت متن.",
    ),
    _column(
        "addressees",
        "Addressed to",
        "مخاطب",
        "Keys or names of posts, cities or organs, separated by semicolons; others in the text's words.",
        "کلید یا نام سمت‌ها، شهرها یا ارکان، با نقطه‌ویرگول از هم جدا؛ دیگران به عبارت متن.",
        "addressees",
        "addressee",
        "مخاطبان",
    ),
    _column(
        "deadline",
        "Deadline",
        "مهلت",
        "A day; 2016|2018 for open readings; “before next ORGAN”; “every 2 years from DAY”; "
        "“on time”; “none”.",
        "یک روز؛ ۲۰۱۶|۲۰۱۸ برای خوانش‌های باز؛ «پیش از نشست بعدی رکن»؛ «هر ۲ سال از روز»؛ "
        "«به‌موقع»؛ «ندارد».",
        "due",
        "due on",
        "سررسید",
        "موعد",
    ),
    _column(
        "kind",
        "Kind",
        "نوع",
        "once, recurring or standing.",
        "یک‌باره، دوره‌ای یا پیوسته.",
    ),
    _column(
        "budget",
        "Budget",
        "بودجه",
        "“none needed”, “unfunded”, or the budget line; empty: unknown.",
        "«لازم نیست»، «تأمین نشده» یا ردیف بودجه؛ خالی: نامعلوم.",
    ),
    _column(
        "report",
        "Past report",
        "گزارش پیشین",
        "What was done, in the words of whoever reported.",
        "آنچه انجام شده است، به بیان گزارش‌دهنده.",
        "what was done",
        "گزارش",
    ),
    _column(
        "report_on",
        "Reported on",
        "تاریخ گزارش",
        "The day the news is about or was given.",
        "روزی که خبر دربارهٔ آن است یا داده شده است.",
        "report date",
    ),
    _column(
        "report_source",
        "Source of the report",
        "منبع گزارش",
        "Letter, minutes, page; empty: this file and row.",
        "نامه، صورت‌جلسه، صفحه؛ خالی: همین پرونده و ردیف.",
    ),
    _column(
        "claims_done",
        "Says it is done",
        "اعلام پایان",
        "yes or no; a second person accepts it afterwards.",
        "بله یا خیر؛ سپس نفر دوم آن را می‌پذیرد.",
        "done",
        "انجام شد",
    ),
)


def match_headings(header: Iterable[str]) -> Headings:
    """Recognise the columns; raises TableRefused when a decision cannot be told by them."""
    found = understood_headings(header, COLUMNS)
    if "decision" not in found.by_key and not {"organ", "decided_on"} <= found.by_key.keys():
        refuse_headings(
            "no_decision_column",
            message(
                "The table needs the column “Decision number”, or “Organ” and “Decided on” with a "
                "title. The first row must name the columns; take the template."
            ),
        )
    return found
