"""People a document names, by their titles and by lists of names with posts."""

from __future__ import annotations

import re

from dabir.text.structure.located import Located, level, pattern
from dabir.text.structure.nodes import Found, Person

_TITLES = (
    "جناب[ \u200c]آقای|سرکار[ \u200c]خانم|آقای|خانم|دکتر|پروفسور|مهندس|استاد"
    "|حجت[ \u200c]?الاسلام|آیت[ \u200c]?الله"
    "|his excellency|her excellency|h\\.? ?e\\.?|mrs\\.?|ms\\.?|mr\\.?|dr\\.?|prof(?:essor|\\.)?"
    "|eng\\.|السید|السیده|سعاده|معالی|الدکتوره?|الاستاذه?|المهندسه?"
)
_TITLED = re.compile(rf"(?<!\w)(?:(?:{level(_TITLES)})[ \u200c]+){{1,3}}")
_POST_WORDS = (
    "شهردار|فرماندار|استاندار|رییس|دبیر ?کل|خزانه ?دار|معاون|مدیر(?:کل| کل)?|کارشناس|مشاور|وزیر"
    "|سفیر|نماینده|عضو|سخنگو|دبیر|مسوول|منشی|سرپرست|قایم مقام"
    "|(?:lord |deputy |acting |former )*(?:mayor|governor|president|secretary[- ]general|treasurer"
    "|chair(?:man|person|woman)?|minister|ambassador|director|manager|officer|head|deputy|vice"
    "|executive|expert|adviser|advisor|professor|member|coordinator|assistant)"
    "|عمده|محافظ|امین|مدیره?|نایب|خبیر|مستشار|سفیر|وزیر|امینه"
)
_POST = pattern(_POST_WORDS)
_STOP_FA = (
    "به|برای|را|در|از|که|با|تا|است|بود|شد|خود|علت|عنوان|می|ابراز|و|تشکر|اعلام|همکاران|ایشان"
    "|محترم|ارجمند|بر|طی|مجمع|شورای|سازمان|شهرداری|دبیرخانه|the|of|for|as|and|to|in|is|was|who|his|her|on|at|by|from|with|has|for"
    "|من|فی|علی|الی|عن|و|بمناسبه|لـ"
)
_STOP = re.compile(rf"(?:{_STOP_FA}|{_POST_WORDS})(?![\w])")
_END_OF_POST = re.compile(
    r"(?:^|[ \u200c])(?:به|برای|را|در (?:شکل|جهت|راستای|طول|طی)|که|تا|است|بود|ابراز|و همکاران|از"
    r"|for|as|on|who|which|has|have|is|was|in recogn\w+|and (?:his|her|all)|علی|لما|الذی|التی)"
    r"(?:[ \u200c]|$)|[،,;؛:.()\"“”«»]"
)
_WORD = re.compile(r"[^\W\d_][\w\u200c.'’‘\-ـ]*")
MOST_NAME_WORDS = 5


def people_in(body: Located) -> list[Found]:
    """People a paragraph names with a title: name, and post where one follows."""
    levelled = level(body.text)
    found: list[Found] = []
    after = 0
    for title in _TITLED.finditer(levelled):
        if title.start() < after:
            continue
        start, end = _name(body.text, levelled, title.end())
        if end <= start:
            continue
        post_start, post_end = _post(levelled, end)
        after = max(end, post_end)
        post = body.text[post_start:post_end].strip(" \u200c،,") or None
        found.append(
            Found(
                body.text[start:end],
                body.text[title.start() : max(end, post_end)].strip(),
                body.span(start, end),
                inferred=True,
                details={"post": post, "title": body.text[title.start() : title.end()].strip()},
            )
        )
    return found


def _name(text: str, levelled: str, at: int) -> tuple[int, int]:
    start = at
    while start < len(text) and text[start] in " \u200c":
        start += 1
    end, words = start, 0
    latin = start < len(text) and text[start].isascii()
    for word in _WORD.finditer(levelled, start):
        gap = text[end : word.start()]
        if words and gap.strip(" \u200c"):
            break
        if _STOP.match(word[0]) or _POST.match(levelled, word.start()):
            break
        if latin and not (text[word.start()].isupper() or word[0] in ("al-", "bin", "ibn", "van")):
            break
        end, words = word.end(), words + 1
        if words == MOST_NAME_WORDS:
            break
    while end > start and text[end - 1] in ".-'’‘":
        end -= 1
    return start, end


def _post(levelled: str, at: int) -> tuple[int, int]:
    """Where the post that follows a name stands; an empty range where none does."""
    gap = re.compile(r"[ \u200c]*[،,(]?[ \u200c]*(?:the |acting )*").match(levelled, at)
    start = gap.end() if gap else at
    if not _POST.match(levelled, start):
        return at, at
    stop = _END_OF_POST.search(levelled, start)
    return start, stop.start() if stop else len(levelled)


def people_listed(paragraphs: list[Located]) -> list[Person]:
    """People in a list of names: a short line, perhaps twice, then a line with the post."""
    people: list[Person] = []
    at = 0
    while at < len(paragraphs) - 1:
        name = paragraphs[at]
        after = at + 1
        while after < min(len(paragraphs), at + 4) and _same(paragraphs[after].text, name.text):
            after += 1
        if after < len(paragraphs) and _is_name(name.text, doubled=after > at + 1):
            post = paragraphs[after]
            if _is_post(post.text):
                people.append(Person(name.text, post.text, name.span(), inferred=True))
                at = after + 1
                continue
        at += 1
    return people


def _same(one: str, other: str) -> bool:
    return re.sub(r"[\s\u200c]+", "", level(one)) == re.sub(r"[\s\u200c]+", "", level(other))


def _is_name(text: str, *, doubled: bool) -> bool:
    words = re.split(r"[ \u200c]+", text)
    if not 2 <= len(words) <= MOST_NAME_WORDS or re.search(r"[\d،,:؛;!?؟()\"{}]", text):
        return False
    if text[:1].isascii() and not all(w[:1].isupper() or w in ("al", "bin") for w in words):
        return False
    return doubled or not _POST.match(level(text))


def _is_post(text: str) -> bool:
    return (
        len(text.split()) <= 9
        and not re.search(r"[.؛;:!?؟]\s*$", text)
        and bool(_POST.match(level(text)))
    )
