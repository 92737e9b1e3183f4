"""What optimizers are given: the same tensors again, one answer as it was, everything so far, or zeros."""

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

MOST = 4096  # tensors remembered
NUMBERS = 4_000_000  # of the weights of a script whose gradients are added up
SAME = 0.9999  # cosine between equal directions
OTHER = 0.999


class Sums:
    """For each variable the sum of its gradients since it was last updated, and of all there were."""

    def __init__(self) -> None:
        self.fresh: dict[str, Any] = {}
        self.total: dict[str, Any] = {}
        self.room = NUMBERS

    def add(self, name: str, values: Any) -> None:
        """Add one answer of a tape."""
        if name not in self.total:
            self.room -= values.size
        if self.room < 0:
            return
        for sums in (self.fresh, self.total):
            known = sums.get(name)
            sums[name] = values.astype(np.float64) + (0 if known is None else known)


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: C901 - one wrap after another, each a few lines
    """Watch the outermost `apply` of every optimizer."""
    sums, depth = Sums(), [0]
    before: weakref.WeakKeyDictionary[Any, set[str]] = weakref.WeakKeyDictionary()
    outputs: dict[str, int] = {}  # tensors that a traced function gave back

    def gradient(original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(tape, target, sources, *args, **kwargs)
        if session.running and session.looking:
            with session.harness_in_control():
                _add(session, sums, sources, answer)
        return answer

    def apply(original: Callable[..., Any], optimizer: Any, grads: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not depth[0]:
            variables = args[0] if args else kwargs.get("trainable_variables")
            with session.harness_in_control():
                _note_tensors(session, recorder, before.setdefault(optimizer, set()), outputs, list(grads))
            if session.looking:
                session.updated += 1
                with session.harness_in_control():
                    _compare(session, recorder, sums, list(grads), list(variables or optimizer._trainable_variables))
        if session.running and isinstance(optimizer, keras.mixed_precision.LossScaleOptimizer):
            _count(recorder, "scaled_updates")
            recorder.facts.setdefault("scaled_line", session.line())
        depth[0] += 1
        try:
            return original(optimizer, grads, *args, **kwargs)
        finally:
            depth[0] -= 1

    def scale(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and isinstance(optimizer, keras.mixed_precision.LossScaleOptimizer):
            _count(recorder, "scalings")
        return original(optimizer, *args, **kwargs)

    def call(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(function, *args, **kwargs)
        if session.running and not session.fitting and tf.executing_eagerly() and len(outputs) < MOST:
            with session.harness_in_control():
                serial = len(outputs)
                outputs.update({k: serial for k in map(tensors.key, tf.nest.flatten(result)) if k})
        return result

    session.wrap(tf.GradientTape, "gradient", gradient)
    _watch_writes(session, recorder)
    for kind in (keras.optimizers.Optimizer, keras.mixed_precision.LossScaleOptimizer):
        session.wrap(kind, "apply", apply)
        session.wrap(kind, "scale_loss", scale)
    session.wrap(type(tf.function(lambda: None)), "__call__", call)


def _watch_writes(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Count how often the script itself changes one variable that it asked a gradient for."""
    counts: dict[str, int] = {}

    def write(original: Callable[..., Any], variable: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and tf.executing_eagerly() and recorder.gradient_call_count and session.called_by_learner():
            with session.harness_in_control():
                name = session.name_of(variable)
                if name in asked_of(recorder):
                    counts[name] = counts.get(name, 0) + 1
                    recorder.facts["written"] = max(counts.values())
                    recorder.facts.setdefault("written_line", session.line())
        return original(variable, *args, **kwargs)

    for owner in {_variable_class(), keras.Variable}:
        for name in ("assign_sub", "assign_add"):
            session.wrap(owner, name, write)


def asked_of(recorder: ScriptRecorder) -> set[str]:
    """Return the variables that the recorded questions were about."""
    return {source.name for call in recorder.gradient_calls for source in call.sources if source.kind == "variable"}


def _count(recorder: ScriptRecorder, name: str) -> None:
    recorder.facts[name] = int(recorder.facts.get(name) or 0) + 1


def _add(session: ScriptSession, sums: Sums, sources: Any, answer: Any) -> None:
    for source, given in zip(tf.nest.flatten(sources), tf.nest.flatten(answer), strict=True):
        values = tensors.array(given) if tensors.is_variable(source) else None
        if values is not None:
            sums.add(session.name_of(source), values)


def _note_tensors(
    session: ScriptSession, recorder: ScriptRecorder, before: set[str], outputs: dict[str, int], grads: list[Any]
) -> None:
    """Count updates in plain Python whose tensors were all given before, or are one answer as it came."""
    keys = {k for k in map(tensors.key, grads) if k}
    if not keys or any(map(tensors.is_symbolic, grads)):
        return
    _count(recorder, "handed")
    if keys <= before:
        _count(recorder, "handed_again")
        recorder.facts.setdefault("handed_line", session.line())
    calls = {recorder.origins.get(k, (None, None))[0] for k in keys}
    traced = {outputs.get(k) for k in keys}
    if (len(calls) == 1 and None not in calls) or (len(traced) == 1 and None not in traced):
        _count(recorder, "handed_directly")
    if len(before) < MOST:
        before |= keys


def _compare(
    session: ScriptSession, recorder: ScriptRecorder, sums: Sums, grads: list[Any], variables: list[Any]
) -> None:
    """Hold what is applied against the gradients since the last update, and against all there were."""
    given, fresh, total = [], [], []
    for gradient, variable in zip(grads, variables, strict=False):
        name = session.name_of(variable)
        values = tensors.array(tensors.raw_variable(gradient) if tensors.is_variable(gradient) else gradient)
        if values is not None and name in sums.fresh and values.shape == sums.fresh[name].shape:
            given.append(values.astype(np.float64).ravel())
            fresh.append(sums.fresh.pop(name).ravel())
            total.append(sums.total[name].ravel())
    if not given:
        return
    applied, new, all_of_them = map(np.concatenate, (given, fresh, total))
    lengths = [float(np.linalg.norm(one)) for one in (applied, new, all_of_them)]
    facts = recorder.facts
    _count(recorder, "compared")
    facts.setdefault("compared_line", session.line())
    if not all(map(np.isfinite, lengths)) or not lengths[1]:
        return
    if not lengths[0]:
        _count(recorder, "applied_zero")
        facts["zero_from"] = lengths[1]
        return
    with_all, with_new = tensors.cosine(applied, all_of_them) or 0.0, tensors.cosine(applied, new) or 0.0
    if with_all > SAME and with_new < OTHER:
        _count(recorder, "applied_everything")
        facts["everything_ratio"] = lengths[2] / lengths[1]


def _variable_class() -> type:
    """The class of TensorFlow's variables; a release that keeps it elsewhere shows it by making one."""
    try:
        from tensorflow.python.ops.resource_variable_ops import ResourceVariable
    except ImportError:
        return type(tf.Variable(0.0))
    found: type = ResourceVariable
    return found
