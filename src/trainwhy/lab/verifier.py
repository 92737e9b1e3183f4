"""Re-judges trained weights in a process that never imports a learner's file.

It trains the reference solution itself, from the same seed and on the same variant of the task as the learner's run.
Only when that run's processes are dead does it draw a secret seed of its own, for rows that no worker could have had,
and opens the weights. Only the numbers it computes from both decide `solved`.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import functions, training, variants
from trainwhy.lab.artifacts import BadArtifact, Expected, read_weights
from trainwhy.lab.kept_references import kept
from trainwhy.lab.task import Data, Function, Task, Training
from trainwhy.lab.waiting import LOOK, is_over
from trainwhy.results import Event, Goal, Measured, Request

Weights = list[Any]


@dataclass(frozen=True)
class Reference:
    """One seed's reference: the trained model, its weights, and the weights it began with."""

    model: Any
    trained: Weights
    untrained: Weights | None


@dataclass(frozen=True)
class Judged:
    """One seed of the learner's run, judged: its rows and weights are kept to be held against another seed's."""

    reference: Reference
    data: Data
    weights: Weights | None
    goals: tuple[Goal, ...]

    @property
    def met(self) -> bool:
        """Whether nothing is left to reach."""
        return all(goal.met for goal in self.goals)


def judge(request: Request, task: Task, emit: Callable[[Event], None]) -> None:
    """Compare what the worker left in `request.artifact` with the reference solution's, seed by seed.

    The reference is trained while the learner's worker still runs; nothing of that worker's is opened before its
    processes are dead, which the caller tells by the file `request.over`.
    """
    if isinstance(task, Function):
        functions.judge(request, task, emit)
    elif isinstance(task, Training):
        references = [_reference(replace(request, seed=seed), task) for seed in _trained_on(request, task)]
        references += [references[0]] * (len(request.seeds) - len(references))
        _wait_until_dead(Path(request.over), request.deadline)
        pairs = zip(request.seeds, references, strict=True)
        judged = [_judged(replace(request, seed=seed), task, reference) for seed, reference in pairs]
        for one in judged:
            emit(Measured(goals=(*one.goals, *_stored(task, one, judged))))


def _trained_on(request: Request, task: Training) -> tuple[int, ...]:
    """Seeds on which the goals ask for the reference's weights; otherwise its architecture is enough."""
    compared = task.progress is not None or task.same_weights is not None
    return request.seeds if compared else request.seeds[:1]


def _reference(request: Request, task: Training) -> Reference:
    """Train the solution, or take it as it was trained for another file, and note what it began and ended with."""
    model = _trained(request, task)
    return Reference(model, list(model.get_weights()), _untrained(request, task, model))


@kept
def _trained(request: Request, task: Training) -> Any:
    """Train the solution exactly as the learner's file was trained, and hand over the trained model."""
    made: list[Any] = []
    solution = Request(
        job="train",
        exercise=request.exercise,
        practice=request.practice,
        source=request.source,
        name="solution.py",
        entry=request.entry,
        seed=request.seed,
        varied=request.varied,
        epochs=request.epochs,
        observe=False,
    )
    training.train(solution, task, lambda _: None, made.append)
    return made[0]


def _untrained(request: Request, task: Training, model: Any) -> Weights | None:
    if task.model is None:
        return None
    keras.utils.set_random_seed(request.seed)
    task.data(request.seed)
    fresh = task.model()
    if not fresh.built:
        fresh.build(model.input_shape)
    return list(fresh.get_weights())


def _wait_until_dead(over: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not is_over(over) and time.monotonic() < deadline:
        time.sleep(LOOK)


def _judged(request: Request, task: Training, reference: Reference) -> Judged:
    secret = secrets.randbelow(2**31 - 1)
    data = variants.held_out(task, request.seed, secret, varied=request.varied)
    expected = [Expected(weight.path, tuple(weight.shape)) for weight in reference.model.weights]
    try:
        weights = list(read_weights(Path(request.artifact) / f"{request.seed}.npz", expected))
    except BadArtifact as bad:
        return Judged(reference, data, None, (Goal("weights", None, None, "==", met=False, words=str(bad)),))
    return Judged(reference, data, weights, _evaluated(task, reference, data, weights))


def _evaluated(task: Training, reference: Reference, data: Data, weights: Weights) -> tuple[Goal, ...]:
    try:
        return tuple(_goals(task, reference, data, weights))
    except Exception as error:  # numbers that a task's own goals cannot work with
        words = f"the trained model's predictions cannot be evaluated ({type(error).__name__})"
        return (Goal("weights", None, None, "==", met=False, words=words),)


def _stored(task: Training, one: Judged, all_: list[Judged]) -> tuple[Goal, ...]:
    """Tell weights that come out the same whatever the data: they fail here and fit another variant's rows."""
    if one.met or one.weights is None:
        return ()
    others = [other for other in all_ if other.met]
    if not any(all(g.met for g in _evaluated(task, other.reference, other.data, one.weights)) for other in others):
        return ()
    words = "the weights fit another data set than the one they were to be trained on: they were not learned from it"
    return (Goal("learned-from-data", None, None, "==", met=False, words=words),)


def _goals(task: Training, reference: Reference, data: Data, weights: Weights) -> list[Goal]:
    best, _ = _with(task, reference.model, data, reference.trained)
    start = best if reference.untrained is None else _with(task, reference.model, data, reference.untrained)[0]
    loss, predicted = _with(task, reference.model, data, weights)
    goals = []
    if task.progress is not None and reference.untrained is not None:
        goals.append(_progress(task.progress, start, best, loss))
    if task.same_weights is not None:
        goals.append(_same_weights(task.same_weights, reference.trained, weights))
    goals += list(task.goals(data.y_test, predicted)) if task.goals else []
    return goals


def _with(task: Training, model: Any, data: Data, weights: Weights) -> tuple[float, Any]:
    model.set_weights(weights)
    predicted = model(tf.constant(data.x_test), training=False)
    return float(task.loss(tf.constant(data.y_test), predicted)), np.asarray(predicted)


def _progress(share: float, start: float, best: float, loss: float) -> Goal:
    limit = start - share * (start - best)
    met = bool(loss <= limit)
    words = f"the loss on rows the model never saw is {loss:.4g}; {limit:.4g} or less was expected"
    return Goal("held-out-loss", loss, limit, "<=", met, "" if met else words)


def _same_weights(tolerance: float, reference: Weights, weights: Weights) -> Goal:
    furthest = max(float(np.max(np.abs(a - b))) if a.size else 0.0 for a, b in zip(reference, weights, strict=True))
    met = furthest <= tolerance
    words = f"after the same batches a weight differs from the reference step's by {furthest:.3g}"
    return Goal("same-weights", furthest, tolerance, "<=", met, "" if met else words)
