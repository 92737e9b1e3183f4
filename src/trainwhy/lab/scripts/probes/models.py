"""Which models there are: made where, built of which layers, and what their layers make of the first batch."""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import keras
import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.scripts.numbers import numbers
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.results import Value
from trainwhy.seen import LayerSeen, ModelSeen, Numbers

MOST = 12  # models described
LAYERS = 120
ROWS = 512  # of the first batch, looked at again when the script is over


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Register every outermost layer or model that is called, and where models are made."""
    made: weakref.WeakKeyDictionary[Any, tuple[int | None, int, int]] = weakref.WeakKeyDictionary()
    depth = [0]

    def create(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> None:
        original(layer, *args, **kwargs)
        if session.running and isinstance(layer, keras.Model):
            made[layer] = (session.line(), session.epoch, session.begun)

    def call(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        outermost = session.running and not depth[0]
        if outermost:
            register(session, recorder, layer, made)
            if session.recording and args:
                _keep_inputs(session, recorder, layer, args, kwargs)
        depth[0] += 1
        try:
            return original(layer, *args, **kwargs)
        finally:
            depth[0] -= 1

    session.wrap(keras.layers.Layer, "__init__", create)
    session.wrap(keras.layers.Layer, "__call__", call)
    recorder.facts.clear()
    session.made = made  # type: ignore[attr-defined]  # read by the probe of fits


def register(session: ScriptSession, recorder: ScriptRecorder, layer: Any, made: Any) -> int:
    """Number a model or outermost layer; a layer of a model that is known already is that model."""
    known = session.everything.models
    for number, one in enumerate(known):
        if one is layer:
            return number
    known.append(layer)
    number = len(known) - 1
    if len(recorder.models) < MOST:
        line, epoch, begun = made.get(layer, (None, None, 0))
        recorder.models.append(ModelSeen(number, str(layer.name), type(layer).__name__, line, epoch, begun))
    return number


def number_of(session: ScriptSession, model: Any) -> int | None:
    """Return the number of a registered model."""
    return next((n for n, one in enumerate(session.everything.models) if one is model), None)


def _keep_inputs(session: ScriptSession, recorder: ScriptRecorder, layer: Any, args: Any, kwargs: Any) -> None:
    """Keep the first recorded call's inputs, by reference: tensors do not change, arrays are copied."""
    number = number_of(session, layer)
    if number is None or number in recorder.batches or any(map(tensors.is_symbolic, _flat(args))):
        return
    copied = [np.array(a) if isinstance(a, np.ndarray) else a for a in args]
    recorder.batches[number] = (copied, {k: v for k, v in kwargs.items() if k != "training"})


def _flat(value: Any) -> list[Any]:
    import tensorflow as tf

    return list(tf.nest.flatten(value))


# ------------------------------------------------------------------------------------------- when it is over


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Describe each model; what its layers make of the kept batch, at the weights it has now."""
    for index, seen in enumerate(recorder.models):
        model = session.everything.models[seen.number]
        recorder.models[index] = replace(
            seen,
            compiled=bool(getattr(model, "compiled", False)),
            variables=len(_variables(model, "variables")),
            trainable=len(_variables(model, "trainable_variables")),
            parameters=sum(map(_size, _variables(model, "variables"))),
            layers=tuple(_layer(layer) for layer in flat_layers(model)[:LAYERS]),
        )
        _through(recorder, index, model)


def _variables(model: Any, which: str) -> list[Any]:
    return list(getattr(model, which, None) or ())


def _size(variable: Any) -> int:
    return math.prod(size or 0 for size in tensors.shape(variable))


def flat_layers(model: Any) -> list[Any]:
    """All layers inside a model, models inside it opened, in order; the model itself is no layer of its own."""
    flatten = getattr(model, "_flatten_layers", None)
    found = list(flatten(include_self=False)) if flatten else list(getattr(model, "layers", ()))
    return [layer for layer in found if not isinstance(layer, keras.Model)] or [model]


def _layer(layer: Any) -> LayerSeen:
    variables = _variables(layer, "variables")
    return LayerSeen(
        name=str(layer.name),
        kind=type(layer).__name__,
        trainable=bool(getattr(layer, "trainable", True)),
        parameters=sum(map(_size, variables)),
        activation=activation_name(getattr(layer, "activation", None)),
        config=_config(layer),
    )


def activation_name(function: Any) -> str:
    """Return the field's name of an activation: "relu", "softmax", "linear"; "" where there is none."""
    if function is None:
        return ""
    name = getattr(function, "__name__", None) or type(function).__name__
    return str(name).lower()


SETTINGS = (
    "units", "filters", "rate", "use_bias", "momentum", "epsilon", "axis", "l1", "l2", "kernel_size", "strides",
    "return_sequences", "input_dim", "output_dim",
)  # fmt: skip


def _config(layer: Any) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name in SETTINGS:
        value = getattr(layer, name, None)
        if isinstance(value, (bool, int, float, str)):
            found[name] = value
    return found


def _through(recorder: ScriptRecorder, index: int, model: Any) -> None:
    """Send the kept batch through the model once more, in inference mode, and note what each layer makes of it."""
    kept = recorder.batches.get(recorder.models[index].number)
    if kept is None:
        return
    args, kwargs = kept
    made: dict[int, tuple[Numbers | None, Numbers | None, float | None]] = {}
    layers = {id(layer) for layer in flat_layers(model)}
    original = keras.layers.Layer.__call__

    def call(layer: Any, *given: Any, **named: Any) -> Any:
        result = original(layer, *given, **named)
        if id(layer) in layers and id(layer) not in made:
            made[id(layer)] = (numbers(_first(given)), numbers(_first([result])), dead_share(result))
        return result

    keras.layers.Layer.__call__ = call
    try:
        first = [a[:ROWS] if hasattr(a, "shape") and len(a.shape) else a for a in args]
        outputs = model(*first, **kwargs, **({"training": False} if _takes_training(model) else {}))
    except Exception:  # a model that cannot be called again says nothing
        return
    finally:
        keras.layers.Layer.__call__ = original
    recorder.models[index] = replace(
        recorder.models[index],
        outputs_at_end=numbers(_first([outputs])),
        layers=tuple(
            replace(seen, given=made[id(layer)][0], made_at_end=made[id(layer)][1], dead=made[id(layer)][2])
            if id(layer) in made
            else seen
            for seen, layer in zip(recorder.models[index].layers, flat_layers(model)[:LAYERS], strict=True)
        ),
    )


def _takes_training(model: Any) -> bool:
    return bool(getattr(model, "_call_has_training_arg", False))


def _first(values: Any) -> Any:
    return next(iter(_flat(values)), None)


def dead_share(value: Any) -> float | None:
    """Share of units (last axis) that are exactly 0 on every row."""
    array = tensors.array(_first([value])) if hasattr(_first([value]), "numpy") else None
    if array is None or array.ndim < 2 or array.dtype.kind != "f" or not array.size:  # noqa: PLR2004 - rows and units
        return None
    return float(np.mean(np.all(array.reshape(-1, array.shape[-1]) == 0, axis=0)))
