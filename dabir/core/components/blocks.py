"""Parts that wrap what stands between their tags."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dabir.core.components.icons import icon_html
from dabir.core.components.words import amount
from dabir.core.errors import Words
from dabir.core.escaping import escaped, shown

register = template.Library()


@lru_cache(maxsize=64)
def _template(name: str) -> template.Template:
    """The template of a part, found once."""
    return get_template(f"core/components/{name}.html").template  # type: ignore[attr-defined,no-any-return]  # Django's own engine


def drawn(name: str, facts: dict[str, Any]) -> SafeString:
    """A part drawn from its facts alone."""
    known = _template.__wrapped__ if settings.DEBUG else _template
    return known(name).render(Context(facts))


@register.simple_block_tag
def panel(
    content: str, title: Words = "", *, id: str = "", tone: str = "", level: int = 2,
    count: int | None = None,
) -> SafeString:  # fmt: skip
    """A framed part of a page with its heading."""
    said = title if type(title) is SafeString else str(title)
    name, heading = _headed(said, type(said), id)
    head = ""
    if title:
        number = "" if count is None else f'<span class="number">{escaped(amount(count))}</span>'
        head = f'<header>\n<h{level:d} id="{name}">{heading}</h{level:d}>\n{number}\n</header>'
    return mark_safe(  # noqa: S308 # each piece is escaped or rendered
        f'<section class="panel {escaped(tone)}" aria-labelledby="{name}">\n{head}\n'
        f'<div class="inside flow">{content}</div>\n</section>'
    )


@lru_cache(maxsize=1024)
def _headed(title: str, _kind: type[str], id: str) -> tuple[str, str]:
    """The name of a part and its heading, as they stand on a page."""
    return escaped(id or slugify(title, allow_unicode=True) or "panel"), shown(title)


@register.simple_block_tag
def facts(content: str) -> SafeString:
    """A list of named facts about a record."""
    return mark_safe(f'<dl class="facts">{content}</dl>')  # noqa: S308 # rendered


@register.simple_block_tag
def fact(content: str, label: Words) -> SafeString:
    """One named fact; an unknown value is said, never left blank."""
    inside = content.strip() or f'<span class="only-in">{escape(_("unknown"))}</span>'
    return mark_safe(  # noqa: S308 # each piece is escaped or rendered
        f"<div><dt>{shown(str(label))}</dt><dd>{inside}</dd></div>"
    )


@register.simple_block_tag
def datatable(
    content: str, caption: Words, *, id: str, note: Words = "", cards: bool = True,
    sticky: bool = True, caption_hidden: bool = False,
) -> SafeString:  # fmt: skip
    """A table with its caption that scrolls in itself and becomes cards on a phone."""
    name = escape(id)
    css = f"table-block{' cards' if cards else ''}{' sticky' if sticky else ''}"
    unseen = ' class="unseen"' if caption_hidden else ""
    beside = f" <small>{conditional_escape(str(note))}</small>" if note else ""
    return mark_safe(  # noqa: S308 # each piece is escaped or rendered
        f'<div class="{css}">\n'
        f'  <div class="table-scroll" role="region" tabindex="0" aria-labelledby="{name}-caption">\n'
        f'    <table id="{name}" data-rows>\n'
        f'      <caption id="{name}-caption"{unseen}>{conditional_escape(str(caption))}{beside}</caption>\n'
        f"      {content}\n    </table>\n  </div>\n</div>\n"
    )


@register.simple_block_tag
def empty(content: str, title: Words, *, icon: str = "folder") -> SafeString:
    """What stands where nothing is yet: what belongs here, who can add it, an example."""
    said = conditional_escape(str(title))
    return mark_safe(  # noqa: S308 # each piece is escaped or rendered
        f'\n<div class="empty">\n  {icon_html(icon)}\n  <h2>{said}</h2>\n'
        f'  <div class="flow">{content}</div>\n</div>\n'
    )


@register.simple_block_tag
def notice(content: str, title: Words = "", *, tone: str = "plain") -> SafeString:
    """A remark that must not be missed."""
    heading = format_html("<strong>{}</strong>", title) if title else ""
    return format_html('<div class="notice {}" role="note">{}{}</div>', tone, heading, content)


@register.simple_block_tag
def acts(content: str) -> SafeString:
    """The verbs of a record, side by side."""
    return format_html('<div class="acts">{}</div>', content)


@register.simple_block_tag
def dialog(content: str, title: Words, *, id: str) -> SafeString:
    """A small window over the page, opened by a button with `data-opens`."""
    return drawn("dialog", {"content": content, "title": title, "id": id})


@register.simple_block_tag
def disclosure(content: str, summary: Words, *, open: bool = False) -> SafeString:
    """What is told to those who ask."""
    return format_html(
        '<details class="disclosure"{}><summary>{}</summary><div class="flow">{}</div></details>',
        mark_safe(" open") if open else "", summary, content,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def act(
    context: Context, url: str, label: Words, *, consequence: Words = "", kind: str = "plain",
    confirm: bool = False, fields: dict[str, Any] | None = None, refusal: Words = "",
    icon: str = "",
) -> SafeString:  # fmt: skip
    """A verb on the record: its consequence is said before, a refusal says why."""
    return drawn(
        "act",
        {"url": url, "label": label, "consequence": consequence, "kind": kind, "confirm": confirm,
         "fields": fields or {}, "refusal": refusal, "sign": icon_html(icon) if icon else "",
         "csrf_token": context.get("csrf_token")},
    )  # fmt: skip
