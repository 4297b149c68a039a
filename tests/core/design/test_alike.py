"""Stretches of a page that are drawn once for all who are told the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import override_settings
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override
from i18nfield.strings import LazyI18nString

from dabir.core.templatetags import alike
from dabir.registry.models import City


def stretch_of(page: Template) -> Any:
    """The only stretch of a page."""
    (found,) = page.nodelist.get_nodes_by_type(alike.Alike)
    return found


class Counted:
    """Says how often it was said."""

    said = 0

    def __str__(self) -> str:
        self.said += 1
        return f"<{self.said}>"


def test_alike_told_the_same_is_drawn_once_and_told_another_anew() -> None:
    page = Template("{% alike who=who %}{% translate 'Status' %} {{ who.name }}{% endalike %}")
    drawn = [
        page.render(Context({"who": {"name": LazyI18nString({"en": name})}})) for name in "aba"
    ]
    assert drawn == ["Status a", "Status b", "Status a"]
    stretch = stretch_of(page)
    assert len(stretch.known) == 2
    with override("fa"):
        assert page.render(Context({"who": {"name": "a"}})).startswith("وضعیت")


def test_alike_sees_nothing_that_it_is_not_told() -> None:
    page = Template("{% alike a=a %}{{ a }}{{ secret }}{% csrf_token %}{% endalike %}")
    assert page.render(Context({"a": 1, "secret": "s", "csrf_token": "t" * 64})) == "1"


def test_anew_sees_the_page_and_is_drawn_each_time() -> None:
    source = "{% alike a=a %}[{% for one in a %}{% anew %}{{ n }}{% endanew %},{% endfor %}]{% endalike %}"
    page, n = Template(source), Counted()
    assert page.render(Context({"a": ["x", "y"], "n": n})) == "[&lt;1&gt;,&lt;2&gt;,]"
    assert page.render(Context({"a": ["x", "y"], "n": n})) == "[&lt;3&gt;,&lt;4&gt;,]"
    assert Template("{% anew %}{{ n }}{% endanew %}").render(Context({"n": 7})) == "7"


def test_told_keeps_apart_what_is_shown_otherwise() -> None:
    page = Template("{% alike a=a %}{{ a }}{% endalike %}")
    for value, shown in (("<b>", "&lt;b&gt;"), (mark_safe("<b>"), "<b>"), (1, "1"), (True, "True")):
        assert page.render(Context({"a": value})) == shown
    assert alike.told(gettext_lazy("Status")) != alike.told("Status")
    assert alike.told([{"a": None}]) == ((("a", None),),)


def test_alike_refuses_records_and_blocks() -> None:
    with pytest.raises(TypeError, match="name what it says"):
        Template("{% alike a=a %}{% endalike %}").render(Context({"a": City()}))
    with pytest.raises(TemplateSyntaxError, match="what others extend"):
        Template("{% alike %}{% block a %}{% endblock %}{% endalike %}")
    with pytest.raises(TemplateSyntaxError, match="each value has a name"):
        Template("{% alike a %}{% endalike %}")


def test_alike_keeps_so_many_and_none_while_one_develops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "MOST_KEPT", 2)
    page = Template("{% alike a=a %}{{ a }}{% endalike %}")
    stretch = stretch_of(page)
    for a in range(4):
        assert page.render(Context({"a": a})) == str(a)
    assert len(stretch.known) == 2
    stretch.known.clear()
    with override_settings(DEBUG=True):
        assert page.render(Context({"a": 9})) == "9"
    assert not stretch.known
