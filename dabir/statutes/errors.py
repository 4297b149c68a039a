"""Refusals of the statute."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from dabir.core.errors import InvalidInput
from dabir.core.words import number_said
from dabir.statutes.checking import Finding
from dabir.statutes.faults import say_cure, say_finding


class RulesFaulty(InvalidInput):
    """A rule set has faults; `findings` holds each of them with its line."""

    code = "rules_faulty"
    cure = _("Correct the file; `dabir statute check` names each line.")

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        told = [
            _("line %(line)s: %(words)s")
            % {"line": number_said(f.line), "words": f"{say_finding(f)} {say_cure(f)}".strip()}
            for f in self.findings[:5]
        ]
        super().__init__(" ".join(map(str, told)), fields={"text": told})
