"""What the learning rate of a script did, and where in its files it was decided. Pure."""

from __future__ import annotations

import ast
import math

from trainwhy.results import Run, Span
from trainwhy.seen import RateSeen
from trainwhy.sources import line_span, nodes_of

STEPS = ("decay_steps", "first_decay_steps", "boundaries")  # what schedules call it


def used(run: Run) -> tuple[RateSeen, ...]:
    """Return the optimizers whose rate was read at least twice."""
    return tuple(one for one in (run.seen.rates if run.seen else ()) if len(one.trace) > 1)


def decided(run: Run, rate: RateSeen, label: str) -> tuple[Span, ...]:
    """Mark where the rate comes from: a schedule, a function of a callback, a line that sets it, the optimizer."""
    returned = _returned(run.source, rate.function_line) if not rate.schedule else None
    lines = [_argument(run.source, rate.schedule_line), returned, rate.set_line, rate.line]
    places = list(dict.fromkeys(line for line in lines if line))
    if not places:
        return ()
    spans = [line_span(run.source, places[0], label)]
    if rate.line and rate.line != places[0]:
        spans.append(line_span(run.source, rate.line, "the optimizer that uses it", primary=False))
    return tuple(span for span in spans if span is not None)


def _argument(source: str, line: int | None) -> int | None:
    """Of a schedule that is made over several lines, return the line that says after how many steps it decays."""
    calls = [n for n in nodes_of(source) if isinstance(n, ast.Call) and n.lineno <= (line or 0) <= (n.end_lineno or 0)]
    calls.sort(key=lambda node: (node.end_lineno or 0) - node.lineno)
    for keyword in calls[0].keywords if calls else ():
        if keyword.arg in STEPS:
            return keyword.value.lineno
    return line


def _returned(source: str, line: int | None) -> int | None:
    """Return the last `return` of the function that begins on a line; of a lambda the line itself."""
    if line is None:
        return None
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in nodes_of(source) if isinstance(node, kinds) and _first(node) == line]
    returns = [node.lineno for node in ast.walk(functions[0]) if isinstance(node, ast.Return)] if functions else []
    return max(returns, default=line)


def _first(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)])


CLEAR = 0.1  # of its first loss, that a training takes away which clearly learns
FLAT = 0.03  # ... and that one takes away at most which does not
STILL = 1e-3  # change of a matrix of weights, of its size, that moves no loss by itself
LEAST = 12  # steps of a training that has a course
SPIKE = 10.0  # times its first value: losses that jump like this at once say nothing about where they began


def losses(run: Run) -> list[float]:
    """Return the losses of the steps, or of the epochs where the steps' are unknown."""
    found = [step.loss for step in (run.seen.steps if run.seen else ()) if step.loss is not None]
    return found or [epoch.loss for epoch in run.epochs]


def learned(run: Run) -> float:
    """Share of its first loss that a training took away; minus infinity when it broke."""
    course = losses(run)
    if len(course) < 2:  # noqa: PLR2004 - a way needs two points
        return 0.0
    first, last = course[: max(1, len(course) // 10)], course[-max(1, len(course) // 4) :]
    began, ended = sum(first) / len(first), sum(last) / len(last)
    if max(first) > SPIKE * abs(course[0]):
        began = course[0]
    share = (began - ended) / (abs(began) + 1e-12)
    return share if math.isfinite(share) else -math.inf


def clearly(baseline: Run, other: Run) -> bool:
    """Tell whether the other training clearly learned where the first did not."""
    return learned(other) >= CLEAR and stands(baseline) and learned(other) - learned(baseline) >= CLEAR


def stands(run: Run) -> bool:
    """Tell whether a training gets nowhere.

    Where no matrix of weights changed by a thousandth, what the loss does is the difference of the batches.
    """
    return learned(run) <= FLAT or (run.steps > 0 and largest_change(run) < STILL and learned(run) > -math.inf)


def lonely(run: Run) -> RateSeen | None:
    """The one optimizer of a script that trains with a positive rate and does not learn; None for anything else."""
    found = used(run)
    course = losses(run)
    if len(found) != 1 or run.error is not None or run.steps < LEAST or len(course) < 2:  # noqa: PLR2004
        return None
    positive = all(value > 0 for _, value in found[0].trace)
    return found[0] if positive and course[0] > 0 and stands(run) else None


def largest_change(run: Run) -> float:
    """The most that a matrix of weights changed, as a share of its size; biases begin at 0 and say nothing."""
    return max((v.change for v in run.variables if v.trainable and len(v.shape) > 1), default=0.0)
