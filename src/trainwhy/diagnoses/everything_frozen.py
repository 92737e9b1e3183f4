"""Every layer of the model is frozen, the new ones too.

What happens
    `trainable = False` was set on the whole model, or on all of its layers, where only a part was meant.

Why it hurts
    There is nothing left to train. `fit` runs through its epochs with a warning; a loop of one's own fails with words
    about unpacking, or `optimizer.apply` does nothing at all.

How it shows
    `trainable_variables` is empty while the model has weights, and no weight moves.

Fix
    Freeze the part that is meant: `base.trainable = False`, and leave the head open.

Known limits
    A model that has no weights at all is another matter.

References
    keras.io/guides/transfer_learning, "Freezing layers".
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import ModelSeen
from trainwhy.sources import assigned_span, call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW407",
    name="everything-frozen",
    level="error",
    why="only weights in `trainable_variables` are trained, and freezing a model freezes every layer inside it",
    help="freeze the part that is meant (`base.trainable = False`) and leave the layers to be trained open",
    intervention="nothing_frozen",
    intervention_words="nothing frozen",
    explains=("TW101", "TW102", "TW108", "TW109", "TW110", "TW401", "TW402", "TW403", "TW416", "TW418"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(120, 3)).astype("float32")
y = x.sum(axis=1, keepdims=True)
base = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, "tanh")])
model = keras.Sequential([base, keras.layers.Dense(1)])
model.trainable = False
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=3, batch_size=20, verbose=0)
"""

FIXED = BROKEN.replace("model.trainable", "base.trainable")

MEASURE = "weights that moved"
LONGEST = 80  # characters of a title


def match(run: Run) -> Match | None:
    """Match when a training had nothing to train, and all layers with weights of its model are frozen."""
    found = _fitted(run) or _asked(run)
    if found is None:
        return None
    model, line, name = found
    frozen = sum(1 for layer in model.layers if layer.parameters)
    evidence = (
        Evidence("trainable variables", 0, model.variables),
        Evidence("frozen layers with weights", frozen),
    )
    title = f"all {model.variables} variables of `{model.name}` are frozen"
    return Match(
        title if len(title) <= LONGEST else f"all {model.variables} variables of the model are frozen",
        evidence,
        _spans(run, line, name),
    )


def reach(run: Run) -> int | None:
    """Return the steps after which a replay has seen the first steps of a `fit` with nothing to train."""
    models = {model.number: model for model in run.seen.models} if run.seen else {}
    fits = [f for f in (run.seen.fits if run.seen else ()) if f.steps and not f.trainable and f.model in models]
    return next((fit.step + 2 for fit in fits if _frozen(models[fit.model])), None)


def measure(run: Run) -> float:
    """Count the weights that moved."""
    return float(sum(v.moved for v in run.variables))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether something is trained now."""
    return measure(repaired) > measure(baseline)


def _frozen(model: ModelSeen) -> bool:
    own = [layer for layer in model.layers if layer.parameters]
    return bool(own) and model.trainable == 0 and not any(layer.trainable for layer in own)


def _fitted(run: Run) -> tuple[ModelSeen, int | None, str] | None:
    """A call of `fit` with an empty list."""
    models = {model.number: model for model in run.seen.models} if run.seen else {}
    for fit in run.seen.fits if run.seen else ():
        model = models.get(fit.model)
        if model is not None and fit.steps and not fit.trainable and _frozen(model):
            return model, fit.line, fit.method
    return None


def _asked(run: Run) -> tuple[ModelSeen, int | None, str] | None:
    """A tape that was asked for the gradient of nothing."""
    empty = next((call for call in run.gradient_calls if not call.sources), None)
    frozen = [model for model in (run.seen.models if run.seen else ()) if _frozen(model)]
    if empty is None or not frozen:
        return None
    return frozen[0], empty.line, "gradient"


def _spans(run: Run, line: int | None, name: str) -> tuple[Span, ...]:
    found: list[Span | None] = []
    lines = [at for phase in (run.seen.phases if run.seen else ()) for at, _, value in phase.toggles if not value]
    if lines:
        label = "freezes the layers that were to be trained"
        found.append(assigned_span(run.source, lines[-1], label) or line_span(run.source, lines[-1], label))
    if line:
        label = "trains 0 variables"
        found.append(
            call_span(run.source, line, name, label, primary=not lines)
            or line_span(run.source, line, label, primary=not lines)
        )
    return tuple(span for span in found if span is not None)
