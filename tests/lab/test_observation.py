"""Observation changes nothing: with and without it, losses and weights are equal to the last bit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trainwhy import running
from trainwhy.results import Request, Run
from trainwhy.worker.process import ProcessWorker

pytestmark = pytest.mark.tf

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
LOOP = """
import keras, tensorflow as tf

def train(model, optimizer, data):
    loss_fn = keras.losses.MeanSquaredError()
    for epoch in range(3):
        for x, y in data:
            with tf.GradientTape(persistent=True) as tape:
                loss = loss_fn(y, model(x, training=True))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply(gradients, model.trainable_variables)
"""
BY_HAND = STEP.replace(
    "optimizer.apply_gradients(zip(gradients, model.trainable_variables))",
    "[v.assign_sub(0.05 * g) for v, g in zip(model.trainable_variables, gradients)]",
)
CLASSES = STEP.replace(
    "tf.reduce_mean(tf.square(model(x, training=True) - y))",
    "tf.reduce_mean(tf.keras.losses.sparse_categorical_crossentropy(y, model(x, training=True), from_logits=True))",
)


def run(worker: ProcessWorker, request: Request) -> tuple[Run, dict[str, bytes]]:
    Path(request.artifact).mkdir()
    gathered = running.gather(worker, request)
    assert gathered.run is not None, gathered.ended
    assert gathered.run.error is None
    with np.load(Path(request.artifact) / f"{request.seed}.npz") as arrays:
        return gathered.run, {name: arrays[name].tobytes() for name in arrays.files}


@pytest.mark.parametrize(
    ("source", "practice"),
    [
        (STEP, "regression"),
        (GRAPH, "regression"),
        (STEP, "modes"),
        (GRAPH, "modes"),
        (LOOP, "modes"),
        (BY_HAND, "twins"),
        (STEP, "unbuilt"),
        (CLASSES, "classification"),
    ],
)
def test_training_is_bit_identical(source: str, practice: str, worker: ProcessWorker, tmp_path: Path) -> None:
    plain = Request(
        job="train",
        exercise="",
        practice=practice,
        source=source,
        observe=False,
        epochs=3,
        artifact=str(tmp_path / "plain"),
    )
    watched = replace(plain, observe=True, artifact=str(tmp_path / "watched"))
    (without, weights), (observed, watched_weights) = run(worker, plain), run(worker, watched)
    assert [(e.loss, e.reported, e.metrics) for e in observed.epochs] == [
        (e.loss, e.reported, e.metrics) for e in without.epochs
    ]
    assert watched_weights == weights


@pytest.mark.parametrize("source", [STEP, GRAPH], ids=["eager", "graph"])
def test_both_kinds_of_steps_show_the_same_evidence(source: str, worker: ProcessWorker) -> None:
    request = Request(job="train", exercise="", practice="regression", source=source)
    seen = running.gather(worker, request).run
    assert seen is not None
    names = {v.name for v in seen.variables if v.trainable}
    assert {v.name for v in seen.variables if v.moved} == names
    assert seen.steps == seen.update_count == 40
    call, update = seen.gradient_calls[0], seen.updates[0]
    assert {s.name for s in call.sources} == names == set(call.watched)
    assert all(g.present for g in call.gradients)
    assert {(p.variable, p.gradient_of) for p in update.pairs} == {(n, n) for n in names}
    offset = 1 if source is GRAPH else 0
    assert (call.line, update.line) == (7 + offset, 8 + offset)
    reads = {op.variable for op in seen.ops if op.type == "ReadVariableOp" and op.recording}
    assert names <= reads
    assert {op.line for op in seen.ops if op.type == "Square"} == {6 + offset}
    assert seen.check is not None
    assert seen.check.norm_ratio == pytest.approx(1.0, abs=1e-3)
    assert all(v.update_cosine == pytest.approx(1.0, abs=1e-3) for v in seen.variables)
    if source is STEP:
        assert all(e.gradient is not None and e.gradient > 0 for e in seen.epochs)
        assert seen.unobserved == ()
    else:  # what cannot be observed is said
        assert all(e.gradient is None for e in seen.epochs)
        assert len(seen.unobserved) == 1


def test_memory_of_the_evidence_does_not_grow_with_steps(worker: ProcessWorker) -> None:
    short, long = (
        running.gather(worker, Request(job="train", exercise="", practice="regression", source=STEP, epochs=n)).run
        for n in (1, 12)
    )
    assert short is not None
    assert long is not None
    assert len(long.gradient_calls) <= 6
    assert len(long.updates) <= 6
    assert len(long.ops) == len(short.ops)
