"""What models add to their loss by themselves, and whether the script asks for it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import PenaltySeen

KEYS = 200


@dataclass
class _Kept:
    """What is known while the script runs."""

    reads: int = 0
    by_hand: int = 0
    keys: dict[str, None] = field(default_factory=dict)
    targets: dict[str, None] = field(default_factory=dict)
    asked: dict[int, int] = field(default_factory=dict)
    lines: dict[int, int | None] = field(default_factory=dict)
    values: dict[int, float] = field(default_factory=dict)


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch `losses`, the regularizers, and the weights that tapes are asked for."""
    del recorder
    kept = _Kept()
    session.penalties_kept = kept  # type: ignore[attr-defined]
    original = keras.layers.Layer.losses

    def losses(layer: Any) -> Any:
        values = original.fget(layer)
        if session.running and session.recording:
            kept.reads += 1
            if session.step == 0 and len(kept.keys) < KEYS:
                kept.keys.update(dict.fromkeys(key for key in map(tensors.key, values) if key))
        return values

    def regularize(call: Callable[..., Any], regularizer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and session.recording and session.called_by_learner():
            kept.by_hand += 1
        return call(regularizer, *args, **kwargs)

    def gradient(call: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            with session.harness_in_control():
                _asked(session, kept, target, sources, session.line())
        return call(tape, target, sources, *args, **kwargs)

    session.replace(keras.layers.Layer, "losses", property(losses))
    for kind in {k for k in vars(keras.regularizers).values() if inspect.isclass(k) and "__call__" in vars(k)}:
        session.wrap(kind, "__call__", regularize)
    session.wrap(tf.GradientTape, "gradient", gradient)


def _asked(session: ScriptSession, kept: _Kept, target: Any, sources: Any, line: int | None) -> None:
    wanted = [one for one in tf.nest.flatten(sources) if tensors.is_variable(one)] if sources is not None else []
    if session.step == 0:
        kept.targets.update(dict.fromkeys(key for key in map(tensors.key, tf.nest.flatten(target)) if key))
    handles = {tensors.handle_key(one) for one in wanted}
    for number, model in enumerate(session.everything.models):
        own = [v for v in getattr(model, "trainable_variables", None) or () if tensors.handle_key(v) in handles]
        if own:
            kept.asked[number] = kept.asked.get(number, 0) + 1
            kept.lines.setdefault(number, line)
            if session.looking:
                kept.values[number] = max(kept.values.get(number, 0.0), _weights(own) + _added(model))


def _weights(variables: list[Any]) -> float:
    """The penalty on these weights."""
    found = 0.0
    for variable in variables:
        regularizer = getattr(variable, "regularizer", None)
        if regularizer is not None:
            found += abs(_number(regularizer(variable)))
    return found


def _added(model: Any) -> float:
    """What the layers handed to `add_loss` in their last call; what weighs nothing counts as nothing."""
    flatten = getattr(model, "_flatten_layers", None)
    layers = flatten() if flatten else [model]
    values = [value for layer in layers for value in getattr(layer, "_losses", None) or ()]
    return sum(abs(_number(value)) for value in values)


def _number(value: Any) -> float:
    array = None if tensors.is_symbolic(value) else tensors.array(value)
    total = 0.0 if array is None else float(np.sum(array))
    return total if np.isfinite(total) else 0.0


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Freeze what is known, one record for each model that was trained by a tape."""
    kept: _Kept = session.penalties_kept  # type: ignore[attr-defined]
    for number, asked in kept.asked.items():
        model = session.everything.models[number]
        variables = list(getattr(model, "trainable_variables", None) or ())
        regular = any(getattr(v, "regularizer", None) is not None for v in variables)
        recorder.penalties.append(
            PenaltySeen(
                model=number,
                name=str(getattr(model, "name", "")),
                asked=asked,
                line=kept.lines[number],
                value=kept.values.get(number, 0.0),
                reads=kept.reads,
                by_hand=kept.by_hand,
                keys=tuple(kept.keys),
                targets=tuple(kept.targets),
                at_end=_weights(variables) if regular else None,
            )
        )
