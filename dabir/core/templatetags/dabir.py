"""`{% load dabir %}`: every part of the design system; see docs/develop/design-system.md."""

from __future__ import annotations

from django import template

from dabir.core.components import blocks, fields, lists, messages, places, sources, words

register = template.Library()
for part in (words, places, blocks, fields, lists, messages, sources):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
