"""The model is evaluated as if it were being trained.

What happens
    The forward pass of a validation, a test or a prediction is called with `training=True`. Dropout drops units, noise
    is added, and batch normalization uses the batch at hand, and changes its stored statistics with it.

Why it hurts
    The number is worse than the model, differs from call to call, and with batch normalization the answer for one row
    depends on the other rows. The test rows leave their traces in the moving statistics.

How it shows
    Outside of every tape, a trained model's layers with two modes ran in training mode.

Fix
    Write `model(x, training=False)`, or leave the flag away, wherever nothing is trained. `evaluate` and `predict` do.

Known limits
    Averages over dropout masks (the same rows several times between two steps) are on purpose. Calls inside the loop of
    the training steps, in programs that train several models, and those with images as outputs may be, so they
    are left alone; and so is a call whose result nobody uses, which only refreshes statistics.

References
    keras.io/getting_started/faq, "What's the difference between the training argument in call() and the trainable
    attribute?"; www.tensorflow.org/guide/keras/making_new_layers_and_models_via_subclassing.
"""

from __future__ import annotations

import ast

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import TrainingCall
from trainwhy.sources import line_span, name_span, nodes_of

DIAGNOSIS = Diagnosis(
    code="TW124",
    name="training-flag-at-evaluation",
    level="error",
    why="in training mode dropout and noise change each answer, and batch normalization uses the other test rows",
    help="pass `training=False`, or leave the flag away, where the model is only evaluated",
    intervention="inference_at_evaluation",
    intervention_words="`training=False` passed where no tape records",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

x = np.random.default_rng(0).normal(size=(200, 4)).astype("float32")
y = (x[:, :1] > 0).astype("float32")
model = keras.Sequential([
    keras.Input((4,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dropout(0.5),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
model.fit(x[:160], y[:160], epochs=4, verbose=0)
answers = model(x[160:], training=True)
print(np.mean((np.array(answers) > 0.5) == y[160:]))
"""

FIXED = BROKEN.replace("training=True", "training=False")

MEASURE = "calls in training mode outside the tape"
PICTURE = 4  # rank of outputs that are images
SMALLEST = 1e-6  # share of the outputs' size by which two calls have to differ


def match(run: Run) -> Match | None:
    """Match when a trained model was evaluated in training mode."""
    calls = run.seen.training_calls if run.seen is not None else ()
    guilty = [one for one in calls if _evaluates(run, one)]
    if not guilty:
        return None
    one = guilty[0]
    kinds = " and ".join(f"`{kind}`" for kind in sorted(one.kinds)[:2])
    return Match(
        title=f"{kinds} ran in training mode at evaluation",
        evidence=(
            Evidence("calls outside the tape with `training=True`", one.calls, 0),
            *_difference(one),
        ),
        spans=_spans(run, one),
    )


def reach(run: Run) -> int | None:
    """Return the steps after which a replay has seen the first of these evaluations."""
    calls = run.seen.training_calls if run.seen is not None else ()
    return min((one.step + 1 for one in calls if _evaluates(run, one)), default=None)


def measure(run: Run) -> float:
    """Return how many calls outside a tape ran in training mode."""
    return float(sum(one.calls for one in (run.seen.training_calls if run.seen is not None else ())))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether no evaluation ran in training mode any more."""
    return measure(baseline) > 0 == measure(repaired) and repaired.error is None


def _evaluates(run: Run, one: TrainingCall) -> bool:
    if one.repeated or (
        one.difference is not None and one.difference <= SMALLEST * (one.size or 1.0) and not _batch(one)
    ):
        return False
    if one.evaluating:
        return True
    return one.alone and not one.in_training_loop and one.rank < PICTURE and not _unused(run.source, one.line)


def _batch(one: TrainingCall) -> bool:
    return any("BatchNormalization" in kind for kind in one.kinds)


def _difference(one: TrainingCall) -> tuple[Evidence, ...]:
    if not one.difference:
        return ()
    return (Evidence("mean difference between two such calls on the same rows", one.difference, 0),)


def _unused(source: str, line: int | None) -> bool:
    """Tell a call that stands alone as a statement: it was made for what it leaves in the layers."""
    nodes = nodes_of(source)
    calls = [n.value for n in nodes if isinstance(n, ast.Expr) and isinstance(n.value, ast.Call) and n.lineno == line]
    return any(not _handed_on(call) for call in calls)


def _handed_on(statement: ast.Call) -> bool:
    """Tell whether a call in training mode is an argument of another one, as in `answers.append(model(...))`.

    What is only printed shows what training mode does.
    """
    if isinstance(statement.func, ast.Name) and statement.func.id == "print":
        return False
    given = [*statement.args, *(keyword.value for keyword in statement.keywords)]
    calls = [node for one in given for node in ast.walk(one) if isinstance(node, ast.Call)]
    return any(keyword.arg == "training" for call in calls for keyword in call.keywords)


def _spans(run: Run, one: TrainingCall) -> tuple[Span, ...]:
    if one.line is None:
        return ()
    label = "this evaluation runs in training mode"
    found = name_span(run.source, one.line, "training=True", label) or line_span(run.source, one.line, label)
    return () if found is None else (found,)
