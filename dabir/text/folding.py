"""Text folded for search and for sorting, the same on every database.

Text and query are folded by the same function, so what matters is only that spellings a
reader takes for one word meet:

- Persian and Arabic yeh and kaf, all forms of alef, heh and hamza on a seat are one letter each;
  hamza alone vanishes (اعضاء, اعضا); teh marbuta is heh (مدينة, مدینه);
- a few words whose hamza is written in three ways have one form (هیئت, هیأت, هیات);
- vowel signs of Arabic and Hebrew, tatweel, ZWNJ and direction marks vanish; a verb prefix or plural
  ending that stands alone is joined to its word, so می‌شود, می شود and میشود are one token;
- digits are Latin, letters of Latin, Greek and Cyrillic lose case and accents, the Turkish
  dotless i is an i, full-width and presentation forms are plain letters;
- the long and short forms of Chinese signs in place names are one (臺灣, 台湾);
- apostrophes inside a word vanish (Farg'ona), all other signs become one space.

Marks of Indic, Thai, Khmer, Tibetan and Japanese writing are letters to their readers and stay in their word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dabir.text.digits import to_latin

_ALEF, _VAV, _HEH, _YEH, _KAF = "ا", "و", "ه", "ی", "ک"
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("ٱٲٳٵ", _ALEF),
        **dict.fromkeys("ۄۅۆۇۈۉۊۋٶٷ", _VAV),
        **dict.fromkeys("ةۃەھہۀۂۿ", _HEH),
        **dict.fromkeys("يىےېۍێٸ", _YEH),
        **dict.fromkeys("كڪ", _KAF),
        **dict.fromkeys("ءـٔٴ\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
        **dict.fromkeys("'’‘ʻʼʿʾ`´", None),
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ə": "e",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ŋ": "n",
    }
)
# Signs of place names and offices whose long and short forms are one word to their readers.
_LONG_FORMS = (
    "來個倫偉勝區國圖團壩學寧將專對島嶺巖師廟廣張彎慶應戶撫數斷時曉書會東條榮樂樓橋機歐歸滄漢漲潔澤濃濟濱瀋灘灣灤烏無煙營爐爾"
    "獅環瓊畫發盧礦禮種穀節紅納細結綠維緬縣縱羅義聖聯肅臺興舊華葉蓋蘇蘭處號術衛裏見親計設許話語請謝讓豐財貴賓賽贛趙車軍轉農連"
    "達遠遼邊鄉鄧鄭醫釋針鋼錢錦錫鎮鐵長門閃開閘關陝陰陳陽隊際隨險雙難雲電靜韓順預領頭風飛館馬駐體髮鬥魚魯鳥鳳鷄鹽麗麥黃點黨齊"
    "龍"
)
_SHORT_FORMS = (
    "来个伦伟胜区国图团坝学宁将专对岛岭岩师庙广张弯庆应户抚数断时晓书会东条荣乐楼桥机欧归沧汉涨洁泽浓济滨沈滩湾滦乌无烟营炉尔"
    "狮环琼画发卢矿礼种谷节红纳细结绿维缅县纵罗义圣联肃台兴旧华叶盖苏兰处号术卫里见亲计设许话语请谢让丰财贵宾赛赣赵车军转农连"
    "达远辽边乡邓郑医释针钢钱锦锡镇铁长门闪开闸关陕阴陈阳队际随险双难云电静韩顺预领头风飞馆马驻体发斗鱼鲁鸟凤鸡盐丽麦黄点党齐"
    "龙"
)
_LETTERS |= str.maketrans(_LONG_FORMS, _SHORT_FORMS)
_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
# Accents of Latin, Greek and Cyrillic, points of Hebrew, Arabic and Syriac, signs that choose a form.
PLAIN_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u2de0-\u2dff"
    "\ua66f-\ua672\ua674-\ua67d\ua69e\ua69f\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
_PLAIN_MARKS = re.compile(f"[{PLAIN_MARKS}]+")
# Where writings whose marks are letters lie.
_LETTERED = (
    (0x0780, 0x1D00), (0x302A, 0x309B), (0xA800, 0xAC00), (0x11000, 0x11800)
)  # fmt: skip


def _letter_marks() -> str:
    """The marks that are letters to their readers, as ranges: no letters to `re`."""
    marks = [
        code for start, end in _LETTERED for code in range(start, end)
        if unicodedata.category(chr(code))[0] == "M" and not _PLAIN_MARKS.match(chr(code))
    ]  # fmt: skip
    starts = [code for before, code in zip([0, *marks], marks, strict=False) if code != before + 1]
    ends = [code for code, after in zip(marks, [*marks[1:], 0], strict=True) if after != code + 1]
    return "".join(f"{chr(one)}-{chr(last)}" for one, last in zip(starts, ends, strict=True))


LETTER_MARKS = _letter_marks()
_ONE_WORD = re.compile("هییت|مسیله|مسوول|جریت|نشیت")
_ONE_FORM = {
    "هییت": "هیات",
    "مسیله": "مساله",
    "مسوول": "مسیول",
    "جریت": "جرات",
    "نشیت": "نشات",
}
_PREFIX = re.compile(r"\b(ن?می) (?=[ا-ی])")
_ENDING = re.compile(
    r"(?<=[ا-ی]) (?=(?:ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان|تر|ترین|ای)\b)"
)
_SIGNS = re.compile(rf"(?:[^\w{LETTER_MARKS}]|_)+")
# In Persian dictionaries آ comes before ا.
_ORDER = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_RANK = {letter: f"{300 + n:03d}" for n, letter in enumerate(_ORDER)} | {
    chr(97 + n): f"{100 + n:03d}" for n in range(26)
}
_OTHER_ARABIC = str.maketrans({"ڤ": "ف", "ڭ": "ک", "ݢ": "گ", "ں": "ن"})


def fold(text: str) -> str:
    """The text as search sees it: folded words with one space between them."""
    return join_parts(_SIGNS.sub(" ", _letters(text)).strip())


def join_parts(words: str) -> str:
    """Folded words with each verb prefix and plural ending joined to its word."""
    words = _ONE_WORD.sub(lambda found: _ONE_FORM[found[0]], words)
    return _ENDING.sub("", _PREFIX.sub(r"\1", words))


def fold_tokens(text: str) -> list[str]:
    """The folded words of the text, in order, repeats kept."""
    return fold(text).split()


@lru_cache(maxsize=16384)
def sort_key(text: str) -> str:
    """A key in which names stand in the order of the Persian alphabet (پ چ ژ گ in place).

    Only the digits 0-9 occur in it, so every collation of every database compares it alike. Three
    digits a letter of the Persian and Latin alphabets, eight for any other; numbers stand in the
    order of their value; a shorter name before a longer one that starts with it. Digits, then
    Latin, then Persian, then other scripts.
    """
    kept = text.replace("أ", _ALEF).replace("إ", _ALEF).replace("\u0627\u0653", "آ")
    folded = "آ".join(_SIGNS.sub(" ", _letters(part)) for part in kept.split("آ"))
    pieces = re.findall(r"[0-9]+|.", " ".join(folded.translate(_OTHER_ARABIC).split()))
    return "".join(_piece_key(piece) for piece in pieces)


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _DIRECTION.sub("", text)).casefold()
    parts = unicodedata.normalize("NFD", to_latin(plain))
    bare = _PLAIN_MARKS.sub("", parts)
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))


def _piece_key(piece: str) -> str:
    if piece == " ":
        return "001"
    if piece[0] in "0123456789":
        figures = piece.lstrip("0") or "0"
        return f"010{len(figures):04d}{figures}"
    return _RANK.get(piece) or f"9{ord(piece):07d}"
