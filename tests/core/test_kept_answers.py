"""What is worked out once is still each reader's own: language, place and names are part of the question."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import TemplateSyntaxError, engines
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from dabir.core.addresses import address


def shown(source: str, **facts: object) -> str:
    return engines["django"].from_string("{% load dabir %}" + source).render(facts)  # type: ignore[attr-defined]  # Django's engine


def in_both(source: str, **facts: object) -> list[str]:
    """What one template says in English, in Persian, and in English again."""
    template = engines["django"].from_string("{% load dabir %}" + source)
    found = []
    for language in ("en", "fa", "en"):
        with override(language):
            found.append(template.render(facts))
    return found


def test_translate_of_a_constant_follows_the_language() -> None:
    first, persian, again = in_both('{% translate "Lead" %}')
    assert first == again == "Lead"
    assert persian not in ("", "Lead")


def test_translate_of_a_variable_is_not_kept() -> None:
    template = engines["django"].from_string("{% translate word %}")
    with override("en"):
        assert [template.render({"word": word}) for word in ("Lead", "Status")] == [
            "Lead",
            "Status",
        ]


def test_url_follows_the_language_and_where_addresses_begin() -> None:
    first, persian, again = in_both('{% url "office:desk" %}')
    assert (first, persian, again) == ("/en/office/", "/fa/office/", "/en/office/")
    try:
        set_script_prefix("/below/")
        with override("en"):
            assert shown('{% url "office:desk" %}') == address("office:desk") == "/below/en/office/"
    finally:
        set_script_prefix("/")
    with override("en"):
        assert address("office:desk") == "/en/office/"


def test_states_days_and_instants_follow_language_and_place() -> None:
    day, instant = date(2021, 3, 4), datetime(2021, 3, 4, 22, 0, tzinfo=UTC)
    facts = {"day": day, "instant": instant}
    for source in ('{% status "under_way" %}', "{{ day|bothdates }}", "{{ instant|moment }}"):
        first, persian, again = in_both(source, **facts)
        assert first == again != persian
    with override("en"):
        with timezone.override("UTC"):
            there = shown("{{ instant|moment }}", instant=instant)
        assert "22:00" in there != shown("{{ instant|moment }}", instant=instant)


def test_rail_is_drawn_for_what_it_is_given() -> None:
    def entries(url: str) -> list[dict[str, object]]:
        return [{"label": gettext_lazy("Lead"), "url": url, "icon": "desk", "current": False}]

    first, persian, again = in_both("{% rail items %}", items=entries("/a/"))
    assert first == again != persian
    with override("en"):
        assert 'href="/b&amp;/"' in shown("{% rail items %}", items=entries("/b&/"))


def test_options_escape_what_they_hold() -> None:
    choice = {"attrs": {"selected": True, "disabled": False}, "value": '"><b>', "label": "<i>"}
    told = shown("{% options groups %}", groups=[("", [choice], 0)])
    assert told == '<option value="&quot;&gt;&lt;b&gt;" selected>&lt;i&gt;</option>'


def test_url_of_a_record_is_that_of_the_record_and_escaped_where_the_page_is() -> None:
    source = '{% url "website:clause" document node %}'
    for node in ("1", 4, "a&b", "4"):
        with override("fa"):
            expected = reverse("website:clause", args=["practice-2021", node])
            told = shown(source, document="practice-2021", node=node)
            assert told == expected.replace("&", "&amp;")
    with pytest.raises(NoReverseMatch):
        shown(source, document="practice-2021", node="")


def test_once_follows_the_language() -> None:
    source = '{% once %}<a href="{% url "office:desk" %}">{% translate "Lead" %}</a>{% endonce %}'
    first, persian, again = in_both(source)
    assert first == again == '<a href="/en/office/">Lead</a>'
    assert persian.startswith('<a href="/fa/office/">')
    assert "Lead" not in persian


@pytest.mark.parametrize("told", ["{{ name }}", "{% url name %}", "{% if a %}b{% endif %}"])
def test_once_refuses_what_depends_on_the_page(told: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="depends on the page"):
        shown("{% once %}" + told + "{% endonce %}", name="x")
