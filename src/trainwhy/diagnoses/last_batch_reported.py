"""The number that is reported for an epoch is that of its last batch.

What happens
    The loop over the batches assigns its loss to one name, again and again. Behind the loop that name holds what the
    last batch gave, and this is printed or kept as the epoch's loss.

Why it hurts
    One batch is a small sample, often a smaller one than the others. The curve jumps, two runs cannot be compared, and
    an improvement can be luck.

How it shows
    In every epoch, of all the losses that its steps gave, the script reads the last alone, behind the loop.

Fix
    Add up: a `keras.metrics.Mean` that is updated in every step and reset in every epoch, or a list and its mean.

Known limits
    A look at the last loss now and then is common and harmless, so this is a warning. What `train_on_batch` returns is
    a plain number that cannot be followed. Losses inside `fit` are averaged by Keras.

References
    keras.io/api/metrics, "Mean"; www.tensorflow.org/guide/keras/writing_a_training_loop_from_scratch.
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW122",
    name="last-batch-reported",
    level="warning",
    why="behind the loop over the batches the name holds what the last of them gave, and nothing of the others",
    help="update a `keras.metrics.Mean` in every step and reset it in every epoch, or keep a list and take its mean",
    practice="script",
)
UNREPAIRED = "the script itself reports this number, and no metric of Keras holds the others"

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
x = np.random.rand(160, 4).astype("float32")
y = x.sum(axis=1, keepdims=True)
model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.01)
for epoch in range(4):
    for i in range(0, 160, 32):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y[i : i + 32] - model(x[i : i + 32], training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    print(epoch, float(loss))
"""

FIXED = BROKEN.replace("    for i in", "    losses = []\n    for i in").replace(
    "    print(epoch, float(loss))", "        losses.append(float(loss))\n    print(epoch, np.mean(losses))"
)

FEWEST = 2  # epochs in which it has to happen


def match(run: Run) -> Match | None:
    """Match when every epoch of several batches reads its last loss, behind the loop, and no other."""
    facts = run.seen.facts if run.seen else {}
    alone, epochs = facts.get("epochs that read the last batch alone"), facts.get("epochs of several batches")
    if not isinstance(alone, int) or not isinstance(epochs, int) or alone < FEWEST or alone < epochs:
        return None
    line = facts.get("line that reads the last batch")
    span = line_span(run.source, line, "the last batch's loss, not the epoch's") if isinstance(line, int) else None
    return Match(
        title="the number reported for an epoch is that of its last batch",
        evidence=(Evidence("epochs whose last batch alone was read", alone, epochs),),
        spans=() if span is None else (span,),
    )
