"""Every rule set that was ever adopted can still be read, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dabir.core.checks import register
from dabir.core.errors import Words
from dabir.core.words import number_said, say
from dabir.statutes.checking import check_text
from dabir.statutes.faults import say_cure, say_finding
from dabir.statutes.queries import rule_sets


def find_faulty_rules() -> Iterable[Words]:
    """Rule sets with a fault that this version names and an earlier one let in."""
    for one in rule_sets():
        for fault in check_text(one.text).faults:
            yield _("%(rules)s, line %(line)s: %(words)s") % {
                "rules": say(one.names),
                "line": number_said(fault.line),
                "words": f"{say_finding(fault)} {say_cure(fault)}".strip(),
            }


register("statutes.rules", gettext_lazy("Every rule set can be read"), find_faulty_rules)
