"""The style sheets, signs and scripts themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dabir.core
from dabir.core.components.glossary import GLOSSARY
from dabir.core.components.icons import TURNS
from dabir.core.components.marks import MARKS
from dabir.office.navigation import AREAS

CORE = Path(dabir.core.__file__).parent
STATIC = CORE / "static" / "core"
SHEETS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
TEMPLATES = sorted(CORE.parent.glob("*/templates/**/*.html"))
SYMBOLS = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", (STATIC / "css" / "tokens.css").read_text()
    )
}


def luminance(colour: str) -> float:
    """Relative luminance of sRGB, WCAG 2.2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "sunk"])
def test_colours_stand_out_from_their_ground(scheme: int, ground: str) -> None:
    needs = {"ink": 7, "ink-soft": 7, "edge": 3} | dict.fromkeys(
        ("lapis", "saffron", "jade", "brick", "stone"), 4.5
    )
    for colour, need in needs.items():
        assert contrast(TOKENS[colour][scheme], TOKENS[ground][scheme]) >= need, colour


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_stand_out_from_their_wash(scheme: int) -> None:
    for colour in ("lapis", "saffron", "jade", "brick", "stone"):
        wash = TOKENS[f"{colour}-wash"][scheme]
        assert contrast(TOKENS[colour][scheme], wash) >= 4.5, colour
        assert contrast(TOKENS["ink"][scheme], wash) >= 7, colour
    for ground in ("lapis", "brick"):
        assert contrast(TOKENS["on-lapis"][scheme], TOKENS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_style_has_no_left_and_no_right(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    assert not re.findall(
        r"(?<![\w-])(?:left|right|margin-left|margin-right|padding-left|padding-right|"
        r"border-left|border-right|float)\s*:",
        text,
    )
    assert not re.findall(r"text-align:\s*(?:left|right)", text)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_style_names_colours_only_in_tokens(sheet: Path) -> None:
    if sheet.name in {"tokens.css", "print.css"}:
        return
    found = re.findall(r"#[0-9a-fA-F]{3,8}\b", re.sub(r"url\([^)]*\)", "", sheet.read_text()))
    assert set(found) <= {"#fff"}, "only the ground of a QR picture is white in every scheme"


@pytest.mark.parametrize("file", [*SHEETS, *SCRIPTS], ids=lambda p: p.name)
def test_style_and_scripts_reach_nowhere(file: Path) -> None:
    text = file.read_text()
    assert not re.findall(r"(?:url\(|import |fetch\()[\"']?(?:https?:)?//", text)
    assert "eval(" not in text
    assert "innerHTML" not in text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(CORE.parent)))
def test_template_carries_no_inline_style_or_script(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=[\"']", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+=[\"']", text)
    for attributes, inside in re.findall(r"<script([^>]*)>(.*?)</script>", text, re.DOTALL):
        assert "src=" in attributes or 'type="application/json"' in attributes, inside


def test_every_state_and_every_sign_used_is_drawn() -> None:
    assert {mark.shape for mark in MARKS.values()} <= SYMBOLS
    assert TURNS <= SYMBOLS
    used = {
        name
        for template in TEMPLATES
        for name in re.findall(r"""{% icon ["']([\w-]+)["']""", template.read_text())
    }
    used |= {area.icon for area in AREAS if area.icon}
    assert used <= SYMBOLS, used - SYMBOLS


def test_every_term_used_is_explained() -> None:
    used = {
        key
        for template in TEMPLATES
        for key in re.findall(r"""{% term ["']([\w-]+)["']""", template.read_text())
    }
    assert used <= set(GLOSSARY), used - set(GLOSSARY)


def test_states_of_one_family_do_not_look_alike() -> None:
    family = ["not_started", "under_way", "done_claimed", "done_accepted", "blocked"]
    family += ["not_applicable", "delayed", "no_information"]
    assert len({MARKS[key].shape for key in family}) == len(family)


def test_fonts_of_a_persian_page_stay_below_60_kb() -> None:
    assert sum(p.stat().st_size for p in (STATIC / "fonts").glob("*.woff2")) < 60_000
