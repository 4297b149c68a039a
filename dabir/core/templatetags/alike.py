"""A stretch of a page that is the same wherever what it is told is the same.

`{% alike name=value … %} … {% endalike %}` sees nothing but what it is told, the language and constant
addresses, so it is drawn once for each of them and kept: nothing that it is not told can get into it.
What differs from page to page stands inside between `{% anew %}` and `{% endanew %}`: it sees the page
as it stands around the stretch and is drawn each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from secrets import token_hex
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.exceptions import TemplateSyntaxError
from django.template.loader_tags import BlockNode
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from i18nfield.strings import LazyI18nString

from dabir.core.addresses import where

register = template.Library()

MOST_KEPT = 256  # of each stretch; the one drawn longest ago goes first
PLACE = f"\0{token_hex(8)}\0"  # where something is drawn anew; nobody can write it
PLACES = "_places"


def told(value: Any) -> Hashable:
    """All that a value says, fit to be compared; records are refused, for they say too much."""
    if value is None or type(value) in (str, int):
        found: Hashable = value
        return found
    if isinstance(value, str | bool | Promise):
        return type(value).__name__, str(value)
    if isinstance(value, LazyI18nString):
        return told(value.data)
    if isinstance(value, Mapping):
        return tuple((key, told(inner)) for key, inner in value.items())
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return tuple(value)  # told already
    if isinstance(value, list | tuple):
        return tuple(map(told, value))
    raise TypeError(f"{value!r} is told to a stretch of a page: name what it says instead")


class Anew(template.Node):
    """What is drawn for each page."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """A mark of its place while the stretch around it is drawn; else what stands inside."""
        places: list[Anew] | None = context.get(PLACES)
        if places is None:
            return self.nodelist.render(context)
        places.append(self)
        return PLACE


Drawn = tuple[list[str], list[Anew]]


class Alike(template.Node):
    """A stretch drawn once for all who are told the same."""

    def __init__(self, named: dict[str, FilterExpression], nodelist: template.NodeList) -> None:
        self.named, self.nodelist = named, nodelist
        self.known: OrderedDict[Hashable, Drawn] = OrderedDict()

    def render(self, context: Context) -> str:
        """The stretch as it was drawn, and what is drawn anew in its places."""
        values = {
            name: value.resolve(context, ignore_failures=True) for name, value in self.named.items()
        }
        pieces, places = self._kept(context, values)
        if not places:
            return SafeString(pieces[0])
        shown = [pieces[0]]
        for place, after in zip(places, pieces[1:], strict=True):
            shown += [place.nodelist.render(context), after]
        return SafeString("".join(shown))

    def _kept(self, context: Context, values: dict[str, Any]) -> Drawn:
        if settings.DEBUG:
            return self._draw(context, values)
        key = (where(), settings.STATIC_URL, *map(told, values.values()))
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._draw(context, values)
            while len(self.known) > MOST_KEPT:
                self.known.popitem(last=False)
        return found

    def _draw(self, context: Context, values: dict[str, Any]) -> Drawn:
        places: list[Anew] = []
        alone = Context(values | {PLACES: places}, autoescape=context.autoescape)
        page: Any = context.template
        alone.template = page
        with alone.render_context.push_state(page):
            return self.nodelist.render(alone).split(PLACE), places


@register.tag
def alike(parser: Parser, token: Token) -> Alike:
    """Draw what stands between once for all who are told the same."""
    bits = token.split_contents()[1:]
    named = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"alike: each value has a name, unlike {bits!r}")
    nodelist = parser.parse(("endalike",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise TemplateSyntaxError("alike: what others extend stands around it, not in it")
    return Alike(named, nodelist)


@register.tag
def anew(parser: Parser, token: Token) -> Anew:
    """Draw what stands between for each page."""
    nodelist = parser.parse(("endanew",))
    parser.delete_first_token()
    return Anew(nodelist)
