"""Lists of choices that nobody changes: a form copies none of them, and each is said once in a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.choices import BaseChoiceIterator

from dabir.core.escaping import escaped, shown
from dabir.core.words import reader_language


class Offered(BaseChoiceIterator):
    """The choices of a field, also in groups, as they were given."""

    def __init__(self, choices: Iterable[tuple[Any, Any]]) -> None:
        self._choices = list(choices)
        self._said: dict[str, tuple[str, list[str], dict[str, int]]] = {}

    def __iter__(self) -> Iterator[Any]:
        return iter(self._choices)

    def __copy__(self) -> Offered:
        return self

    def __deepcopy__(self, memo: Any) -> Offered:
        return self

    def said(self, chosen: set[str]) -> str:
        """The choices as a page shows them; of equal ones the first is the chosen one."""
        language = reader_language()
        known = self._said.get(language)
        if known is None:
            told, places = list(option_lines(self._choices)), dict[str, int]()
            for at, (key, _line) in enumerate(told):
                if key is not None:
                    places.setdefault(key, at)
            plain = [line for _key, line in told]
            known = self._said[language] = "\n".join(plain), plain, places
        whole, plain, places = known
        marked = [places[key] for key in chosen if key in places]
        if not marked:
            return whole
        lines = list(plain)
        for at in marked:
            lines[at] = lines[at].replace('">', '" selected>', 1)
        return "\n".join(lines)


def option_lines(choices: Iterable[Any]) -> Iterator[tuple[str | None, str]]:
    """The lines of a list of choices, none of them chosen, each with its key; no key for a group."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield None, f'<optgroup label="{escaped(value)}">'
            yield from option_lines(label)
            yield None, "</optgroup>"
            continue
        key = "" if value is None else str(value)
        yield key, f'<option value="{escaped(key)}">{shown(label)}</option>'
