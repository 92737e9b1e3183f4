"""Question files: literals read from the syntax tree, never executed, and judged against a live measurement."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from dataclasses import replace

from trainwhy import __version__, running
from trainwhy.course import Exercise
from trainwhy.results import Answer, Failure, Report, Request, Versions
from trainwhy.running import Listener
from trainwhy.worker import Worker

OPEN = ("'?'", "None", "'____'")  # what a starter writes where an answer belongs


def check(exercise: Exercise, source: str, worker: Worker, *, path: str, listen: Listener) -> Report:
    """Judge the answers of a question file; unanswered questions are not measured, so nothing is given away."""
    report = Report(path, exercise.id, "finished", "unsolved", 0.0, versions=Versions(__version__))
    try:
        given = literals(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return _raised(report, error)
    open_ = [q.name for q in exercise.questions if given.get(q.name, "'?'") in OPEN]
    if open_:
        return _unanswered(report, exercise, open_)
    gathered = running.gather(worker, _request(exercise, source, given), listen)
    if gathered.measured is None or gathered.ended.outcome != "finished":
        return _with_end(report, gathered)
    answers = gathered.measured.answers
    solved = all(answer.right for answer in answers)
    return _with_end(report, gathered, answers=answers, solved=solved)


def literals(source: str) -> dict[str, str]:
    """Map each name that is assigned a literal at the left margin to that literal's Python text."""
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an odd escape in the learner's file is not our message
        body = ast.parse(source).body
    for node in body:
        value = getattr(node, "value", None)
        for target in _targets(node):
            if isinstance(target, ast.Name) and value is not None:
                found[target.id] = _text(value)
    return found


def _targets(node: ast.stmt) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign) else []


def _text(value: ast.expr) -> str:
    try:
        return repr(ast.literal_eval(value))
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return "None"


def blanks(source: str) -> tuple[int, ...]:
    """Lines that still hold a blank `____`, comments and strings aside."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError, IndentationError):
        return ()
    names = [token for token in tokens if token.type == tokenize.NAME]
    return tuple(name.start[0] for name in names if name.string.startswith("___") and not name.string.strip("_"))


def _request(exercise: Exercise, source: str, given: dict[str, str]) -> Request:
    return Request(
        job="experiment",
        exercise=str(exercise.folder),
        source=source,
        seed=exercise.seeds[0],
        answers=given,
        deadline=exercise.deadline,
    )


def _raised(report: Report, error: BaseException) -> Report:
    line = error.lineno if isinstance(error, SyntaxError) else None
    column = error.offset if isinstance(error, SyntaxError) else None
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    failure = Failure(type(error).__name__, message, line, column, hint="the file has to stay valid Python")
    return replace(report, outcome="raised", verdict=None, error=failure)


def _unanswered(report: Report, exercise: Exercise, names: list[str]) -> Report:
    words = "no answer yet for " + ", ".join(f"`{name}`" for name in names)
    failure = Failure("Unanswered", words, hint="write your answers in the file; then the experiment runs")
    answers = tuple(
        Answer(q.name, q.text, "", right=False, expected="", reason="") for q in exercise.questions if q.name in names
    )
    return replace(report, error=failure, answers=answers)


def _with_end(
    report: Report, gathered: running.Gathered, answers: tuple[Answer, ...] = (), *, solved: bool = False
) -> Report:
    started = gathered.started
    versions = Versions(__version__, started.tensorflow, started.keras, started.python) if started else report.versions
    finished = gathered.ended.outcome == "finished"
    return replace(
        report,
        outcome=gathered.ended.outcome,
        verdict=("solved" if solved else "unsolved") if finished else None,
        error=gathered.ended.failure,
        answers=answers,
        tables=gathered.measured.tables if gathered.measured else (),
        notes=gathered.ended.notes,
        versions=versions,
        sandbox=started.sandbox if started else report.sandbox,
    )
