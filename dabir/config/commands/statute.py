"""`dabir statute`: check a rule set, tell what rules there are, start from a template.

Rules in a file need no installation; without a file, those of the installation are read.
"""

from __future__ import annotations

import argparse
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dabir.config.commands.asking import Run, add_command, day
from dabir.config.commands.ready import installation, start_words
from dabir.config.commands.speech import LANGUAGES, Refused, note, tell, tell_json
from dabir.config.commands.speech import gettext as _

if TYPE_CHECKING:
    from dabir.config.commands.asking import Commands
    from dabir.statutes.reading import Rules


def add_commands(commands: Commands) -> None:
    """Rule sets."""
    statute = add_command(
        commands,
        "statute",
        _("Read, check and explain the rules of a statute."),
        example="dabir statute check rules.toml",
    )
    verbs = statute.add_subparsers(metavar=_("VERB"), required=True)
    check = _add(
        verbs,
        "check",
        _("Every fault of a rule set with its line, and a plain summary."),
        run_check,
    )
    check.add_argument("file", type=Path, help=_("a rule set, as TOML"))
    _add(verbs, "schema", _("Every rule there is, with its meaning."), run_schema)
    _add(verbs, "acts", _("The acts that the statute rules, and the rules each needs."), run_acts)
    explain = _add(
        verbs,
        "explain",
        _("Which rules an act needs, what they say, and which are unset."),
        run_explain,
    )
    explain.add_argument("file", type=Path, nargs="?", help=_("a rule set; else the one in force"))
    explain.add_argument(
        "--act", required=True, help=_("the act, such as decide or decide.general_assembly")
    )
    explain.add_argument("--on", type=day, help=_("the day (else today), as YYYY-MM-DD"))
    template = _add(
        verbs,
        "template",
        _("Write a rule set to start from; without a name, list them."),
        run_template,
    )
    template.add_argument("name", nargs="?", help=_("which one, such as uclg"))
    template.add_argument("-o", "--output", type=Path, help=_("the file to write"))


def _add(verbs: Commands, name: str, words: str, run: Run) -> argparse.ArgumentParser:
    examples = {
        "check": "dabir statute check rules.toml --json",
        "explain": "dabir statute explain rules.toml --act decide.general_assembly --on 2025-11-28",
        "template": "dabir statute template uclg -o rules.toml",
    }
    verb = add_command(
        verbs, name, words, example=examples.get(name, f"dabir statute {name}"), run=run
    )
    verb.add_argument("--json", action="store_true", help=_("answer for a machine"))
    return verb


def _text(path: Path) -> str:
    if not path.is_file():
        raise Refused(_("There is no file %(file)s.") % {"file": path})
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refused(_("%(file)s is not text in UTF-8.") % {"file": path}) from fault


def run_check(asked: argparse.Namespace) -> int:
    """Every fault in words; 1 when there is one."""
    text = _text(asked.file)
    start_words()
    from dabir.statutes.checking import check_text
    from dabir.statutes.summary import summary_lines

    checked = check_text(text)
    if asked.json:
        tell_json(
            {
                "file": str(asked.file),
                "findings": [_finding(each) for each in checked.findings],
                "unset": [_unset(checked.rules, key) for key in checked.unset],
                "summary": {each: list(summary_lines(checked.rules, each)) for each in LANGUAGES}
                if not checked.faults
                else {},
            }
        )
        return 1 if checked.faults else 0
    for finding in checked.findings:
        tell(_finding_line(asked.file, finding))
    if checked.faults:
        note(
            _("Faults: %(number)s. The rule set cannot be adopted.")
            % {"number": len(checked.faults)}
        )
        return 1
    for language in LANGUAGES:
        tell("\n" + "\n".join(summary_lines(checked.rules, language)))
    note(_("No fault. Rules unset: %(number)s.") % {"number": len(checked.unset)})
    return 0


def _finding(finding: Any) -> dict[str, Any]:
    from django.utils.translation import override

    from dabir.statutes.faults import rule_said, say_cure, say_finding

    words: dict[str, Any] = {}
    for language in LANGUAGES:
        with override(language):
            words[language] = {
                "message": say_finding(finding),
                "cure": say_cure(finding),
                "rule": rule_said(finding),
            }
    return {
        "line": finding.line,
        "key": finding.key,
        "code": finding.code,
        "kind": "fault" if finding.is_fault else "remark",
        "words": words,
    }


def _finding_line(path: Path, finding: Any) -> str:
    from dabir.statutes.faults import rule_said, say_cure, say_finding

    where = f"{path}:{finding.line}" if finding.line else str(path)
    named = f"{finding.key} ({rule_said(finding)})" if rule_said(finding) else finding.key
    kind = _("fault") if finding.is_fault else _("remark")
    parts = [where, kind, named, f"{say_finding(finding)} {say_cure(finding)}".strip()]
    return ": ".join(part for part in parts if part)


def _unset(rules: Rules, key: str) -> dict[str, Any]:
    return {"rule": key, "article": rules.article(key)}


def run_schema(asked: argparse.Namespace) -> int:
    """Every rule with type, unit, meaning and the acts that need it."""
    start_words()
    from dabir.statutes.describing import described

    rules = list(described())
    if asked.json:
        tell_json(rules)
        return 0
    for rule in rules:
        tell(f"{rule['key']}\t{rule['type']}\t{rule['name']}: {rule['meaning']}")
    return 0


def run_acts(asked: argparse.Namespace) -> int:
    """Every act with the rules it needs."""
    start_words()
    from dabir.statutes.acts import ACTS

    acts = [
        {
            "act": act.key,
            "name": str(act.names),
            "of_organs": list(act.of_organs),
            "needs": [f"ORGAN.{each}" if act.of_organs else each for each in act.needs],
        }
        for act in ACTS
    ]
    if asked.json:
        tell_json(acts)
        return 0
    for each in acts:
        tell(f"{each['act']}\t{each['name']}\t{', '.join(each['needs'])}")
    return 0


def run_explain(asked: argparse.Namespace) -> int:
    """What an act needs and which of it is unset, in a file or in the rules in force."""
    on: date = asked.on or date.today()  # noqa: DTZ011 the operator's own day
    if asked.file:
        text = _text(asked.file)
        start_words()
        return _explain(asked, _rules_of_file(asked.file, text, on), on)
    with installation():
        from dabir.statutes.queries import rules_on

        return _explain(asked, rules_on(on), on)


def _rules_of_file(path: Path, text: str, on: date) -> Rules:
    from dabir.core.errors import InvalidInput
    from dabir.statutes.reading import read_rules

    try:
        rules = read_rules(text)
    except InvalidInput as fault:
        raise Refused(
            f"{path}: {fault.message}", _("`dabir statute check` names each fault.")
        ) from fault
    since = tomllib.loads(text).get("in_force_from")
    if isinstance(since, date) and on < since:
        raise Refused(
            _("%(file)s is in force only from %(day)s.") % {"file": path, "day": since.isoformat()}
        )
    return rules


def _explain(asked: argparse.Namespace, rules: Rules, on: date) -> int:
    from dabir.statutes.acts import ACTS, act_named
    from dabir.statutes.summary import needed_for

    act = act_named(asked.act)
    if act is None:
        known = ", ".join(each.key for each in ACTS)
        raise Refused(_("There is no act “%(act)s”.") % {"act": asked.act}, known)
    organ = asked.act.partition(".")[2].replace("-", "_")
    needs = needed_for(act, rules, organ=organ)
    if asked.json:
        tell_json(
            {
                "act": act.key,
                "name": str(act.names),
                "on": on.isoformat(),
                "rules": [each.as_dict() for each in needs],
                "unset": [each.need.key for each in needs if not each.need.is_set],
            }
        )
        return 0
    tell(f"{act.names} · {on.isoformat()}")
    for each in needs:
        said = "; ".join(each.says) if each.need.is_set else _("unset: the act is refused")
        where = f" ({each.article})" if each.article else ""
        tell(f"  {each.need.key}{where}: {said}")
    if not needs:
        tell("  " + _("No organ of these rules does this."))
    return 0


def run_template(asked: argparse.Namespace) -> int:
    """Write a template to a file or to standard output; without a name, list them."""
    start_words()
    from dabir.statutes.starting import read_template, templates

    known = templates()
    if not asked.name:
        if asked.json:
            tell_json(
                [{"name": each.name, "title": each.title, "about": each.about} for each in known]
            )
            return 0
        from dabir.core.words import say

        for each in known:
            tell(f"{each.name}\t{say(each.title)}: {say(each.about)}")
        return 0
    if asked.name not in {each.name for each in known}:
        names = ", ".join(each.name for each in known)
        raise Refused(_("There is no template “%(name)s”.") % {"name": asked.name}, names)
    text = read_template(asked.name)
    if asked.json:
        tell_json({"name": asked.name, "text": text})
    elif asked.output is None:
        tell(text.rstrip("\n"))
    elif asked.output.exists():
        raise Refused(_("%(file)s is there already.") % {"file": asked.output})
    else:
        asked.output.write_text(text, encoding="utf-8")
        note(_("Written: %(file)s") % {"file": asked.output})
    return 0
