"""A field of a form with its label, said straight: a template for each takes ten times as long.

What a template of Django would say of a text or of a list of choices is said here, word for word.
Any other field, and one with an error, is left to its template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms, template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dabir.core.escaping import escaped, shown
from dabir.core.offered import Offered

register = template.Library()


@register.simple_tag
def field_group(field: forms.BoundField) -> SafeString:
    """The field, its label, and what helps to fill it in."""
    widget = field.field.widget
    said = _SAID.get(type(widget))
    if said is None or field.use_fieldset or field.errors:
        return mark_safe(field.as_field_group())  # noqa: S308 # Django's own rendering
    css = field.css_classes()
    inside = said(field, widget, _attributes_of(field, widget))
    pieces = [f'<div class="field {css}">', _label(field), _help(field), inside, "</div>"]
    return mark_safe("\n".join(piece for piece in pieces if piece))  # noqa: S308 # each piece is escaped


def _label(field: forms.BoundField) -> str:
    if not field.label:
        return ""
    named = f' for="{escaped(field.id_for_label)}"' if field.id_for_label else ""
    optional = ""
    if not field.field.required and not getattr(field.form, "is_filter", False):
        optional = f' <span class="optional">({escaped(_("optional"))})</span>'
    return f"<label{named}>{shown(field.label)}{optional}</label>"


def _help(field: forms.BoundField) -> str:
    if not field.help_text:
        return ""
    named = f' id="{escaped(field.auto_id)}_helptext"' if field.auto_id else ""
    return f'<div class="help"{named}>{field.help_text}</div>'


def _attributes_of(field: forms.BoundField, widget: forms.Widget) -> dict[str, Any]:
    """The attributes that Django gives the element, in its order."""
    own = field.build_widget_attrs({}, widget)
    if field.auto_id and "id" not in widget.attrs:
        own.setdefault("id", field.auto_id)
    return widget.build_attrs(widget.attrs, own)


def _attributes(told: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escaped(value)}"'
        for name, value in told.items()
        if value is not False
    )


def _text(field: forms.BoundField, widget: Any, told: dict[str, Any]) -> str:
    value = widget.format_value(field.value())
    typed = "" if value is None else f' value="{escaped(value)}"'
    way = "" if told.get("dir") else ' dir="auto"'
    return f'<input type="text" name="{escaped(field.html_name)}"{typed}{way}{_attributes(told)}>'


def _area(field: forms.BoundField, widget: Any, told: dict[str, Any]) -> str:
    way = "" if told.get("dir") else ' dir="auto"'
    value = widget.format_value(field.value()) or ""
    name = escaped(field.html_name)
    return f'<textarea name="{name}"{way}{_attributes(told)}>\n{escaped(value)}</textarea>'


def _select(field: forms.BoundField, widget: Any, told: dict[str, Any]) -> str:
    chosen = set(widget.format_value(field.value()))
    choices = widget.choices
    offered = choices if isinstance(choices, Offered) else Offered(choices)
    lines = offered.said(chosen)
    return f'<select name="{escaped(field.html_name)}"{_attributes(told)}>\n{lines}\n</select>'


_SAID = {forms.TextInput: _text, forms.Textarea: _area, forms.Select: _select}


@register.simple_tag
def options(groups: Iterable[tuple[Any, Iterable[Mapping[str, Any]], int]]) -> SafeString:
    """The choices of a list of choices; written straight, for there may be hundreds."""
    pieces: list[str] = []
    for name, choices, _index in groups:
        inside = [_option(choice) for choice in choices]
        pieces += (
            [f'<optgroup label="{escaped(name)}">', *inside, "</optgroup>"] if name else inside
        )
    return mark_safe("\n".join(pieces))  # noqa: S308 # each piece is escaped


def _option(choice: Mapping[str, Any]) -> str:
    told = _attributes(choice["attrs"])
    return f'<option value="{escaped(choice["value"])}"{told}>{escaped(choice["label"])}</option>'
