"""A training is resumed with its weights, and without its optimizer's state.

What happens
    The weights are saved and loaded; the optimizer is made anew. It begins at step 0.

Why it hurts
    Momentum and Adam's averages are empty, so the first steps are the careless ones of a beginning, and a schedule
    starts again at its first rate. The loss jumps.

How it shows
    Weights that a training of the same script had reached come back, and the optimizer that goes on with them has
    `iterations` 0.

Fix
    Save the whole model (`model.save`, `load_model`), or a `tf.train.Checkpoint(model=..., optimizer=...)`.

Known limits
    Only a training that is resumed inside one script is seen. Weights for evaluation, for another task, with other
    settings, or for an optimizer that remembers nothing are fine.

References
    keras.io/guides/serialization_and_saving; www.tensorflow.org/guide/checkpoint.
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import FitSeen, ResumeSeen
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW424",
    name="resumed-without-optimizer",
    level="error",
    why="momentum, Adam's averages and the step of a schedule live in the optimizer; saved weights hold none of them",
    help="save the whole model (`model.save`, `load_model`) or `tf.train.Checkpoint(model=..., optimizer=...)`",
    intervention="carry_optimizer_state",
    intervention_words="the optimizer's state restored with the weights",
    explains=("TW114",),
    practice="script",
)

BROKEN = """\
import keras, os, tempfile
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(120, 3)).astype("float32")
y = x.sum(axis=1, keepdims=True)
def make():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, "tanh"), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return model
path = os.path.join(tempfile.mkdtemp(), "a.weights.h5")
model = make()
model.fit(x, y, epochs=3, batch_size=20, verbose=0)
model.save_weights(path)
model = make()
model.load_weights(path)
model.fit(x, y, epochs=3, batch_size=20, verbose=0)
"""

FIXED = (
    BROKEN.replace("a.weights.h5", "a.keras")
    .replace("save_weights", "save")
    .replace("model = make()\nmodel.load_weights(path)", "model = keras.models.load_model(path)")
)

MEASURE = "`optimizer.iterations` when the training goes on"


def match(run: Run) -> Match | None:
    """Match when a new optimizer with the same settings began with weights that another had reached and kept."""
    seen = _resumed(run)
    if seen is None or seen.iterations > 0:
        return None
    evidence = (
        Evidence("`optimizer.iterations` when the training goes on", seen.iterations, seen.iterations_kept),
        Evidence("steps made with the new optimizer", seen.steps),
    )
    return Match("the training goes on with its weights and with a new optimizer", evidence, _spans(run, seen))


def reach(run: Run) -> int | None:
    """Return the steps after which a replay has seen the new optimizer begin."""
    seen = _resumed(run)
    return None if seen is None else seen.step + 2


def measure(run: Run) -> float:
    """Return where the optimizer began with the loaded weights."""
    found = [one.iterations for one in (run.seen.resumes if run.seen else ()) if one.same]
    return float(found[0]) if found else 0.0


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the optimizer goes on where the one before it stopped."""
    seen = _resumed(repaired)
    return seen is not None and seen.iterations >= seen.iterations_kept > measure(baseline)


def _resumed(run: Run) -> ResumeSeen | None:
    for seen in run.seen.resumes if run.seen else ():
        if seen.same and seen.steps and not _other_data(run, seen):
            return seen
    return None


def _other_data(run: Run, seen: ResumeSeen) -> bool:
    """Tell a training on other data from one that goes on, where both were arrays handed to `fit`."""
    fits = [fit for fit in (run.seen.fits if run.seen else ()) if fit.x is not None]
    before, after = [f for f in fits if f.step < seen.step], [f for f in fits if f.step >= seen.step]
    return bool(before and after) and not any(_same(one, after[0]) for one in before)


def _same(one: FitSeen, other: FitSeen) -> bool:
    return (
        one.x is not None
        and other.x is not None
        and _about(one.x.mean, other.x.mean)
        and one.x.shape[1:] == other.x.shape[1:]
    )


def _about(one: float | None, other: float | None) -> bool:
    return one is None or other is None or abs(one - other) <= 1e-3 * (abs(one) + abs(other)) + 1e-9


def _spans(run: Run, seen: ResumeSeen) -> tuple[Span, ...]:
    found: list[Span | None] = []
    if seen.load_line:
        label = "brings back the weights alone"
        found.append(
            call_span(run.source, seen.load_line, seen.loaded, label) or line_span(run.source, seen.load_line, label)
        )
    for line, label in ((seen.save_line, "kept here"), (seen.optimizer_line, "a new optimizer, at step 0")):
        if line and line not in (seen.load_line, *(one.line for one in found if one)):
            found.append(line_span(run.source, line, label, primary=not found))
    return tuple(span for span in found if span is not None)
