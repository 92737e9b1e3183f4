"""Dropout or a normalisation stands behind the output layer.

What happens
    The last layer of the model is a `Dropout`, a noise layer or a `BatchNormalization`, so what the loss sees is no
    longer what the output layer said.

Why it hurts
    Dropout sets predictions to 0 and scales the rest up: a probability of 0 where the label is 1 costs the largest loss
    there is, and a regression is pulled away from its targets. Normalised outputs have the batch's mean, not the row's.

How it shows
    The tensor that the loss compares with the targets was made by such a layer.

Fix
    Move the layer before the output layer.

Known limits
    Embeddings that end in a normalisation, for a loss that compares them with each other, are left alone.

References
    keras.io/api/layers/regularization_layers/dropout.
"""

from __future__ import annotations

from trainwhy import beginnings
from trainwhy.heads import FOLLOWS
from trainwhy.results import Diagnosis, Evidence, Level, Match, Run
from trainwhy.seen import LayerSeen

DIAGNOSIS = Diagnosis(
    code="TW222",
    name="noise-after-head",
    level="error",
    why="what stands behind the output layer changes the predictions themselves, and the loss punishes the noise",
    help="move the dropout or normalisation before the output layer, between the hidden layers",
    intervention="quiet_output",
    intervention_words="the last layer's noise left out",
    explains=(*FOLLOWS, "TW201", "TW206", "TW212"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 5)).astype("float32")
y = x[:, :3].argmax(axis=1)
model = keras.Sequential([
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
    keras.layers.Dropout(0.4),
])
model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
model.fit(x, y, epochs=6, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace(
    '    keras.layers.Dense(3, activation="softmax"),\n    keras.layers.Dropout(0.4),\n',
    '    keras.layers.Dropout(0.4),\n    keras.layers.Dense(3, activation="softmax"),\n',
)
NOISE = ("Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise", "SpatialDropout1D", "SpatialDropout2D")
LOWER = 0.8  # of the unchanged run's loss
COMPARING = ("cosine_similarity", "custom", "kl_divergence")


def match(run: Run) -> Match | None:
    """Match when the loss is given what such a layer made."""
    found = _last(run)
    if found is None:
        return None
    rate = found.config.get("rate")
    evidence = (
        Evidence("share of the outputs that is changed at random", rate if isinstance(rate, float) else 1, 0),
        *beginnings.course(run),
    )
    span = beginnings.made_span(run, found.lines, found.kind, "comes after the output layer")
    title = f"`{found.kind}` changes the predictions after the output layer"
    # A normalisation there may be meant; noise never is.
    level: Level | None = None if found.kind in NOISE else "warning"
    return Match(title, evidence, beginnings.spans(span), level)


def _last(run: Run) -> LayerSeen | None:
    calls = [c for c in beginnings.losses(run) if c.kind not in COMPARING]
    supervised = {c.pred_key for c in calls if c.pred_key}
    way = {key for op in beginnings.way_to_loss(run) for key in op.inputs}
    outputs = {m.made_key for m in (run.look.models if run.look else ()) if len(m.layers) > 1 and m.made_key in way}
    for layer in beginnings.layers(run):
        noisy = layer.kind in NOISE and bool(layer.config.get("rate", 1))
        if layer.made_key is None:
            continue
        if layer.made_key in supervised and (noisy or layer.kind == "BatchNormalization"):
            return layer
        # A loss of one's own: a whole model's result, and nothing with weights behind it.
        if noisy and layer.made_key in outputs and not beginnings.losses(run) and _ends(run, layer.made_key):
            return layer
    return None


def _ends(run: Run, key: str) -> bool:
    """Tell whether no kernel comes between this tensor and the loss."""
    known = {key}
    for op in beginnings.way_to_loss(run):
        if known.intersection(op.inputs):
            if op.type in beginnings.KERNELS:
                return False
            known.update(op.outputs)
    return True


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the loss is far lower without the noise."""
    before, after = beginnings.tail(baseline), beginnings.tail(repaired)
    return before is not None and after is not None and after < LOWER * before
