"""The words of the progress report in both languages.

They live here and not in the translation catalogue: a report that was frozen must be set again with
the words it was frozen with, so a change here is a new schema of the report, never a quiet edit.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final[dict[str, tuple[str, str]]] = {
    # Cover
    "to_organ": ("برای {organ}", "For the {organ}"),
    "organ": ("ارائه به", "Presented to"),
    "as_of": ("وضعیت تا تاریخ", "As of"),
    "known_at": ("بر پایهٔ دانسته‌های", "As known at"),
    "edition": ("ویراست", "Edition"),
    "draft": ("پیش‌نویس، امضانشده", "Draft, not signed off"),
    "signed_off": ("امضا", "Signed off"),
    "frozen": ("تثبیت", "Frozen"),
    "code": ("کد راستی‌آزمایی", "Verification code"),
    "seat": ("مقر", "Seat"),
    "since": ("گزارش پیشین", "Previous report"),
    "schema": ("قالب داده", "Data format"),
    "contents": ("فهرست", "Contents"),
    "practice": ("تمرینی", "PRACTICE"),
    "practice_note": (
        "این نهاد و همهٔ داده‌های این گزارش ساختگی و برای تمرین است.",
        "This association and everything in this report are invented, for practice.",
    ),
    "utc": ("به وقت جهانی", "UTC"),
    # Languages
    "only_in_fa": ("تنها به فارسی", "only in Persian"),
    "only_in_en": ("تنها به انگلیسی", "only in English"),
    "only_in_other": ("تنها به زبان {code}", "only in the language {code}"),
    "nothing_written": ("نوشته‌ای نیست", "nothing written"),
    "unknown": ("نامعلوم", "unknown"),
    "none": ("ندارد", "none"),
    # Sections
    "introduction": ("مقدمه", "Introduction"),
    "overview": ("وضع کلی در شمارش", "The state in figures"),
    "changes": ("چه چیز از گزارش پیشین تغییر کرده است", "What changed since the last report"),
    "silent": ("آنچه کسی دربارهٔ آن گزارشی نداده است", "What nobody reported on"),
    "deadlines": ("مهلت‌های پیش رو", "Deadlines ahead"),
    "lists": ("هر تصمیم در یک فهرست", "Every decision in one list"),
    "declarations": ("پیگیری بند به بند", "Follow-up, clause by clause"),
    "missing": ("آنچه این پیش‌نویس هنوز کم دارد", "What this draft still lacks"),
    "evidence": ("پیوست: مستندات", "Appendix: evidence"),
    "reading": ("پیوست: چگونه این گزارش را بخوانیم", "Appendix: how to read this report"),
    # Counts
    "decisions": ("تصمیم‌ها", "Decisions"),
    "commitments": ("تعهدها", "Commitments"),
    "other_decisions": ("تصمیم‌های دیگر", "Other decisions"),
    "decisions_by_force": ("تصمیم‌ها بر حسب اعتبار", "Decisions by force"),
    "commitments_by_status": ("تعهدها بر حسب وضعیت", "Commitments by status"),
    "count": ("تعداد", "Number"),
    "total": ("جمع", "Total"),
    "of_which": ("از میان تعهدها و تصمیم‌ها", "Among them"),
    "delayed_count": ("تعهدهای دارای دیرکرد", "Commitments delayed"),
    "silent_count": ("تصمیم‌های بدون اطلاع", "Decisions without information"),
    "by_declaration": ("تعهدها بر حسب بیانیه", "Commitments by declaration"),
    # Statuses
    "not_started": ("آغازنشده", "not started"),
    "under_way": ("در دست انجام", "under way"),
    "done_claimed": ("انجام‌شده، در انتظار پذیرش", "done (claimed)"),
    "done_accepted": ("انجام‌شده و پذیرفته", "done (accepted)"),
    "blocked": ("متوقف‌مانده", "blocked"),
    "not_applicable": ("بی‌موضوع", "not applicable"),
    "no_commitment": ("بدون تعهد", "no commitment"),
    "delayed": ("دیرکرد", "delayed"),
    "no_information": ("بدون اطلاع", "no information"),
    # Force of a decision
    "in_force": ("معتبر", "in force"),
    "amended": ("اصلاح‌شده", "amended"),
    "superseded": ("جایگزین‌شده", "superseded"),
    "done": ("اجراشده", "done"),
    "exhausted": ("اجراشده", "exhausted (done)"),
    "retired": ("کنارگذاشته", "retired"),
    "lapsed": ("منقضی", "lapsed"),
    # Declarations and clauses
    "adopted_on": ("تاریخ تصویب", "Adopted on"),
    "adopted_candidates": (
        "رقم‌های تاریخ در متن روشن نیست؛ یکی از این‌هاست: {days}",
        "The date's digits are open in the text; one of: {days}",
    ),
    "adopting_organ": ("مرجع تصویب", "Adopted by"),
    "text_not_held": ("متن این سند در دست نیست.", "The text of this document is not held."),
    "text_absent": ("متن این بند در دست نیست.", "The text of this clause is not held."),
    "list": ("فهرست", "List"),
    "force": ("اعتبار", "Force"),
    "status": ("وضعیت", "Status"),
    "decided_on": ("تاریخ تصمیم", "Decided on"),
    "basis": ("مبنا", "Basis"),
    "remark": ("ملاحظه", "Remark"),
    "forerunners": ("پیشینه", "Forerunners"),
    "successors": ("تصمیم‌های بعدی", "Later decisions"),
    "effects": ("آثار", "Effects"),
    "silence": ("بی‌خبری", "Silence"),
    "days": ("{n} روز", "{n} days"),
    "no_information_since": (
        "از {day} هیچ خبری نرسیده است.",
        "No information since {day}.",
    ),
    "no_information_days": (
        "از {day} هیچ خبری نرسیده است ({days}).",
        "No information since {day} ({days}).",
    ),
    "commitment": ("تعهد", "Commitment"),
    "lead": ("مسئول", "Lead"),
    "lead_unknown": ("مسئول نامعلوم", "lead unknown"),
    "addressees": ("مخاطب", "Addressed to"),
    "since_day": ("از {day}", "since {day}"),
    "deadline": ("مهلت", "Deadline"),
    "budget": ("بودجه", "Budget"),
    "deadline_and_news": ("مهلت و آخرین خبر", "Deadline and news"),
    "reports": ("گزارش‌های رسیده", "Reports received"),
    "on": ("تاریخ", "On"),
    "on_behalf_of": ("از جانب {name}", "on behalf of {name}"),
    "report": ("گزارش و مستندات", "Report and evidence"),
    "no_action": ("بی‌نیاز از اقدام", "No action needed"),
    "clause": ("بند", "Clause"),
    "reason": ("دلیل", "Reason"),
    "no_commitments": (
        "از این تصمیم هنوز تعهدی بیرون کشیده نشده است.",
        "No commitment has been drawn from this decision yet.",
    ),
    # Deadlines
    "candidates": ("یکی از: {days}", "one of: {days}"),
    "no_deadline": ("بی‌مهلت", "no deadline"),
    "in_days": ("{n} روز مانده", "in {n} days"),
    "days_ago": ("{n} روز گذشته", "{n} days past"),
    "today": ("همان روز", "that day"),
    "due": ("سررسید", "Due"),
    "decision": ("تصمیم", "Decision"),
    # Kinds and budgets
    "one_off": ("یک‌باره", "one-off"),
    "recurring": ("دوره‌ای", "recurring"),
    "standing": ("پیوسته", "standing"),
    "observation": ("مشاهده", "observation"),
    "background": ("پیش‌زمینه", "background"),
    "line": ("ردیف بودجه دارد", "budget line"),
    "none_needed": ("نیازی نیست", "none needed"),
    "unfunded": ("بی‌اعتبار", "unfunded"),
    # States of a report
    "filed": ("ثبت‌شده", "filed"),
    "accepted": ("پذیرفته", "accepted"),
    "returned": ("بازگردانده", "returned"),
    "withdrawn": ("پس‌گرفته", "withdrawn"),
    # Relations and effects
    "repeats": ("تکرار می‌کند", "repeats"),
    "restates": ("بازگو می‌کند", "restates"),
    "amends": ("اصلاح می‌کند", "amends"),
    "supersedes": ("جایگزین می‌کند", "supersedes"),
    "retires": ("کنار می‌گذارد", "retires"),
    "follows": ("در پی آن می‌آید", "follows from"),
    "by_repeats": ("تکرارشده در", "repeated by"),
    "by_restates": ("بازگوشده در", "restated by"),
    "by_amends": ("اصلاح‌شده با", "amended by"),
    "by_supersedes": ("جایگزین‌شده با", "superseded by"),
    "by_retires": ("کنارگذاشته با", "retired by"),
    "by_follows": ("دنبال‌شده در", "followed by"),
    "honorary_member": ("عضو افتخاری", "honorary member"),
    "membership": ("عضویت", "membership"),
    "host": ("میزبانی", "host"),
    "presidency": ("ریاست", "presidency"),
    "body_recognised": ("به‌رسمیت‌شناختن نهاد", "body recognised"),
    "award_scheme": ("نظام جایزه", "award scheme"),
    "spending_authority": ("اختیار هزینه", "spending authority"),
    "election": ("انتخاب", "election"),
    "body_founded": ("تأسیس نهاد", "body founded"),
    "statute": ("تصویب یا اصلاح اساسنامه", "statute adopted or amended"),
    # Changes
    "first_report": (
        "گزارش پیشینی نیست که این گزارش با آن سنجیده شود.",
        "There is no earlier report to compare with.",
    ),
    "no_changes": ("هیچ چیز تغییر نکرده است.", "Nothing changed."),
    "what": ("چه چیز", "What"),
    "before": ("پیش‌تر", "Before"),
    "after": ("اکنون", "Now"),
    "new": ("تازه", "new"),
    "newly_delayed": ("به دیرکرد افتاده", "newly delayed"),
    "no_longer_delayed": ("از دیرکرد درآمده", "no longer delayed"),
    "evidence_change": ("مستندات", "evidence"),
    # Silence and deadlines
    "all_reported": (
        "دربارهٔ همهٔ تصمیم‌ها دست‌کم یک گزارش رسیده است.",
        "Every decision has at least one report.",
    ),
    "no_deadlines": ("مهلت روشنی پیش رو نیست.", "There is no certain deadline ahead."),
    "empty_list": ("هیچ تصمیمی در این فهرست نیست.", "No decision is in this list."),
    "title": ("عنوان", "Title"),
    # Evidence
    "no_evidence": ("مستنداتی ثبت نشده است.", "No evidence has been recorded."),
    "document": ("مستند", "Evidence"),
    "accepted_by": ("پذیرش", "Accepted"),
    "not_accepted": ("پذیرفته نشده", "not accepted"),
    "file": ("پرونده", "file"),
    "link": ("پیوند", "link"),
    "sha256": ("اثر انگشت SHA-256", "SHA-256"),
    # How to read
    "reading_counts": (
        "پیشرفت تنها با شمارش وضعیت‌ها گفته می‌شود و هرگز با میانگین درصدها.",
        "Progress is told as counts by status, never as an average of percentages.",
    ),
    "reading_clause": (
        "وضعیت هر تصمیم، وضعیت عقب‌مانده‌ترین تعهد آن است.",
        "The status of a decision is that of its least advanced commitment.",
    ),
    "reading_dates": (
        "این گزارش کارهایی را در بر دارد که تا {as_of} روی داده و تا {known_at} ثبت شده است.",
        "This report takes what happened on or before {as_of} and was recorded by {known_at}.",
    ),
    "reading_open": (
        ("رقم‌هایی که در ابرو آمده، مانند {sample}، در متن رسیده روشن نیست "
        "و این گزارش میانشان برنمی‌گزیند."),
        ("Digits in braces, such as {sample}, are open in the received text; "
        "this report does not choose between them."),
    ),
    "reading_silence": (
        "روزهای بی‌خبری از آخرین گزارش، و اگر گزارشی نبوده از تاریخ تصمیم شمرده می‌شود.",
        ("Days of silence are counted from the last report, or from the decision "
        "where there was none."),
    ),
    "trail": ("زنجیرهٔ ثبت", "Audit trail"),
    "trail_at": ("ثبت شمارهٔ {n}", "entry {n}"),
    "marks": ("نشانه‌ها", "Marks"),
    "mark": ("نشانه", "Mark"),
    "meaning": ("معنا", "Meaning"),
    # Charts
    "chart_status": ("وضعیت تعهدها در گذر زمان", "Status of commitments over time"),
    "chart_silence": ("تصمیم‌ها بر حسب روزهای بی‌خبری", "Decisions by days of silence"),
    "chart_deadlines": ("مهلت‌های پیش رو", "Deadlines ahead"),
    "chart_words": (
        "{caption}. همین رقم‌ها در جدول زیر آمده است.",
        "{caption}. The table below gives the same figures.",
    ),
    "up_to_days": ("تا {n} روز", "up to {n} days"),
    "range_days": ("{a} تا {b} روز", "{a} to {b} days"),
    "over_days": ("بیش از {n} روز", "over {n} days"),
    "overdue": ("گذشته", "past"),
    "day": ("روز", "Day"),
    "band": ("بازه", "Range"),
}  # fmt: skip

LANGUAGES: Final = ("fa", "en")


def word(key: str, language: str, **params: object) -> str:
    """The word or sentence `key` in the reader's language; a key without an entry is itself a
    fault.
    """
    pair = _WORDS[key]
    spoken = pair[0] if language == "fa" else pair[1]
    return spoken.format(**params) if params else spoken


def known(key: str) -> bool:
    """Whether the catalogue has this word."""
    return key in _WORDS


def every_key() -> list[str]:
    """All keys, for the test that both languages are complete."""
    return list(_WORDS)
