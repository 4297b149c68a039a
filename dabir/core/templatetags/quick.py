"""Django's own `translate`, `url` and `static`, where a page asks the same thing a hundred times.

A constant sentence in one language, the address of a page, the address of a file: each is worked out
by Django's tag once in a process and kept. Whatever depends on the page is left to it. A stretch of a
page that holds nothing else stands between `{% once %}` and `{% endonce %}` and is drawn once as a whole.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as url_tag
from django.template.exceptions import TemplateSyntaxError
from django.template.library import SimpleNode
from django.template.loader_tags import ExtendsNode, do_extends
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from dabir.core.addresses import address, where

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


class Inside(template.Node):
    """The same stretch while one develops: drawn each time."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """What stands inside."""
        return self.nodelist.render(context)


class Said(_Kept):
    """A constant sentence."""

    def depends_on(self) -> Hashable:
        """The language of the reader."""
        return get_language()


class Addressed(_Kept):
    """The address of a page without parts."""

    def depends_on(self) -> Hashable:
        """The language, and where addresses begin."""
        return where()


class Filed(_Kept):
    """The address of a file that is served as it is."""

    def depends_on(self) -> Hashable:
        """Where files are served from."""
        return settings.STATIC_URL


class Placed(template.Node):
    """The address of a page with parts, kept with all others (`core/addresses.py`)."""

    def __init__(self, tag: URLNode, view: str) -> None:
        self.tag, self.view = tag, view

    def render(self, context: Context) -> str:
        """The address; parts that are neither words nor whole numbers are left to Django."""
        parts = [arg.resolve(context) for arg in self.tag.args]
        if not all(isinstance(part, str) or type(part) is int for part in parts):
            left: str = self.tag.render(context)
            return left
        found = address(self.view, *map(str, parts))
        return conditional_escape(found) if context.autoescape else found


class Named(template.Node):
    """The address of a page under a name of its own; empty where the page is not built."""

    def __init__(self, tag: URLNode, view: str, name: str) -> None:
        self.tag, self.view, self.name = tag, view, name

    def render(self, context: Context) -> str:
        """Nothing; parts that are neither words nor whole numbers are left to Django."""
        parts = [arg.resolve(context) for arg in self.tag.args]
        if not all(isinstance(part, str) or type(part) is int for part in parts):
            left: str = self.tag.render(context)
            return left
        try:
            context[self.name] = address(self.view, *map(str, parts))
        except NoReverseMatch:
            context[self.name] = ""
        return ""


class Once(_Kept):
    """A stretch of a page that depends on the language alone."""

    def depends_on(self) -> Hashable:
        """All that its parts depend on."""
        return *where(), settings.STATIC_URL


def _is_lasting(node: Any) -> bool:
    """Whether a part of a page says the same on every page of a language."""
    if isinstance(node, SimpleNode):
        told = [*node.args, *node.kwargs.values()]
        return not node.takes_context and not node.target_var and all(map(_is_constant, told))
    return isinstance(node, TextNode | _Kept)


@register.tag
def once(parser: Parser, token: Token) -> template.Node:
    """Draw what stands between once for each language; refused where it depends on the page."""
    inside = parser.parse(("endonce",))
    parser.delete_first_token()
    for node in inside:
        if not (settings.DEBUG or _is_lasting(node)):
            raise TemplateSyntaxError(f"{node!r} depends on the page, so it is not drawn once")
    return Inside(inside) if settings.DEBUG else Once(inside)


class Listed(template.NodeList):
    """The parts of a page that others extend; which blocks it has is found out once."""

    def get_nodes_by_type(self, nodetype: Any) -> list[Any]:
        """Those of a kind, at whatever depth."""
        known: dict[Any, list[Any]] = vars(self).setdefault("known", {})
        if nodetype not in known:
            known[nodetype] = super().get_nodes_by_type(nodetype)
        return known[nodetype]


class Extending(ExtendsNode):
    """`{% extends %}` of a page whose blocks are known."""

    def get_parent(self, context: Context) -> Any:
        """The page that is extended."""
        parent = super().get_parent(context)
        if type(parent.nodelist) is template.NodeList:
            parent.nodelist = Listed(parent.nodelist)
        return parent


@register.tag
def extends(parser: Parser, token: Token) -> template.Node:
    """`{% extends %}` of Django."""
    node = do_extends(parser, token)
    return Extending(node.nodelist, node.parent_name)


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
    if node.kwargs or not _is_constant(node.view_name):
        return node
    view = str(node.view_name.resolve(Context()))
    if node.asvar:
        return Named(node, view, node.asvar)
    return Placed(node, view) if node.args else Addressed(node)


@register.tag
def static(parser: Parser, token: Token) -> template.Node:
    """`{% static %}` of Django; while one develops, files change under way."""
    node = StaticNode.handle_token(parser, token)
    plain = not (node.varname or settings.DEBUG)
    return Filed(node) if plain and _is_constant(node.path) else node
