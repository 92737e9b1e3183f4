"""Which of an epoch's losses the script reads behind the loop over the batches: all, or the last alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.probes.leaves import eager_classes
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession

WAYS = ("numpy", "__float__", "__array__", "__format__", "__str__")
MOST = 4000  # results of steps that are remembered


class _Reads:
    """Results of the steps of this epoch, and what was read of them inside and behind the loop over the batches."""

    def __init__(self) -> None:
        self.results: dict[str, int] = {}  # tensor -> step
        self.deep = 0  # loops around a step
        self.inside: set[int] = set()  # steps read while the loop was on
        self.behind: set[int] = set()
        self.epochs = 0  # in which the last step alone was read
        self.line: int | None = None
        self.seen = 0  # epochs with several steps

    def close(self, steps: set[int]) -> None:
        """An epoch is over."""
        if len(steps) > 1:
            self.seen += 1
            if self.behind == {max(steps)} and not self.inside:
                self.epochs += 1
        self.results.clear()
        self.inside.clear()
        self.behind.clear()


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: ARG001, C901 - one wrap after another, each a few lines
    """Follow what the tape is asked about, and what traced functions return, until it is read."""
    if session.looking:
        return
    reads = _Reads()
    session.last_reads = reads  # type: ignore[attr-defined]

    def result(value: Any) -> None:
        if isinstance(value, tf.Tensor) and not tensors.is_symbolic(value) and len(reads.results) < MOST:
            name = tensors.key(value)
            if name and value.dtype.is_floating and not value.shape.rank:
                reads.results[name] = session.begun
                reads.deep = max(reads.deep, len(session.turns()))

    def gradient(original: Callable[..., Any], tape: Any, target: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not session.fitting:
            with session.harness_in_control():
                result(target)
        return original(tape, target, *args, **kwargs)

    def call(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        value = original(function, *args, **kwargs)
        if session.running and not session.fitting and tf.executing_eagerly():
            with session.harness_in_control():
                for one in tf.nest.flatten(value):
                    result(one)
        return value

    def read(original: Callable[..., Any], tensor: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and reads.results and session.called_by_learner():
            step = reads.results.get(tensors.key(tensor) or "")
            if step is not None:
                with session.harness_in_control():
                    _note(session, reads, step)
        return original(tensor, *args, **kwargs)

    session.wrap(tf.GradientTape, "gradient", gradient)
    session.wrap(type(tf.function(lambda: None)), "__call__", call)
    for how in WAYS:
        owner = next((kind for kind in eager_classes() if how in vars(kind)), None)
        if owner is not None:
            session.wrap(owner, how, read)
    session.epoch_ended.append(lambda _: reads.close(set(reads.results.values())))


def _note(session: ScriptSession, reads: _Reads, step: int) -> None:
    if len(session.turns()) < reads.deep:
        reads.behind.add(step)
        reads.line = reads.line or session.line()
    else:
        reads.inside.add(step)


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Say in how many epochs the last batch alone was read."""
    reads = getattr(session, "last_reads", None)
    if reads is not None and reads.epochs:
        recorder.facts["epochs that read the last batch alone"] = reads.epochs
        recorder.facts["epochs of several batches"] = reads.seen
        recorder.facts["line that reads the last batch"] = reads.line
