"""Django's own `translate`, `url` and `static`, where a page asks the same thing a hundred times.

A constant sentence in one language, the address of a page without parts, the address of a file: each
is worked out by Django's tag once in a process and kept. Whatever depends on the page is left to it.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_tag
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix, get_urlconf
from django.utils.translation import get_language

register = template.Library()


def _is_constant(expression: FilterExpression) -> bool:
    """Whether an expression is a literal with nothing done to it."""
    literal = getattr(expression.var, "literal", None)
    return not expression.filters and (isinstance(expression.var, str) or literal is not None)


class _Kept(template.Node):
    """A tag whose answer is kept under what it depends on."""

    def __init__(self, tag: Any) -> None:
        self.tag = tag
        self.known: dict[Hashable, str] = {}

    def depends_on(self) -> Hashable:
        """What the answer depends on."""
        raise NotImplementedError

    def render(self, context: Context) -> str:
        """The answer, worked out by the tag the first time."""
        key = self.depends_on()
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.tag.render(context)
        return found


class Said(_Kept):
    """A constant sentence."""

    def depends_on(self) -> Hashable:
        """The language of the reader."""
        return get_language()


class Addressed(_Kept):
    """The address of a page without parts."""

    def depends_on(self) -> Hashable:
        """The language, and where addresses begin."""
        return get_language(), get_urlconf(), get_script_prefix()


class Filed(_Kept):
    """The address of a file that is served as it is."""

    def depends_on(self) -> Hashable:
        """Where files are served from."""
        return settings.STATIC_URL


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> template.Node:
    """`{% translate %}` of Django."""
    node: TranslateNode = do_translate(parser, token)
    plain = not (node.asvar or node.noop or node.message_context)
    return Said(node) if plain and _is_constant(node.filter_expression) else node


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """`{% url %}` of Django."""
    node: URLNode = url_tag(parser, token)
    plain = not (node.asvar or node.args or node.kwargs)
    return Addressed(node) if plain and _is_constant(node.view_name) else node


@register.tag
def static(parser: Parser, token: Token) -> template.Node:
    """`{% static %}` of Django; while one develops, files change under way."""
    node = StaticNode.handle_token(parser, token)
    plain = not (node.varname or settings.DEBUG)
    return Filed(node) if plain and _is_constant(node.path) else node
