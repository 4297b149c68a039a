"""Parts that pages are made from."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override


def shown(source: str, query: str = "", language: str = "en", **facts: object) -> str:
    """What a template says on the page `/list/?query`."""
    request = RequestFactory().get("/list/" + query)
    with override(language):
        return Template("{% load dabir %}" + source).render(Context({"request": request, **facts}))


class Wish(forms.Form):
    """A form with one of each kind that matters here."""

    title = forms.CharField()
    note = forms.CharField(widget=forms.Textarea, required=False)
    email = forms.EmailField()
    agreed = forms.BooleanField(required=False)
    state = forms.ChoiceField(choices=[("", "Any"), ("late", "Delayed")], required=False)


def test_column_head_turns_its_order_and_forgets_the_page() -> None:
    html = shown('{% column "Due" sort="due" %}', "?sort=due&page=4&q=a")
    assert 'aria-sort="ascending"' in html
    assert "sort=-due" in html
    assert "page=" not in html
    assert "q=a" in html
    assert "aria-sort" not in shown('{% column "Due" sort="due" %}', "?sort=lead")


def test_query_replace_changes_and_removes() -> None:
    assert shown("{% query_replace page=2 q=None %}", "?q=a&sort=due") == "?sort=due&amp;page=2"


def test_pagination_names_pages_in_the_readers_digits() -> None:
    page = Paginator(range(95), 10).page(3)
    html = shown("{% pagination page %}", "?q=a", "fa", page=page)
    assert '<span aria-current="page">۳</span>' in html
    assert "q=a&amp;page=4" in html
    assert "۲۱" in html
    one = Paginator(range(5), 10).page(1)
    assert shown("{% pagination page %}", page=one) == ""


def test_filters_show_a_chip_for_each_choice_and_keep_the_order() -> None:
    form = Wish({"state": "late", "title": "<b>"})
    html = shown("{% filters form %}", "?state=late&title=%3Cb%3E&sort=due&page=2", form=form)
    assert "State: Delayed" in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert '<input type="hidden" name="sort" value="due">' in html
    chip = re.search(r'href="([^"]+)"><span><span class="unseen">[^<]+</span> State', html)
    assert chip
    assert "state" not in chip[1]
    assert "page" not in chip[1]
    assert "optional" not in html


def test_export_links_carry_what_is_shown() -> None:
    html = shown('{% table_tools formats="xlsx csv" %}', "?status=late&page=3")
    assert "?status=late&amp;export=xlsx" in html
    assert "page=" not in html


def test_act_is_a_form_with_its_token_and_says_its_consequence() -> None:
    html = shown(
        '{% act url="/close/" label="Close" consequence="It ends." fields=fields %}',
        csrf_token="secret-token",
        fields={"version": 3},
    )
    assert '<form method="post" action="/close/">' in html
    assert "secret-token" in html
    assert '<input type="hidden" name="version" value="3">' in html
    assert "It ends." in html


def test_act_that_is_refused_says_why_and_cannot_be_done() -> None:
    html = shown('{% act url="/close/" label="Close" refusal="You filed it." consequence="x" %}')
    assert "You filed it." in html
    assert "<form" not in html
    assert "/close/" not in html


def test_act_that_wants_a_second_look_is_a_link() -> None:
    html = shown('{% act url="/retire/" label="Retire" confirm=True kind="grave" %}')
    assert '<a class="button grave" href="/retire/">' in html
    assert "<form" not in html


def test_fact_that_is_not_known_says_so() -> None:
    html = shown(
        '{% facts %}{% fact "Budget" %}{% endfact %}'
        '{% fact "Lead" %}<b>x</b>{% endfact %}{% endfacts %}'
    )
    assert "unknown" in html
    assert "<b>x</b>" in html


def test_form_summarises_its_errors_with_links_and_names_what_is_optional() -> None:
    html = shown("{{ form }}", form=Wish({"email": "no address"}))
    assert html.count("data-error-summary") == 1
    assert 'href="#id_title"' in html
    assert 'aria-invalid="true"' in html
    assert html.count("(optional)") == 2
    assert re.search(r'name="title"[^>]*dir="auto"', html)
    assert re.search(r'name="email"[^>]*dir="ltr"', html)
    assert re.search(r"<textarea[^>]*dir=\"auto\"", html)


def test_summary_for_a_whole_page_is_not_repeated_by_each_form() -> None:
    html = shown("{% error_summary form %}{{ form }}", form=Wish({}))
    assert html.count("data-error-summary") == 1


def test_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in shown("{{ form }}", form=Wish())


def test_clause_shows_the_readers_language_first_and_names_the_authentic_text() -> None:
    text = {"fa": "بند <الف>", "en": "Clause"}
    standing = {"fa": "authentic", "en": "unofficial"}
    html = shown(
        '{% clause text label="4.b" standing=standing %}',
        language="en",
        text=text,
        standing=standing,
    )
    assert html.index('lang="en"') < html.index('lang="fa"')
    assert "unofficial translation" in html
    assert "authentic text" in html
    assert "&lt;الف&gt;" in html
    standing = {"fa": "received", "en": "official"}
    html = shown("{% clause text standing=standing %}", language="en", text=text, standing=standing)
    assert "official translation" in html
    assert "unofficial" not in html
    assert "text as received" in html
    missing = shown("{% clause text %}", text={"fa": "بند"})
    assert "no version in your language" in missing
    assert "not held here" in shown("{% clause text %}", text={})


def test_statusbar_counts_and_never_averages() -> None:
    html = shown("{% statusbar n %}", n={"under_way": 3, "done_accepted": 1, "blocked": 0})
    assert 'viewBox="0 0 4 1"' in html
    assert html.count("<rect") == 2
    assert "%" not in html
    assert "Nothing to count" in shown("{% statusbar n %}", n={})


@pytest.mark.parametrize(
    ("tags", "address"),
    [
        ("undo:/acts/4/undo/", "/acts/4/undo/"),
        ("undo:https://elsewhere.example/", ""),
        ("undo://elsewhere.example/", ""),
        ("done", ""),
        ("", ""),
    ],
)
def test_message_offers_undo_only_at_an_address_of_ours(tags: str, address: str) -> None:
    message = Message(constants.SUCCESS, "Moved.", extra_tags=tags)
    html = shown('{% include "core/messages.html" %}', messages=[message])
    assert ("data-undo" in html) == bool(address)
    assert f'action="{address}"' in html if address else "<form" not in html


def test_block_parts_escape_their_words_and_keep_their_inside() -> None:
    html = shown(
        "{% panel title=t id='p' %}<p>in</p>{% endpanel %}"
        "{% notice title=t %}<p>in</p>{% endnotice %}"
        "{% empty title=t %}<p>in</p>{% endempty %}"
        "{% dialog t id='d' %}<p>in</p>{% enddialog %}"
        "{% disclosure summary=t %}<p>in</p>{% enddisclosure %}"
        "{% datatable t id='x' %}<tbody></tbody>{% enddatatable %}",
        t="<script>",
    )
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 6
    assert html.count("<p>in</p>") == 5


def test_source_is_told_by_its_name_in_the_readers_language_or_as_written() -> None:
    listed = [
        {"id": "page-fa", "title": {"fa": "صفحهٔ دبیرخانه", "en": "Page of the secretariat"}},
        {"id": "news", "title": {"fa": "خبرها"}},
    ]
    association = SimpleNamespace(sources=listed)

    def told(source: str, language: str = "en") -> str:
        return shown("{% source told %}", "", language, told=source, association=association)

    assert told("page-fa") == "Page of the secretariat"
    assert (
        told("page-fa, a <letter>", "fa")
        == 'صفحهٔ دبیرخانه؛ <span dir="auto">a &lt;letter&gt;</span>'
    )
    assert told("news") == '<span lang="fa" dir="rtl">خبرها</span>'
    assert told("Minutes, page-fashion") == '<span dir="auto">Minutes, page-fashion</span>'
