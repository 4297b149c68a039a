"""State as a table: which verb leads from which states to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dabir.core.errors import IllegalStep, Words


@dataclass(frozen=True)
class Transition:
    """A verb, the states it starts from and the state it leads to."""

    verb: str
    sources: tuple[str, ...]
    target: str


class Machine:
    """The transition table of one kind of record, asked by service, button and permission alike."""

    def __init__(self, labels: Mapping[str, Words], *transitions: Transition) -> None:
        self.labels = labels
        self.transitions = {transition.verb: transition for transition in transitions}

    def allows(self, verb: str, state: str) -> bool:
        """Whether `verb` is possible from `state`."""
        return state in self.transitions[verb].sources

    def target(self, verb: str, state: str) -> str:
        """The state that `verb` leads to; raises IllegalStep from any other state."""
        if not self.allows(verb, state):
            raise IllegalStep(
                _("This step is not possible while the state is “%(state)s”.")
                % {"state": self.labels[state]},
                cure=_("It is possible from: %(states)s.")
                % {
                    "states": "، ".join(str(self.labels[s]) for s in self.transitions[verb].sources)
                },
            )
        return self.transitions[verb].target

    def verbs_from(self, state: str) -> list[str]:
        """The verbs possible from `state`, in the order of the table."""
        return [verb for verb in self.transitions if self.allows(verb, state)]

    def final_states(self) -> set[str]:
        """States without a way out."""
        return {s for s in self.labels if not self.verbs_from(s)}
