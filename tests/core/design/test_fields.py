"""What is said straight, without a template: fields as their templates say them, panels, histories."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from dabir.core.acting import reason_field
from dabir.core.components.blocks import fact, panel
from dabir.core.components.fields import field_group
from dabir.core.components.lists import timeline
from dabir.core.formfields import DateAnyCalendarField, WordsField

CHOICES = [("", _("any")), ("a&b", "A <b>"), (_("Group"), [("g", "G"), (3, "Three")]), ("a&b", "2")]


class Sample(forms.Form):
    """A field of every kind that is said, and some that are not."""

    words = forms.CharField(label="“Words” & more", help_text='Like <b>"this"</b>.', max_length=20)
    short = forms.CharField(required=False, widget=forms.TextInput(attrs={"dir": "ltr", "id": "x"}))
    long = forms.CharField(required=False, initial="<i>\nsecond", widget=forms.Textarea)
    one = forms.ChoiceField(required=False, choices=CHOICES, initial="a&b")
    number = forms.TypedChoiceField(label="", choices=[(None, "—"), (30, "30")], coerce=int)
    closed = forms.CharField(disabled=True, initial="fixed")
    day = DateAnyCalendarField(required=False)
    reason = reason_field(required=False)
    names = WordsField(required=False)
    tick = forms.BooleanField(required=False)
    many = forms.MultipleChoiceField(required=False, choices=CHOICES[1:2])


def _tags(html: str) -> list[str]:
    """The tags and texts, without the space between them."""
    return [piece.strip() for piece in re.split(r"(<[^>]*>)", html) if piece.strip()]


@pytest.fixture(params=["en", "fa"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize(
    "typed",
    [
        None,
        {"words": '"a" <b>', "long": "x & y", "one": "g", "number": "30", "day": "1393/09/04"},
        {"words": "", "one": "nothing of these", "number": "x", "day": "?"},
        {"words": "w", "one": "3", "number": ""},
    ],
)
@pytest.mark.parametrize("name", list(Sample.base_fields))
def test_field_said_straight_is_what_its_template_says(
    language: str, name: str, typed: dict[str, str] | None
) -> None:
    form = Sample(typed)
    assert _tags(field_group(form[name])) == _tags(form[name].as_field_group())


def test_field_of_a_filter_is_not_called_optional() -> None:
    form = Sample()
    vars(form)["is_filter"] = True
    assert "optional" not in field_group(form["one"])
    assert _tags(field_group(form["one"])) == _tags(form["one"].as_field_group())
    vars(form)["is_filter"] = False
    assert "optional" in field_group(form["one"])


def test_history_says_when_who_and_what_and_lets_no_markup_in() -> None:
    entries = [
        {"on": None, "title": "<b>", "url": "/x/?a=1&b=2", "by": {"en": "<i>"}, "status": "filed"},
        {"when": "<u>", "title": {"en": "Named"}, "text": "x & y"},
    ]
    with translation.override("en"):
        said = timeline(entries)
    assert "day unknown · &lt;i&gt;" in said
    assert '<a href="/x/?a=1&amp;b=2">&lt;b&gt;</a> <span class="status' in said
    assert "&lt;u&gt;" in said
    assert "<p>x &amp; y</p>" in said
    assert said.count("<li>") == 2


def test_panel_and_fact_say_their_words_and_that_something_is_unknown() -> None:
    with translation.override("fa"):
        said = panel("<p>in</p>", "<b>", count=1234, tone="quiet")
        assert fact("  ", "A & B") == (
            '<div><dt>A &amp; B</dt><dd><span class="only-in">نامعلوم</span></dd></div>'
        )
    assert '<section class="panel quiet" aria-labelledby="b">' in said
    assert "&lt;b&gt;</h2>" in said
    assert "۱٬۲۳۴" in said
    assert "<p>in</p>" in said
