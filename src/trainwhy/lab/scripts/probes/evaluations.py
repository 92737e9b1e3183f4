"""Calls of a model in training mode where nothing is trained."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.probes.calls import TWO_MODES
from trainwhy.lab.scripts.probes.modes import RECURRENT, active
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import TrainingCall

SAME = 3  # calls on the same rows between two steps that are an average on purpose
BYTES = 4_000_000  # of an input that is compared
DATA = (tf.Tensor, np.ndarray, tf.data.Iterator)


@dataclass
class _Site:
    """One line that calls one model or layer."""

    model: Any
    calls: int = 0
    kinds: dict[str, None] = field(default_factory=dict)
    evaluating: bool = False
    loops: set[int | None] = field(default_factory=set)
    given: dict[Any, int] = field(default_factory=dict)
    rank: int = 0
    inputs: Any = None
    step: int = 0


@dataclass
class _State:
    """What goes on right now."""

    sites: dict[Any, _Site] = field(default_factory=dict)
    loops: set[int | None] = field(default_factory=set)  # innermost loops around training steps
    depth: int = 0
    evaluating: int = 0
    functions: list[Any] = field(default_factory=list)
    of_function: dict[int, list[_Site]] = field(default_factory=dict)
    on: list[str] = field(default_factory=list)  # layers that ran in training mode in this call
    watching: bool = False


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch outermost calls outside of tapes, and the layers below them."""
    del recorder
    state = _State()
    session.training_calls = state  # type: ignore[attr-defined]

    def before() -> None:
        if not session.fitting:
            state.loops.add(_innermost(session))

    session.before_step.append(before)
    session.wrap(keras.layers.Layer, "__call__", _calls(session, state))
    session.wrap(keras.Model, "evaluate", _evaluating(state))
    session.wrap(keras.Model, "test_on_batch", _evaluating(state))
    session.wrap(type(tf.function(lambda: None)), "__call__", _functions(session, state))
    kinds = [k for name, k in vars(keras.layers).items() if name.startswith((*TWO_MODES, *RECURRENT))]
    kind: Any
    for kind in dict.fromkeys(k for k in kinds if inspect.isclass(k)):
        session.wrap(kind, "call", _modes(state, inspect.signature(kind.call)))


def _innermost(session: ScriptSession) -> int | None:
    turns = session.turns()
    return turns[-1].line if turns else None


def _evaluating(state: _State) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        state.evaluating += 1
        try:
            return original(*args, **kwargs)
        finally:
            state.evaluating -= 1

    return wrapper


def _modes(state: _State, signature: inspect.Signature) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        if state.watching and active(layer):
            training = signature.bind_partial(layer, *args, **kwargs).arguments.get("training")
            if isinstance(training, (bool, int)) and training:
                state.on.append(type(layer).__name__)
        return original(layer, *args, **kwargs)

    return wrapper


def _calls(session: ScriptSession, state: _State) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        outermost = session.running and not state.depth and not session.recording
        flag = kwargs.get("training", args[1] if len(args) > 1 and isinstance(args[1], bool) else None)
        wanted = isinstance(flag, (bool, int)) and bool(flag) and bool(session.begun)
        chosen = outermost and wanted and (bool(state.evaluating) or not session.fitting)
        if chosen:
            state.watching, state.on = True, []
        state.depth += 1
        try:
            result = original(layer, *args, **kwargs)
        finally:
            state.depth -= 1
            if chosen:
                state.watching = False
        if chosen and state.on:
            with session.harness_in_control():
                _note(session, state, layer, args, result)
        return result

    return wrapper


def _note(session: ScriptSession, state: _State, layer: Any, args: Any, result: Any) -> None:
    if any(type(leaf).__name__ == "KerasTensor" for leaf in tf.nest.flatten(result)):
        return
    line = session.line()
    site = state.sites.setdefault((line, id(layer)), _Site(layer, step=session.begun))
    site.calls += 1
    site.kinds.update(dict.fromkeys(state.on))
    site.evaluating = site.evaluating or bool(state.evaluating)
    site.loops.add(_innermost(session))
    first = tf.nest.flatten(result)[0]
    site.rank = len(getattr(first, "shape", ()))
    _count(site, session, args)
    if site.inputs is None and args and not any(map(tensors.is_symbolic, tf.nest.flatten(args))):
        site.inputs = args[0]
    if state.functions:
        state.of_function.setdefault(id(state.functions[-1]), []).append(site)


def _count(site: _Site, session: ScriptSession, given: Any) -> None:
    """Count how often the same rows came between two steps; rows that are their own copies count as well."""
    name = _content(given)
    if name is not None:
        site.given[session.begun, name] = site.given.get((session.begun, name), 0) + 1
    first = next(iter(tf.nest.flatten(given)), None)
    values = tensors.array(first) if isinstance(first, (tf.Tensor, np.ndarray)) else None
    if values is None or not values.ndim or len(values) < 2 * SAME or values.nbytes >= BYTES:
        return
    if len(np.unique(values.reshape(len(values), -1), axis=0)) * SAME <= len(values):
        site.given["copies"] = SAME


def _content(given: Any) -> Any:
    found: list[Any] = []
    for leaf in tf.nest.flatten(given):
        if isinstance(leaf, tf.data.Iterator):  # other rows each time; Keras 3.5 hands it to its own functions
            return None
        if tensors.is_symbolic(leaf):
            found.append(tensors.key(leaf))
        elif isinstance(leaf, (tf.Tensor, np.ndarray)):
            values = tensors.array(leaf)
            if values is None or values.nbytes > BYTES:
                return None
            found.append(hash(values.tobytes()))
    return tuple(found)


def _functions(session: ScriptSession, state: _State) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], function: Any, *args: Any, **kwargs: Any) -> Any:
        state.functions.append(function)
        try:
            return original(function, *args, **kwargs)
        finally:
            state.functions.pop()
            sites = state.of_function.get(id(function), ())
            if sites and session.running and tf.executing_eagerly():
                with session.harness_in_control():
                    for site in sites:
                        site.calls += 1
                        _count(
                            site,
                            session,
                            [a for a in tf.nest.flatten((args, kwargs)) if isinstance(a, DATA)],
                        )

    return wrapper


# ------------------------------------------------------------------------------------------- when it is over


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Freeze the sites whose model was trained, and call each once more to see how much its answers differ."""
    state: _State = session.training_calls  # type: ignore[attr-defined]
    trained = [_handles(m) for m in session.everything.models if _moved(session, recorder, m)]
    largest = [one for one in trained if not any(one < other for other in trained)]
    for (line, _), site in state.sites.items():
        if not _moved(session, recorder, site.model):
            continue
        difference, size = _differences(site)
        recorder.training_calls.append(
            TrainingCall(
                line=line,
                model=str(site.model.name),
                kinds=tuple(site.kinds),
                calls=site.calls,
                evaluating=site.evaluating,
                in_training_loop=bool(site.loops & state.loops - {None}),
                repeated=max(site.given.values(), default=0) >= SAME,
                alone=len(set(largest)) <= 1,
                rank=site.rank,
                difference=difference,
                size=size,
                step=site.step,
            )
        )


def _handles(model: Any) -> frozenset[Any]:
    return frozenset(tensors.handle_key(v) for v in getattr(model, "trainable_variables", None) or ())


def _moved(session: ScriptSession, recorder: ScriptRecorder, model: Any) -> bool:
    for variable in getattr(model, "trainable_variables", None) or ():
        before = recorder.start.get(session.name_of(variable))
        now = tensors.array(tensors.raw_variable(variable))
        if before is not None and now is not None and not np.array_equal(before, now):
            return True
    return False


def _differences(site: _Site) -> tuple[float | None, float | None]:
    """Call the model twice in training mode; everything it keeps is put back."""
    if site.inputs is None:
        return None, None
    variables = list(site.model.variables)
    kept = [tensors.array(tensors.raw_variable(v)) for v in variables]
    try:
        one, two = (np.asarray(tf.nest.flatten(site.model(site.inputs, training=True))[0]) for _ in range(2))
    except Exception:  # a model that cannot be called again says nothing
        return None, None
    finally:
        for variable, values in zip(variables, kept, strict=True):
            variable.assign(values)
    return float(np.mean(np.abs(one - two))), float(np.mean(np.abs(one)))
