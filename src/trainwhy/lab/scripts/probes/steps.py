"""The loss, the gradient's length and the learning rate of every step."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import StepSeen

MOST = 20_000  # steps kept


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Note what each tape is asked about; inside a traced function, write it down at the end of the function."""
    cells = Cells(session)
    current: list[Any] = [None, None, None]  # loss, rate, line of the step that is on

    def gradient(original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(tape, target, sources, *args, **kwargs)
        if session.running:
            with session.harness_in_control():
                _loose_variables(session, sources)
                current[0] = _value(session, cells, target)
                current[2] = current[2] or session.line()
        return answer

    def apply(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and tf.executing_eagerly():
            current[1] = _rate(optimizer)
        return original(optimizer, *args, **kwargs)

    def close() -> None:
        left = cells.read()  # taken in any case: the next step has its own
        loss = left if current[0] is None else current[0]
        if len(recorder.steps) < MOST:
            norm = float(np.sqrt(np.sum(np.square(recorder.norms)))) if recorder.norms else None
            recorder.steps.append(StepSeen(session.step, session.epoch, loss, norm, current[1], current[2]))
        recorder.norms.clear()
        current[0] = current[1] = None

    session.wrap(tf.GradientTape, "gradient", gradient)

    def batch_ended(original: Callable[..., Any], callbacks: Any, batch: Any, logs: Any = None) -> Any:
        result = original(callbacks, batch, logs)
        if session.running and current[0] is None:
            with session.harness_in_control():
                current[0] = _number((logs or {}).get("loss"))
        return result

    session.wrap(keras.optimizers.Optimizer, "apply", apply)
    session.wrap(keras.callbacks.CallbackList, "on_train_batch_end", batch_ended)
    session.after_step.append(close)
    cells.watch()
    _watch_traces(session)


class Cells:
    """One variable for each traced function that trains: there it leaves its loss.

    They are made before the function is traced, because a traced function may make variables only once.
    """

    def __init__(self, session: ScriptSession) -> None:
        self.session = session
        self.of: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()
        self.on: list[Any] = []
        self.written: Any = None  # the cell of the last function that left a loss
        self.used: weakref.WeakSet[Any] = weakref.WeakSet()

    def watch(self) -> None:
        """Make a cell whenever a function is about to be called for the first time."""

        def call(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
            if not self.session.running or self.session.looking:
                return original(function, *args, **kwargs)
            if tf.executing_eagerly() and function not in self.of:
                self.of[function] = tf.Variable(float("nan"), dtype=tf.float32, trainable=False)
            self.on.append(function)
            try:
                return original(function, *args, **kwargs)
            finally:
                self.on.pop()
                if function in self.used:
                    self.written = self.of[function]

        self.session.wrap(type(tf.function(lambda: None)), "__call__", call)

    def write_at_the_end(self, target: Any) -> None:
        """Put the loss into the cell as the very last thing the function does: nothing before it changes."""
        function = next((f for f in self.on if f in self.of), None)
        if function is None or not target.dtype.is_floating or tf.distribute.has_strategy():
            return
        cell, graph = self.of[function], target.graph
        self.used.add(function)

        def write() -> None:
            cell.assign(tf.cast(target if not target.shape.rank else tf.reduce_mean(target), tf.float32))

        self.session.after_trace.setdefault(id(graph), []).append(write)

    def read(self) -> float | None:
        """Take what the last function left."""
        cell, self.written = self.written, None
        return None if cell is None else _number(cell)


def _loose_variables(session: ScriptSession, sources: Any) -> None:
    """Variables that are asked for, and belong to no model, belong to the script itself."""
    loose = session.everything.loose
    owned: set[Any] = set()
    for source in tf.nest.flatten(sources) if sources is not None else ():
        if tensors.is_variable(source) and id(source) not in loose:
            owned = owned or {
                tensors.handle_key(v) for m in session.everything.models for v in getattr(m, "variables", ())
            }
            if tensors.handle_key(source) not in owned:
                loose[id(source)] = source


def _value(session: ScriptSession, cells: Cells, target: Any) -> float | None:
    if not isinstance(target, tf.Tensor):
        return None
    if not tensors.is_symbolic(target):
        return _number(target)
    if not session.fitting or session.called_by_learner():  # of a `train_step`, whose logs need not hold a loss
        cells.write_at_the_end(target)
    return None


def _watch_traces(session: ScriptSession) -> None:
    """Run what waits for the end of a traced function. One private name; without it, losses in graphs stay unseen."""
    try:
        from tensorflow.python.framework import func_graph
    except ImportError:
        return

    def build(
        original: Callable[..., Any], name: Any, python_func: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> Any:
        def traced(*given: Any, **named: Any) -> Any:
            result = python_func(*given, **named)
            waiting = session.after_trace.pop(id(tf.compat.v1.get_default_graph()), ())
            for write in waiting:
                write()
            return result

        return original(name, traced if session.running else python_func, *args, **kwargs)

    if hasattr(func_graph, "func_graph_from_py_func"):
        session.wrap(func_graph, "func_graph_from_py_func", build)


def _number(value: Any) -> float | None:
    try:
        return float(np.mean(tensors.array(value)))  # type: ignore[arg-type]  # None raises TypeError
    except (TypeError, ValueError, AttributeError, NotImplementedError):
        return None


def _rate(optimizer: Any) -> float | None:
    try:
        return float(tensors.array(optimizer.learning_rate))  # type: ignore[arg-type]  # None raises TypeError
    except (TypeError, ValueError, AttributeError, NotImplementedError):
        return None
