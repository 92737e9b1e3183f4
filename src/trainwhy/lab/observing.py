"""From an open session to a frozen `Run`: install probes, measure epochs, gather what was recorded."""

from __future__ import annotations

import importlib
import time
from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.lab import probes
from trainwhy.lab.probes import weights
from trainwhy.lab.recorder import Recorder
from trainwhy.lab.session import Session
from trainwhy.lab.task import Data
from trainwhy.results import Epoch, Optimizer, Run
from trainwhy.results import Mode as LayerMode


def install(session: Session, recorder: Recorder) -> None:
    """Install the request's intervention, then every probe."""
    if session.request.intervention:
        module = importlib.import_module(f"trainwhy.lab.interventions.{session.request.intervention}")
        module.install(session)
    if session.request.observe:
        for probe in probes.modules():
            probe.install(session, recorder)


class EpochMeter:
    """Measures the model at the end of every epoch, in inference mode, on the rows it is trained on."""

    def __init__(self, session: Session, recorder: Recorder, data: Data) -> None:
        self.session = session
        self.recorder = recorder
        self.x, self.y = tf.constant(data.x), tf.constant(data.y)
        self.labels = data.y
        self.begin(session.model)

    def begin(self, model: Any) -> None:
        """Take the model as it is before training: given by the task, or first seen when it is fitted."""
        self.began = time.perf_counter()
        self.before = weights.snapshot(model)
        self.start_loss = self._measure()[0]

    def end_epoch(self) -> Epoch:
        """Take one row of the table and begin the next."""
        loss, metrics = self._measure()
        after = weights.snapshot(self.session.model)
        names = weights.trainable_names(self.session.model)
        self.session.epoch += 1
        now = time.perf_counter()
        row = Epoch(
            epoch=self.session.epoch,
            loss=float("nan") if loss is None else loss,
            metrics=metrics,
            weights_moved=weights.moved(self.before, after, names),
            variables=len(names),
            gradient=self._gradient(),
            reported=float(np.mean(self.recorder.reported)) if self.recorder.reported else None,
            seconds=now - self.began,
        )
        self.before, self.began = after, now
        self.recorder.norms.clear()
        self.recorder.reported.clear()
        self.recorder.epochs.append(row)
        return row

    def _gradient(self) -> float | None:
        norms = self.recorder.norms
        return float(np.sqrt(np.mean(np.square(norms)))) if norms else None

    def _measure(self) -> tuple[float | None, dict[str, float]]:
        model = self.session.model
        if model is None or not getattr(model, "built", False):
            return None, {}
        with self.session.harness_in_control():
            predicted = model(self.x, training=False)
            loss = float(self.session.task.loss(self.y, predicted))
            values = np.asarray(predicted)
        return loss, {name: float(metric(self.labels, values)) for name, metric in self.session.task.metrics.items()}


def finish(session: Session, recorder: Recorder, *, loop: str, batches: int, start_loss: float | None) -> Run:
    """Close the session and freeze what was recorded."""
    recorder.last = weights.snapshot(session.model)
    session.close()
    if session.request.observe:
        for stage in ("before_finish", "finish"):
            for probe in probes.modules():
                getattr(probe, stage, _nothing)(session, recorder)
    return Run(
        seed=session.request.seed,
        source=session.request.source,
        error=recorder.error,
        start_loss=start_loss,
        epochs=tuple(recorder.epochs),
        steps=session.step,
        batch_size=session.task.batch_size,
        batches_per_epoch=batches,
        loop=loop,  # type: ignore[arg-type]  # one of the Literals
        variables=tuple(recorder.variables),
        optimizers=_optimizers(recorder),
        modes=tuple(LayerMode(name, *seen) for name, seen in recorder.modes.items()),
        gradient_calls=tuple(recorder.gradient_calls),
        gradient_call_count=_gradient_calls(session, recorder),
        updates=tuple(recorder.updates),
        update_count=recorder.update_count,
        repeated_updates=recorder.repeated_updates,
        dropped_gradients=_dropped(recorder),
        calls=tuple(recorder.calls),
        ops=tuple(recorder.ops),
        leaves=tuple(recorder.leaves),
        inputs_changed=tuple(sorted(recorder.inputs_changed)),
        built_at_start=start_loss is not None,
        check=recorder.check,
        returned=recorder.returned,
        unobserved=_unobserved(recorder),
    )


def _optimizers(recorder: Recorder) -> tuple[Optimizer, ...]:
    return tuple(recorder.optimizers[number] for number in sorted(recorder.optimizers))


def _gradient_calls(session: Session, recorder: Recorder) -> int:
    """A traced call runs at every step, though it was seen once."""
    if recorder.traced_calls and recorder.gradient_call_count == recorder.traced_calls:
        return max(session.step, recorder.gradient_call_count)
    return recorder.gradient_call_count


def _dropped(recorder: Recorder) -> int:
    if recorder.traced_calls or not recorder.update_count:
        return 0
    return max(recorder.gradient_call_count - len(recorder.used_calls), 0)


def _unobserved(recorder: Recorder) -> tuple[str, ...]:
    inside = ("the size of the gradients, which `tf.function` keeps inside its graph",) if recorder.traced_calls else ()
    return (*recorder.unobserved, *inside)


def _nothing(*_: Any) -> None:
    pass
