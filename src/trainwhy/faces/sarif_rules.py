"""The rules of a SARIF log: the diagnoses that were found, and what else can be wrong with a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trainwhy.faces.checked import Rule
from trainwhy.faces.clean import printable
from trainwhy.faces.example import diff
from trainwhy.faces.problems import OTHERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.faces.problems import Problem


def rules_of(known: Sequence[Rule], found: Sequence[Problem]) -> list[dict[str, Any]]:
    """Describe each rule that has a result, once, in the order of their ids."""
    pages = {one.code: one for one in known}
    needed = {one.rule: one for one in reversed(found)}
    return [_descriptor(pages.get(name) or _unpaged(needed[name])) for name in sorted(needed)]


def _unpaged(problem: Problem) -> Rule:
    """Make a rule of what is known here: of a finding without a page, or of what is wrong without a diagnosis."""
    finding = problem.finding
    if finding is None:
        return Rule(problem.rule, problem.name, problem.level, OTHERS.get(problem.rule, problem.name))
    texts = (finding.why, finding.help, finding.broken, finding.fixed)
    why, advice, broken, fixed = (printable(text) for text in texts)
    return Rule(
        finding.code, finding.name, finding.level, finding.name.replace("-", " "), "", why, advice, broken, fixed
    )


def _descriptor(rule: Rule) -> dict[str, Any]:
    short = rule.title.rstrip(".") + "."
    diagnosed = rule.code not in OTHERS
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": short},
        "fullDescription": {"text": _sentence(rule.why) or short},
        "help": {"text": _help(rule), "markdown": _markdown(rule)},
        "defaultConfiguration": {"level": rule.level},
        "properties": {
            "tags": ["training", "tensorflow", "keras"] if diagnosed else ["exercise"],
            "problem.severity": rule.level,
            "precision": "high",
        },
    }


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if not whole or whole.endswith(".") else f"{whole}."


def _help(rule: Rule) -> str:
    parts = [_sentence(rule.help), rule.page, *_example(rule)]
    return "\n\n".join(part for part in parts if part) or rule.title


def _example(rule: Rule) -> list[str]:
    rows = diff(rule.broken, rule.fixed)
    return ["For example:\n\n" + "\n".join(f"    {row}" for row in rows)] if rows else []


def _markdown(rule: Rule) -> str:
    rows = diff(rule.broken, rule.fixed)
    example = ["For example:\n\n```diff\n" + "\n".join(rows) + "\n```"] if rows else []
    page = [f"The whole page: `trainwhy explain {rule.code}`."] if rule.code not in OTHERS else []
    parts = [f"**{_sentence(rule.title)}**", _sentence(rule.why), _sentence(rule.help), *example, *page]
    return "\n\n".join(part for part in parts if part)
