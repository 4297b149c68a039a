"""A page that does not give what its template asks for fails its test."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.loader import get_template

from tests.plugins import templates

pytestmark = pytest.mark.pure


def test_a_name_that_no_page_gives_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = get_template("core/brand.html")
    asked.render({"association": {}})
    monkeypatch.setattr(templates, "OPTIONAL", {})
    with pytest.raises(AssertionError, match=r"core/brand\.html asks for 'brand_url'"):
        asked.render({"association": {}})


def test_a_text_of_a_test_may_ask_for_what_it_likes() -> None:
    assert Template("{{ nobody|default:'-' }}").render(Context()) == "-"
