"""All units of a layer begin with the same weights.

What happens
    A kernel begins as zeros, ones or another constant. Every unit of the layer then computes the same number, gets the
    same gradient and takes the same step.

Why it hurts
    Units that begin alike stay alike: a layer of 64 units is worth one. With zeros throughout, not even that one
    learns, because nothing passes from the input to the loss.

How it shows
    All columns of a trained matrix were equal before the first step, their first gradients were equal, and they are
    equal at the end.

Fix
    Draw the kernels at random: leave `kernel_initializer` at its default, or use `he_normal` or `glorot_uniform`.
    Biases may begin at zero.

Known limits
    A last layer of zeros is fine and stays unmarked: different targets tell its units apart at once. Dropout tells
    units apart, too.

References
    Goodfellow et al., Deep Learning, section 8.4; keras.io/api/layers/initializers.
"""

from __future__ import annotations

from trainwhy import beginnings
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import WeightSeen

DIAGNOSIS = Diagnosis(
    code="TW410",
    name="symmetric-initialization",
    level="error",
    why="units that begin alike get the same gradient and take the same steps, so a whole layer is worth one unit",
    help="draw kernels at random: the default `glorot_uniform`, or `he_normal` before ReLU; only biases begin at zero",
    intervention="draw_at_random",
    intervention_words="constant kernels drawn at random",
    explains=("TW401", "TW402", "TW412", "TW413", "TW422", "TW423", "TW411"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 2)).astype("float32")
y = (x[:, :1] * x[:, 1:] > 0).astype("float32")
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu", kernel_initializer="zeros"),
    keras.layers.Dense(16, activation="relu", kernel_initializer="zeros"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace("zeros", "he_normal")
MEASURE = "different units in the layers that began alike"
GATES = {"LSTM": 4, "LSTMCell": 4, "GRU": 3, "GRUCell": 3}


def match(run: Run) -> Match | None:
    """Match when a kernel's columns were equal before the first step, in its gradient, and at the end."""
    alike = [w for w in beginnings.kernels(run) if _alike(w)]
    if not alike:
        return None
    first = alike[0]
    units = first.shape[-1] or 0
    evidence = (
        Evidence("different columns of the kernel at the end", first.columns_at_end, units),
        Evidence("kernels whose units are all alike", len(alike)),
        *beginnings.course(run),
    )
    found = [beginnings.made_span(run, w.lines, w.kind, f"{w.shape[-1]} units that begin alike") for w in alike[:4]]
    owner = f"`{first.layer}`" if first.layer else f"`{first.name}`"
    return Match(f"all {units} units of {owner} begin alike and stay alike", evidence, beginnings.spans(*found))


def _alike(weight: WeightSeen) -> bool:
    most = GATES.get(weight.kind, 1)
    end, asked = weight.columns_at_end, weight.columns_of_gradient
    wide = (weight.shape[-1] or 0) > most
    return (
        wide
        and weight.columns_at_start == 1
        and end is not None
        and end <= most
        and asked is not None
        and asked <= most
    )


def measure(run: Run) -> float:
    """Count the different columns of the kernels that began with equal ones."""
    began = {
        w.name
        for w in (run.look.weights if run.look else ())
        if w.trainable and w.columns_at_start == 1 and (w.shape[-1] or 0) > 1
    }
    return float(sum(w.columns_at_end or 0 for w in (run.seen.weights if run.seen else ()) if w.name in began))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether units differ now, and whether more of the loss goes away."""
    return measure(repaired) >= measure(baseline) + 2 and beginnings.learned(repaired) > beginnings.learned(baseline)
