"""What a learner would write without trainwhy: import TensorFlow, train the same epochs, print the loss of each.

`python plain_script.py EXERCISE_FOLDER FILE [SEED]` trains FILE's entry function on the exercise's task.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def main() -> None:
    """Train and print."""
    import keras
    import tensorflow as tf

    folder, seed = Path(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 0
    task = runpy.run_path(str(folder / "task.py"))["TASK"]
    learner = runpy.run_path(sys.argv[2])
    train(keras, tf, task, learner, seed)


def train(keras, tf, task, learner, seed: int) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - TensorFlow is untyped
    """Run five epochs of the learner's step, or whatever the file is made for."""
    keras.utils.set_random_seed(seed)
    if not hasattr(task, "data"):
        if hasattr(task, "measure"):
            task.measure(seed)
        return
    data = task.data(seed)
    model = task.model() if task.model else None
    optimizer = task.optimizer() if task.optimizer else None
    known = {"model": model, "optimizer": optimizer, "loss_fn": task.loss, **task.extra}
    x, y = tf.constant(data.x), tf.constant(data.y)
    size = task.batch_size
    batches = [(x[i : i + size], y[i : i + size]) for i in range(0, len(data.x), size)]
    entry = learner.get("train_step") or learner["train"]
    code = getattr(entry, "python_function", entry).__code__
    names = code.co_varnames[: code.co_argcount]
    if model is None:
        entry(data.x, data.y)
        return
    if "data" in names:
        entry(*[known.get(name, batches) for name in names])
        return
    for epoch in range(5):
        for one, two in batches:
            loss = entry(*[{**known, "x": one, "y": two}[name] for name in names])
        print(f"epoch {epoch + 1}: loss {float(loss):.4f}", flush=True)


if __name__ == "__main__":
    main()
