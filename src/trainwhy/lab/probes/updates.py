"""What the learner hands to optimizers, which gradient meets which variable, and how old each optimizer gets."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.recorder import DETAIL, OPTIMIZERS, Recorder
from trainwhy.lab.session import Session
from trainwhy.results import Optimizer, Pair, Update

APPLIED = 4096  # gradient tensors remembered as applied
FIRST = frozenset({"grads_and_vars", "grads"})  # how Keras names the first argument of `apply_gradients` and `apply`


def install(session: Session, recorder: Recorder) -> None:
    """Watch optimizers being made and used while the learner is in control."""
    known: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
    recorder.known_optimizers = known
    depth = [0]

    def identify(optimizer: Any) -> int:
        if optimizer not in known:
            known[optimizer] = recorder.optimizer_count
            recorder.optimizer_count += 1
        number = known[optimizer]
        if number not in recorder.optimizers and len(recorder.optimizers) < OPTIMIZERS:
            recorder.optimizers[number] = _describe(session, optimizer, number)
        return number

    def create(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> None:
        try:
            original(optimizer, *args, **kwargs)
        finally:  # inside tf.function making a second one raises, and that it was tried is the evidence
            if session.running and optimizer not in known:
                identify(optimizer)

    def apply(method: str) -> Callable[..., Any]:
        def wrapper(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> Any:
            if depth[0] or not session.running or not (args or FIRST.intersection(kwargs)):
                return original(optimizer, *args, **kwargs)
            given, *rest = _positional(args, kwargs)
            number = identify(optimizer)
            with session.harness_in_control():
                argument, items = _handed(session, method, given, rest, kwargs)
                record = _update(session, recorder, method, number, argument, items)
                _note_variables(recorder, number, items)
            depth[0] += 1
            try:
                return original(optimizer, given, *rest, **kwargs)
            except Exception as error:
                record = replace(record, error=type(error).__name__)
                raise
            finally:
                depth[0] -= 1
                with session.harness_in_control():
                    _keep(recorder, record, number, optimizer)

        return wrapper

    session.wrap(keras.optimizers.Optimizer, "__init__", create)
    session.wrap(keras.optimizers.Optimizer, "apply_gradients", apply("apply_gradients"))
    session.wrap(keras.optimizers.Optimizer, "apply", apply("apply"))


def finish(session: Session, recorder: Recorder) -> None:
    """Read how many updates each optimizer that is still alive counted."""
    total = 0
    for optimizer, number in list(recorder.known_optimizers.items()):
        iterations = _iterations(optimizer)
        total += iterations or 0
        if number in recorder.optimizers:
            recorder.optimizers[number] = replace(
                recorder.optimizers[number], iterations=iterations, learning_rate=_learning_rate(optimizer)
            )
    recorder.update_count = max(recorder.update_count, total)
    if session.optimizer is not None and session.optimizer not in recorder.known_optimizers:
        recorder.optimizers[-1] = replace(
            _describe(session, session.optimizer, -1), iterations=_iterations(session.optimizer)
        )


def _describe(session: Session, optimizer: Any, number: int) -> Optimizer:
    given = optimizer is session.optimizer
    return Optimizer(
        name=f"{_name(optimizer)}#{number}" if number > 0 else _name(optimizer),
        kind=type(optimizer).__name__,
        given=given,
        created_step=None if given or not session.running else session.step,
        created_line=None if given else session.line(),
        iterations=None,
    )


def _name(optimizer: Any) -> str:
    return str(getattr(optimizer, "name", None) or type(optimizer).__name__.lower())


def _positional(args: Any, kwargs: dict[str, Any]) -> list[Any]:
    """Take what is handed over out of the keywords, where it was named."""
    first, *rest = args or [kwargs.pop(name) for name in FIRST.intersection(kwargs)]
    return [_listed(first), *rest]


def _listed(given: Any) -> Any:
    """Turn a `zip` or generator into a list, so that looking does not use it up."""
    return list(given) if hasattr(given, "__next__") else given


def _handed(
    session: Session, method: str, given: Any, args: Any, kwargs: dict[str, Any]
) -> tuple[str, list[tuple[Any, Any]]]:
    """Tell in which form gradients were handed over, and give them with their variables."""
    if method == "apply":
        variables = args[0] if args else kwargs.get("trainable_variables")
        return "pairs", _zip_apply(given, variables, session)
    return _pairs(given)


def _note_variables(recorder: Recorder, number: int, items: list[tuple[Any, Any]]) -> None:
    """Keep what the first update of an optimizer is for."""
    seen = recorder.optimizers.get(number)
    if seen is None or seen.updates:
        return
    handles = [tensors.handle_key(variable) for _, variable in items if tensors.is_variable(variable)]
    numbers = {recorder.numbered.setdefault(one, len(recorder.numbered)) for one in handles if one is not None}
    recorder.optimizers[number] = replace(seen, variables=tuple(sorted(numbers)))


def _update(
    session: Session, recorder: Recorder, method: str, number: int, argument: str, items: list[tuple[Any, Any]]
) -> Update:
    name = recorder.optimizers[number].name if number in recorder.optimizers else f"optimizer#{number}"
    return Update(
        serial=recorder.update_count,
        step=session.step,
        line=session.line() if recorder.update_count < DETAIL else None,
        method=method,
        optimizer=name,
        in_graph=any(tensors.is_symbolic(g) for g, _ in items),
        pairs=tuple(_pair(session, recorder, g, v) for g, v in items),
        argument=argument,  # type: ignore[arg-type]  # one of the Literals
    )


def _pairs(given: Any) -> tuple[str, list[tuple[Any, Any]]]:
    try:
        items = list(given)
    except TypeError:
        return "other", []
    if items and all(isinstance(item, (tuple, list)) and len(item) == 2 for item in items):  # noqa: PLR2004 - a pair
        return "pairs", [(item[0], item[1]) for item in items]
    alone = bool(items) and all(item is None or isinstance(item, (tf.Tensor, tf.IndexedSlices)) for item in items)
    return ("gradients" if alone else "pairs" if not items else "other"), [(g, None) for g in items] if alone else []


def _zip_apply(gradients: Any, variables: Any, session: Session) -> list[tuple[Any, Any]]:
    if not isinstance(gradients, (list, tuple)):
        return []
    if variables is None and session.model is not None:
        variables = session.model.trainable_variables  # what `apply` falls back to once it is built
    return list(zip(gradients, variables or [None] * len(gradients), strict=False))


def _pair(session: Session, recorder: Recorder, gradient: Any, variable: Any) -> Pair:
    call, name = recorder.origins.get(tensors.key(gradient) or "", (None, None))
    kind = "variable" if tensors.is_variable(variable) else "tensor" if isinstance(variable, tf.Tensor) else "other"
    if isinstance(variable, (np.ndarray, np.generic)):
        kind = "array"
    return (
        Pair(
            variable=session.name_of(variable) if kind == "variable" else type(variable).__name__,
            gradient_of=name,
            gradient_call=call,
            present=gradient is not None,
            variable_kind=kind,  # type: ignore[arg-type]  # one of the Literals
        )
        if not tensors.is_variable(gradient)
        else Pair(
            # handed over the wrong way round: the variable stands where the gradient belongs
            variable=type(variable).__name__,
            gradient_of=recorder.origins.get(tensors.key(variable) or "", (None, None))[1],
            gradient_call=None,
            present=True,
            variable_kind="tensor" if kind == "tensor" else kind,  # type: ignore[arg-type]  # one of the Literals
        )
    )


def _keep(recorder: Recorder, update: Update, number: int, optimizer: Any) -> None:
    keys = [f"{p.gradient_call}:{p.gradient_of}" for p in update.pairs if p.gradient_call is not None]
    if keys and not update.in_graph and all(k in recorder.applied for k in keys):
        recorder.repeated_updates += 1
    recorder.applied.update(dict.fromkeys(keys))
    while len(recorder.applied) > APPLIED:
        recorder.applied.pop(next(iter(recorder.applied)))
    recorder.used_calls.update(p.gradient_call for p in update.pairs if p.gradient_call is not None)
    recorder.update_count += 1
    if len(recorder.updates) < DETAIL:
        recorder.updates.append(update)
    if number in recorder.optimizers:
        seen = recorder.optimizers[number]
        # The learner's own optimizers may be gone when the run ends: what they know is read while they are there.
        known = {} if seen.given else {"iterations": _iterations(optimizer), "learning_rate": _learning_rate(optimizer)}
        recorder.optimizers[number] = replace(seen, updates=seen.updates + 1, **known)  # type: ignore[arg-type]  # two fields


def _iterations(optimizer: Any) -> int | None:
    try:
        value = tensors.array(tensors.raw_variable(optimizer.iterations))
        return None if value is None else int(value)
    except (AttributeError, TypeError, ValueError, NotImplementedError):
        return None


def _learning_rate(optimizer: Any) -> float | None:
    try:
        return float(tensors.array(optimizer.learning_rate))  # type: ignore[arg-type]  # None raises TypeError
    except (AttributeError, TypeError, ValueError, NotImplementedError):
        return None
