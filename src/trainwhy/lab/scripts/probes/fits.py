"""What the script asks of Keras: `compile`, `fit`, `train_on_batch`, and what came of it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import keras
import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.scripts.numbers import numbers
from trainwhy.lab.scripts.probes import models
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import CompileSeen, FitSeen

MOST = 60


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch the trainer's methods of every model."""
    session.wrap(keras.Model, "compile", _compile(session, recorder))
    session.wrap(keras.Model, "fit", _fit(session, recorder))
    session.wrap(keras.Model, "train_on_batch", _train_on_batch(session, recorder))


def _compile(session: ScriptSession, recorder: ScriptRecorder) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(model, *args, **kwargs)
        if session.running and len(recorder.compiles) < MOST:
            with session.harness_in_control():
                number = models.register(session, recorder, model, session.made)  # type: ignore[attr-defined]
                recorder.compiles.append(
                    CompileSeen(
                        line=session.line(),
                        model=number,
                        step=session.begun,
                        epoch=session.epoch,
                        optimizer=_optimizer(recorder, model),
                        loss=_named(getattr(model, "loss", None)),
                        trainable=_trainable(session, model),
                    )
                )
        return result

    return wrapper


def _optimizer(recorder: ScriptRecorder, model: Any) -> int | None:
    optimizer = getattr(model, "optimizer", None)
    known = recorder.known_optimizers
    return known.get(optimizer) if optimizer is not None and known is not None else None


def _named(loss: Any) -> str:
    if loss is None or isinstance(loss, str):
        return loss or ""
    return str(getattr(loss, "__name__", None) or type(loss).__name__)


def _trainable(session: ScriptSession, model: Any) -> tuple[str, ...]:
    try:
        return tuple(session.name_of(v) for v in model.trainable_variables)
    except Exception:  # a subclassed model may refuse before it is built
        return ()


def _fit(session: ScriptSession, recorder: ScriptRecorder) -> Callable[..., Any]:
    signature = inspect.signature(keras.Model.fit)

    def wrapper(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running or session.fitting > 1 or len(recorder.fits) >= MOST:
            return original(model, *args, **kwargs)
        with session.harness_in_control():
            number = models.register(session, recorder, model, session.made)  # type: ignore[attr-defined]
            recorder.fits.append(_asked(session, recorder, model, number, _bound(signature, model, args, kwargs)))
        place, began = len(recorder.fits) - 1, len(recorder.epochs)
        finished = False
        try:
            result = original(model, *args, **kwargs)
            finished = True
        finally:
            with session.harness_in_control():
                recorder.fits[place] = _came_of_it(session, recorder, model, place, began, finished=finished)
        return result

    return wrapper


def _bound(signature: inspect.Signature, model: Any, args: Any, kwargs: Any) -> dict[str, Any]:
    try:
        given = signature.bind(model, *args, **kwargs)
    except TypeError:
        return {}
    given.apply_defaults()
    return dict(given.arguments)


def _asked(session: ScriptSession, recorder: ScriptRecorder, model: Any, number: int, given: dict[str, Any]) -> FitSeen:
    x = given.get("x")
    kind = _kind(x)
    return FitSeen(
        line=session.line(),
        model=number,
        step=session.step,
        epochs_asked=_whole(given.get("epochs")),
        batch_size=_whole(given.get("batch_size")),
        steps_per_epoch=_whole(given.get("steps_per_epoch")),
        shuffle=given.get("shuffle") if isinstance(given.get("shuffle"), bool) else None,
        given=kind,
        x=numbers(x) if kind == "arrays" and not isinstance(x, (list, tuple, dict)) else None,
        y=numbers(given.get("y")) if kind == "arrays" and not isinstance(given.get("y"), (list, tuple, dict)) else None,
        validation_split=float(given.get("validation_split") or 0.0),
        validation=given.get("validation_data") is not None or bool(given.get("validation_split")),
        class_weight=given.get("class_weight") is not None,
        iterations_before=_iterations(model),
        trainable=_trainable(session, model),
        optimizer=_optimizer(recorder, model),
        run_eagerly=bool(getattr(model, "run_eagerly", False)),
    )


def _kind(x: Any) -> str:
    import tensorflow as tf

    if isinstance(x, tf.data.Dataset):
        return "dataset"
    if isinstance(x, keras.utils.PyDataset):
        return "pydataset"
    return "generator" if inspect.isgenerator(x) else "arrays"


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, (int, np.integer)) and not isinstance(value, bool) else None


def _iterations(model: Any) -> int | None:
    try:
        value = tensors.array(tensors.raw_variable(model.optimizer.iterations))
        return None if value is None else int(value)
    except (AttributeError, TypeError, ValueError, NotImplementedError):
        return None


def _came_of_it(
    session: ScriptSession, recorder: ScriptRecorder, model: Any, place: int, began: int, *, finished: bool
) -> FitSeen:
    seen = recorder.fits[place]
    history = getattr(getattr(model, "history", None), "history", None) or {}
    rows = {str(name): tuple(float(v) for v in values if np.ndim(v) == 0) for name, values in history.items()}
    return replace(
        seen,
        steps=session.step - seen.step,
        history=rows,
        steps_of_epochs=_steps_of_epochs(recorder, seen.step, began),
        iterations_after=_iterations(model),
        stopped=not finished,
    )


def _steps_of_epochs(recorder: ScriptRecorder, first: int, began: int) -> tuple[int, ...]:
    counts: dict[int, int] = {}
    for step in recorder.steps:
        if step.step >= first:
            counts[step.epoch] = counts.get(step.epoch, 0) + 1
    del began
    return tuple(counts[epoch] for epoch in sorted(counts))


def _train_on_batch(session: ScriptSession, recorder: ScriptRecorder) -> Callable[..., Any]:
    by_line: dict[Any, int] = {}

    def wrapper(original: Callable[..., Any], model: Any, x: Any, y: Any = None, *args: Any, **kwargs: Any) -> Any:
        if not session.running or session.fitting > 1:
            return original(model, x, y, *args, **kwargs)
        with session.harness_in_control():
            number = models.register(session, recorder, model, session.made)  # type: ignore[attr-defined]
            key = (session.line(), number)
            if key not in by_line and len(recorder.fits) < MOST:
                by_line[key] = len(recorder.fits)
                recorder.fits.append(
                    FitSeen(
                        line=key[0], model=number, method="train_on_batch", step=session.step, given="arrays",
                        x=numbers(x), y=numbers(y), iterations_before=_iterations(model),
                        trainable=_trainable(session, model), optimizer=_optimizer(recorder, model),
                    )
                )  # fmt: skip
        try:
            return original(model, x, y, *args, **kwargs)
        finally:
            place = by_line.get(key)
            if place is not None:
                seen = recorder.fits[place]
                recorder.fits[place] = replace(seen, steps=seen.steps + 1, iterations_after=_iterations(model))

    return wrapper
