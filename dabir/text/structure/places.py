"""Cities an association of Asian cities writes about, with their spellings.

A start for a text without a register; the register's own names come on top of it. Written from
common knowledge; a spelling that is also an everyday word counts only in a list of cities.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from dabir.text.structure.located import level

_CITIES = """
Tehran|تهران|طهران
Istanbul|استانبول|استامبول|إسطنبول|اسطنبول|İstanbul
Bangkok|بانکوک|بانكوك
Haikou|هایکو|هایکوو
Gaziantep|غازی‌آنتپ|غازی آنتپ|غازی‌عینتاب|غازی عنتاب
Dushanbe|دوشنبه
Kazan|غازان|کازان|قازان
Amman|امان|عمان|عمّان
Karachi|کراچی|كراتشي
Antalya|آنتالیا|أنطاليا
Baalbek|بعلبک|Baalbeck
Qazvin|قزوین|Ghazvin
Mashhad|مشهد
Isfahan|اصفهان|Esfahan
Shiraz|شیراز
Tabriz|تبریز
Qom|قم
Karaj|کرج
Ankara|آنکارا|أنقرة
Izmir|ازمیر|İzmir|إزمير
Konya|قونیه
Baghdad|بغداد
Basra|بصره|البصرة
Najaf|نجف|النجف
Karbala|کربلا|كربلاء
Erbil|اربیل
Damascus|دمشق
Aleppo|حلب
Beirut|بیروت
Saida|صیدا|Sidon
Al-Quds|قدس|القدس
Doha|دوحه
Kuwait City|کویت
Muscat|مسقط
Sanaa|صنعا|صنعاء
Riyadh|ریاض|الرياض
Dubai|دبی|دبي
Kabul|کابل
Herat|هرات
Islamabad|اسلام‌آباد|اسلام آباد
Lahore|لاهور
Dhaka|داکا
Madaripur|مداری‌پور|ماداریپور
New Delhi|دهلی نو|نيودلهي|Delhi
Mumbai|بمبئی|مومبای
Colombo|کلمبو
Kathmandu|کاتماندو
Baku|باکو
Ganja|گنجه
Tbilisi|تفلیس
Yerevan|ایروان
Tashkent|تاشکند
Samarkand|سمرقند
Ashgabat|عشق‌آباد|عشق آباد
Almaty|آلماتی
Astana|آستانه|آستانا
Bishkek|بیشکک
Beijing|پکن|بكين
Shanghai|شانگهای
Guangzhou|گوانگجو|گوانگژو
Seoul|سئول
Busan|بوسان
Gwangju|کوانگجو
Tokyo|توکیو
Hiroshima|هیروشیما
Jakarta|جاکارتا
Surabaya|سورابایا
Bandung|باندونگ
Kuala Lumpur|کوالالامپور|کوالا لامپور
Manila|مانیل
Quezon City|کزون‌سیتی
Hanoi|هانوی
Phnom Penh|پنوم‌پن
Vientiane|وینتیان
Ulaanbaatar|اولان‌باتور
Moscow|مسکو
Ufa|اوفا
"""
# Everyday words too: safety, Monday, raw, holy places, countries and people.
_EVERYDAY = frozenset(level(w) for w in ("امان", "دوشنبه", "غازان", "قدس", "قم", "عمان", "کویت"))
_AMONG_CITIES = re.compile(r"شهر(?:های| های|‌های)?\b|شهرداری|cit(?:y|ies)\b|مدینه|مدن\b")


def known_cities(more: Mapping[str, Collection[str]] | None = None) -> dict[str, str]:
    """Levelled spelling -> name of the city; `more` are the register's own names."""
    spellings: dict[str, str] = {}
    for line in _CITIES.split("\n"):
        if line:
            name = line.split("|")[0]
            spellings.update({level(word): name for word in line.split("|")})
    for name, words in (more or {}).items():
        spellings.update({level(word): name for word in (name, *words)})
    return spellings


def city_pattern(spellings: Collection[str]) -> re.Pattern[str]:
    """One pattern for all spellings, longest first."""
    words = sorted(spellings, key=len, reverse=True)
    joined = "|".join(
        re.escape(w).replace(r"\ ", "[ \u200c]").replace("\u200c", "[ \u200c]?") for w in words
    )
    return re.compile(rf"(?<![\w])(?:{joined})(?![\w\u200c])")


def is_everyday_word(levelled: str, start: int, end: int) -> bool:
    """Whether a spelling at this place is more likely the everyday word than the city."""
    if levelled[start:end] not in _EVERYDAY:
        return False
    return not _AMONG_CITIES.search(levelled[max(0, start - 80) : start])
