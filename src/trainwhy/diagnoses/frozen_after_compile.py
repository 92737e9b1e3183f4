"""`trainable` is changed between two trainings, and the model is not compiled again.

What happens
    Keras builds the training step once, at the first `fit` after `compile`, for the weights that stand open then. A
    later `layer.trainable = ...` changes the layer and not that step.

Why it hurts
    Frozen weights go on moving, thawed ones stay where they are, and nothing says so.

How it shows
    Weights that are not in `trainable_variables` moved, or ones that were added to it did not.

Fix
    Call `model.compile(...)` again after `trainable` changed, before the next `fit`.

Known limits
    A change before the first `fit` needs no second `compile`. A network whose `trainable` changes at every step is left
    alone.

References
    keras.io/guides/transfer_learning, "Important notes about compile() and trainable".
"""

from __future__ import annotations

import math

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import PhaseSeen
from trainwhy.sources import assigned_span, call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW406",
    name="frozen-after-compile",
    level="error",
    why="Keras builds its training step once for the weights that are open then; a later change of `trainable` does "
    "not reach it",
    help="call `model.compile(...)` again after `trainable` changed and before the next `fit`",
    intervention="compile_after_freezing",
    intervention_words="another `compile` after `trainable` changed",
    explains=("TW402", "TW416"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(120, 3)).astype("float32")
y = x.sum(axis=1, keepdims=True)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, "tanh"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=2, batch_size=20, verbose=0)
model.layers[0].trainable = False
model.fit(x, y, epochs=2, batch_size=20, verbose=0)
"""

FIXED = BROKEN.replace("trainable = False\n", 'trainable = False\nmodel.compile(keras.optimizers.Adam(0.01), "mse")\n')

MEASURE = "weights that do the opposite of `trainable`"
STEPS = 2  # of a phase, at least


def match(run: Run) -> Match | None:
    """Match when weights moved that were frozen since, or stood that were opened since."""
    for phase in run.seen.phases[1:] if run.seen else ():
        moving, standing = _moving(phase), _standing(phase)
        if phase.steps < STEPS or not (moving or standing):
            continue
        what = "frozen and go on moving" if moving else "made trainable and stay where they are"
        count = len(moving or standing)
        title = f"{count} weight{'s' if count > 1 else ''} {'are' if count > 1 else 'is'} {what}"
        if count == 1:
            title = title.replace("go on", "goes on").replace("stay where they are", "stays where it is")
        named = f"frozen weights that moved in {phase.steps} steps" if moving else "opened weights that moved"
        evidence = Evidence(named, count if moving else 0, 0 if moving else count)
        return Match(title, (evidence,), _spans(run, phase, frozen=bool(moving)))
    return None


def reach(run: Run) -> int | None:
    """Return the steps after which a replay has seen the first weights that do the opposite."""
    phases = run.seen.phases[1:] if run.seen else ()
    return next((phase.step + STEPS + 1 for phase in phases if _moving(phase) or _standing(phase)), None)


def measure(run: Run) -> float:
    """Count the weights that do the opposite of what `trainable` says."""
    phases = run.seen.phases if run.seen else ()
    return float(sum(len(_moving(p)) + len(_standing(p)) for p in phases[1:])) if phases else math.nan


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the weights follow `trainable` in a training that got as far."""
    same = len(repaired.seen.phases) >= len(baseline.seen.phases) if repaired.seen and baseline.seen else False
    return same and measure(baseline) > 0 == measure(repaired)


def _moving(phase: PhaseSeen) -> list[str]:
    return [name for name in phase.frozen if name in phase.moved] if phase.steps >= STEPS else []


def _standing(phase: PhaseSeen) -> list[str]:
    """Opened weights, when none of them moved while others did, or all that there are stand."""
    if phase.steps < STEPS or any(name in phase.moved for name in phase.opened):
        return []
    return list(phase.opened) if phase.moved or phase.open == phase.opened else []


def _spans(run: Run, phase: PhaseSeen, *, frozen: bool) -> tuple[Span, ...]:
    found: list[Span | None] = []
    lines = [line for line, _, value in phase.toggles if value is not frozen]
    label = "does not reach the training step"
    if lines:
        found.append(assigned_span(run.source, lines[-1], label) or line_span(run.source, lines[-1], label))
    if phase.line:
        there = "trains on as it was compiled before"
        named = [
            call_span(run.source, phase.line, name, there, primary=not lines) for name in ("fit", "train_on_batch")
        ]
        found += [span for span in named if span is not None][:1]
    return tuple(span for span in found if span is not None)
