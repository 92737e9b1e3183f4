"""What watching a whole script costs a step: eager loops, `tf.function` steps and `fit`, small and large models.

Each script times its own training, after a first epoch that holds tracing, and prints the seconds; it runs watched and
unwatched in turn, each time in a process forked from the same template. What a step costs has a part that does not
grow with the model, for which every step has a small allowance: only steps of less than some milliseconds feel it.
"""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import replace
from pathlib import Path

from ratios import Ratio

HEAD = """
import time
import keras, numpy as np, tensorflow as tf
keras.utils.set_random_seed(0)
ROWS, UNITS = {rows}, {units}
x = np.random.rand(ROWS, 32).astype("float32")
y = x.sum(axis=1, keepdims=True)
model = keras.Sequential([keras.Input((32,)), keras.layers.Dense(UNITS, "relu"), keras.layers.Dense(UNITS, "relu"),
                          keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(1e-3)
data = tf.data.Dataset.from_tensor_slices((x, y)).batch({batch})
"""
LOOP = """
{decorator}
def step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss

for epoch in range(4):
    if epoch == 1:
        began = time.perf_counter()
    for a, b in data:
        step(a, b)
print("seconds", time.perf_counter() - began)
"""
FIT = """
model.compile(optimizer, "mse")
class Timer(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 1:
            self.began = time.perf_counter()
timer = Timer()
model.fit(data, epochs=4, verbose=0, callbacks=[timer])
print("seconds", time.perf_counter() - timer.began)
"""
BATCH = 64
ALLOWANCE = 0.0005  # seconds a step
SIZES = {"small": (32, BATCH * 60), "large": (1024, BATCH * 30)}
FORMS = {
    "eager": (LOOP.format(decorator=""), 1.15),
    "tf.function": (LOOP.format(decorator="@tf.function"), 1.15),
    "fit": (FIT, 1.15),
}


def measure() -> list[Ratio]:
    """Time the training of each form and size, watched and not."""
    from trainwhy.worker.process import ProcessWorker

    found = []
    with ProcessWorker() as worker:
        for size, (units, rows) in SIZES.items():
            for form, (text, limit) in FORMS.items():
                source = HEAD.format(rows=rows, units=units, batch=BATCH) + text
                slack = ALLOWANCE * 3 * rows / BATCH
                pair = _in_turn(worker, source)
                found.append(Ratio(f"watching, {form}, {size} model", *pair, limit=limit, slack=round(slack, 2)))
    return found


def _in_turn(worker: object, source: str) -> tuple[float, float]:
    pairs = [(_seconds(worker, source, observe=True), _seconds(worker, source, observe=False)) for _ in range(6)][1:]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _seconds(worker: object, source: str, *, observe: bool) -> float:
    from trainwhy import running, scripts
    from trainwhy.results import Script

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.py"
        path.write_text(source, encoding="utf-8")
        request = scripts.request_for(Script(str(path), folder), source, scripts.Limits())
        gathered = running.gather(worker, replace(request, observe=observe))  # type: ignore[arg-type]  # a worker
    return float(gathered.ended.output.split("seconds")[1].split()[0])
