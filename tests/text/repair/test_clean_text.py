"""Clean text of any language comes back unchanged and unflagged."""

import random
import re
import textwrap
from pathlib import Path

import pytest

from dabir.text.repair import Repair, repair_text
from tests.text.repair.grammar import declaration

FIXTURES = Path(__file__).parents[1] / "fixtures"
ARABIC = (
    "نحن رؤساء بلديات المدن الأعضاء، إذ نستذكر إعلان دمشق لعام 2012؛\n\n"
    "1. نقرّر إنشاء صندوقٍ مشترك للنقل العام قبل نهاية عام 2016؛\n"
    "أ. تعزيز التعاون بين المدن في مجال المياه؛\nب. تبادل الخبرات والبيانات.\n"
)
ENGLISH = (
    "We, the mayors of Asian cities, met in Haikou on 25 November 2014.\n\n"
    "1. Decide to strengthen local governance;\na. Exchange of good practice;\n"
    "b. Joint projects until 2025.\n"
)
MIXED = (
    "مجمع شهرداران آسیایی (AMF) در سال 2008 با حضور بیش از 100 شهردار برگزار شد.\n"
    "Asian Mayors Forum, Tehran.\n«المدن الآسيوية» نام مجله‌ای است که در ۱۳۹۳ منتشر شد.\n"
)


def haikou() -> str:
    text = (FIXTURES / "haikou.truth.fa.txt").read_text("utf-8")
    text = re.sub(r"(?m)^\[[^\]]*\] ", "", text)
    return re.sub(r"\{(\d)[^}]*\}", r"\1", text)


def wrapped(text: str) -> str:
    return "\n".join("\n".join(textwrap.wrap(line, 90)) for line in text.split("\n"))


CLEAN = {
    "arabic": ARABIC,
    "english": ENGLISH,
    "mixed": MIXED,
    "persian declaration": haikou(),
    "persian declaration in printed lines": wrapped(haikou()),
    "empty": "",
    "blank": " \n\n\t\n",
    "a word": "شهردار",
    "a number": "2014\n",
}


@pytest.mark.parametrize("name", CLEAN)
def test_repair_clean_text_changes_nothing(name: str) -> None:
    assert repair_text(CLEAN[name]) == Repair(CLEAN[name])


@pytest.mark.parametrize("seed", range(3))
def test_repair_clean_generated_declaration_changes_nothing(seed: int) -> None:
    paragraphs = declaration(random.Random(5000 + seed))
    text = wrapped("\n".join(text for _, text in paragraphs))
    assert repair_text(text) == Repair(text)


def test_repair_clean_text_with_careless_spaces_changes_nothing() -> None:
    chance = random.Random(4)
    text = wrapped("\n".join(text for _, text in declaration(random.Random(5100))))
    text = "".join(c * 2 if c == " " and chance.random() < 0.05 else c for c in text)
    assert repair_text(text) == Repair(text)


def test_repair_clean_page_of_the_secretariat_changes_nothing() -> None:
    text = (FIXTURES / "secretariat-page.truth.fa.txt").read_text("utf-8")
    assert repair_text(text) == Repair(text)
