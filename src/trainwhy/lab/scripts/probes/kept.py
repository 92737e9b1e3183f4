"""Whether a script ends with the weights its last step left, or keeps earlier ones, put back or saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.scripts.keeping import hashes
from trainwhy.lab.scripts.probes import models
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession

OTHER = frozenset({"another object"})  # stands for a model that was loaded from a file
Weights = dict[int, frozenset[str]]  # by number of the model


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch every save, every way back, by the script or by a callback, and every step after it."""
    del recorder
    left: Weights = {}  # as they were when the first way back was taken
    saved: Weights = {}  # as they were when they were last saved
    session.kept_weights = (left, saved)  # type: ignore[attr-defined]
    _watch_training(session, left)
    back, save, another = _back(session, left), _save(session, saved), _another(session, left)
    for name, hook in (("restore", back), ("read", back), ("save", save), ("write", save)):
        session.wrap(tf.train.Checkpoint, name, hook)
    for name, hook in (("load_weights", back), ("save", save), ("save_weights", save)):
        session.wrap(keras.Model, name, hook)
    for name, hook in (("set_weights", back), ("get_weights", save)):
        session.wrap(keras.layers.Layer, name, hook)
    for place in (keras.models, keras.saving, tf.keras.models):
        if hasattr(place, "load_model"):
            session.wrap(place, "load_model", another)


def _watch_training(session: ScriptSession, left: Weights) -> None:
    def fit(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        number = models.number_of(session, model)
        if number is not None:
            left.pop(number, None)
        return original(model, *args, **kwargs)

    def step() -> None:
        if not session.fitting:
            left.clear()

    session.before_step.append(step)
    session.wrap(keras.Model, "fit", fit)


def _back(session: ScriptSession, left: Weights) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if session.running and session.begun:
            with session.harness_in_control():
                for number, weights in _all(session).items():
                    left.setdefault(number, weights)
        return original(*args, **kwargs)

    return wrapper


def _another(session: ScriptSession, left: Weights) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if session.running and session.begun:
            left.update(dict.fromkeys(range(len(session.everything.models)), OTHER))
        return original(*args, **kwargs)

    return wrapper


def _save(session: ScriptSession, saved: Weights) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if session.running and session.begun:
            with session.harness_in_control():
                saved.update(_all(session))
        return original(*args, **kwargs)

    return wrapper


def _all(session: ScriptSession) -> Weights:
    every = enumerate(session.everything.models)
    return {number: hashes(list(getattr(model, "trainable_variables", ()) or ())) for number, model in every}


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Name the models of which other weights were kept than those their last step left."""
    left, saved = session.kept_weights  # type: ignore[attr-defined]
    if not left and not saved:
        return
    now = _all(session)
    kept = [n for n in now if any(n in known and known[n] != now[n] for known in (left, saved))]
    if kept:
        recorder.facts["models kept from before"] = "|".join(map(str, kept))
