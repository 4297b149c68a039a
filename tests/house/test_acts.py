"""Every act that the code can enter in the trail is told in words."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

import dabir
from dabir.accounts.receivers import ACTS as ACTS_OF_THE_DOOR
from dabir.decisions.states import COMMITMENTS, FORCE_STEPS, REPORTS
from dabir.documents.importing import SUBJECTS
from dabir.editorial.receivers import FILE_ACTS, PAGE_ACTS
from dabir.intake.states import VERBS as VERBS_OF_A_REVIEW
from dabir.meetings.states import MEETINGS
from dabir.membership.states import MEMBERS
from dabir.membership.states import VERBS as VERBS_OF_A_MEMBERSHIP
from dabir.messaging.states import INCOMING, LETTERS
from dabir.office.acts import act_said
from dabir.readers.states import ENQUIRIES, ISSUES

pytestmark = pytest.mark.pure
ROOT = Path(dabir.__file__).parent


def _each(pattern: str, words: Iterable[str]) -> list[str]:
    return [pattern % word for word in words]


REVIEW = _each("intake.%s", VERBS_OF_A_REVIEW)
# What the names within the code of an act stand for.
STANDS_FOR: dict[str, list[str]] = {
    "decisions.{act}": _each("decisions.%s", ("publish_edition", "take_edition_down")),
    "decisions.{verb}_commitment": _each("decisions.%s_commitment", COMMITMENTS.transitions),
    "decisions.{verb}_decision": _each("decisions.%s_decision", FORCE_STEPS.transitions),
    "decisions.{verb}_report": _each("decisions.%s_report", REPORTS.transitions),
    "documents.{act}": ["documents.publish_text", "documents.take_text_down"],
    "intake.{act}": _each("intake.%s", ("receive_text", "refuse_text", "keep_reading")),
    "intake.{step.verb}": REVIEW,
    "intake.{verb}": REVIEW,
    "meetings.{verb}_meeting": _each("meetings.%s_meeting", MEETINGS.transitions),
    "membership.{act.verb}_member": _each(
        "membership.%s_member", {*VERBS_OF_A_MEMBERSHIP, *MEMBERS.transitions}
    ),
    "messaging.{verb}_incoming": _each("messaging.%s_incoming", INCOMING.transitions),
    "messaging.{verb}_letter": _each("messaging.%s_letter", LETTERS.transitions),
    "organs.{kind}_function": _each("organs.%s_function", ("entrust", "relieve")),
    "readers.{verb}_enquiry": _each("readers.%s_enquiry", ENQUIRIES.transitions),
    "readers.{verb}_issue": _each("readers.%s_issue", ISSUES.transitions),
    "{SUBJECTS[run.subject].app}.{act}": [
        f"{app}.{act}"
        for app in sorted({subject.app for subject in SUBJECTS.values()})
        for act in ("try_import", "drop_import", "confirm_import")
    ],
}
# Modules that hand on an act they were given; the caller writes it as `act="…"`.
HANDED_ON = {"core/stepping.py", "core/trail.py", "decisions/services/terms.py"}


def _first(call: ast.Call) -> ast.expr | None:
    named = [word.value for word in call.keywords if word.arg == "act"]
    return call.args[0] if call.args else next(iter(named), None)


def _enters(call: ast.Call, code: str) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    of_the_trail = name == "Act" and "core.trail import" in code and "record_acts" in code
    return name == "record_act" or of_the_trail


def _given(module: str, said: ast.expr | None) -> Iterator[str]:
    """The acts that one expression can name."""
    if isinstance(said, ast.Constant):
        yield str(said.value)
    elif isinstance(said, ast.IfExp):
        yield from _given(module, said.body)
        yield from _given(module, said.orelse)
    elif isinstance(said, ast.JoinedStr):
        pattern = ast.unparse(said)[2:-1]
        assert pattern in STANDS_FOR, f"{module}: what does {pattern} stand for?"
        yield from STANDS_FOR[pattern]
    elif module == "accounts/receivers.py":
        yield from (act for _signal, act in ACTS_OF_THE_DOOR)
    elif module == "editorial/receivers.py":
        yield from {**PAGE_ACTS, **FILE_ACTS}.values()
    else:
        assert module in HANDED_ON, f"{module}: which act is {ast.dump(said) if said else None}?"


def _unless_told(function: ast.FunctionDef) -> Iterator[str]:
    """The act that a function enters unless its caller says another."""
    for argument, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
        if argument.arg == "act" and isinstance(default, ast.Constant):
            yield str(default.value)


@cache
def acts_in_the_code() -> frozenset[str]:
    """Every act that any app can enter."""
    found: set[str] = set()
    for path in sorted(ROOT.rglob("*.py")):
        code, module = path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))
        if "record_act" not in code and "act=" not in code:
            continue
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.FunctionDef):
                found |= set(_unless_told(node))
            if not isinstance(node, ast.Call):
                continue
            if _enters(node, code):
                found |= set(_given(module, _first(node)))
            for word in node.keywords:
                if word.arg == "act" and isinstance(word.value, ast.Constant | ast.JoinedStr):
                    found |= set(_given(module, word.value))
    return frozenset(found)


def test_every_act_of_the_code_has_words() -> None:
    acts = acts_in_the_code()
    assert len(acts) > 150
    assert sorted(act for act in acts if not act_said(act)) == []
