"""Where layers and variables were made, how they began, what the first step asked of them, and which units are dead."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any

import keras
import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.scripts.numbers import numbers
from trainwhy.lab.scripts.probes import models
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import LayerSeen, Numbers, WeightSeen

DEPTH = 6  # user lines kept
MOST = 400  # variables described
LARGEST = 2_000_000  # elements of a variable whose columns are compared
ALIKE = 1e-4  # of the largest value: what rounding may leave between columns that are the same


class Made:
    """Lines that led to layers and variables, and what layers gave at the first step."""

    def __init__(self) -> None:
        self.layers: weakref.WeakKeyDictionary[Any, tuple[int, ...]] = weakref.WeakKeyDictionary()
        self.variables: dict[str, tuple[int, ...]] = {}  # by handle
        self.initializers: dict[int, tuple[Any, int | None]] = {}
        self.given: dict[int, tuple[Numbers | None, Numbers | None, str | None]] = {}  # by id of the layer


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Note lines where layers and variables are made; in a look also what layers make of the first step's batch."""
    del recorder
    made = Made()
    session.units = made  # type: ignore[attr-defined]

    def create(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> None:
        if session.running and layer not in made.layers:
            with session.harness_in_control():
                made.layers[layer] = _lines(session, layer)
        original(layer, *args, **kwargs)

    def call(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(layer, *args, **kwargs)
        if session.running and session.recording and session.step == 0 and id(layer) not in made.given:
            # A model that Keras builds at its first call is called with tensors without values before.
            with session.harness_in_control():
                if hasattr(_first(result), "numpy"):
                    made.given[id(layer)] = (
                        numbers(_first(args)),
                        numbers(_first(result)),
                        tensors.key(_first(result)),
                    )
        return result

    def drawer(original: Callable[..., Any], initializer: Any, *args: Any, **kwargs: Any) -> None:
        original(initializer, *args, **kwargs)
        if session.running:
            with session.harness_in_control():
                made.initializers[id(initializer)] = (initializer, session.line())

    session.wrap(keras.layers.Layer, "__init__", create)
    session.wrap(keras.initializers.RandomNormal.__mro__[1], "__init__", drawer)  # the class of all that draw
    if session.looking:
        session.wrap(keras.layers.Layer, "__call__", call)
    _watch_variables(session, made)


def _watch_variables(session: ScriptSession, made: Made) -> None:
    """Note where variables are made. One private class; without it, their lines stay unknown."""
    try:
        from tensorflow.python.ops.resource_variable_ops import ResourceVariable
    except ImportError:
        return

    def create(original: Callable[..., Any], variable: Any, *args: Any, **kwargs: Any) -> None:
        original(variable, *args, **kwargs)
        if session.running and len(made.variables) < 10 * MOST:
            with session.harness_in_control():
                key = tensors.handle_key(variable)
                if key:
                    made.variables[key] = _lines(session, None)

    session.wrap(ResourceVariable, "__init__", create)


def _lines(session: ScriptSession, owner: Any) -> tuple[int, ...]:
    """The user's lines that led here, innermost first, without those of the owner's own `__init__`."""
    found: list[int] = []
    walk: FrameType | None = sys._getframe(1)
    while walk is not None and len(found) < DEPTH:
        code = walk.f_code
        before = session.files.before(code.co_filename)
        own = owner is not None and code.co_name == "__init__" and _self(walk) is owner
        if before is not None and not own:
            found.append(walk.f_lineno + before)
        walk = walk.f_back
    return tuple(found)


def _self(frame: FrameType) -> Any:
    names = frame.f_code.co_varnames
    return frame.f_locals.get(names[0]) if frame.f_code.co_argcount and names else None


def _first(value: Any) -> Any:
    import tensorflow as tf

    return next(iter(tf.nest.flatten(value)), None)


# ------------------------------------------------------------------------------------------- when it is over


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Complete the layers of the models, and describe every variable."""
    made: Made = session.units  # type: ignore[attr-defined]
    owners: dict[str, Any] = {}
    for index, one in enumerate(recorder.models):
        model = session.everything.models[one.number]
        _, result, key = made.given.get(id(model), (None, None, None))
        seen = recorder.models[index] = replace(one, outputs=result or one.outputs, made_key=key)
        layers = models.flat_layers(session.everything.models[seen.number])[: models.LAYERS]
        for layer in layers:
            for variable in _own(layer):
                owners.setdefault(session.name_of(variable), layer)
        if len(layers) == len(seen.layers):
            described = tuple(
                _layer(session, recorder, made, one, layer) for one, layer in zip(seen.layers, layers, strict=True)
            )
            recorder.models[index] = replace(seen, layers=described)
    _weights(session, recorder, made, owners)


def _own(layer: Any) -> list[Any]:
    inner = getattr(layer, "_layers", None) or ()
    return [] if inner else list(getattr(layer, "variables", None) or ())


def _layer(session: ScriptSession, recorder: ScriptRecorder, made: Made, seen: LayerSeen, layer: Any) -> LayerSeen:
    given, result, key = made.given.get(id(layer), (seen.given, None, None))
    names = tuple(session.name_of(v) for v in _own(layer))
    gradients = [recorder.first_gradients[name] for name in names if name in recorder.first_gradients]
    return replace(
        seen,
        given=given or seen.given,
        made=result,
        dead_at_start=result.zero_columns if result is not None else None,
        gradient=_root_mean_square(gradients),
        lines=made.layers.get(layer, ()),
        weights=names,
        made_key=key,
    )


def _root_mean_square(arrays: list[Any]) -> float | None:
    count = sum(a.size for a in arrays)
    return (
        float(np.sqrt(sum(float(np.sum(np.square(a.astype(np.float64)))) for a in arrays) / count)) if count else None
    )


def _weights(session: ScriptSession, recorder: ScriptRecorder, made: Made, owners: dict[str, Any]) -> None:
    from trainwhy.lab.scripts.probes.weights import snapshot

    last = snapshot(session)
    twins: dict[bytes, str] = {}
    for variable in session.everything.variables[:MOST]:
        name = session.name_of(variable)
        start = recorder.start.get(name)
        if start is None:
            continue
        owner, gradient = owners.get(name), recorder.first_gradients.get(name)
        recorder.weights.append(
            WeightSeen(
                name=name,
                shape=tensors.shape(variable),
                trainable=bool(getattr(variable, "trainable", True)) or name in recorder.trained,
                lines=made.layers.get(owner, ())
                if owner is not None
                else made.variables.get(tensors.handle_key(variable) or "", ()),
                layer=str(getattr(owner, "name", "")),
                kind=type(owner).__name__ if owner is not None else "",
                start=numbers(start),
                end=numbers(last.get(name)),
                gradient=None if gradient is None else _root_mean_square([gradient]),
                columns_at_start=columns(start),
                columns_of_gradient=columns(gradient),
                columns_at_end=columns(last.get(name)),
                drawn_line=_drawn_line(made, owner, name),
                twin=_twin(twins, name, start),
            )
        )


def _drawn_line(made: Made, owner: Any, name: str) -> int | None:
    initializer = getattr(owner, f"{name.rpartition('/')[2]}_initializer", None)
    return made.initializers.get(id(initializer), (None, None))[1]


def _twin(known: dict[bytes, str], name: str, values: Any) -> str:
    if values.ndim < 2 or values.size < 8 or values.size > LARGEST or np.all(values == values.flat[0]):  # noqa: PLR2004 - a matrix
        return ""
    key = str(values.shape).encode() + values.tobytes()
    return "" if known.setdefault(key, name) == name else known[key]


def columns(array: Any) -> int | None:
    """Count the different columns of an array; those that differ by rounding only are the same."""
    if array is None or array.ndim < 2 or not 0 < array.size <= LARGEST or not np.isfinite(array).all():  # noqa: PLR2004 - rows and columns
        return None
    flat = array.reshape(-1, array.shape[-1]).astype(np.float64)
    limit = ALIKE * float(np.abs(flat).max())
    found: list[Any] = []
    for column in flat.T:
        if not any(np.abs(column - one).max() <= limit for one in found):
            found.append(column)
        if len(found) > 8:  # noqa: PLR2004 - many: no need to know how many
            return len(found)
    return len(found)
