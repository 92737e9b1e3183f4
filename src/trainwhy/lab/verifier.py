"""Re-judges trained weights in a process that never imports a learner's file.

It trains the reference solution itself, from the same seed and on the same data as the learner's run, then evaluates
both on rows the worker never had. Only its numbers decide `solved`.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import training
from trainwhy.lab.kept_references import kept
from trainwhy.lab.task import Data, Task, Training
from trainwhy.results import Event, Goal, Measured, Request

READY = "ready"
BIGGEST = 8 << 20  # bytes of an artifact


class BadArtifact(Exception):
    """The weights the worker left cannot be used; says what was found and what was expected."""


def judge(request: Request, task: Task, emit: Callable[[Event], None]) -> None:
    """Compare the weights in `request.artifact` with the reference solution's, seed by seed.

    The reference is trained while the learner's worker still runs; the weights are opened only once that worker's
    processes are dead, which the caller tells by the file `ready`.
    """
    if not isinstance(task, Training):  # only a training has weights to judge
        return
    model: Any = None
    for seed in request.seeds:
        one = replace(request, seed=seed)
        if model is None or _is_compared(task):
            model = _reference(one, task)
        emit(_judge(one, task, model))


def _is_compared(task: Training) -> bool:
    """Whether the goals ask for the reference's weights; otherwise its architecture is enough."""
    return task.progress is not None or task.same_weights is not None


def _judge(request: Request, task: Training, model: Any) -> Measured:
    data = task.data(request.seed)
    untrained = _untrained(request, task, model)
    _wait_until_dead(Path(request.artifact), request.deadline)
    try:
        weights = read_weights(Path(request.artifact) / f"{request.seed}.npz", model)
    except BadArtifact as bad:
        return Measured(goals=(Goal("weights", None, None, "==", met=False, words=str(bad)),))
    return Measured(goals=tuple(_goals(task, model, data, untrained, weights)))


def _wait_until_dead(folder: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not (folder / READY).exists() and time.monotonic() < deadline:
        time.sleep(0.005)


@kept
def _reference(request: Request, task: Training) -> Any:
    """Train the solution exactly as the learner's file was trained, and hand over the trained model."""
    kept: list[Any] = []
    solution = Request(
        job="train",
        exercise=request.exercise,
        practice=request.practice,
        source=request.source,
        name="solution.py",
        entry=request.entry,
        seed=request.seed,
        epochs=request.epochs,
        observe=False,
    )
    training.train(solution, task, lambda _: None, kept.append)
    return kept[0]


def _untrained(request: Request, task: Training, model: Any) -> list[Any] | None:
    if task.model is None:
        return None
    keras.utils.set_random_seed(request.seed)
    task.data(request.seed)
    fresh = task.model()
    if not fresh.built:
        fresh.build(model.input_shape)
    return list(fresh.get_weights())


def read_weights(path: Path, model: Any) -> list[Any]:
    """Read `w0 … wn` for this architecture; raise BadArtifact for anything that is not exactly that."""
    expected = [tuple(w.shape) for w in model.get_weights()]
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > BIGGEST:
            raise BadArtifact("the run left no weights that can be judged")
        with np.load(path, allow_pickle=False) as archive:
            found = {name: archive[name] for name in archive.files}
    except (OSError, ValueError, zipfile.BadZipFile, EOFError, KeyError, MemoryError) as error:
        raise BadArtifact(f"the weights cannot be read: {type(error).__name__}") from error
    weights = [found.get(f"w{i}") for i in range(len(expected))]
    shapes = [None if w is None else tuple(w.shape) for w in weights]
    if shapes != expected or len(found) != len(expected):
        raise BadArtifact(f"the model has weights of shapes {shapes}; expected {expected}")
    for index, values in enumerate(weights):
        if values is None or values.dtype != np.float32:
            raise BadArtifact(f"weight {index} is {getattr(values, 'dtype', None)}; expected float32")
        if not np.isfinite(values).all():
            raise BadArtifact(f"weight {index} of shape {values.shape} holds NaN or infinity")
    return weights


def _goals(task: Training, model: Any, data: Data, untrained: list[Any] | None, weights: list[Any]) -> list[Goal]:
    reference = list(model.get_weights())
    best, _ = _evaluate(task, model, data)
    start = best if untrained is None else _with(task, model, data, untrained)[0]
    loss, predicted = _with(task, model, data, weights)
    goals = []
    if task.progress is not None and untrained is not None:
        goals.append(_progress(task.progress, start, best, loss))
    if task.same_weights is not None:
        goals.append(_same_weights(task.same_weights, reference, weights))
    goals += list(task.goals(data.y_test, predicted)) if task.goals else []
    return goals


def _with(task: Training, model: Any, data: Data, weights: list[Any]) -> tuple[float, Any]:
    model.set_weights(weights)
    return _evaluate(task, model, data)


def _evaluate(task: Training, model: Any, data: Data) -> tuple[float, Any]:
    predicted = model(tf.constant(data.x_test), training=False)
    return float(task.loss(tf.constant(data.y_test), predicted)), np.asarray(predicted)


def _progress(share: float, start: float, best: float, loss: float) -> Goal:
    limit = start - share * (start - best)
    met = bool(loss <= limit)
    words = f"the loss on rows the model never saw is {loss:.4g}; {limit:.4g} or less was expected"
    return Goal("held-out-loss", loss, limit, "<=", met, "" if met else words)


def _same_weights(tolerance: float, reference: list[Any], weights: list[Any]) -> Goal:
    furthest = max(float(np.max(np.abs(a - b))) if a.size else 0.0 for a, b in zip(reference, weights, strict=True))
    met = furthest <= tolerance
    words = f"after the same batches a weight differs from the reference step's by {furthest:.3g}"
    return Goal("same-weights", furthest, tolerance, "<=", met, "" if met else words)
