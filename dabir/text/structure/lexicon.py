"""Words by which a clause shows what it does and whom it binds, in Persian, English and Arabic.

All patterns meet levelled text (see `located.level`): Arabic letters in Persian form, lower case,
Latin digits; a space stands for spaces, ZWNJ or nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dabir.text.structure.located import pattern, stem_pattern


@dataclass(frozen=True)
class KindRule:
    """Words that suggest a kind of clause; `operative` rules hold for clauses and items only."""

    kind: str
    words: re.Pattern[str]
    operative: bool = False


def _kind(kind: str, *words: str, operative: bool = False) -> KindRule:
    return KindRule(kind, stem_pattern("|".join(words)), operative)


KIND_RULES: tuple[KindRule, ...] = (
    _kind(
        "thanks",
        "تشکر|سپاس|قدردانی خود|تقدیر و تشکر|می ستاییم|ستوده|تقدیر خود",
        r"thank\w*|gratitude|grateful|prais\w+",
        r"نشکر|شکرنا|امتنان\w*|نعرب عن شکر\w*",
    ),
    _kind(
        "encouragement",
        "تشویق می|ضمن تشویق|ترغیب می|تشویق کرد",
        r"encourag(?:e|es|ing)\b(?! of)",
        r"نشجع|یشجع|تشجع|نحث",
    ),
    _kind(
        "commitment",
        "مصمم هستیم|عزم جدی|متعهد می|متعهد هستیم|پایبند",
        r"(?:are|is|am) determined|determined to|commit(?:s|ted)? (?:ourselves|to|itself)"
        r"|we resolve to|pledge",
        r"نلتزم|ملتزمون|عازمون|مصممون|نتعهد|نعقد العزم",
        operative=True,
    ),
    _kind(
        "priority",
        "اولویت",
        r"priorit\w+",
        r"اولوی\w+",
        operative=True,
    ),
    _kind(
        "task",
        "(?:ارایه|منتشر|تهیه|اجرا|تدوین|انجام|اعلام|ابلاغ) خواهد (?:شد|کرد)",
        "(?:موظف|مکلف) (?:است|می)",
        r"(?:the secretariat|secretary[ -]general) (?:shall|will)|is tasked|shall (?:prepare|issue|"
        r"publish|provide)|will be (?:issued|provided|prepared|published) by",
        r"تتولی الامانه|یتولی الامین|تکلیف|تقوم الامانه",
        operative=True,
    ),
    _kind(
        "request",
        "می خواهیم|درخواست می|تقاضا می|دعوت می|تشویق می کنیم تا",
        r"request(?:s|ed)?|call(?:s)? (?:up)?on|ask(?:s)? (?:the|all|its|our)|urg(?:e|es)\b"
        r"|invit(?:e|es)\b",
        r"نطلب|یطلب|تطلب|ندعو|یدعو|تدعو|نناشد",
        operative=True,
    ),
    _kind(
        "approval",
        "تصویب می|استقبال می|تایید می|تصویب شد",
        r"approv(?:e|es|ed)\b|endors(?:e|es|ed)\b|adopt(?:s|ed)?\b|welcom(?:e|es)\b|ratif\w+",
        r"نقر|نوافق|نصادق|یعتمد|نعتمد|نرحب|تقر|توافق علی",
        operative=True,
    ),
    _kind(
        "appreciation",
        "قدردانی می|تقدیر می|ارج می نهیم",
        r"appreciat(?:e|es|ing)\b|commend(?:s)?\b",
        r"نقدر|نثمن|نثنی|یثمن",
        operative=True,
    ),
    _kind(
        "election",
        "انتخاب .{1,40} به عنوان|به عنوان .{1,60} انتخاب",
        r"election of|elect(?:s|ed)\b|his election|her election",
        r"انتخاب\w* .{1,40} رییس|ننتخب|انتخب",
    ),
    _kind(
        "appointment",
        "رییس .{1,60}خواهد بود|منصوب (?:می|شد)|به سمت .{1,60}(?:منصوب|برگزیده)",
        r"appoint(?:s|ed)?\b|shall (?:serve as|be|preside)(?: the)? president|will be the president"
        r"|will preside",
        r"نعین|تعیین .{1,30} امین|یعین",
        operative=True,
    ),
    _kind(
        "honorary_membership",
        "عضویت افتخاری",
        r"honorary member(?:ship)?",
        r"العضویه الفخریه|عضو فخری|عضویه فخریه",
    ),
    _kind(
        "award_scheme",
        "طرح .{0,20}جایزه|اعطای جایزه",
        r"award (?:scheme|of the forum|programme|program)|establish\w* .{0,30}award|awards? of the",
        r"جایزه المنتدی|منح جایزه|نظام الجوایز|خطه الجایزه",
        operative=True,
    ),
    _kind(
        "award_category",
        "یک جایزه",
        r"an? (?:biennial |annual |triennial )?award (?:to|for)",
        r"جایزه (?:واحده|تمنح)",
        operative=True,
    ),
    _kind(
        "budget_approval",
        "بودجه .{0,90}تصویب|تصویب .{0,40}بودجه",
        r"(?:approv|adopt|endors)\w+ .{0,40}budget|budget .{0,60}(?:approved|adopted)",
        r"(?:نقر|نوافق|نعتمد|نصادق) .{0,40}(?:الموازنه|المیزانیه)",
        operative=True,
    ),
    _kind(
        "spending_authority",
        "اختیار .{0,90}(?:منابع|استفاده|هزینه|مصرف)|اجازه .{0,60}هزینه",
        r"authori[sz]\w+ .{0,80}(?:spend|use|expend)|authority to (?:spend|use)",
        r"(?:نفوض|نخول|نجیز) .{0,80}(?:صرف|انفاق|استخدام)",
        operative=True,
    ),
    _kind(
        "dues_request",
        "حق عضویت .{0,60}(?:پرداخت|بپردازند)|پرداخت .{0,40}حق عضویت",
        r"pay\w* .{0,40}(?:membership fee|dues|contribution)|(?:membership fees|dues) .{0,40}paid",
        r"(?:دفع|سداد|تسدید) .{0,40}(?:رسوم|اشتراک)",
        operative=True,
    ),
    _kind(
        "host_candidacy",
        "میزبانی|محل برگزاری .{1,40}اجلاس|نامزدی شهر",
        r"host(?:s|ed|ing)? .{0,40}(?:assembly|meeting|session|board|congress)|candidac\w+|"
        r"venue of",
        r"استضافه|تستضیف|یستضیف|ترشح\w* المدن",
        operative=True,
    ),
    _kind(
        "body_foundation",
        "(?:کمیته|کمیسیون|دبیرخانه|شورا|کارگروه|صندوق).{0,60}(?:تشکیل|تاسیس|ایجاد) (?:می|شود|شد)",
        r"(?:establish|found|creat|set)(?:es|s|ed)?(?: up)? (?:a|an|the) (?:[\w-]+ ){0,5}"
        r"(?:committee|commission|secretariat|council|working group|fund|task force)",
        r"(?:ننشی|تاسیس|انشاء|نوسس) .{0,20}(?:لجنه|امانه|مجلس|صندوق)",
        operative=True,
    ),
    _kind(
        "follow_up_mandate",
        "پیگیری|گزارش پیشرفت",
        r"follow(?:s|ed)?[ -]up|progress report|report on (?:the )?(?:progress|implementation)",
        r"متابعه|تقریر\w* .{0,20}التقدم",
        operative=True,
    ),
)
# Where the special kind is found, the general one says nothing more.
KIND_COVERS: dict[str, frozenset[str]] = {
    "dues_request": frozenset({"request"}),
    "budget_approval": frozenset({"approval"}),
    "honorary_membership": frozenset({"approval", "thanks"}),
    "award_category": frozenset({"award_scheme"}),
    "appreciation": frozenset({"thanks"}),
    "appointment": frozenset({"election"}),
}
INHERITED_KINDS = {
    "priority": "priority",
    "award_scheme": "award_category",
    "host_candidacy": "host_candidacy",
}
MAKING = stem_pattern(
    "طراحی|ایجاد|تهیه|تدوین|راه اندازی|تاسیس|انتشار|design\\w*|creat\\w+|establish\\w*|set up"
    "|prepar\\w+|publish\\w*|build\\w*|develop\\w*|تصمیم موقع|انشاء|اعداد|تطویر"
)

ORGANS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "general_assembly",
        pattern("مجمع عمومی|general assembly|ال?جمعیه العامه|الجمعیه العمومیه|للجمعیه العامه"),
    ),
    (
        "executive_board",
        pattern(
            "هیی?[اه]?ت اجرایی|شورای اجرایی|"
            "executive (?:board|committee|council|bureau)"
            "|ال?مجلس التنفیذی|للمجلس التنفیذی|المکتب التنفیذی|الهییه التنفیذیه|اللجنه التنفیذیه"
        ),
    ),
    ("secretary_general", pattern("دبیر کل|secretary[- ]general|general secretary|ا?لامین العام")),
    ("treasurer", pattern("خزانه دار|خرانه دار|treasurer|امین (?:الصندوق|المال)")),
    (
        "financial_inspectorate",
        pattern("بازرسی مالی|کمیته مالی|financial (?:inspectorate|committee)|اللجنه المالیه"),
    ),
    ("secretariat", pattern("دبیرخانه|secretariat|ا?لامانه(?: العامه)?")),
    (
        "president",
        pattern(
            "رییس مجمع(?! عمومی)|رییس(?=[،,.]| و )|president(?: of the (?:forum|assembly))?"
            "|رییس المنتدی|الرییس"
        ),
    ),
    ("commissions", pattern("کمیسیون(?: ها| های)?|commissions?|المفوضیات|لجان")),
    ("committee", pattern("کمیته|committee|لجنه|اللجنه")),
    (
        "member_cities",
        pattern(
            "شهر های عضو|member (?:cities|municipalities)|ا?لمدن الاعضا[ءی]?|ا?لبلدیات الاعضا[ءی]?"
        ),
    ),
    ("members", pattern("(?:همه )?اعضا(?:ی|ء)?|(?:all )?members|(?:جمیع )?ا?لاعضاء?|ا?لاعضا")),
    ("municipality", pattern("شهرداری|municipality(?= of)|بلدیه")),
)
MISPRINTED = pattern("خرانه دار")

REQUESTED = stem_pattern("می خواهیم|درخواست می|تقاضا می|تشویق می|دعوت می|خواستار")
REQUESTING = stem_pattern(
    r"(?:request|ask|call|urg|invit|encourag|authori[sz])(?:s|es|e)?(?: on| upon)?"
    "|نطلب من|ندعو|نناشد|نشجع"
)
BY = pattern(r"توسط(?: همه| تمامی| کلیه)?|by(?: the| all)?|from the|من قبل|من جانب")
ON_PROPOSAL = stem_pattern(r"پیشنهاد|propos\w+|recommend\w+|مقترح\w*|اقتراح\w*")
FROM_SIDE = pattern("از جانب|از سوی|by(?: the)?|of(?: the)?|من قبل|من جانب")
BACKED = stem_pattern("حمایت کرده|backed by|supported by|المدعوم")
GIVEN = stem_pattern("اختیار|authori[sz]|نفوض|نخول|اعطا|grant")
REPORTED = stem_pattern("اطلاع رسانی|گزارش|report|تقریر|رفع")
THROUGH = pattern("از طریق|through(?: the)?|via(?: the)?|عبر|من خلال")
APPROVING = stem_pattern(
    "تصویب می|استقبال می|تصمیم گرفتیم|approves?\\b|endorses?\\b|decides?\\b|نقر|قررنا|نوافق"
)
WE_BIND_OURSELVES = stem_pattern(
    "مصمم هستیم|عزم جدی|متعهد|we (?:are determined|commit|resolve|pledge)|determined to"
    "|نلتزم|نتعهد|عازمون"
)

DOCUMENT_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("declaration", pattern("بیانیه|اعلامیه|declaration|communiqué|اعلان|ا?لبیان الختامی|بیان")),
    ("statute", pattern("اساسنامه|آیین نامه|statutes?|constitution|by-?laws|ا?لنظام الاساسی")),
    ("minutes", pattern("صورت جلسه|صورت مذاکرات|minutes|محضر")),
    ("resolution", pattern("قطعنامه|مصوبه|مصوبات|resolutions?|decisions?|قرارات?")),
    ("agreement", pattern("تفاهم نامه|موافقت نامه|memorandum|agreement|مذکره تفاهم|اتفاقیه")),
)
