"""What watching costs a step: the same training in one process, observed and not, in turn; and its memory."""

from __future__ import annotations

import os
import resource
import statistics
import tempfile

from ratios import Ratio

from trainwhy.results import Observed, Request

STEP = """
import tensorflow as tf

def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""
GRAPH = STEP.replace("def train_step", "@tf.function\ndef train_step")


def measure() -> list[Ratio]:
    """Time eager and traced steps after the first epoch, which holds tracing and the look at the first step."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.chdir(tempfile.mkdtemp())
    eager, graph = _steps(STEP, 40), _steps(GRAPH, 150)
    return [
        Ratio("observation, eager step", *eager, limit=1.15),
        Ratio("observation, tf.function step", *graph, limit=1.05),
        Ratio("observation, memory of 8 times the steps", *_memory(), limit=1.05),
    ]


def _train(source: str, epochs: int, *, observe: bool) -> list[float]:
    from trainwhy.lab import loading, training

    request = Request("train", "", practice="regression", source=source, epochs=epochs, observe=observe)
    rows: list[float] = []

    def keep(event: object) -> None:
        if isinstance(event, Observed):
            rows.extend(epoch.seconds for epoch in event.run.epochs)

    training.train(request, loading.task_of(request), keep)
    return rows


def _steps(source: str, epochs: int) -> tuple[float, float]:
    """Median seconds of an epoch, observed and not, in turn."""
    for observe in (True, False):
        _train(source, 3, observe=observe)
    watched, plain = [], []
    for _ in range(5):
        watched += _train(source, epochs, observe=True)[2:]
        plain += _train(source, epochs, observe=False)[2:]
    return statistics.median(watched), statistics.median(plain)


def _memory() -> tuple[float, float]:
    """Resident size after a long and after a short observed run (both in GiB)."""
    _train(STEP, 10, observe=True)
    short = _resident()
    _train(STEP, 80, observe=True)
    return _resident(), short


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
