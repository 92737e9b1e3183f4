"""Repairs of what a tape did not see work in traced steps too; eager ones are the contract of every diagnosis."""

from __future__ import annotations

import pytest

from trainwhy import catalogue, running
from trainwhy.results import Request, Run
from trainwhy.worker.process import ProcessWorker

TRACED = ("TW101", "TW102", "TW103", "TW105", "TW106", "TW107", "TW133", "TW135")
WAYS_OUT = {
    "numpy": "loss = tf.reduce_mean((y - p.numpy()) ** 2)",
    "numpy on both sides": "loss = np.mean((y.numpy() - p.numpy()) ** 2)",
    "methods": "loss = tf.constant(((y.numpy() - p.numpy()) ** 2).mean())",
    "array": "loss = tf.convert_to_tensor(np.mean((np.array(y) - np.asarray(p)) ** 2), dtype=tf.float32)",
    "predict": "p = model.predict(x, verbose=0)\n        loss = tf.reduce_mean(tf.square(y - p))",
}
STEP = """\
import numpy as np
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        p = model(x, training=True)
        {loss}
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""


def repaired(worker: ProcessWorker, code: str, source: str) -> Run:
    known = catalogue.find(code)
    assert known is not None
    request = Request(
        job="train",
        exercise="",
        practice=known.diagnosis.practice,
        source=source,
        name="example.py",
        epochs=2,
        intervention=known.diagnosis.intervention,
    )
    run = running.gather(worker, request).run
    assert run is not None
    return run


@pytest.mark.tf
@pytest.mark.parametrize("code", TRACED)
def test_a_traced_step_trains_once_it_is_repaired(worker: ProcessWorker, code: str) -> None:
    known = catalogue.find(code)
    assert known is not None
    run = repaired(worker, code, known.broken.replace("def train_step", "@tf.function\ndef train_step"))
    assert run.error is None
    assert run.start_loss is not None
    assert run.epochs[-1].loss < 0.9 * run.start_loss
    assert known.match(run) is None


@pytest.mark.tf
@pytest.mark.parametrize("loss", WAYS_OUT.values(), ids=WAYS_OUT)
def test_every_way_out_of_tensorflow_can_be_closed(worker: ProcessWorker, loss: str) -> None:
    run = repaired(worker, "TW104", STEP.format(loss=loss))
    assert run.error is None
    assert run.start_loss is not None
    assert run.epochs[-1].loss < 0.5 * run.start_loss
