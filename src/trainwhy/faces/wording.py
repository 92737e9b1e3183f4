"""Sentences that more than one face says the same way; no layout, no colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeGuard

from trainwhy.narrative import count, number, plural, short_loss, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.results import Answer, Evidence, Failure, Finding, Goal, Outcome, Proof, Report, Value

CONFIDENCE = {1: "guessing", 2: "fairly sure", 3: "certain"}
FLAKY = "flaky: solved on some seeds and not on others"
OPEN = "the files could read and change whatever their user can"
NOT_YOURS = "trainwhy could not finish; this is not a fault in your code"
_ENDS: dict[Outcome, str] = {
    "raised": "the program stopped with an exception",
    "timed_out": "the program was stopped because it ran past its time",
    "out_of_memory": "the program was stopped because it asked for too much memory",
    "crashed": "the process ended without a word",
    "flooded": "the program was stopped because it printed without end",
    "no_evidence": "the program ended before it could be watched",
    "bad_file": "the file cannot be read as a program",
    "internal": NOT_YOURS,
}


LONG = 10.0  # seconds from which tenths say nothing
PRINTED = (20, 10)  # lines of the learner's own output: the first and the last that are shown


def slashes(path: str) -> str:
    """Write a path the same way on every system."""
    return path.replace("\\", "/")


def beside(path: str, other: str) -> str:
    """Name another file of a script as its own file was named; "" is that file itself."""
    folder, _, _ = slashes(path).rpartition("/")
    return (f"{folder}/{other}" if folder else other) if other else path


def ending(outcome: Outcome) -> str:
    """Say how a program ended that did not finish."""
    return _ENDS.get(outcome, "the program did not finish")


def failure_words(outcome: Outcome, error: Failure) -> tuple[str, str]:
    """Say what a failure is: its kind and its message; our own faults are named as ours."""
    message = error.message.strip()
    if outcome == "internal":
        said = f": {error.type}: {message}" if message and message != NOT_YOURS else ""
        return "trainwhy", NOT_YOURS + said
    return error.type, message or ending(outcome)


def evidence_words(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Write each number with the limit it was held against."""
    return tuple(f"{one.name}: {_held(one)}" for one in evidence)


def _held(one: Evidence) -> str:
    """Write a count as part of what it was held against, anything else with what was expected."""
    if one.limit is None:
        return value(one.value)
    if _is_count(one.value) and _is_count(one.limit) and one.value <= one.limit:
        return f"{value(one.value)} of {value(one.limit)}"
    return f"{value(one.value)} (expected {value(one.limit)})"


def _is_count(x: Value) -> TypeGuard[int]:
    return isinstance(x, int) and not isinstance(x, bool) and x >= 0


def proof_words(proof: Proof) -> tuple[str, ...]:
    """Write what the repaired, the unchanged and the placebo run did, or why there is no proof."""
    if proof.status == "not_run":
        return (f"not run: {proof.reason}",) if proof.reason else ()
    said = [] if proof.status == "proven" else ["likely, not proven" + (f": {proof.reason}" if proof.reason else "")]
    said += _trial(f"the same run with {proof.intervention}", proof, proof.repaired)
    if proof.status != "proven":
        said += _trial("the same run unchanged", proof, proof.baseline)
    placebo = f"placebo ({proof.placebo_name})" if proof.placebo_name else "placebo"
    return (*said, *_trial(placebo, proof, proof.placebo))


def _trial(name: str, proof: Proof, ends: Sequence[float]) -> list[str]:
    """Write first and last value of one kind of run: that of the first seed when all agree, else that of each."""
    if not ends:
        return []
    measured = "" if proof.measure == "loss" else f"{proof.measure} "
    # A loss is followed through its run; any other number is held against the unchanged run's.
    starts = proof.start if proof.measure == "loss" else proof.baseline if ends is not proof.baseline else ()
    starts = starts if len(starts) == len(ends) else ()
    lasts = [short_loss(one) for one in ends]
    pairs = [f"{short_loss(first)} → {last}" for first, last in zip(starts, lasts, strict=True)] if starts else lasts
    if proof.status == "proven":
        seeds = f"{len(ends)} of {plural(len(ends), 'seed')}"
        return [f"{name}: {measured}{pairs[0]}, {seeds}"]
    each = " (one per seed)" if len(pairs) > 1 else ""
    return [f"{name}: {measured}{', '.join(pairs)}{each}"]


def explain(finding: Finding) -> str:
    """Name the page of a diagnosis."""
    return f"trainwhy explain {finding.code}"


def goal_words(goal: Goal) -> str:
    """Write a goal with its number, its limit and whether it is met."""
    measured = "no number" if goal.value is None else short_loss(goal.value)
    bound = {">=": "at least ", "<=": "at most ", "==": "exactly ", "in": ""}[goal.comparison]
    limit = "" if goal.limit is None else f" (needs {bound}{short_loss(goal.limit)})"
    said = f"{'met' if goal.met else 'not met'}: {goal.name.replace('-', ' ')} {measured}{limit}"
    return said if goal.met or not goal.words else f"{said}. {sentence(goal.words)}"


def wrong_answers(report: Report) -> list[str]:
    """Say of each answer that was given and is not right that it is not, and why; one that is missing is an error."""
    return [
        f"`{one.name}` is not right" + (f": {one.reason}" if one.reason else "")
        for one in report.answers
        if one.given and not one.right
    ]


def answer_words(answer: Answer, *, reveal: bool) -> tuple[str, ...]:
    """Say what was answered, why that is right or wrong, and what is right once that may be known."""
    blank = answer.given in ("", "None")
    said = "no answer yet" if blank else f"your answer `{answer.given}` is {'right' if answer.right else 'not right'}"
    known = f"right is `{answer.expected}`" if reveal and not answer.right and answer.expected else ""
    return tuple(row for row in (said, answer.reason, known) if row)


def open_goals(report: Report) -> tuple[Goal, ...]:
    """Give the goals worth showing: an unmet one is a consequence where a cause or an exception is named already."""
    return () if report.error is not None or names_cause(report) else report.goals


def names_cause(report: Report) -> bool:
    """Tell whether a finding says what is wrong: what follows from it is then said in one line, or not at all."""
    return any(one.level == "error" for one in report.findings)


def sentence(text: str) -> str:
    """Make words a sentence."""
    return stopped(text[:1].upper() + text[1:])


def stopped(text: str) -> str:
    """End words with a full stop."""
    return text if text.endswith((".", "?", ":")) else f"{text}."


def predicted_words(words: str, confidence: int, *, right: bool) -> str:
    """Say how a prediction turned out."""
    sure = CONFIDENCE.get(confidence)
    verdict = "right." if right else "not what happened."
    return f'You predicted "{words}"' + (f", {sure}: {verdict}" if sure else f": {verdict}")


def more_words(dropped: int) -> str:
    """Say how much of the output was not kept."""
    return f"{plural(dropped, 'more byte')} not kept" if dropped else ""


def sandbox_of(reports: Sequence[Report]) -> str:
    """Give the weakest sandbox that any file ran in; "" where nothing was run."""
    return weakest([one.sandbox for one in reports if one.versions.tensorflow or one.sandbox != "none"])


def weakest(sandboxes: Sequence[str]) -> str:
    """Give a sandbox that does not keep files from harm, if there is one among these."""
    return next((name for name in sandboxes if "landlock" not in name), next(iter(sandboxes), ""))


def sandbox_words(reports: Sequence[Report]) -> str:
    """Name the sandbox in which files ran; where one was missing or half there, say what follows."""
    return sandbox_named(sandbox_of(reports))


def sandbox_named(name: str) -> str:
    """Say the same of a sandbox by its name; where nothing was run, nothing follows."""
    if not name:
        return "none, nothing was run"
    said = name.replace("+", " + ")
    return said if "landlock" in name else f"{said}; {OPEN}"


def neither(report: Report) -> str:
    """Say why a file is neither solved nor failed."""
    return "not started" if report.verdict == "not_started" else FLAKY


def confinement(report: Report) -> str:
    """Say the same of one run; nothing where nothing ran, or where a script ran as its user wanted it to."""
    wanted = report.exercise is not None or report.sandbox != "none"
    return sandbox_words([report]) if sandbox_of([report]) and wanted else ""


def seconds(taken: float) -> str:
    """Give a time in seconds, without tenths where they say nothing."""
    if not math.isfinite(taken):  # what a report says that somebody else wrote
        return number(taken)
    return f"{taken:.1f}" if taken < LONG else count(round(taken))


def seeds_words(seeds: int) -> str:
    """Say on how many seeds it was judged."""
    return f"judged on {plural(seeds, 'fresh seed')}" if seeds else ""
