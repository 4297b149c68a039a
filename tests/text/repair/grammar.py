"""A small grammar of declarations, written for these tests: other towns, other bodies, other words.

`declaration(chance)` gives the paragraphs of a made-up declaration as the author would have typed
them: a title, recitals, numbered clauses, lettered items.
"""

import random
from dataclasses import dataclass

BODIES = [
    "اتحادیه شهرهای ساحلی", "شبکه شهرهای کوهستانی", "انجمن شهرداران جاده ابریشم",
    "شورای شهرهای تاریخی", "همایش شهرهای میان‌رودان", "کانون شهرهای دانشگاهی",
    "مجمع بندرهای خلیج فارس", "اتحادیه شهرهای دوستدار کودک", "شبکه شهرهای خلاق",
]  # fmt: skip
CITIES = [
    "شیراز", "تبریز", "مشهد", "اصفهان", "دوشنبه", "سمرقند", "کابل", "بغداد", "دمشق", "بیروت",
    "مسقط", "دوحه", "لاهور", "آنکارا", "باکو", "ایروان", "تفلیس", "عشق‌آباد", "داکا", "جاکارتا",
    "مانیل", "سئول", "اوساکا", "هانوی", "کلمبو", "کاتماندو", "بخارا", "هرات", "اربیل", "یزد",
]  # fmt: skip
GIVEN = [
    "احمد",
    "فاطمه",
    "نسرین",
    "یوسف",
    "سلمان",
    "زهرا",
    "کاظم",
    "مریم",
    "بهروز",
    "لیلا",
    "داریوش",
]
FAMILY = [
    "رستمی", "نورعلی", "کاشانی", "صفوی‌نیا", "یعقوب‌اف", "رحمانوف", "الهاشمی", "تاناکا", "چانگ",
    "گوپتا", "دادفر", "شیخ‌الاسلامی", "عثمان‌اوغلو", "سوبیانتو", "فرهادپور",
]  # fmt: skip
TITLES = ["آقای", "خانم", "دکتر", "مهندس", "جناب آقای", "سرکار خانم", "استاد"]
POSTS = [
    "شهردار محترم {city}", "رئیس شورای شهر {city}", "استاندار {city}", "معاون شهردار {city}",
    "مدیر برنامه اسکان بشر", "نماینده شهر {city}", "رئیس پیشین {body}",
]  # fmt: skip
TOPICS = [
    "مدیریت منابع آب", "کاهش آلودگی هوا", "بازآفرینی بافت‌های فرسوده", "گردشگری فرهنگی",
    "حمل و نقل پاک", "تاب‌آوری در برابر زلزله", "بازیافت پسماندهای خانگی", "مسکن ارزان قیمت",
    "حفظ میراث تاریخی", "شهر هوشمند", "آموزش شهروندی", "مشارکت زنان در مدیریت شهری",
    "گسترش فضاهای سبز", "ایمنی پیاده‌روها و گذرگاه‌ها", "توسعه انرژی‌های تجدیدپذیر", "سلامت همگانی",
    "دسترسی سالمندان به خدمات", "رونق بازارهای محلی", "کشاورزی شهری", "پیشگیری از سیلاب‌ها",
    "دولت الکترونیک", "مبارزه با فقر", "حقوق کودکان کار", "اقتصاد دریا", "نوسازی ناوگان اتوبوس‌رانی",
]  # fmt: skip
MEANS = [
    "بهره‌گیری از فناوری‌های تازه", "تبادل تجربه‌های موفق", "برگزاری کارگاه‌های آموزشی",
    "جلب سرمایه‌گذاری بخش خصوصی", "همکاری با دانشگاه‌ها و پژوهشگران", "پشتیبانی از طرح‌های محلی",
    "ایجاد صندوق مشترک", "تدوین راهنماهای کاربردی", "مشارکت گسترده شهروندان", "تربیت نیروی متخصص",
    "انتشار گزارش‌های سالانه", "استفاده از داده‌های باز", "گفت‌وگو با سازمان‌های بین‌المللی",
]  # fmt: skip
ORGANS = [
    "شورای راهبری", "دبیرخانه دائمی", "کمیته مالی", "هیئت رئیسه", "کارگروه محیط زیست", "کمیسیون فرهنگی",
    "دفتر منطقه‌ای", "دبیر اجرایی", "هیئت داوران", "کمیته برنامه‌ریزی", "گروه مشورتی جوانان",
]  # fmt: skip
MONTHS = ["ژانویه", "فوریه", "مارس", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "دسامبر"]
ORDINALS = ["دومین", "سومین", "پنجمین", "ششمین", "هفتمین", "هشتمین", "دهمین", "یازدهمین"]
THINGS = [
    "یک نقشه برخط از طرح‌های شهری", "یک جایزه سالانه برای بهترین طرح", "یک مرکز آموزش از راه دور",
    "یک خبرنامه دو زبانه", "یک شبکه از کتابخانه‌های عمومی", "یک بانک از آیین‌نامه‌های شهری",
    "یک همایش علمی درباره شهرهای آینده", "یک برنامه تبادل کارشناس میان شهرها",
]  # fmt: skip
OPENINGS = [
    "ما نمایندگان شهرهای عضو {body} که در {city} گرد هم آمده‌ایم؛",
    "ما شهرداران و اعضای شوراهای شهر، شرکت‌کنندگان در {ordinal} نشست {body}؛",
    "ما مدیران شهری و کارشناسان گردآمده در شهر {city} در تاریخ {day} {month} {year}؛",
]
RECITALS = [
    "با یادآوری اهداف {body} و بیانیه {city} که در سال {year} به تصویب رسید؛",
    "با تاکید بر اهمیت {topic} و {topic2} برای آینده شهرهای عضو؛",
    "با سپاس از {person}، {post}، به خاطر پشتیبانی همیشگی ایشان از برنامه‌های {body}؛",
    "با ابراز نگرانی از دشواری‌های {topic} در شهرهای بزرگ و با اعتقاد به نقش {means} در برطرف کردن آنها؛",
    "با قدردانی از مردم و شهرداری {city} برای میهمان‌نوازی گرم و برگزاری شایسته {ordinal} نشست {body}؛",
    "با توجه به پیشنهادهای {organ} در نشست {month} {year} که در شهر {city} برگزار شد؛",
    "ضمن خوش‌آمدگویی به شهرهای {city}، {city2} و {city3} که از سال {year} به {body} پیوسته‌اند؛",
    "با استقبال از تلاش‌های {organ} برای {topic} از راه {means} و {means2}؛",
]  # fmt: skip
CLAUSES = [
    "از همه شهرهای عضو می‌خواهیم تا پایان سال {year} برنامه خود را برای {topic} به {organ} بفرستند؛",
    "تصمیم گرفتیم {thing} با همکاری شهرهای {city} و {city2} راه‌اندازی شود و {organ} بر آن نظارت کند؛",
    "{organ} را مامور می‌کنیم که درباره {topic} گزارشی آماده کند و آن را در نشست آینده در {city} ارائه دهد؛",
    "عضویت شهرهای {city} و {city2} را تایید می‌کنیم و به شهروندان آنها شادباش می‌گوییم؛",
    "با برگزاری {ordinal} نشست {body} در {month} {year} به میزبانی شهر {city} موافقت می‌کنیم؛",
    ("بودجه پیشنهادی {organ} را برای سال‌های {year} و {year2} تصویب می‌کنیم و از اعضا می‌خواهیم "
    "سهم خود را به هنگام بپردازند؛"),
    "متعهد می‌شویم که با {means} و {means2}، زمینه {topic} را در شهرهای خود فراهم کنیم؛",
    "شهرها را تشویق می‌کنیم که در زمینه {topic} با یکدیگر پیمان خواهرخواندگی ببندند و از {means} دریغ نکنند؛",
    "نشان افتخار {body} را به {person}، {post}، به پاس خدمات ارزنده ایشان در {topic} پیشکش می‌کنیم؛",
    ("از {organ} می‌خواهیم با {means}، راه را برای {topic} و {topic2} هموار سازد و نتیجه را تا "
    "{month} {year} به آگاهی اعضا برساند؛"),
    "{person} را از سال {year} تا سال {year2} به ریاست {organ} برمی‌گزینیم؛",
    "طرح شهرداری {city} برای {thing} را می‌ستاییم و دیگر شهرها را به پیروی از آن فرا می‌خوانیم؛",
]  # fmt: skip
LISTS = [
    "زمینه‌های زیر را برای همکاری شهرها در سال‌های آینده برمی‌گزینیم:",
    "کارهای زیر را به {organ} می‌سپاریم:",
    "از پیشنهادهای زیر که در نشست {city} مطرح شد پشتیبانی می‌کنیم:",
]
ITEMS = [
    "{topic} از راه {means}؛", "برپایی {thing} در شهر {city}؛", "{means} و {means2} برای {topic}؛",
    "فراهم کردن زمینه {topic} در همه شهرهای عضو تا سال {year}؛", "همکاری با {organ} در {topic}؛",
]  # fmt: skip
LETTERS = ["الف", "ب", "ج", "د", "ه", "و"]


@dataclass(frozen=True)
class Vocabulary:
    """All that a made-up declaration is made of."""

    bodies: tuple[str, ...]
    cities: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    titles: tuple[str, ...]
    posts: tuple[str, ...]
    topics: tuple[str, ...]
    means: tuple[str, ...]
    organs: tuple[str, ...]
    things: tuple[str, ...]
    openings: tuple[str, ...]
    recitals: tuple[str, ...]
    clauses: tuple[str, ...]
    lists: tuple[str, ...]
    items: tuple[str, ...]
    months: tuple[str, ...]
    ordinals: tuple[str, ...]
    headings: tuple[str, ...]
    mark: str  # what may stand after a label
    kinds: tuple[str, ...] = ()  # what each of `clauses` is, where a person would say so


WORDS = Vocabulary(
    bodies=tuple(BODIES), cities=tuple(CITIES), given=tuple(GIVEN), family=tuple(FAMILY),
    titles=tuple(TITLES), posts=tuple(POSTS), topics=tuple(TOPICS), means=tuple(MEANS),
    organs=tuple(ORGANS), things=tuple(THINGS), openings=tuple(OPENINGS),
    recitals=tuple(RECITALS), clauses=tuple(CLAUSES), lists=tuple(LISTS), items=tuple(ITEMS),
    months=tuple(MONTHS), ordinals=tuple(ORDINALS), headings=("بیانیه {city} {year}",), mark=".",
)  # fmt: skip


class Author:
    """Fills the blanks of the templates; one document keeps one body and few organs."""

    def __init__(self, chance: random.Random, words: Vocabulary) -> None:
        self.chance, self.words = chance, words
        self.body = chance.choice(words.bodies)
        self.organs = chance.sample(words.organs, 4)
        self.topics = chance.sample(words.topics, 14)
        self.year = chance.randint(2004, 2024)

    def fill(self, template: str) -> str:
        """One template with its blanks filled."""
        chance, words = self.chance, self.words
        cities = chance.sample(words.cities, 3)
        topics, means = chance.sample(self.topics, 2), chance.sample(words.means, 2)
        year = self.year + chance.randint(-6, 12)
        post = chance.choice(words.posts).format(city=chance.choice(words.cities), body=self.body)
        person = " ".join(map(chance.choice, (words.titles, words.given, words.family)))
        organs = chance.sample(self.organs, 2)
        return template.format(
            body=self.body, city=cities[0], city2=cities[1], city3=cities[2], topic=topics[0],
            topic2=topics[1], means=means[0], means2=means[1], organ=organs[0], organ2=organs[1],
            month=chance.choice(words.months), year=year, year2=year + chance.randint(1, 5),
            day=chance.randint(1, 28), ordinal=chance.choice(words.ordinals), person=person,
            post=post, thing=chance.choice(words.things),
        )  # fmt: skip


def declaration(chance: random.Random) -> list[tuple[str, str]]:
    """(id, paragraph) of a made-up declaration, as it should read."""
    return declared(chance, WORDS)[0]


def declared(
    chance: random.Random, words: Vocabulary
) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The paragraphs of a made-up declaration, and of what kind its clauses are."""
    author = Author(chance, words)
    mark = chance.choice(words.mark)
    heading = chance.choice(words.headings)
    found = [("title", heading.format(city=chance.choice(words.cities), year=author.year))]
    found.append(("P0", author.fill(chance.choice(words.openings))))
    recitals = chance.sample(words.recitals, chance.randint(3, 6))
    found += [(f"P{n}", author.fill(text)) for n, text in enumerate(recitals, 1)]
    clauses = chance.sample(words.clauses, chance.randint(8, len(words.clauses)))
    said = dict(zip(words.clauses, words.kinds, strict=False))
    kinds: dict[str, str] = {}
    listed = set(chance.sample(range(len(clauses)), 2))
    number = 0
    for place, template in enumerate(clauses):
        number += 1
        found.append((str(number), f"{number}{mark} {author.fill(template)}"))
        kinds[str(number)] = said.get(template, "")
        if place in listed:
            number += 1
            found.append((str(number), f"{number}{mark} {author.fill(chance.choice(words.lists))}"))
            items = chance.sample(words.items, chance.randint(2, 4))
            for letter, item in zip(LETTERS, items, strict=False):
                found.append((f"{number}.{letter}", f"{letter}{mark} {author.fill(item)}"))
    last = found[-1]
    found[-1] = (last[0], last[1].rstrip("؛") + ".")
    loose = chance.random()
    return [(name, relaxed(text, loose, chance)) for name, text in found], kinds


def relaxed(text: str, share: float, chance: random.Random) -> str:
    """Some authors write a space where the norm wants a ZWNJ."""
    parts = text.split("\u200c")
    out = parts[0]
    for part in parts[1:]:
        out += (" " if chance.random() < share * 0.7 else "\u200c") + part
    return out
