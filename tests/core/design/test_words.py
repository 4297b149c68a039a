"""Dates, digits, names and states as a template shows them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import override_settings
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from dabir.core.words import day_as_known

DAY = date(2014, 11, 25)


def shown(source: str, language: str = "en", **facts: object) -> str:
    """What a template with `{% load dabir %}` says in a language."""
    with override(language):
        return Template("{% load dabir %}" + source).render(Context(facts)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "source", "expected"),
    [
        ("fa", "longdate", '<time datetime="2014-11-25">۴ آذر ۱۳۹۳</time>'),
        ("en", "longdate", '<time datetime="2014-11-25">25 November 2014</time>'),
        ("fa", "bothdates", '<time datetime="2014-11-25">۴ آذر ۱۳۹۳ · ۲۵ نوامبر ۲۰۱۴</time>'),
        ("en", "bothdates", '<time datetime="2014-11-25">25 November 2014 · 4 Azar 1393</time>'),
        ("fa", "shortdate", '<time datetime="2014-11-25">۱۳۹۳/۰۹/۰۴</time>'),
        ("en", "shortdate", '<time datetime="2014-11-25">2014-11-25</time>'),
    ],
)
def test_date_in_a_language_uses_the_readers_calendar(
    language: str, source: str, expected: str
) -> None:
    assert shown("{{ day|" + source + "}}", language, day=DAY) == expected
    assert shown("{{ day|" + source + "}}", language, day=DAY.isoformat()) == expected


@pytest.mark.parametrize(
    ("precision", "language", "expected", "for_programs"),
    [
        ("day", "en", '<time datetime="2014-11-25">25 November 2014 · 4 Azar 1393</time>',
         "2014-11-25"),
        ("month", "en",
         '<time datetime="2014-11">November 2014</time> <small>(the month is known)</small>',
         "2014-11"),
        ("year", "fa", '<time datetime="2014">۲۰۱۴</time> <small>(سال دانسته است)</small>', "2014"),
        ("candidates", "en", '<span class="open-mark">several readings are open</span>', None),
        ("unknown", "en", '<span class="unknown">unknown</span>', None),
    ],
)  # fmt: skip
def test_a_day_is_never_told_more_exactly_than_it_is_known(
    precision: str, language: str, expected: str, for_programs: str | None
) -> None:
    assert shown("{{ day|knownday:p }}", language, day=DAY, p=precision) == expected
    assert day_as_known(DAY, precision) == for_programs
    assert day_as_known(None, precision) is None
    if precision in ("month", "year", "candidates", "unknown"):
        assert shown("{{ day|knownday_short:p }}", language, day=DAY, p=precision) == expected
        told = shown(
            "{% timeline entries %}", language, entries=[{"on": DAY, "precision": precision}]
        )
        assert "25" not in told
        assert "۲۵" not in told


def test_date_that_is_missing_shows_nothing() -> None:
    assert shown("{{ day|longdate }}{{ day|moment }}", day=None) == ""


def test_moment_is_told_in_the_time_of_the_associations_place() -> None:
    late = datetime(2014, 11, 25, 21, 0, tzinfo=UTC)
    with override_settings(TIME_ZONE="Asia/Tehran"):
        assert "26 November 2014, 00:30" in shown("{{ at|moment }}", at=late)
        assert "۰۰:۳۰" in shown("{{ at|moment }}", "fa", at=late)


def test_numbers_take_the_digits_of_the_reader_and_identifiers_do_not() -> None:
    assert shown("{{ 12|digits }}", "fa") == "۱۲"
    assert shown("{{ 1240|amount }}", "fa") == "۱٬۲۴۰"
    assert shown("{{ 1240|amount }}") == "1,240"
    assert shown('{% ident "haikou-2014/4.b" %}', "fa") == (
        '<bdi class="ident" dir="ltr">haikou-2014/4.b</bdi>'
    )


def test_name_the_readers_language_lacks_is_marked_never_hidden() -> None:
    name = {"fa": "کمیتهٔ <حمل‌ونقل>"}
    html = shown("{% localized name %}", name=name)
    assert '<span lang="fa" dir="rtl">کمیتهٔ &lt;حمل‌ونقل&gt;</span>' in html
    assert "only in Persian" in html
    assert "only-in" not in shown("{% localized name quiet=True %}", name=name)
    assert shown("{% localized name %}", "fa", name=name) == "کمیتهٔ &lt;حمل‌ونقل&gt;"


def test_name_in_an_i18n_field_is_read_like_a_dict() -> None:
    field = LazyI18nString({"en": "Board", "fa": "هیئت"})
    assert shown("{% localized name %}", "fa", name=field) == "هیئت"
    assert shown('{{ name|words:"en" }}', "fa", name=field) == "Board"


@pytest.mark.parametrize(
    ("language", "spoken", "part"),
    [
        ("en", "2014 or 2015 or 2018", "4<i>/</i>5<i>/</i>8"),
        ("fa", "۲۰۱۴", "۴<i>/</i>۵<i>/</i>۸"),
    ],
)
def test_open_digits_stay_open_in_the_readers_digits(language: str, spoken: str, part: str) -> None:
    html = shown("{% opendigits text %}", language, text="<b> 201{4|5|8}.")
    assert part in html
    assert spoken in html
    assert "&lt;b&gt;" in html
    assert 'dir="ltr"' in html
    assert "{" not in html


def test_text_without_open_digits_is_left_alone() -> None:
    assert shown("{% opendigits text %}", text="clause {4} of 2014") == "clause {4} of 2014"


def test_state_has_shape_word_and_tone_together() -> None:
    html = shown('{% status "done_accepted" %}')
    assert "#mark-check" in html
    assert "Done and accepted" in html
    assert "tone-jade" in html
    assert "anything else" in shown('{% status "blocked" label="anything else" %}')


def test_state_without_a_mark_is_a_fault_in_development() -> None:
    with override_settings(DEBUG=True), pytest.raises(TemplateSyntaxError):
        shown('{% status "no such state" %}')
    assert "mark-dots" in shown('{% status "no such state" %}')


def test_word_of_the_institution_leads_to_its_explanation() -> None:
    html = shown('{% term "quorum" %}')
    assert "glossary/#quorum" in html
    assert ">quorum</a>" in html
    with pytest.raises(KeyError):
        shown('{% term "no such word" %}')
